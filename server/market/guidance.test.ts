import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../core/time.ts';
import { cellOf, type Deal } from './cells.ts';
import { guide, positionOf, quantile, stepOf, usualPrice, type Guidance } from './guidance.ts';
import { enough, groupsFor, LEAST, sheetOf, widened, type Group, type Readers, type Sheet } from './sheet.ts';

const today = '2027-03-10';
const nobody: Readers = new Set();

/** A deal of artist and buyer number `i`, a jazz trio in a hall at Lyon for 1,000 euros on a Tuesday. */
const deal = (i: number, over: Partial<Deal> = {}): Deal => ({
  id: `off_${String(i).padStart(4, '0')}`, artistOrgId: `org_a${i % 7}`, buyerOrgId: `org_b${i % 6}`, minor: 100_000, agreedOn: addDays('2026-06-01', (i * 13) % 180), day: '2026-12-01', currency: 'EUR',
  at: { lat: 45.76, lng: 4.84 }, audience: 150, buyer: 'venue', family: 'jazz', level: 'confirmed', lineUp: 3, ...over,
});
const deals = (count: number, over: (i: number) => Partial<Deal> = () => ({})): Deal[] => Array.from({ length: count }, (_, i) => deal(i, over(i)));
const ask = (sheet: Sheet, over: Partial<Deal> = {}, readers: Readers = nobody) => {
  const occasion = deal(0, over);
  return guide(sheet, { cell: cellOf(occasion), day: occasion.day, today, readers });
};
const told = (answer: ReturnType<typeof guide>): Guidance => {
  if ('why' in answer) throw new Error('nothing is told');
  return answer;
};

test('a range is the middle half of what was agreed, with how many it is made of and when (AI-04, AI-05)', () => {
  const found = told(ask(sheetOf(deals(12, (i) => ({ minor: 80_000 + i * 5_000 })), today)));
  expect(found).toMatchObject({ currency: 'EUR', deals: 12, artists: 7, buyers: 6, from: '2026-06', until: '2026-10', asOf: '2027-02-28', widened: [] });
  expect(found.low).toBeGreaterThanOrEqual(90_000);
  expect(found.high).toBeLessThanOrEqual(130_000);
  expect(found.low).toBeLessThan(found.median);
  expect(found.median).toBeLessThan(found.high);
});

test.each<[string, Deal[]]>([
  ['seven deals', deals(7)],
  ['four artists', deals(20, (i) => ({ artistOrgId: `org_a${i % 4}` }))],
  ['four buyers', deals(20, (i) => ({ buyerOrgId: `org_b${i % 4}` }))],
  ['deals older than two years', deals(20, (i) => ({ agreedOn: addDays('2024-01-01', i) }))],
  ['deals of this month', deals(20, () => ({ agreedOn: '2027-03-02' }))],
  ['deals of the month before alone, which came all at once', deals(20, () => ({ agreedOn: '2027-02-10' }))],
])('nothing is told of %s (AI-04)', (_, few) => {
  expect(ask(sheetOf(few, today))).toMatchObject({ why: 'too_few', least: LEAST, months: 24 });
});

test('who has deals of their own among them is told of no fewer of others (AI-04)', () => {
  const sheet = sheetOf(deals(8), today);
  expect('why' in ask(sheet)).toBe(false);
  expect(ask(sheet, {}, new Set(['org_a0']))).toMatchObject({ why: 'too_few' });
  expect(ask(sheet, {}, new Set(['org_b3']))).toMatchObject({ why: 'too_few' });
  // The same of everybody else: who asks changes nothing of what is told.
  expect(ask(sheet, {}, new Set(['org_other']))).toEqual(ask(sheet));
});

test('a market is widened until it is enough, and says in what (AI-04)', () => {
  const of = (family: string, count: number, minor: number) => deals(count, (i) => ({ id: `off_${family}${i}`, family, minor, agreedOn: '2026-08-10' }));
  const sheet = sheetOf([...of('jazz', 10, 100_000), ...of('rock', 4, 200_000), ...of('chanson', 9, 60_000)], today);
  expect(told(ask(sheet, { family: 'jazz' })).widened).toEqual([]);
  const rock = told(ask(sheet, { family: 'rock' }));
  expect(rock.widened).toEqual(['family']);
  expect(rock.deals).toBe(13);
  // What nobody has dealt in is told of all.
  expect(told(ask(sheet, { family: 'polka' }))).toMatchObject({ deals: 23, widened: ['family'] });
});

test('francs and euros are two markets (AI-04)', () => {
  const euros = deals(12);
  const francs = euros.map((one) => ({ ...one, currency: 'CHF' as const }));
  expect({ ...told(ask(sheetOf(francs, today))), currency: 'EUR' }).toEqual(ask(sheetOf(euros, today)));
});

