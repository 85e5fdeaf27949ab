import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros } from '../core/money.ts';
import { limitOf, sharedOut } from './shares.ts';

test('a claim has thirty days (ES-20)', () => {
  expect(limitOf('2027-06-01')).toBe('2027-07-01');
  expect(limitOf('2028-02-01')).toBe('2028-03-02');
});

test.each([
  ['a producer alone, of a deposit', 37_980n, 112_200n, 0n, [37_980n, 0n]],
  ['more than reached it: our commission is asked of nobody', 126_600n, 112_200n, 0n, [112_200n, 0n]],
  ['a producer and its booker, in their ratio', 37_980n, 97_800n, 14_400n, [33_106n, 4_874n]],
  ['both, all of it', 126_600n, 97_800n, 14_400n, [97_800n, 14_400n]],
  ['nobody was credited', 37_980n, 0n, 0n, [0n, 0n]],
  ['a cent', 1n, 97_800n, 14_400n, [1n, 0n]],
] as const)('%s (ES-20)', (_, missing, producer, booker, asked) => {
  const owed = sharedOut(euros(missing), { producer, booker });
  expect([owed.producer.minor, owed.booker.minor]).toEqual(asked);
});

test('nobody is asked for more than reached it, and together for what is missing, as far as it goes (ES-20)', () => {
  const minor = fc.bigInt(0n, 1_000_000_000n);
  fc.assert(fc.property(minor, minor, minor, (missing, producer, booker) => {
    const owed = sharedOut(euros(missing), { producer, booker });
    const [p, b] = [owed.producer.minor, owed.booker.minor];
    expect([p >= 0n, p <= producer, b >= 0n, b <= booker]).toEqual([true, true, true, true]);
    expect(p + b).toBe(missing < producer + booker ? missing : producer + booker);
  }));
});
