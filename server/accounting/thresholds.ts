import type { Bps, Currency } from '../core/money.ts';
import type { Day } from '../core/time.ts';

/** Up to which turnover of a calendar year a small seller charges no tax, in minor units. */
export interface Threshold {
  readonly country: string;
  readonly from: Day;
  /** Services, as a show is; a Swiss association of culture run by volunteers has a threshold of its own. */
  readonly nature: 'services' | 'association';
  readonly limit: bigint;
  /** Above the limit and up to this the franchise lasts until the year's end; beyond it ends on the day. Nothing: it ends with the limit. */
  readonly tolerance: bigint | null;
  readonly currency: Currency;
  readonly citation: string;
}

/* Read 2026-11-21, legal.md §3: VAT-FR-07 (the single threshold of the bill for 2026 was struck out by both chambers), VAT-BE-04, VAT-CH-03, VAT-LU-02. */
const rows: readonly Threshold[] = [
  { country: 'FR', from: '2026-09-01', nature: 'services', limit: 3_750_000n, tolerance: 4_125_000n, currency: 'EUR', citation: 'CIBS art. L223-2 et suivants (ancien CGI art. 293 B)' },
  { country: 'FR', from: '2025-01-01', nature: 'services', limit: 3_750_000n, tolerance: 4_125_000n, currency: 'EUR', citation: 'CGI art. 293 B, I' },
  { country: 'BE', from: '2016-01-01', nature: 'services', limit: 2_500_000n, tolerance: null, currency: 'EUR', citation: 'CTVA art. 56bis' },
  { country: 'LU', from: '2025-01-01', nature: 'services', limit: 5_000_000n, tolerance: 5_500_000n, currency: 'EUR', citation: 'Loi du 20-12-2024' },
  { country: 'LU', from: '2020-01-01', nature: 'services', limit: 3_500_000n, tolerance: null, currency: 'EUR', citation: 'Loi TVA du 12-2-1979, art. 57' },
  { country: 'CH', from: '2010-01-01', nature: 'services', limit: 10_000_000n, tolerance: null, currency: 'CHF', citation: 'LTVA art. 10 al. 2 let. a' },
  { country: 'CH', from: '2023-01-01', nature: 'association', limit: 25_000_000n, tolerance: null, currency: 'CHF', citation: 'LTVA art. 10 al. 2 let. c' },
];

/** The thresholds of a country on a day: for each nature the latest row. None where we know no law. */
export function thresholdsOf(country: string, day: Day): Threshold[] {
  const known = rows.filter((row) => row.country === country && row.from <= day);
  return known.filter((row) => !known.some((other) => other.nature === row.nature && other.from > row.from));
}

/** From eighty per cent of the limit on a seller is warned. */
const near: Bps = 8_000n;

/** Where a turnover stands: far below, near, above the limit and tolerated until the year's end, or over. */
export function standing({ limit, tolerance }: Pick<Threshold, 'limit' | 'tolerance'>, turnover: bigint): 'far' | 'near' | 'tolerated' | 'over' {
  if (turnover > (tolerance ?? limit)) return 'over';
  if (turnover > limit) return 'tolerated';
  return turnover * 10_000n >= limit * near ? 'near' : 'far';
}
