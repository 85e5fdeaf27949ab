import { existsSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { chromiumArgs, findBrowser } from './browser.mjs';
import { installOnDebian } from './debian.mjs';

afterEach(() => { vi.unstubAllEnvs(); vi.restoreAllMocks(); });

test('the browser somebody chose is taken, and a wrong choice is said plainly', () => {
  vi.stubEnv('CHROMIUM_PATH', process.execPath);
  expect(findBrowser()).toBe(process.execPath);
  vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium');
  expect(() => findBrowser()).toThrow('CHROMIUM_PATH is /nowhere/chromium, and nothing is there.');
});

test('without a choice there is a browser, or a sentence that says what to run', () => {
  vi.stubEnv('CHROMIUM_PATH', '');
  expect(existsSync(findBrowser())).toBe(true);
});

test('where nothing can be installed, the command to run is said', () => {
  if (!process.getuid) return;
  vi.spyOn(process, 'getuid').mockReturnValue(1000);
  expect(() => { installOnDebian('Chromium', ['chromium'], 'install Chrome.'); }).toThrow('apt-get update && apt-get install -y --no-install-recommends chromium');
});

test('every partner site is on this machine', () => {
  expect(chromiumArgs).toContain('--host-resolver-rules=MAP *.localhost 127.0.0.1');
});
