import type { Currency } from '../core/money.ts';
import { rng } from '../core/rng.ts';
import type { Day } from '../core/time.ts';
import { isSummer, isWeekend, type Cell, type Deal, type Trait } from './cells.ts';
import { enough, groupsFor, knownUntil, LEAST, MARKET_MONTHS, monthOf, widened, type Group, type Readers, type Sheet } from './sheet.ts';

/** How a sort of deal differs in price from the others of the same market. */
export interface Effect {
  readonly effect: 'weekend' | 'festival' | 'summer';
  /** Per cent above (or below) the others, in steps of five. */
  readonly percent: number;
  /** How many are on each side. */
  readonly deals: number;
  readonly others: number;
  /** In how many of a hundred draws with putting back the difference keeps its sign. Below 90 it may be chance. */
  readonly confidence: number;
  /** Whether the occasion is of the sort. */
  readonly here: boolean;
}

/** What shows like this one were agreed for: quartiles in minor units before tax, rounded outward. */
export interface Guidance {
  readonly low: number;
  readonly median: number;
  readonly high: number;
  readonly currency: Currency;
  readonly deals: number;
  readonly artists: number;
  readonly buyers: number;
  /** When they were agreed: months, from the first to the last. */
  readonly from: string;
  readonly until: string;
  /** The last day of which a deal could count. */
  readonly asOf: Day;
  /** In what the deals are not like the occasion, since too few are. */
  readonly widened: readonly Trait[];
  readonly effects: readonly Effect[];
}

/** Where a price lies in a market. */
export interface Position {
  readonly verdict: 'far_below' | 'below' | 'usual' | 'above' | 'far_above';
  /** Against the median, in steps of five; negative below it. */
  readonly percent: number;
  /** About how many of a hundred such deals are at this price or less, in steps of five, 5 to 95. */
  readonly below: number;
}

/** Why nothing is told. */
export interface Silence { readonly why: 'too_few'; readonly least: typeof LEAST; readonly months: number }

const silence: Silence = { why: 'too_few', least: LEAST, months: MARKET_MONTHS };

/** A deal of a year ago weighs half of one of today. */
const halfLifeMonths = 12;

const weightOf = ({ agreedOn }: Deal, asOf: Day): number => 0.5 ** ((monthOf(asOf) - monthOf(agreedOn)) / halfLifeMonths);

