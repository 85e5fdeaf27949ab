import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros, halfUp, percentage, sum } from '../core/money.ts';
import { cessionVat, ourVat, selfAssessedBps, serviceVat, vatByRate, vatKindOf, type CessionCase } from './vat.ts';

const sale = (over: { seller?: Partial<CessionCase['seller']>; buyer?: Partial<CessionCase['buyer']>; show?: Partial<CessionCase['show']>; day?: string } = {}): CessionCase => ({
  day: over.day ?? '2026-12-05', seller: { country: 'FR', vatFranchise: false, ...over.seller },
  buyer: { kind: 'venue', country: 'FR', vatNumber: '', publicBody: false, insee: '', postcode: '', ...over.buyer }, show: { country: 'FR', insee: '35238', postcode: '', ...over.show },
});
const all = (country: string) => ({ seller: { country }, buyer: { country }, show: { country, insee: country === 'FR' ? '35238' : '' } });

test.each([
  // The French rules were renumbered on 2026-09-01; the rate did not move.
  ['FR', '2026-08-31', 550n, 'CGI art. 278-0 bis F'],
  ['FR', '2026-09-01', 550n, 'CIBS art. L213-230, L213-232 et L213-233 (ancien CGI art. 278-0 bis F)'],
  ['BE', '2026-12-05', 0n, 'Exonération, CTVA art. 44 § 2, 8°'],
  ['CH', '2026-12-05', 0n, 'Exclu du champ de la TVA, LTVA art. 21 al. 2 ch. 14'],
  ['LU', '2026-12-05', 300n, 'Loi TVA du 12-2-1979, art. 40 et annexe B, pt 18'],
])('a cession wholly in %s on %s is taxed at %s, by %s', (country, day, bps, citation) => {
  expect(cessionVat(sale({ ...all(country), day }))).toMatchObject({ bps, citation });
});

test.each([
  ['35238', 'VAT-FR-01', 550n], ['2A004', 'VAT-FR-04', 210n], ['2B033', 'VAT-FR-04', 210n], ['97105', 'VAT-FR-05', 210n], ['97209', 'VAT-FR-05', 210n],
  ['97411', 'VAT-FR-05', 210n], ['97302', 'VAT-FR-05', 0n], ['97611', 'VAT-FR-05', 0n],
])('a show in commune %s of France is taxed by %s at %s, whoever buys it there (VAT-FR-04, VAT-FR-05)', (insee, ruleId, bps) => {
  for (const kind of ['venue', 'municipality', 'person', 'association']) expect(cessionVat(sale({ buyer: { kind }, show: { insee } }))).toMatchObject({ ruleId, bps });
});

test.each([
  ['35000', 'VAT-FR-01', 550n], ['20090', 'VAT-FR-04', 210n], ['97110', 'VAT-FR-05', 210n], ['97200', 'VAT-FR-05', 210n], ['97400', 'VAT-FR-05', 210n], ['97300', 'VAT-FR-05', 0n], ['97600', 'VAT-FR-05', 0n],
])('a French place whose commune is not known is taxed by its postcode: %s by %s at %s', (postcode, ruleId, bps) => {
  expect(cessionVat(sale({ show: { insee: '', postcode } }))).toMatchObject({ ruleId, bps });
  // Played abroad, a show is taxed at the home of its buyer.
  expect(cessionVat(sale({ buyer: { postcode }, show: { country: 'BE', insee: 'B1' } }))).toMatchObject({ ruleId, bps });
});

test('where neither commune nor postcode tells, the tax of a French place is not guessed', () => {
  // Saint-Barthélemy and Saint-Martin have postcodes of Guadeloupe and a law of their own.
  for (const postcode of ['', '97133', '97150', '97500', '98800', '9', 'F-35000']) expect(cessionVat(sale({ show: { insee: '', postcode } })), postcode).toBeNull();
  expect(cessionVat(sale({ show: { country: 'BE', insee: 'B1' } }))).toBeNull();
});

