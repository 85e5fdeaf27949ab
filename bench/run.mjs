import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

/*
 * The one door to every benchmark: `npm run bench -- NAME [--json]`; what else is said goes to the benchmark. A benchmark starts and stops what it needs, and its last line is one
 * JSON object with `bench`. Here everything before it goes to stderr, so that stdout is the figures alone.
 */
const names = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.bench.ts')).map((file) => file.slice(0, -'.bench.ts'.length));
const name = process.argv.slice(2).find((word) => !word.startsWith('-'));
if (!name || !names.includes(name)) {
  console.error(`${name ? `There is no benchmark "${name}".` : 'Which benchmark?'} npm run bench -- NAME --json, where NAME is ${names.join(', ')}.`);
  process.exit(2);
}

const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, `${name}.bench.ts`), ...process.argv.slice(2).filter((word) => word !== name && word !== '--json')], {
  cwd: path.join(import.meta.dirname, '..'), stdio: ['ignore', 'pipe', 'inherit'],
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));

let held = '', rest = '';
child.stdout.on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  for (const line of lines.filter(Boolean)) { if (held) console.error(held); held = line; }
});
child.on('close', (code) => {
  if (rest) { if (held) console.error(held); held = rest; }
  const figures = read(held);
  if (code !== 0 || figures?.bench !== name) {
    if (held) console.error(held);
    console.error(`The benchmark "${name}" ${code === 0 ? 'did not end with its figures' : `ended with ${code}`}.`);
    process.exitCode = code || 1;
  } else if (process.argv.includes('--json')) console.log(held);
  else console.log(JSON.stringify(figures, null, 2));
});

function read(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