const anyDeals = fc.array(fc.record({
  artist: fc.nat(9), buyer: fc.nat(9), minor: fc.integer({ min: 1_000, max: 5_000_000 }), age: fc.nat(900), family: fc.constantFrom('jazz', 'rock', 'chanson', ''), lineUp: fc.nat(12), level: fc.constantFrom('', 'emerging', 'headliner'),
  lat: fc.integer({ min: 43, max: 50 }), audience: fc.nat(2_000), buyerKind: fc.constantFrom('venue', 'festival', 'private'), dayOff: fc.nat(360),
}), { minLength: 40, maxLength: 160 }).map((rows) => rows.map(({ artist, buyer, age, lat, buyerKind, dayOff, ...row }, i) => deal(i, {
  ...row, artistOrgId: `org_a${artist}`, buyerOrgId: `org_b${buyer}`, agreedOn: addDays(today, -age), day: addDays('2026-01-01', dayOff), at: { lat, lng: 3 }, buyer: buyerKind,
})));

const every = (group: Group): Group[] => [group, ...group.parts.flatMap(every)];
const nameOf = ({ artistOrgId, buyerOrgId }: Deal): string => `${artistOrgId} ${buyerOrgId}`;

test('whatever was agreed: no group is below what tells of nobody, parts are apart and make their whole, and a range lies among its deals (AI-04)', () => {
  let cuts = 0;
  fc.assert(fc.property(anyDeals, fc.nat(200), (some, pick) => {
    const sheet = sheetOf(some, today);
    if (!sheet) return;
    cuts += Math.min(1, sheet.parts.length);
    for (const group of every(sheet)) {
      expect(enough(group.deals)).toBe(true);
      if (group.parts.length === 0) continue;
      expect(group.parts.length).toBeGreaterThan(1);
      expect(group.parts.flatMap((part) => part.deals.map(({ id }) => id)).sort()).toEqual(group.deals.map(({ id }) => id).sort());
      expect(new Set(group.deals.map(({ id }) => id)).size).toBe(group.deals.length);
    }
    const asked = some[pick % some.length] ?? deal(0);
    const groups = groupsFor(sheet, cellOf(asked));
    const prices = (groups.at(-1)?.deals ?? []).map(({ minor }) => minor);
    const found = told(guide(sheet, { cell: cellOf(asked), day: asked.day, today, readers: nobody }));
    const step = stepOf(quantile(prices.map((value) => ({ value, weight: 1 })), 0.5)) * 5;
    expect(found.low).toBeGreaterThan(Math.min(...prices) - step);
    expect(found.high).toBeLessThan(Math.max(...prices) + step);
    expect(found.low).toBeLessThanOrEqual(found.median);
    expect(found.median).toBeLessThanOrEqual(found.high);
    expect(found.deals).toBe(prices.length);
  }), { numRuns: 150 });
  expect(cuts).toBeGreaterThan(50);
});

test('whatever is asked, the answer is of one of the groups, and who asks with deals of their own gets no group with fewer of others (AI-04)', () => {
  fc.assert(fc.property(anyDeals, anyDeals, fc.nat(9), (some, questions, own) => {
    const sheet = sheetOf(some, today);
    const readers = new Set([`org_a${own}`]);
    const all = new Set(sheet ? every(sheet) : []);
    for (const question of questions.slice(0, 20)) {
      for (const group of groupsFor(sheet, cellOf(question), readers)) {
        expect(all.has(group)).toBe(true);
        expect(enough(group.deals.filter(({ artistOrgId }) => artistOrgId !== `org_a${own}`))).toBe(true);
      }
    }
  }), { numRuns: 60 });
});

test('a deal more does not show before its month is over, and then in company alone (AI-04)', () => {
  const before = deals(30, (i) => ({ minor: 60_000 + i * 3_000 }));
  const now = ask(sheetOf(before, today));
  const one = { ...deal(900), artistOrgId: 'org_x', buyerOrgId: 'org_y', minor: 4_000_000 };
  for (const more of [[{ ...one, agreedOn: '2027-03-09' }], [{ ...one, agreedOn: '2027-02-20' }], [one, { ...one, id: 'off_901' }].map((same) => ({ ...same, agreedOn: '2027-02-20' }))]) {
    expect(ask(sheetOf([...before, ...more], today))).toEqual(now);
  }
  const company = [one, { ...one, id: 'off_901' }, { ...one, id: 'off_902', artistOrgId: 'org_z', buyerOrgId: 'org_w' }].map((same) => ({ ...same, agreedOn: '2027-02-20' }));
  expect(told(ask(sheetOf([...before, ...company], today))).deals).toBe(told(now).deals + 3);
});

