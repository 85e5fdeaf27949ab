/** The most letters of a page's address that are kept. */
const longest = 200;

/**
 * The page that a count belongs to: its origin and path, without what may name a visitor (query, fragment, user).
 *
 * @returns An empty string for what is no web address of one of `origins`.
 */
export function pageOf(address: string, origins: readonly string[]): string {
  if (!URL.canParse(address)) return '';
  const { origin, pathname } = new URL(address);
  return origins.includes(origin) ? `${origin}${pathname}`.slice(0, longest) : '';
}

/** One count, of one page on one day. */
export interface Count {
  readonly day: string;
  readonly page: string;
  readonly tag: string;
  readonly what: string;
  readonly n: number;
}

/** What a partner wants to know of a page or a day. `conversions` are requests that became contracts. */
export interface Sums {
  readonly views: number;
  readonly requests: number;
  readonly conversions: number;
  readonly errors: number;
}

/** The sums of some counts. */
export function sumsOf(counts: readonly Pick<Count, 'what' | 'n'>[]): Sums {
  const of = (is: (what: string) => boolean): number => counts.reduce((sum, { what, n }) => (is(what) ? sum + n : sum), 0);
  return { views: of((what) => what === 'view'), requests: of((what) => what === 'request'), conversions: of((what) => what === 'contract'), errors: of((what) => what.startsWith('error:')) };
}

/** Counts put together by what `key` says of them, in the order in which the keys first come. */
export function grouped<T extends Count>(counts: readonly T[], key: (count: T) => string): (Sums & { readonly key: string })[] {
  return [...new Set(counts.map(key))].map((name) => ({ key: name, ...sumsOf(counts.filter((count) => key(count) === name)) }));
}