test('the tax of Saint-Pierre-et-Miquelon, Saint-Martin and Nouméa is not guessed', () => {
  for (const insee of ['97502', '97801', '98818']) expect(cessionVat(sale({ show: { insee } }))).toBeNull();
});

test('a taxable buyer abroad accounts for the tax, wherever in the Union the show is (VAT-X-01, VAT-X-03)', () => {
  for (const [seller, buyer] of [['FR', 'BE'], ['BE', 'FR'], ['LU', 'FR'], ['CH', 'FR'], ['CH', 'LU']] as const) {
    const rule = cessionVat(sale({ seller: { country: seller }, buyer: { country: buyer }, show: { country: buyer, insee: '' } }));
    expect(rule).toMatchObject({ bps: 0n, kind: 'reversed', ruleId: 'VAT-X-01', citation: expect.stringContaining('Autoliquidation') as string });
  }
  // A commune with a number is taxable, too.
  expect(cessionVat(sale({ seller: { country: 'BE' }, buyer: { kind: 'municipality', vatNumber: 'FR44732829320' } }))).toMatchObject({ kind: 'reversed' });
});

test('to whom is not taxable, a show is taxed where it is played: at the seller’s home by its rate, elsewhere not without registering', () => {
  expect(cessionVat(sale({ buyer: { kind: 'person', country: 'BE' } }))).toMatchObject({ bps: 550n });
  expect(cessionVat(sale({ seller: { country: 'BE' }, buyer: { kind: 'municipality' } }))).toBeNull();
  expect(cessionVat(sale({ seller: { country: 'CH' }, buyer: { kind: 'municipality' } }))).toBeNull();
  expect(cessionVat(sale({ seller: { country: 'BE' }, buyer: { kind: 'venue', publicBody: true } }))).toBeNull();
});

test('a show in Switzerland is outside the tax of the Union (VAT-X-02)', () => {
  for (const country of ['FR', 'BE', 'LU']) {
    for (const kind of ['venue', 'municipality', 'person']) expect(cessionVat(sale({ seller: { country }, buyer: { kind, country: 'CH' }, show: { country: 'CH', insee: 'C1' } }))).toMatchObject({ bps: 0n, kind: 'outside', ruleId: 'VAT-X-02' });
  }
  expect(cessionVat(sale({ buyer: { kind: 'person' }, show: { country: 'CH', insee: 'C1' } }))).toMatchObject({ ruleId: 'VAT-X-02' });
  // Two rules contradict each other: nobody guesses.
  expect(cessionVat(sale({ show: { country: 'CH', insee: 'C1' } }))).toBeNull();
  expect(cessionVat(sale({ buyer: { country: 'CH' } }))).toBeNull();
});

test('in Belgium a sale to another artist or an agency is taxed (VAT-BE-02)', () => {
  expect(cessionVat(sale({ ...all('BE'), buyer: { country: 'BE', kind: 'booker' } }))).toMatchObject({ bps: 600n, ruleId: 'VAT-BE-02' });
});

test('a seller under the franchise charges nothing and says why, at home alone (VAT-FR-08)', () => {
  const small = { vatFranchise: true };
  expect(cessionVat(sale({ seller: small }))).toEqual({ bps: 0n, kind: 'franchise', ruleId: 'VAT-FR-08', citation: 'TVA non applicable, art. 293 B du CGI' });
  expect(cessionVat(sale({ seller: small, day: '2028-01-01' }))).toMatchObject({ citation: expect.stringContaining('CIBS art. L223-2') as string });
  expect(cessionVat(sale({ seller: { ...small, country: 'LU' }, buyer: { country: 'LU' }, show: { country: 'LU' } }))).toMatchObject({ ruleId: 'VAT-LU-02' });
  expect(cessionVat(sale({ seller: small, buyer: { country: 'BE' }, show: { country: 'BE', insee: '' } }))).toMatchObject({ kind: 'reversed' });
  expect(cessionVat(sale({ ...all('BE'), seller: { ...small, country: 'BE' } }))).toMatchObject({ ruleId: 'VAT-BE-01' });
});

