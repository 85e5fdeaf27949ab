import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installOnDebian } from './debian.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The path of a Chromium, for the tests and the pictures of the README: `CHROMIUM_PATH`, then the usual places; as root on Debian it is installed.
 *
 * @returns {string}
 * @throws Error that says what to run.
 */
export function findBrowser() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is ${chosen}, and nothing is there.`);
  }
  const found = usual();
  if (found) return found;
  installOnDebian('Chromium', ['chromium', 'fonts-dejavu-core'], 'install Chromium or Chrome and set CHROMIUM_PATH to its program.');
  return usual() ?? fail();
}

function usual() {
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', ...(process.env.PATH ?? '').split(path.delimiter)];
  return [...folders.flatMap((folder) => names.map((name) => path.join(folder, name))), ...elsewhere].find((file) => existsSync(file));
}

function fail() {
  throw new Error('Chromium was installed but is not found: set CHROMIUM_PATH to its program.');
}

/** What Chromium needs in a container: root has no sandbox, `/dev/shm` is small, and every `*.localhost` is this machine. */
export const chromiumArgs = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-dev-shm-usage',
  '--host-resolver-rules=MAP *.localhost 127.0.0.1',
];

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(findBrowser());
