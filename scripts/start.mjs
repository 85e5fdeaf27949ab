import './node-check.mjs';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/*
 * `npm start`: everything a fresh clone lacks, and then the server in this very process. What has been done is remembered by the
 * hash of what it was made from, so the next start does it no second time.
 *
 *   --check      prepares everything and does not serve
 *   --no-build   serves the pages as they were built last
 */

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const flags = process.argv.slice(2);
const began = performance.now();

/** Seconds since `from`, as people read them. */
const since = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/** The hash of files and folders, by their names and bytes. */
function hashOf(...paths) {
  const hash = createHash('sha256');
  const add = (file) => {
    if (!existsSync(file)) return;
    if (statSync(file).isDirectory()) {
      for (const name of readdirSync(file).sort()) add(path.join(file, name));
      return;
    }
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  };
  paths.forEach(add);
  return hash.digest('hex');
}

/** Does `work` unless its stamp says that it was done for this very hash and its results are still there. */
async function once(what, { stamp, hash, results }, work) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && results.every((file) => existsSync(file))) return;
  const from = performance.now();
  console.log(`  ${what}…`);
  await work();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  console.log(`  ${what}: done in ${since(from)}.`);
}

/** Runs a program to its end. What it says is shown only when it fails. */
function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], shell: command.endsWith('.cmd') });
    const said = [];
    child.stdout.on('data', (data) => said.push(data));
    child.stderr.on('data', (data) => said.push(data));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${Buffer.concat(said).toString().trim()}\n\n  This failed: ${[command, ...args].join(' ')}`));
    });
  });
}

async function install() {
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
  const [command, ...args] = [...npm, 'ci', '--include=dev', '--no-audit', '--no-fund'];
  // Prisma would look for an engine that we do not use.
  await run(command, args, { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath });
}

/** Whether somebody ran `npm ci` by hand since the lock file changed: npm writes its own list after the packages. */
function installedByHand(stamp) {
  const list = 'node_modules/.package-lock.json';
  return !existsSync(stamp) && existsSync(list) && statSync(list).mtimeMs >= statSync('package-lock.json').mtimeMs;
}

async function prepare() {
  const packages = hashOf('package-lock.json');
  const stamp = 'node_modules/.flow-stage';
  if (installedByHand(stamp)) writeFileSync(stamp, packages);
  await once('Installing packages', { stamp, hash: packages, results: ['node_modules/tsx/package.json'] }, install);

  const client = hashOf('prisma/schema', 'prisma.config.ts', 'package-lock.json');
  const pages = hashOf('widgets', 'app', 'build.mjs', 'scripts/basemap.mjs', 'package-lock.json');
  await Promise.all([
    // It looks by itself whether its sources are newer.
    import('./places.mjs').then(({ needPlaces }) => needPlaces()),
    once('Writing the database client', { stamp: '.cache/client', hash: client, results: ['server/core/db/client.ts'] }, () => run(process.execPath, ['scripts/generate.mjs'])),
    flags.includes('--no-build') ? null
      : once('Building widgets and pages', { stamp: '.cache/pages', hash: pages, results: ['dist/v1/embed.js', 'dist/app'] }, () => run(process.execPath, ['build.mjs', 'widgets', 'app'])),
  ]);
}

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  await prepare();
  if (flags.includes('--check')) {
    console.log(`  Everything is ready, after ${since(began)}.`);
  } else {
    const from = performance.now();
    await import('tsx');
    // It prints the addresses, and stops on SIGINT and SIGTERM.
    await import(pathToFileURL(path.join(root, 'server/main.ts')).href);
    console.log(`  Open after ${since(began)}, of which ${since(from)} for the server. Ctrl-C stops it.\n`);
  }
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