test('a text in the field of the number takes no tax off: a committee abroad that has none is taxed by the seller, and so is its plan', () => {
  for (const vatNumber of ['-', 'néant', 'X1', 'BE0403019262', 'FR44732829320']) {
    expect(cessionVat(sale({ buyer: { kind: 'association', country: 'BE', vatNumber } }))).toMatchObject({ kind: 'charged', bps: 550n });
    expect(ourVat({ country: 'BE', vatNumber, day: '2026-12-05' })).toMatchObject({ kind: 'charged', bps: 2_000n });
  }
  expect(cessionVat(sale({ buyer: { kind: 'association', country: 'BE', vatNumber: '0403.019.261' } }))).toMatchObject({ kind: 'reversed' });
});

test('every sale of four countries has one rule, or none at all; only what is charged has a rate', () => {
  const country = fc.constantFrom('FR', 'BE', 'CH', 'LU', 'DE', 'JP');
  fc.assert(fc.property(fc.record({
    day: fc.constantFrom('2013-01-01', '2026-08-31', '2026-12-05', '2030-01-01'), seller: fc.record({ country, vatFranchise: fc.boolean() }),
    buyer: fc.record({ kind: fc.constantFrom('venue', 'municipality', 'person', 'association', 'company'), country, vatNumber: fc.constantFrom('', '-', 'FR44732829320', 'BE0403019261'), publicBody: fc.boolean(), insee: fc.constantFrom('', '97411'), postcode: fc.constantFrom('', '75011') }),
    show: fc.record({ country, insee: fc.constantFrom('', '35238', '2A004', '97411', '98818'), postcode: fc.constantFrom('', '20000') }),
  }), (one) => {
    const rule = cessionVat(one);
    if ([one.seller, one.buyer, one.show].some(({ country: code }) => code === 'DE' || code === 'JP')) expect(rule).toBeNull();
    if (rule) expect(rule.bps > 0n).toBe(rule.kind === 'charged');
  }));
});

test('what is paid to us is taxed at 20 % in France, by whoever pays elsewhere in the Union and has a number, and not at all in Switzerland', () => {
  const of = (country: string, vatNumber = '') => ourVat({ country, vatNumber, day: '2026-12-05' });
  expect(of('FR')).toMatchObject({ bps: 2_000n, ruleId: 'VAT-FR-06' });
  for (const [country, number] of [['BE', 'BE0403019261'], ['LU', 'LU26375245']] as const) {
    expect(of(country, number)).toMatchObject({ bps: 0n, kind: 'reversed', ruleId: 'VAT-X-01' });
    for (const none of ['', '-', 'FR44732829320']) expect(of(country, none)).toMatchObject({ bps: 2_000n, kind: 'charged', ruleId: 'VAT-FR-06' });
  }
  expect(of('CH')).toMatchObject({ bps: 0n, kind: 'outside' });
  expect(of('DE', 'DE136695976')).toBeNull();
});

test('4,000.00 to a commune: 220.00 of tax, 4,220.00 in all', () => {
  const [group] = vatByRate([{ net: euros(400_000n), vatBps: 550n }]);
  expect(group).toEqual({ vatBps: 550n, net: euros(400_000n), vat: euros(22_000n) });
});

test('tax is reckoned on the total of a rate, not line by line', () => {
  // Three lines of 0.30: by line 3 x 0.02 = 0.06; on 0.90 it is 4.95 cents, so 0.05.
  const lines = [1, 2, 3].map(() => ({ net: euros(30n), vatBps: 550n }));
  expect(vatByRate(lines)).toEqual([{ vatBps: 550n, net: euros(90n), vat: euros(5n) }]);
});

test('every cent of every line is in one group, whatever the order', () => {
  const line = fc.record({ net: fc.bigInt({ min: 0n, max: 10n ** 9n }).map(euros), vatBps: fc.constantFrom(0n, 210n, 550n, 2_000n) });
  fc.assert(fc.property(fc.array(line, { minLength: 1 }), (lines) => {
    const groups = vatByRate(lines);
    expect(sum(euros(0n), ...groups.map(({ net }) => net))).toEqual(sum(euros(0n), ...lines.map(({ net }) => net)));
    expect(vatByRate(lines.toReversed())).toEqual(groups);
    for (const { net, vat, vatBps } of groups) expect(vat).toEqual(percentage(net, vatBps, halfUp));
  }));
});

