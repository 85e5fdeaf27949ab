import { halfUp, negative, percentage, sum, type Bps, type Money } from '../core/money.ts';

/**
 * In which capacity a booker acts for an artist: an `agent` finds engagements and is paid on wages, up to what the law allows (FEE-01, FEE-02, FEE-05); a
 * `producer` has a margin of its own, and a `provider` bills a service, neither with a cap (FEE-04). Read in legal.md, 2026-11-21.
 */
export const CAPACITIES = ['agent', 'producer', 'provider'] as const;
export type Capacity = (typeof CAPACITIES)[number];

/** The most that an agent may take of an artist's gross remuneration, by the law of one country. Null holds for either, or for any. */
export interface FeeCap {
  /** ISO 3166-1. */
  readonly country: string;
  readonly career: boolean | null;
  readonly solo: boolean | null;
  /** For engagements of no more days. */
  readonly maxDays: number | null;
  readonly bps: Bps;
  /** The row of our rule base. */
  readonly rule: string;
  readonly source: string;
}

/** What a booker does for an artist, as far as the law asks. */
export interface Engagement {
  readonly capacity: Capacity;
  /** Of the artist and of the booker: the law of both is kept. */
  readonly countries: readonly string[];
  /** With particular missions in the artist's career. */
  readonly career: boolean;
  readonly solo: boolean;
  readonly days: number;
}

/**
 * The cap on what a booker takes: of each country the row of the shortest engagement that reaches, of both countries the lower one; null where no law
 * names one.
 *
 * @param caps The rows of one day.
 */
export function capOf(caps: readonly FeeCap[], { capacity, countries, career, solo, days }: Engagement): FeeCap | null {
  if (capacity !== 'agent') return null;
  const longest = ({ maxDays }: FeeCap): number => maxDays ?? Infinity;
  const reach = (cap: FeeCap): boolean => (cap.career ?? career) === career && (cap.solo ?? solo) === solo && longest(cap) >= days;
  const found = countries.flatMap((country) => caps.filter((cap) => cap.country === country && reach(cap)).sort((a, b) => longest(a) - longest(b)).slice(0, 1));
  return found.sort((a, b) => Number(a.bps - b.bps))[0] ?? null;
}

/** What a booker is paid by, as a contract keeps it. */
export interface BookerTerms {
  readonly capacity: Capacity;
  readonly bps: Bps;
  readonly capBps: Bps | null;
  /** The part of the price before tax that an agent is paid on: the artists' gross wages. */
  readonly wageBps: Bps;
  readonly vatBps: Bps;
}

/** A booker's part of a release: its commission before tax, the tax on it, and what it was taken on. */
export interface BookerPart {
  readonly basis: Money;
  readonly net: Money;
  readonly vat: Money;
}

/**
 * What of a release is the booker's. It is taken on `amount`, the price before tax or an indemnity; an agent's on the wages in it, and on an indemnity
 * nothing, for no wage is paid. Each part is rounded half-up, once; what the law caps never passes its cap, so a half cent that would is dropped.
 */
export function bookerPart(amount: Money, kind: 'release' | 'indemnity', { capacity, bps, capBps, wageBps, vatBps }: BookerTerms): BookerPart {
  const basis = capacity !== 'agent' ? amount : kind === 'indemnity' ? { ...amount, minor: 0n } : percentage(amount, wageBps, halfUp);
  const asked = percentage(basis, bps, halfUp);
  const most = capBps === null ? asked : percentage(basis, capBps, (numerator, denominator) => numerator / denominator);
  const net = asked.minor < most.minor ? asked : most;
  return { basis, net, vat: percentage(net, vatBps, halfUp) };
}

/** The part of a price before tax that so much of its total with tax stands for, half-up: the whole of it for the whole. */
export const beforeTax = (released: Money, { price, total }: { readonly price: Money; readonly total: Money }): Money => ({ ...released, minor: halfUp(released.minor * price.minor, total.minor) });

/** What is left of a payout once the booker's part has left it. */
export const lessBooker = (payout: Money, part: Pick<BookerPart, 'net' | 'vat'> | null): Money => (part ? sum(payout, negative(part.net), negative(part.vat)) : payout);
