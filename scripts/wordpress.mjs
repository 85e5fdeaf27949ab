import './node-check.mjs';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { tallyLine } from './tally.mjs';
import { writeWords } from './wordpress-words.mjs';
import { writeZip } from './wordpress-zip.mjs';

/*
 *   node scripts/wordpress.mjs zip     writes dist/flow-stage-wordpress.zip
 *   node scripts/wordpress.mjs words   takes new phrases into the templates and compiles what translators wrote
 *   node scripts/wordpress.mjs test    `npm run test:wordpress`: the zip in a real WordPress, against the running product
 *
 * The WordPress has packages of its own (e2e/wordpress, a gigabyte): they are installed for the test alone.
 */
const root = path.join(import.meta.dirname, '..');
const own = path.join(root, 'e2e/wordpress');

const commands = {
  zip: () => { console.log(path.relative(process.cwd(), writeZip())); },
  words: writeWords,
  test: async () => {
    try {
      await run(process.execPath, ['scripts/start.mjs', '--check'], root);
      await packages();
      findBrowser();
      writeZip();
    } catch (error) {
      console.error(error.message);
      console.log(`\n${tallyLine(0, 1)}`);
      process.exitCode = 1;
      return;
    }
    await run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.wordpress.config.ts', '--reporter=default', '--reporter=./scripts/tally.mjs'], root).catch(() => { process.exitCode = 1; });
  },
};

/** Installs the packages of the WordPress, once for each lock file. They are plain JavaScript and WebAssembly: nothing of theirs runs at install. */
async function packages() {
  const stamp = path.join(own, 'node_modules/.flow-stage');
  const hash = createHash('sha256').update(readFileSync(path.join(own, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.log('Installing WordPress…');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await (process.env.npm_execpath ? run(process.execPath, [process.env.npm_execpath, ...args], own) : run('npm', args, own)).catch((error) => {
    throw new Error(`The WordPress of the tests could not be installed: npm has to reach its registry, and the disk needs a gigabyte for e2e/wordpress/node_modules. ${error.message}`);
  });
  writeFileSync(stamp, hash);
}

/** Runs a program and shows what it says. @throws Error when it ends badly. */
function run(program, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code, signal) => { code === 0 ? resolve() : reject(new Error(`${path.basename(program)} ${args.join(' ')} ended with ${signal ?? code}.`)); });
  });
}

const command = commands[process.argv[2]];
if (!command) throw new Error(`node scripts/wordpress.mjs ${Object.keys(commands).join(' | ')}`);
await command();
