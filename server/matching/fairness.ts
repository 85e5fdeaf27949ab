/** What nobody should be ranked down for: the region one comes from, the family of one's genre, how far one has come. */
export const TRAITS = ['region', 'genre', 'level'] as const;
export type Trait = (typeof TRAITS)[number];

/** One who may be ranked. What is not known of a trait is the empty text, and is a group like any other. */
export interface Candidate extends Readonly<Record<Trait, string>> {
  /** 0 to 100. */
  readonly score: number;
  /** Cannot be, whatever the score: is never ranked. */
  readonly blocked?: boolean;
}

/** How much a place of a list is looked at, from 1: one over the logarithm of the place (Järvelin and Kekäläinen 2002; as exposure Singh and Joachims 2018, KDD). */
export const attention = (place: number): number => 1 / Math.log2(place + 1);

/** How much of what is looked at falls to one group. */
export interface Exposure {
  readonly trait: Trait;
  readonly group: string;
  /** How many of the pool. */
  readonly count: number;
  /** Shares from 0 to 1: of what is looked at, of the pool, and of the pool weighed by scores. */
  readonly shown: number;
  readonly pool: number;
  readonly relevance: number;
  /** `shown` over `pool` and over `relevance`; 1 is even. Null where there is nothing to compare with. */
  readonly toPool: number | null;
  readonly toRelevance: number | null;
}

/** What falls to each group of each trait in the lists that were shown, against the pool they were drawn from; by trait, then by falling share of the pool. Blocked ones are in no pool. */
export function exposure(lists: readonly (readonly Candidate[])[], pool: readonly Candidate[]): Exposure[] {
  const open = pool.filter(({ blocked }) => !blocked);
  return TRAITS.flatMap((trait) => {
    const members = shares(open.map((one) => [one[trait], 1] as const));
    const relevance = shares(open.map((one) => [one[trait], one.score] as const));
    const shown = shares(lists.flatMap((list) => list.map((one, i) => [one[trait], attention(i + 1)] as const)));
    const over = (share: number, whole: number) => (whole > 0 ? share / whole : null);
    return [...new Set([...members.keys(), ...shown.keys()])].map((group) => {
      const [seen, own, worth] = [shown.get(group) ?? 0, members.get(group) ?? 0, relevance.get(group) ?? 0];
      return { trait, group, count: open.filter((one) => one[trait] === group).length, shown: seen, pool: own, relevance: worth, toPool: over(seen, own), toRelevance: over(seen, worth) };
    }).sort((a, b) => b.pool - a.pool || (a.group < b.group ? -1 : 1));
  });
}

/** The share of each group in a sum. Empty when the sum is nothing. */
function shares(parts: readonly (readonly [group: string, much: number])[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [group, much] of parts) sums.set(group, (sums.get(group) ?? 0) + much);
  const all = [...sums.values()].reduce((sum, one) => sum + one, 0);
  return new Map([...sums].flatMap(([group, sum]) => (all > 0 ? [[group, sum / all] as const] : [])));
}

/** Of fewer nothing is said: one would be seen by name behind a region or a style. The number is ours, as a market's is of artists. */
export const namedFrom = 5;

/** Exposure that may be read: of each trait the groups with enough members, and how many groups and members are withheld. */
export interface Disclosed {
  readonly shown: readonly Exposure[];
  readonly withheld: readonly { readonly trait: Trait; readonly groups: number; readonly count: number }[];
}

/** What may be read of it. Where those that are withheld are themselves so few that the rest would tell, the smallest of the others is withheld with them. */
export function disclosed(all: readonly Exposure[]): Disclosed {
  const parts = TRAITS.map((trait) => {
    const own = all.filter((one) => one.trait === trait).sort((a, b) => a.count - b.count);
    let few = own.filter(({ count }) => count < namedFrom).length;
    const members = () => own.slice(0, few).reduce((sum, { count }) => sum + count, 0);
    while (few > 0 && few < own.length && members() < namedFrom) few += 1;
    const away = new Set(own.slice(0, few));
    return { trait, groups: few, count: members(), shown: all.filter((one) => one.trait === trait && !away.has(one)) };
  });
  return { shown: parts.flatMap(({ shown }) => shown), withheld: parts.filter(({ groups }) => groups > 0).map(({ trait, groups, count }) => ({ trait, groups, count })) };
}

/** Points that a place may cost at full strength. */
export const pointsAtMost = 10;

/**
 * A ranked list, the best first, in an order where no group holds many more of the places looked at than it has of `pool`: place after place the one with the most points is taken, less up to
 * `strength` times ten points by how far its groups are over their share already (greedy, after xQuAD: Santos et al. 2010; shares as in Steck 2018, Calibrated recommendations).
 * `strength` from 0 to 1: at 0 nothing changes. Nobody is brought in who was not in the list, and a blocked one leaves it. What stands at a place has never less points than what
 * stood there before, less `strength` times ten. Equal ones keep their order. For the first places of a list, a few hundred: the work grows with their square.
 */