test('deals of another group change nothing (AI-04)', () => {
  const jazz = deals(20, (i) => ({ minor: 60_000 + i * 3_000 }));
  const rock = (count: number, minor: number) => deals(count, () => ({ family: 'rock', minor })).map((one, i) => ({ ...one, id: `off_rock${i}` }));
  const [some, others] = [told(ask(sheetOf([...jazz, ...rock(10, 90_000)], today))), told(ask(sheetOf([...jazz, ...rock(16, 900_000)], today)))];
  expect(others).toEqual(some);
});

test('no one artist and no one buyer is the market: three deals of each count (AI-04)', () => {
  const loud = deals(60, (i) => (i < 40 ? { artistOrgId: 'org_loud', minor: 900_000 } : { artistOrgId: `org_a${i % 8}`, buyerOrgId: `org_c${i % 9}` }));
  const found = told(ask(sheetOf(loud, today)));
  expect(found.median).toBe(100_000);
});

test('a place a village further, or a guest more, is the same question (AI-04)', () => {
  const sheet = sheetOf(deals(40, (i) => ({ minor: 60_000 + i * 3_000 })), today);
  expect(ask(sheet, { at: { lat: 45.9, lng: 5.1 }, audience: 151, lineUp: 4 })).toEqual(ask(sheet));
});

test.each([
  [60_000, 'far_below', -40], [85_000, 'below', -15], [100_000, 'usual', 0], [125_000, 'above', 25], [200_000, 'far_above', 100],
] as const)('a price of %d lies %s of a market of 900 to 1,200 euros around 1,000 (AI-04)', (minor, verdict, percent) => {
  expect(positionOf(minor, { low: 90_000, median: 100_000, high: 120_000 })).toMatchObject({ verdict, percent });
});

test('prices tried one after the other rise steadily and tell no more than the rounded range (AI-04)', () => {
  const shares = Array.from({ length: 300 }, (_, i) => positionOf(1_000 + i * 1_000, { low: 90_000, median: 100_000, high: 120_000 }).below);
  expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  expect(new Set(shares).size).toBeLessThanOrEqual(19);
  expect(shares.every((share) => share >= 5 && share <= 95 && share % 5 === 0)).toBe(true);
});

test('a festival and a weekend are dearer where enough deals on both sides say so, whoever plays there (AI-04)', () => {
  const market = deals(120, (i) => {
    const [festival, weekend, large] = [i % 2 === 0, i % 3 === 0, i % 4 < 2];
    return {
      artistOrgId: `org_a${i % 41}`, buyerOrgId: `org_b${i % 43}`, buyer: festival ? 'festival' : 'venue', day: weekend ? '2026-12-04' : '2026-12-01', lineUp: large ? 9 : 2,
      minor: Math.round((large ? 300_000 : 80_000) * (festival ? 1.3 : 1) * (0.97 + (i % 7) / 100)),
    };
  });
  const { effects } = told(ask(sheetOf(market, today), { buyer: 'festival', day: '2026-12-01' }));
  const [weekend, festival, summer] = (['weekend', 'festival', 'summer'] as const).map((name) => effects.find(({ effect }) => effect === name));
  expect(weekend).toMatchObject({ here: false });
  expect(Math.abs(weekend?.percent ?? 99)).toBeLessThanOrEqual(5);
  expect(festival).toMatchObject({ here: true, percent: 30 });
  expect(festival?.confidence).toBeGreaterThanOrEqual(95);
  expect((festival?.deals ?? 0) + (festival?.others ?? 0)).toBeGreaterThanOrEqual(60);
  // Nobody played in summer: nothing is said of it.
  expect(summer).toBeUndefined();
});

test('classes that are not known are no class of their own', () => {
  const unknown = cellOf(deal(0, { at: null, audience: 0, lineUp: 0, level: '', family: '' }));
  expect(unknown).toEqual({ family: '', lineUp: '', level: '', region: '', audience: '', buyer: 'venue' });
  const sheet = sheetOf(deals(12), today);
  expect(sheet && widened(sheet, unknown)).toEqual(['family', 'lineUp', 'level', 'region', 'audience']);
});

test('nameless: a group of one pair is never one', () => {
  const pair = deals(40, () => ({ artistOrgId: 'org_a0', buyerOrgId: 'org_b0' }));
  expect(new Set(pair.map(nameOf)).size).toBe(1);
  expect(sheetOf(pair, today)).toBeNull();
});

test('what a chance is reckoned from is rounded as a market is told, so that chances of many prices tell nobody\'s (AI-04, AI-13)', () => {
  const usual = (odd: number) => usualPrice(sheetOf(deals(13, () => ({ minor: odd })), today), cellOf(deal(0)));
  expect(usual(103_700)).toBe(105_000);
  expect(usual(106_100)).toBe(105_000);
  expect(usualPrice(sheetOf(deals(7), today), cellOf(deal(0)))).toBeNull();
});
