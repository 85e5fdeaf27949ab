import { expect, test } from 'vitest';
import { money } from './chaos/money.ts';

/** A few rounds in every run; `npm run chaos -- money` makes two hundred. */
const rounds = 10;

test('ten rounds of blows lose no euro and move none twice (ES-03, NF-08)', async () => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const said: string[] = [];
  const outcomes = await money({ seed, rounds: Array.from({ length: rounds }, (_, round) => round), deals: 8, say: (line) => { said.push(line); } });
  expect(outcomes.flatMap(({ faults }) => faults), `npm run chaos -- money --deals 8 --seed ${seed} --round ${outcomes.at(-1)?.round}\n${said.join('\n')}`).toEqual([]);
  expect(outcomes).toHaveLength(rounds);
}, 900_000);
