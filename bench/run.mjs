import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

/*
 * The one door to every benchmark: `npm run bench -- NAME [--json]`; what else is said goes to the benchmark. A benchmark starts and stops what it needs, and its last line is one
 * JSON object with `bench`. Here everything before it goes to stderr, so that stdout is the figures alone.
 */
const names = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.bench.ts')).map((file) => file.slice(0, -'.bench.ts'.length));
const words = process.argv.slice(2);
// A flag may have a value: the name is the first word that names a benchmark, wherever it stands.
const name = words.find((word) => names.includes(word)) ?? words.find((word) => !word.startsWith('-'));
const rest = words.filter((word, i) => i !== words.indexOf(name) && word !== '--json');
if (!name || !names.includes(name)) {
  console.error(`${name ? `There is no benchmark "${name}".` : 'Which benchmark?'} npm run bench -- NAME --json, where NAME is ${names.join(', ')}.`);
  process.exit(2);
}

const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, `${name}.bench.ts`), ...rest], {
  cwd: path.join(import.meta.dirname, '..'), stdio: ['ignore', 'pipe', 'inherit'],
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));

let held = '', line = '';
child.stdout.on('data', (chunk) => {
  const lines = (line + chunk).split('\n');
  line = lines.pop();
  for (const whole of lines.filter(Boolean)) { if (held) console.error(held); held = whole; }
});
child.on('close', (code) => {
  if (line) { if (held) console.error(held); held = line; }
  const figures = read(held);
  if (code !== 0 || figures?.bench !== name) {
    if (held) console.error(held);
    console.error(`The benchmark "${name}" ${code === 0 ? 'did not end with its figures' : `ended with ${code}`}.`);
    process.exitCode = code || 1;
  } else if (process.argv.includes('--json')) console.log(held);
  else console.log(JSON.stringify(figures, null, 2));
});

function read(said) {
  try {
    return JSON.parse(said);
  } catch {
    return undefined;
  }
}
