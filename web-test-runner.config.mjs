import { fileURLToPath } from 'node:url';
import { defaultReporter } from '@web/test-runner';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import puppeteer from 'puppeteer-core';
import { chromiumArgs, findBrowser } from './scripts/browser.mjs';
import { findFirefox, openWebKitDriver } from './scripts/engines.mjs';
import { widgetTally } from './scripts/tally.mjs';

/** The engines that ENGINES names, Chromium when it names none: Firefox over WebDriver BiDi, WebKitGTK by its own driver. */
const launchers = {
  chromium: () => playwrightLauncher({ product: 'chromium', launchOptions: { executablePath: findBrowser(), args: chromiumArgs } }),
  firefox: () => Object.assign(chromeLauncher({ puppeteer, concurrency: 1, launchOptions: { browser: 'firefox', executablePath: findFirefox(), headless: true } }), { name: 'Firefox' }),
  webkit: async () => {
    const { port, capabilities } = await openWebKitDriver();
    return Object.assign(webdriverLauncher({ hostname: '127.0.0.1', port, path: '/', logLevel: 'error', capabilities: { ...capabilities, 'wdio:enforceWebDriverClassic': true } }), { name: 'WebKitGTK' });
  },
};
const engines = (process.env.ENGINES ?? 'chromium').split(',');

/* What a widget does, in a real browser. Waiting times are for a machine with two busy cores. */
export default {
  files: 'widgets/**/*.test.ts',
  nodeResolve: { exportConditions: ['development', 'browser'] },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)) })],
  browsers: await Promise.all(engines.map((engine) => launchers[engine]())),
  concurrency: 1, concurrentBrowsers: 1, browserStartTimeout: 60_000, testsStartTimeout: 60_000, testsFinishTimeout: 120_000,
  testFramework: { config: { timeout: 20_000 } },
  testRunnerHtml: (test) => `<!doctype html><html lang="fr"><head><title>Flow Stage</title></head><body><script type="module" src="${test}"></script></body></html>`,
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: false }), widgetTally()],
};
