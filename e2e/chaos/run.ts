import { money } from './money.ts';

/*
 * `npm run chaos -- money [--rounds 200] [--seed N] [--round K] [--deals 10]`: money under blows. The seed is printed; `--seed N --round K`
 * plays one round again. It ends with 1 when a round was broken. `node build.mjs server` first.
 */
const words = process.argv.slice(2);
const number = (name: string): number | undefined => {
  const at = words.indexOf(`--${name}`);
  return at < 0 ? undefined : Number(words[at + 1]);
};
if (words[0] !== 'money') {
  process.stderr.write('Which trial? npm run chaos -- money\n');
  process.exit(2);
}
const seed = number('seed') ?? Math.floor(Math.random() * 2 ** 31);
const one = number('round');
const rounds = one === undefined ? Array.from({ length: number('rounds') ?? 200 }, (_, i) => i) : [one];
const say = (line: string) => { process.stdout.write(`${line}\n`); };
say(`seed ${seed}`);
const began = performance.now();
const outcomes = await money({ seed, rounds, deals: number('deals') ?? 10, say });
const whole = outcomes.filter(({ faults }) => faults.length === 0).length;
say(`${whole} of ${rounds.length} rounds whole, ${((performance.now() - began) / 60_000).toFixed(1)} minutes, seed ${seed}`);
const broken = outcomes.find(({ faults }) => faults.length > 0);
if (broken) say(`again: npm run chaos -- money --seed ${seed} --round ${broken.round}`);
process.exitCode = whole === rounds.length ? 0 : 1;