test('a buyer in whose hands the tax is turned round owes its own country’s rate: of a show what is asked there, of our services the standard one (VAT-X-01)', () => {
  const of = (what: 'show' | 'ours', country: string, { day = '2027-05-08', postcode = '', kind = 'venue' } = {}) => selfAssessedBps({ what, buyer: { kind, country, insee: '', postcode }, day });
  expect(of('show', 'FR', { postcode: '35000' })).toBe(550n);
  expect(of('show', 'FR', { postcode: '20000' })).toBe(210n);
  expect(of('show', 'FR', { postcode: '97300' })).toBe(0n);
  expect([of('show', 'BE'), of('show', 'BE', { kind: 'booker' }), of('show', 'LU')]).toEqual([0n, 600n, 300n]);
  expect([of('ours', 'BE'), of('ours', 'LU'), of('ours', 'LU', { day: '2023-06-30' })]).toEqual([2_100n, 1_700n, 1_600n]);
  expect([of('show', 'FR'), of('show', 'CH'), of('ours', 'CH')]).toEqual([null, null, null]);
});

test.each<[string, { country: string; vatNumber?: string; vatFranchise?: boolean }, { country: string; vatNumber?: string; postcode?: string }, bigint | null, string | null]>([
  ['at home in France', { country: 'FR' }, { country: 'FR' }, 2_000n, 'VAT-FR-06'],
  ['to a producer in Corsica, as on the mainland', { country: 'FR' }, { country: 'FR', postcode: '20000' }, 2_000n, 'VAT-FR-06'],
  ['to a producer of La Réunion', { country: 'FR' }, { country: 'FR', postcode: '97400' }, 850n, 'VAT-FR-05'],
  ['to a producer of Guyane', { country: 'FR' }, { country: 'FR', postcode: '97300' }, 0n, 'VAT-FR-05'],
  ['where we know no law', { country: 'FR' }, { country: 'FR', postcode: '98800' }, null, null],
  ['by a small booker', { country: 'FR', vatFranchise: true }, { country: 'FR' }, 0n, 'VAT-FR-08'],
  ['in Belgium', { country: 'BE' }, { country: 'BE' }, 2_100n, 'VAT-BE-02'],
  ['in Luxembourg', { country: 'LU' }, { country: 'LU' }, 1_700n, 'VAT-LU-01'],
  ['to a producer of the Union with a number', { country: 'FR' }, { country: 'BE', vatNumber: 'BE0403019261' }, 0n, 'VAT-X-01'],
  ['to one without: the tax of the booker', { country: 'FR' }, { country: 'BE' }, 2_000n, 'VAT-FR-06'],
  ['from the Union to Switzerland', { country: 'FR' }, { country: 'CH' }, 0n, 'VAT-X-02'],
  ['from Switzerland to the Union', { country: 'CH' }, { country: 'FR' }, 0n, 'VAT-X-02'],
  ['in Switzerland, below its threshold', { country: 'CH' }, { country: 'CH' }, 0n, 'VAT-CH-03'],
  ['in Switzerland, above it', { country: 'CH', vatNumber: 'CHE-116.281.710 TVA' }, { country: 'CH' }, 810n, 'VAT-CH-01'],
  ['from elsewhere', { country: 'US' }, { country: 'FR' }, null, null],
])('a booker’s service %s (VAT-FR-06, VAT-X-01)', (_, seller, buyer, bps, ruleId) => {
  const party = { vatNumber: '', insee: '', postcode: '35000' };
  const rule = serviceVat({ seller: { ...party, vatFranchise: false, ...seller }, buyer: { ...party, ...buyer }, day: '2027-05-08' });
  expect([rule?.bps ?? null, rule?.ruleId ?? null]).toEqual([bps, ruleId]);
  if (rule) expect(vatKindOf(rule.citation, rule.bps)).toBe(rule.kind);
});