/** The value below which `share` of the weight lies, between two neighbours in a straight line: never outside of the values. */
export function quantile(values: readonly { readonly value: number; readonly weight: number }[], share: number): number {
  const sorted = [...values].sort((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let below = 0;
  let [lastAt, last] = [0, sorted[0]?.value ?? NaN];
  for (const { value, weight } of sorted) {
    const at = (below + weight / 2) / total;
    if (at >= share) return at === lastAt ? value : last + ((value - last) * Math.max(0, share - lastAt)) / (at - lastAt);
    [below, lastAt, last] = [below + weight, at, value];
  }
  return last;
}

/** The step in which an amount is said: a twentieth of it and less, as 1, 2 or 5 with zeros; ten of the currency at least. */
export function stepOf(minor: number): number {
  const most = Math.max(1_000, minor / 20);
  const power = 10 ** Math.floor(Math.log10(most));
  return power * ([5, 2, 1].find((digit) => digit * power <= most) ?? 1);
}

/** The market of an occasion as `readers` may know it. */
export function guide(sheet: Sheet, { cell, day, today, readers }: { readonly cell: Cell; readonly day: Day; readonly today: Day; readonly readers: Readers }): Guidance | Silence {
  const groups = groupsFor(sheet, cell, readers);
  const [whole, group] = [groups[0], groups.at(-1)];
  const first = group?.deals[0];
  if (!whole || !group || !first) return silence;
  const asOf = knownUntil(today);
  const values = group.deals.map((deal) => ({ value: deal.minor, weight: weightOf(deal, asOf) }));
  const [low, median, high] = [quantile(values, 0.25), quantile(values, 0.5), quantile(values, 0.75)];
  const step = stepOf(median);
  const agreed = group.deals.map(({ agreedOn }) => agreedOn.slice(0, 7)).sort();
  return {
    low: Math.floor(low / step) * step, median: Math.round(median / step) * step, high: Math.ceil(high / step) * step, currency: first.currency,
    deals: group.deals.length, artists: new Set(group.deals.map(({ artistOrgId }) => artistOrgId)).size, buyers: new Set(group.deals.map(({ buyerOrgId }) => buyerOrgId)).size,
    from: agreed[0] ?? '', until: agreed.at(-1) ?? '', asOf, widened: widened(group, cell), effects: effectsOf(whole, { cell, day, readers }),
  };
}

/** The middle price of the smallest group that an occasion lies in, rounded as a market is told: a chance hangs on it, and chances of many prices would tell it to the cent. Null where nothing is known. */
export function usualPrice(sheet: Sheet, cell: Cell): number | null {
  const group = groupsFor(sheet, cell).at(-1);
  if (!group) return null;
  const middle = medianOf(group.deals.map(({ minor }) => minor));
  const step = stepOf(middle);
  return Math.round(middle / step) * step;
}

/** Where a price lies, reckoned from the rounded range alone, so that prices tried one after the other tell no more than it: as if logarithms of prices lay on a logistic curve through its quartiles. */
export function positionOf(minor: number, { low, median, high }: Pick<Guidance, 'low' | 'median' | 'high'>): Position {
  const [middle, price] = [Math.log(Math.max(1, median)), Math.log(Math.max(1, minor))];
  const spread = Math.max(0.02, (Math.log(Math.max(1, high)) - Math.log(Math.max(1, low))) / (2 * Math.log(3)));
  const below = 100 / (1 + Math.exp((middle - price) / spread));
  const percent = fives((100 * minor) / Math.max(1, median) - 100);
  const far = Math.abs(percent) >= 30;
  const verdict = minor < low ? (far ? 'far_below' : 'below') : minor > high ? (far ? 'far_above' : 'above') : 'usual';
  return { verdict, percent, below: Math.min(95, Math.max(5, fives(below))) };
}

const fives = (x: number): number => Math.round(x / 5) * 5 + 0;

/** `whole`: the trait by which groups are not parted for it, since it is what is asked of. */
const sorts: Readonly<Record<Effect['effect'], { of: (deal: Deal) => boolean; here: (cell: Cell, day: Day) => boolean; whole?: Trait }>> = {
  weekend: { of: ({ day }) => isWeekend(day), here: (_, day) => isWeekend(day) },
  festival: { of: ({ buyer }) => buyer === 'festival', here: ({ buyer }) => buyer === 'festival', whole: 'buyer' },
  summer: { of: ({ day }) => isSummer(day), here: (_, day) => isSummer(day) },
};

/** Each effect in all deals of a currency, when enough are on both sides of it: in one group for everybody, since the same nights of a smaller group would tell of the others. */
function effectsOf(group: Group, { cell, day, readers }: { readonly cell: Cell; readonly day: Day; readonly readers: Readers }): Effect[] {
  return (Object.keys(sorts) as Effect['effect'][]).flatMap((effect) => {
    const [deals, others] = [group.deals.filter(sorts[effect].of), group.deals.filter((deal) => !sorts[effect].of(deal))];
    if (!enough(deals, readers) || !enough(others, readers)) return [];
    return [{ effect, ...difference({ deals, others }, leavesOf(group, sorts[effect].whole)), deals: deals.length, others: others.length, here: sorts[effect].here(cell, day) }];
  });
}

const draws = 400;
const seed = 20_261_122;

/** How much dearer deals are than others of a group, each against the median of the smallest group it lies in: so that festivals are not dearer because larger bands play there. */
function difference({ deals, others }: { readonly deals: readonly Deal[]; readonly others: readonly Deal[] }, leaves: readonly Group[]): { percent: number; confidence: number } {
  const usual = new Map<string, number>();
  for (const leaf of leaves) {
    const middle = medianOf(leaf.deals.map(({ minor }) => Math.log(Math.max(1, minor))));
    for (const { id } of leaf.deals) usual.set(id, middle);
  }
  const against = (some: readonly Deal[]): number[] => some.map(({ id, minor }) => Math.log(Math.max(1, minor)) - (usual.get(id) ?? 0));
  const [ours, theirs] = [against(deals), against(others)];
  const found = medianOf(ours) - medianOf(theirs);
  const next = rng(seed);
  const drawn = (some: readonly number[]): number => medianOf(some.map(() => some[Math.floor(next() * some.length)] ?? 0));
  let same = 0;
  for (let draw = 0; draw < draws; draw += 1) if (Math.sign(drawn(ours) - drawn(theirs)) === Math.sign(found)) same += 1;
  return { percent: fives(100 * Math.exp(found) - 100), confidence: Math.min(99, Math.round((100 * same) / draws)) };
}

const leavesOf = (group: Group, whole: Trait | undefined): Group[] => (group.by === null || group.by === whole ? [group] : group.parts.flatMap((part) => leavesOf(part, whole)));

const medianOf = (values: readonly number[]): number => quantile(values.map((value) => ({ value, weight: 1 })), 0.5);
