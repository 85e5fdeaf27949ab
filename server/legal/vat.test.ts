import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros, halfUp, percentage, sum } from '../core/money.ts';
import { cessionVat, commissionVat, vatByRate } from './vat.ts';

test.each([
  // The French rules were renumbered on 2026-09-01; the rate did not move.
  ['FR', '2026-08-31', 550n, 'CGI art. 278-0 bis F'],
  ['FR', '2026-09-01', 550n, 'CIBS art. L213-230, L213-232 et L213-233 (ancien CGI art. 278-0 bis F)'],
  ['BE', '2026-12-05', 0n, 'CTVA art. 44 § 2, 8°'],
  ['CH', '2026-12-05', 0n, 'LTVA art. 21 al. 2 ch. 14'],
  ['LU', '2026-12-05', 300n, 'Loi TVA du 12-2-1979, art. 40 et annexe B, pt 18'],
])('a cession in %s on %s is taxed at %s, by %s', (country, day, bps, citation) => {
  expect(cessionVat({ country, day })).toMatchObject({ bps, citation });
});

test('our commission is taxed at 20 % in France, and by the seller elsewhere', () => {
  expect(commissionVat({ country: 'FR', day: '2026-12-05' })).toMatchObject({ bps: 2_000n, ruleId: 'VAT-FR-06' });
  expect(commissionVat({ country: 'BE', day: '2026-12-05' })).toMatchObject({ bps: 0n, ruleId: 'VAT-X-01' });
});

test('a law that we do not know is not guessed', () => {
  expect(() => cessionVat({ country: 'JP', day: '2026-12-05' })).toThrow(expect.objectContaining({ code: 'input_invalid', details: { field: 'country', country: 'JP' } }) as Error);
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
