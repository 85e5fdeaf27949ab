import { AppError } from '../core/errors.ts';
import type { Locale } from '../core/locale.ts';
import type { Money } from '../core/money.ts';
import { daysBetween, type Day } from '../core/time.ts';

/** Who asks: decides the questions of the form, and the way of the money. */
export type Asker = 'private' | 'venue' | 'camping' | 'commune';

/** What a visitor of a partner's page asks of an artist. */
export interface Ask {
  readonly asker: Asker;
  readonly contactName: string;
  /** Empty for a private person alone. */
  readonly organisation: string;
  /** A régie, an EPCI, a school: a public body that is no commune. */
  readonly publicBody: boolean;
  readonly email: string;
  readonly phone: string;
  readonly occasion: string;
  /** The day wanted; of a season, its first. */
  readonly showDay: Day;
  /** The last day of a season; null for one day. */
  readonly seasonUntil: Day | null;
  /** How many shows the season should have. */
  readonly shows: number;
  readonly startTime: string;
  /** Where; the partner's own place when empty. */
  readonly place: string;
  readonly address: string;
  readonly insee: string;
  readonly city: string;
  readonly outdoor: boolean;
  /** How many people are expected; 0 is not known yet. */
  readonly audience: number;
  /** Before tax; 0 is to be talked about. */
  readonly budget: Money;
  readonly technical: string;
  readonly message: string;
  readonly locale: Locale;
  readonly pageUrl: string;
}

/** The longest season, in days after its first one. */
const longestSeason = 366;

/**
 * Looks whether a request can be answered at all.
 *
 * @param today At the place of the show.
 * @throws AppError `day_past`, `input_invalid` with the field.
 */
export function checkAsk(ask: Ask, today: Day): void {
  if (ask.showDay < today) throw new AppError('day_past', { day: ask.showDay });
  const season = ask.seasonUntil === null ? 0 : daysBetween(ask.showDay, ask.seasonUntil);
  const faults: readonly (readonly [field: string, wrong: boolean])[] = [
    ['seasonUntil', season < 0 || season > longestSeason],
    ['shows', ask.shows < 1 || ask.shows > season + 1],
    ['budget', ask.budget.minor < 0n],
    // An invoice is written to an organisation; only a private person may be one alone.
    ['organisation', (ask.asker !== 'private' || ask.publicBody) && ask.organisation === ''],
  ];
  const fault = faults.find(([, wrong]) => wrong);
  if (fault) throw new AppError('input_invalid', { field: fault[0] });
}

/** What kind of organisation the asker becomes here. A private asker with an organisation is taken for an association until it says more. */
export function buyerKind({ asker, organisation }: Pick<Ask, 'asker' | 'organisation'>): 'person' | 'association' | 'venue' | 'camping' | 'municipality' {
  switch (asker) {
    case 'private': return organisation === '' ? 'person' : 'association';
    case 'commune': return 'municipality';
    case 'venue': case 'camping': return asker;
  }
}