export function diversified<T extends Candidate>(list: readonly T[], pool: readonly Candidate[], strength: number): T[] {
  const left = list.filter(({ blocked }) => !blocked);
  const force = Math.min(1, Math.max(0, strength)) * pointsAtMost;
  if (!(force > 0)) return left;
  const open = pool.filter(({ blocked }) => !blocked);
  const targets = TRAITS.map((trait) => shares(open.map((one) => [one[trait], 1] as const)));
  const held = TRAITS.map(() => new Map<string, number>());
  const taken: T[] = [];
  for (let all = 0; left.length > 0;) {
    const here = attention(taken.length + 1);
    const over = (one: T) => TRAITS.reduce((sum, trait, t) => sum + Math.max(0, ((held[t]?.get(one[trait]) ?? 0) + here) / (all + here) - (targets[t]?.get(one[trait]) ?? 0)), 0) / TRAITS.length;
    const best = left.reduce((found, one, i) => {
      const points = one.score - force * over(one);
      return points > found.points ? { i, points } : found;
    }, { i: 0, points: Number.NEGATIVE_INFINITY });
    const [next] = left.splice(best.i, 1);
    if (!next) break;
    TRAITS.forEach((trait, t) => held[t]?.set(next[trait], (held[t].get(next[trait]) ?? 0) + here));
    all += here;
    taken.push(next);
  }
  return taken;
}

/** What the re-rank did to the places that are shown: `entered` came in from further down. Of the first ten, `cost` is the mean points that they lost, and `groups` how many groups of each trait stand there before and after. */
export interface Varied {
  readonly places: number;
  readonly moved: number;
  readonly entered: number;
  readonly cost: number;
  readonly groups: Readonly<Record<Trait, readonly [before: number, after: number]>>;
}

/** What became of the first `places` of a list. What is not known of a trait is no group that somebody would miss. */
export function variedFrom<T extends Candidate>(list: readonly T[], after: readonly T[], places: number): Varied {
  const [before, now] = [list.slice(0, places), after.slice(0, places)];
  const ten = [before.slice(0, 10), now.slice(0, 10)] as const;
  const mean = (all: readonly T[]) => all.reduce((sum, { score }) => sum + score, 0) / Math.max(1, all.length);
  const kinds = (all: readonly T[], trait: Trait) => new Set(all.map((one) => one[trait]).filter(Boolean)).size;
  const of = (trait: Trait): readonly [number, number] => [kinds(ten[0], trait), kinds(ten[1], trait)];
  return {
    places: now.length, moved: now.filter((one, i) => before[i] !== one).length, entered: now.filter((one) => !before.includes(one)).length, cost: mean(ten[0]) - mean(ten[1]),
    groups: { region: of('region'), genre: of('genre'), level: of('level') },
  };
}

/** What an owner of the platform reads of a model: who is shown, who less than a fair share, and what the re-rank would change. */
export interface Audit {
  readonly model: string;
  readonly strength: number;
  readonly lists: number;
  readonly pool: number;
  readonly exposure: readonly Exposure[];
  /** The same after the re-rank at this strength. */
  readonly diversified: readonly Exposure[];
  /** Groups of thirty and more that are shown less than four fifths of their share of relevance. */
  readonly under: readonly { readonly trait: Trait; readonly group: string; readonly toRelevance: number }[];
  /** The mean points that the first ten places lose by the re-rank. */
  readonly cost: number;
}

/** Below four fifths one looks closer: the rule of thumb of the US agencies of 1978 (29 CFR 1607.4 D), and no limit of law here. */
const fair = 0.8;
/** Of fewer no share is claimed. */
const enough = 30;

/** The audit of lists as a model ranked them, over the pool that they were drawn from. */
export function audit({ model, lists, pool, strength }: { readonly model: string; readonly lists: readonly (readonly Candidate[])[]; readonly pool: readonly Candidate[]; readonly strength: number }): Audit {
  const after = lists.map((list) => diversified(list, pool, strength));
  const found = exposure(lists, pool);
  const first = (list: readonly Candidate[]) => list.filter(({ blocked }) => !blocked).slice(0, 10).map(({ score }) => score);
  const points = (all: readonly (readonly Candidate[])[]) => { const scores = all.flatMap(first); return scores.reduce((sum, one) => sum + one, 0) / Math.max(1, scores.length); };
  return {
    model, strength, lists: lists.length, pool: pool.filter(({ blocked }) => !blocked).length, exposure: found, diversified: exposure(after, pool),
    under: found.flatMap(({ trait, group, count, toRelevance }) => (count >= enough && toRelevance !== null && toRelevance < fair ? [{ trait, group, toRelevance }] : [])),
    cost: points(lists) - points(after),
  };
}
