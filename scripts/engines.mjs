import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installOnDebian } from './debian.mjs';

/* The two other engines: Firefox over WebDriver BiDi, and WebKitGTK, of the same generation as Safari, through its own driver on a screen that nobody sees. */

const folders = () => ['/usr/bin', '/usr/local/bin', ...(process.env.PATH ?? '').split(path.delimiter)];
const which = (...names) => folders().flatMap((folder) => names.map((name) => path.join(folder, name))).find((file) => existsSync(file));
const miniBrowser = () => (existsSync('/usr/lib') ? readdirSync('/usr/lib') : [])
  .flatMap((machine) => ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'].map((version) => `/usr/lib/${machine}/${version}/MiniBrowser`)).find((file) => existsSync(file));

/**
 * The path of a Firefox: `FIREFOX_PATH`, then the usual places; as root on Debian it is installed.
 *
 * @returns {string}
 * @throws Error that says what to run.
 */
export function findFirefox() {
  const chosen = process.env.FIREFOX_PATH;
  if (chosen && !existsSync(chosen)) throw new Error(`FIREFOX_PATH is ${chosen}, and nothing is there.`);
  const found = () => chosen || which('firefox-esr', 'firefox');
  if (!found()) installOnDebian('Firefox', ['firefox-esr', 'fonts-dejavu-core'], 'install Firefox and set FIREFOX_PATH to its program.');
  return found() ?? fail('Firefox was installed but is not found: set FIREFOX_PATH to its program.');
}

/**
 * WebKitGTK's driver, its small browser, and the screen that nobody sees; as root on Debian they are installed.
 *
 * @returns {{ driver: string, browser: string, screen: string }}
 * @throws Error that says what to run.
 */
function findWebKit() {
  const found = () => ({ driver: which('WebKitWebDriver'), browser: miniBrowser(), screen: which('Xvfb') });
  const whole = ({ driver, browser, screen }) => driver && browser && screen;
  if (!whole(found())) installOnDebian('WebKitGTK', ['webkit2gtk-driver', 'xvfb', 'fonts-dejavu-core'], 'these tests of WebKit need Linux.');
  return whole(found()) ? found() : fail('WebKitGTK was installed but WebKitWebDriver, MiniBrowser or Xvfb is not found.');
}

/**
 * Starts WebKitGTK's driver on a free port, with a screen of its own.
 *
 * @param {{ still?: boolean }} how `still`: the desktop asks for no animation, which pages see as reduced motion.
 * @returns {Promise<{ port: number, capabilities: Record<string, unknown>, close: () => void }>}
 */
export async function openWebKitDriver({ still = false } = {}) {
  const { driver, browser, screen } = findWebKit();
  const home = mkdtempSync(path.join(tmpdir(), 'flow-stage-webkit-'));
  mkdirSync(path.join(home, 'gtk-3.0'));
  writeFileSync(path.join(home, 'gtk-3.0/settings.ini'), `[Settings]\ngtk-enable-animations=${still ? 0 : 1}\n`);
  const shown = spawn(screen, ['-displayfd', '1', '-screen', '0', '2000x1600x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const display = await new Promise((resolve, reject) => {
    shown.stdout.once('data', (number) => { resolve(String(number).trim()); });
    shown.once('exit', () => { reject(new Error('Xvfb did not start.')); });
  });
  const port = await freePort();
  // It paints a part here with the processor and a part there with the simulated graphics card, as each has time, and round corners differ from one to the other.
  const driving = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env: { ...process.env, DISPLAY: `:${display}`, LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_SKIA_ENABLE_CPU_RENDERING: '1', XDG_CONFIG_HOME: home, GDK_BACKEND: 'x11' } });
  const close = () => {
    driving.kill();
    shown.kill();
    rmSync(home, { recursive: true, force: true });
  };
  process.once('exit', close);
  for (let tries = 0; ; tries += 1) {
    if (await fetch(`http://127.0.0.1:${port}/status`).then((answer) => answer.ok, () => false)) break;
    if (tries > 100) { close(); fail('WebKitWebDriver did not open.'); }
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  return { port, capabilities: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } }, close };
}

const freePort = () => new Promise((resolve, reject) => {
  const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => { resolve(port); });
  });
});

function fail(words) {
  throw new Error(words);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(findFirefox());
  console.log(Object.values(findWebKit()).join('\n'));
}
