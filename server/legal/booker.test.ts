import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros } from '../core/money.ts';
import { beforeTax, bookerPart, capOf, lessBooker, type Capacity, type FeeCap } from './booker.ts';

const row = (country: string, bps: bigint, over: Partial<FeeCap> = {}): FeeCap => ({ country, career: null, solo: null, maxDays: null, bps, rule: country === 'FR' ? 'FEE-01' : 'FEE-05', source: 'a law', ...over });
const caps = [
  row('FR', 1_000n, { career: false }), row('FR', 1_500n, { career: true }),
  row('CH', 800n, { solo: false }), row('CH', 1_000n, { solo: false, maxDays: 5 }), row('CH', 1_000n, { solo: true }), row('CH', 1_250n, { solo: true, maxDays: 5 }),
];

test.each<[string, Capacity, readonly string[], { career?: boolean; solo?: boolean; days?: number }, bigint | null]>([
  ['an agent in France', 'agent', ['FR', 'FR'], {}, 1_000n],
  ['with missions in the career', 'agent', ['FR', 'FR'], { career: true }, 1_500n],
  ['a producer has a margin of its own', 'producer', ['FR', 'FR'], {}, null],
  ['a provider bills a service', 'provider', ['CH', 'CH'], {}, null],
  ['a group in Switzerland, one evening', 'agent', ['CH', 'CH'], {}, 1_000n],
  ['a soloist there', 'agent', ['CH', 'CH'], { solo: true }, 1_250n],
  ['a group for six days', 'agent', ['CH', 'CH'], { days: 6 }, 800n],
  ['a soloist for six days', 'agent', ['CH', 'CH'], { solo: true, days: 6 }, 1_000n],
  ['a Swiss agent of a French soloist: the stricter law', 'agent', ['FR', 'CH'], { solo: true }, 1_000n],
  ['a French agent with a career of a Swiss soloist', 'agent', ['CH', 'FR'], { solo: true, career: true }, 1_250n],
  ['Belgium names no rate', 'agent', ['BE', 'BE'], {}, null],
  ['a French agent of a Belgian artist', 'agent', ['BE', 'FR'], {}, 1_000n],
])('%s (FEE-01, FEE-04, FEE-05)', (_, capacity, countries, { career = false, solo = false, days = 1 }, bps) => {
  expect(capOf(caps, { capacity, countries, career, solo, days })?.bps ?? null).toBe(bps);
});

const terms = { capacity: 'provider' as Capacity, bps: 1_000n, capBps: null, wageBps: 10_000n, vatBps: 2_000n };

test('a booker’s part of the golden case: a provider on the price, an agent on the wages in it (FEE-01, ES-03)', () => {
  expect(bookerPart(euros(120_000n), 'release', terms)).toEqual({ basis: euros(120_000n), net: euros(12_000n), vat: euros(2_400n) });
  expect(bookerPart(euros(120_000n), 'release', { ...terms, capacity: 'agent', capBps: 1_000n, wageBps: 6_000n })).toEqual({ basis: euros(72_000n), net: euros(7_200n), vat: euros(1_440n) });
  expect(lessBooker(euros(112_200n), bookerPart(euros(120_000n), 'release', terms))).toEqual(euros(97_800n));
  expect(lessBooker(euros(112_200n), null)).toEqual(euros(112_200n));
});

test('on a wage of 1,000 euros an agent takes 100 at most, and 150 with missions in the career (FEE-01)', () => {
  const wage = { ...terms, capacity: 'agent' as const, wageBps: 10_000n };
  expect(bookerPart(euros(100_000n), 'release', { ...wage, bps: 1_200n, capBps: 1_000n }).net).toEqual(euros(10_000n));
  expect(bookerPart(euros(100_000n), 'release', { ...wage, bps: 1_200n, capBps: 1_500n }).net).toEqual(euros(12_000n));
});

test('half a cent is rounded up, but never past what the law caps', () => {
  expect(bookerPart(euros(105n), 'release', { ...terms, vatBps: 0n }).net).toEqual(euros(11n));
  expect(bookerPart(euros(105n), 'release', { ...terms, capacity: 'agent', capBps: 1_000n, vatBps: 0n }).net).toEqual(euros(10n));
});

test('an indemnity is no wage: an agent has nothing of it, any other booker its rate (FEE-01)', () => {
  expect(bookerPart(euros(36_000n), 'indemnity', { ...terms, capacity: 'agent', capBps: 1_000n }).net).toEqual(euros(0n));
  expect(bookerPart(euros(36_000n), 'indemnity', terms)).toMatchObject({ net: euros(3_600n), vat: euros(720n) });
});

test('of a part that is released the price before tax is reckoned back, and of the whole it is the whole', () => {
  const deal = { price: euros(120_000n), total: euros(126_600n) };
  expect(beforeTax(euros(126_600n), deal)).toEqual(euros(120_000n));
  expect(beforeTax(euros(63_300n), deal)).toEqual(euros(60_000n));
});

test('what the law caps is never passed, and no part is below nothing', () => {
  fc.assert(fc.property(fc.bigInt(0n, 10n ** 9n), fc.bigInt(0n, 5_000n), fc.bigInt(0n, 1_500n), fc.bigInt(0n, 10_000n), (minor, bps, capBps, wageBps) => {
    const { basis, net, vat } = bookerPart(euros(minor), 'release', { capacity: 'agent', bps, capBps, wageBps, vatBps: 2_000n });
    expect(net.minor * 10_000n).toBeLessThanOrEqual(basis.minor * capBps);
    expect(net.minor >= 0n && vat.minor >= 0n && basis.minor <= minor).toBe(true);
  }));
});
