import './node-check.mjs';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { readFailures, readTally, tallyLine } from './tally.mjs';

/*
 * `npm test`: everything, on a fresh machine too, in one command; last line `N passed, N failed`. A fault that is found
 * without running ends it, for what comes after would only say the same more slowly; the suites all run, whatever the others found. `npm run test:engines`:
 * the hostile hosts in Chromium, where the room of a widget is measured too, in Firefox and in WebKitGTK, and the widgets in those two.
 */
const root = path.join(import.meta.dirname, '..');
const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1);
const times = [];
const named = new Set();
let [passed, failed] = [0, 0];

/** What runs nothing, a lane for each of two cores. */
const lanes = [['types', 'imports', 'dead', 'sizes'], ['lint']];
const runners = ['unit', 'widgets', 'stories', 'journeys'];
const engines = ['chromium', 'firefox', 'webkit'];
/** These say how many tests they ran; the others are right or wrong as a whole. */
const counted = new Set([...runners, ...engines.flatMap((engine) => [`${engine} widgets`, `${engine} hosts`])]);

if (process.argv.includes('engines')) {
  if (await stage('ready', makeReady) && await stage('engines', () => run(process.execPath, ['scripts/engines.mjs'])) && await stage('build', () => run(process.execPath, ['build.mjs', 'widgets', 'app', 'server']))) {
    for (const engine of engines) {
      if (engine !== 'chromium') await stage(`${engine} widgets`, () => npm({ ENGINES: engine }, 'run', '--silent', 'widgets'));
      await stage(`${engine} hosts`, () => npm({ ENGINES: engine, BUILT: '1' }, 'run', '--silent', engine === 'chromium' ? 'gallery' : 'hosts'));
    }
  }
} else if (await stage('ready', makeReady)) {
  const inTurn = async (names) => {
    for (const name of names) if (!await stage(name, () => npm({}, 'run', '--silent', name))) return false;
    return true;
  };
  const right = (await Promise.all(lanes.map(inTurn))).every(Boolean);
  if (right && await stage('build', () => run(process.execPath, ['build.mjs', 'app', 'server']))) for (const name of runners) await stage(name, () => npm({ BUILT: '1' }, 'run', '--silent', name));
}
console.log(`\n${times.map(({ name, ok, took }) => `${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(16)} ${took.padStart(6)} s`).join('\n')}\n`);
if (named.size > 0) console.log(`${[...named].join('\n')}\n`);
console.log(tallyLine(passed, failed));
process.exitCode = failed > 0 ? 1 : 0;

/** One stage: its time, and what it adds to the tally. A stage that ended badly without a failed test, or ran none, counts as one. */
async function stage(name, work) {
  console.log(`\n── ${name}`);
  const start = performance.now();
  let output = '', ok = false;
  try {
    output = (await work()) ?? '';
    ok = true;
  } catch (error) {
    output = error.output ?? '';
    console.error(error.message);
  }
  const tally = counted.has(name) ? readTally(output) ?? { passed: 0, failed: 0 } : { passed: 0, failed: 0 };
  readFailures(output).forEach((line) => named.add(line));
  const empty = counted.has(name) && tally.passed + tally.failed === 0;
  if (empty) console.error(`${name} ran no test.`);
  ok &&= !empty && tally.failed === 0;
  passed += tally.passed;
  failed += ok || tally.failed > 0 ? tally.failed : 1;
  times.push({ name, ok, took: seconds(start) });
  return ok;
}

/** What a fresh clone lacks: packages and the database client, as `npm start` gets them, then a browser and the tools that read our contracts. */
async function makeReady() {
  await run(process.execPath, ['scripts/start.mjs', '--check', '--no-build']);
  const [{ findBrowser }, { needPdfTools, needXmlTools }] = await Promise.all([import('./browser.mjs'), import('./tools.mjs')]);
  console.log(`browser: ${findBrowser()}`);
  needPdfTools();
  needXmlTools();
}

function npm(env, ...args) {
  return process.env.npm_execpath ? run(process.execPath, [process.env.npm_execpath, ...args], env) : run('npm', args, env);
}

/** Runs a program, shows what it says, and gives it. @throws Error with `output` when it ends badly. */
function run(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env: { ...process.env, STORYBOOK_DISABLE_TELEMETRY: '1', ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => { output += chunk; process.stdout.write(chunk); });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(Object.assign(new Error(`${path.basename(program)} ${args.join(' ')} ended with ${signal ?? code}.`), { output }));
    });
  });
}
