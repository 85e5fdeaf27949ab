import { AppError } from '../core/errors.ts';
import { halfUp, percentage, sum, type Bps, type Money } from '../core/money.ts';
import type { Day } from '../core/time.ts';

/** One line of a quote or invoice: its net, rounded once, and the rate of its nature. */
export interface Line {
  readonly net: Money;
  readonly vatBps: Bps;
}

/** The net and the tax of all lines of one rate. */
export interface VatGroup {
  readonly vatBps: Bps;
  readonly net: Money;
  readonly vat: Money;
}

/**
 * The tax of a document: per rate on the document's total, never per line (EN 16931; legal.md VAT-BE-05, read 2026-11-21), half-up,
 * the lowest rate first.
 */
export function vatByRate(lines: readonly Line[]): VatGroup[] {
  const groups = new Map<Bps, Money>();
  for (const { net, vatBps } of lines) {
    const before = groups.get(vatBps);
    groups.set(vatBps, before ? sum(before, net) : net);
  }
  return [...groups]
    .map(([vatBps, net]) => ({ vatBps, net, vat: percentage(net, vatBps, halfUp) }))
    .sort((a, b) => Number(a.vatBps - b.vatBps));
}

/** A tax rate with the rule that says so. */
export interface VatRule {
  readonly bps: Bps;
  /** What a contract and an invoice print. */
  readonly citation: string;
  /** The row of our rule base. */
  readonly ruleId: string;
}

interface DatedRule extends VatRule {
  readonly country: string;
  /** The first day on which it applies. */
  readonly from: Day;
}

/* Seller and show in the same country. Read 2026-11-21; the French rate moved from CGI to CIBS, same substance, on 2026-09-01 (ord. 2025-1247). */
const CESSION: readonly DatedRule[] = [
  { country: 'FR', from: '2026-09-01', bps: 550n, ruleId: 'VAT-FR-01', citation: 'CIBS art. L213-230, L213-232 et L213-233 (ancien CGI art. 278-0 bis F)' },
  { country: 'FR', from: '2013-01-01', bps: 550n, ruleId: 'VAT-FR-01', citation: 'CGI art. 278-0 bis F' },
  // A performer who sells to the organiser of the show is exempt, whatever the legal form.
  { country: 'BE', from: '2013-01-01', bps: 0n, ruleId: 'VAT-BE-01', citation: 'CTVA art. 44 § 2, 8°' },
  { country: 'CH', from: '2010-01-01', bps: 0n, ruleId: 'VAT-CH-02', citation: 'LTVA art. 21 al. 2 ch. 14' },
  { country: 'LU', from: '2020-01-01', bps: 300n, ruleId: 'VAT-LU-01', citation: 'Loi TVA du 12-2-1979, art. 40 et annexe B, pt 18' },
];

/* The platform is French and bills in France at the standard rate; a taxable seller elsewhere in Europe accounts for the tax. Read 2026-11-21. */
const COMMISSION: readonly DatedRule[] = [
  { country: 'FR', from: '2026-09-01', bps: 2_000n, ruleId: 'VAT-FR-06', citation: 'CIBS livre II (ancien CGI art. 278)' },
  { country: 'FR', from: '2014-01-01', bps: 2_000n, ruleId: 'VAT-FR-06', citation: 'CGI art. 278' },
  ...['BE', 'LU', 'CH'].map((country) => ({ country, from: '2011-01-01', bps: 0n, ruleId: 'VAT-X-01', citation: 'Autoliquidation, directive 2006/112/CE art. 44 et 196' })),
];

/** What the tax is reckoned for: a seller's country, ISO 3166-1, and a day. */
export interface VatCase {
  readonly country: string;
  readonly day: Day;
}

/**
 * The tax on a cession du droit d'exploitation whose seller works at home.
 *
 * @throws AppError `input_invalid` for a country whose law we do not know.
 */
export const cessionVat = (of: VatCase): VatRule => ruleOf(CESSION, of);

/** The tax on our commission, which the seller of the show pays. Throws as `cessionVat` does. */
export const commissionVat = (of: VatCase): VatRule => ruleOf(COMMISSION, of);

function ruleOf(rules: readonly DatedRule[], { country, day }: VatCase): VatRule {
  const rule = rules.find((one) => one.country === country && one.from <= day);
  if (!rule) throw new AppError('input_invalid', { field: 'country', country });
  const { bps, citation, ruleId } = rule;
  return { bps, citation, ruleId };
}
