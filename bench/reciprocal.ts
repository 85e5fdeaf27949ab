import { readFileSync } from 'node:fs';
import { rng, shuffled } from '../server/core/rng.ts';
import { auc, calibrationError, ndcg } from '../server/matching/figures.ts';
import { foresee, novice, taught, type Decided, type Foreseen } from '../server/matching/reciprocal.ts';

/*
 * People who choose people: meetings of which both decisions are known, in waves. In each wave half of the meetings is seen, with all of the waves before; the other half is ranked.
 * What is measured is the mutual choice. It says whether the method of two sides works, and nothing about music.
 */

/**
 * The method beside simpler ones, means over the seeds. An area is of ranking within a wave, since nobody is ranked against people of another evening: the mean of the waves, each by
 * its pairs of a mutual choice and none. `_pooled` is the area over all hidden meetings together. NDCG is the mean of the lists of all people who had something to find.
 */
export interface ReciprocalFigures {
  readonly meetings: number;
  readonly seeds: number;
  readonly auc: number;
  readonly auc_pooled: number;
  /** The best single side's probability of wanting the other, by the method itself. */
  readonly one_sided_auc: number;
  readonly one_sided_auc_pooled: number;
  readonly best_two_sided_auc: number;
  readonly best_two_sided_auc_pooled: number;
  /** The shares of those seen who wanted each of the two, added. */
  readonly popularity_auc: number;
  readonly product_auc: number;
  readonly harmonic_auc: number;
  readonly ndcg10: number;
  readonly one_sided_ndcg10: number;
  readonly product_ndcg10: number;
  readonly harmonic_ndcg10: number;
  readonly ece: number;
  readonly ece15: number;
}

type Row = Readonly<Record<string, string>>;

/** A meeting of the file. */
interface Met extends Decided {
  readonly wave: number;
}

/** The rows of a file whose first line names its columns, in whatever order; fields may be quoted. */
export function rowsOf(csv: string): Row[] {
  const [head = [], ...lines] = csv.replace(/^\uFEFF/, '').split(/\r?\n/).filter((line) => line.trim() !== '').map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, -1).map(([, field = '']) => field.replace(/^"|"$/g, '').replaceAll('""', '"').trim()));
  return lines.map((fields) => Object.fromEntries(head.map((name, i) => [name, fields[i] ?? ''])));
}

const qualities = ['attr', 'sinc', 'intel', 'fun', 'amb'];
const interests = ['sports', 'tvsports', 'exercise', 'dining', 'museums', 'art', 'hiking', 'gaming', 'clubbing', 'reading', 'tv', 'theater', 'movies', 'concerts', 'music', 'shopping', 'yoga'];

const numberIn = (row: Row | undefined, column: string): number => {
  const field = row?.[column] ?? '';
  return field === '' ? Number.NaN : Number(field);
};

/** What a chooser sees in the other, not a number where it is not known. What was decided is never looked at. */
function seenBy(chooser: Row | undefined, other: Row | undefined): number[] {
  const both = (column: string) => [numberIn(chooser, column), numberIn(other, column)] as const;
  const same = (column: string) => { const [own, theirs] = both(column); return Number.isNaN(own + theirs) ? Number.NaN : Number(own === theirs); };
  const apart = (column: string) => { const [own, theirs] = both(column); return theirs - own; };
  const either = (column: string) => { const [own, theirs] = both(column); return Number.isNaN(own) ? theirs : own; };
  // Where the other has no row of their own, the chooser's row tells their age.
  const years = Number.isNaN(apart('age')) ? numberIn(chooser, 'age_o') - numberIn(chooser, 'age') : apart('age');
  const likes = interests.map((interest) => numberIn(other, interest));
  return [
    years, Math.abs(years), either('int_corr'), either('samerace'), same('field_cd'), same('career_c'), same('goal'), Math.abs(apart('go_out')), Math.abs(apart('date')),
    ...qualities.map((quality) => numberIn(other, `${quality}3_1`)), ...likes, ...qualities.map((quality) => numberIn(other, `${quality}1_1`)), numberIn(other, 'go_out'), numberIn(other, 'date'),
  ];
}

/** The meetings of a file, each once, with features near 0 and about 1 wide within their wave; unknown is 0. */
export function meetingsOf(rows: readonly Row[]): Met[] {
  const [people, sights] = [new Map<string, Row>(), new Map<string, Row>()];
  for (const row of rows) {
    people.set(`${row['wave']} ${row['iid']}`, row);
    sights.set(`${row['wave']} ${row['iid']} ${row['pid']}`, row);
  }
  const met: { wave: number; a: string; b: string; aWants: boolean; bWants: boolean; sees: [number[], number[]]; seeks: [number[], number[]]; is: [number[], number[]] }[] = [];
  const done = new Set<string>();
  for (const row of rows) {
    const { iid = '', pid = '', wave = '', gender = '' } = row;
    const key = [iid, pid].sort().join(' ');
    const [own, theirs] = [row['dec'] ?? '', row['dec_o'] ?? ''];
    if (iid === '' || pid === '' || !['0', '1'].includes(own) || !['0', '1'].includes(theirs) || done.has(`${wave} ${key}`)) continue;
    done.add(`${wave} ${key}`);
    const back = sights.get(`${wave} ${pid} ${iid}`) ?? people.get(`${wave} ${pid}`);
    // A side is a side throughout: the first is gender 0.
    const turned = gender !== '0';
    const [a, b] = turned ? [pid, iid] : [iid, pid];
    const [rowA, rowB] = turned ? [back, row] : [row, back];
    const seeks = (one: Row | undefined, of: Row | undefined) => qualities.map((quality) => { const own = numberIn(one, `${quality}1_1`); return Number.isNaN(own) ? numberIn(of, `pf_o_${quality.slice(0, 3)}`) : own; });
    const is = (one: Row | undefined) => qualities.map((quality) => numberIn(one, `${quality}3_1`));
    met.push({
      wave: Number(wave), a, b, aWants: (turned ? theirs : own) === '1', bWants: (turned ? own : theirs) === '1',
      sees: [seenBy(rowA, rowB), seenBy(rowB, rowA)], seeks: [seeks(rowA, rowB), seeks(rowB, rowA)], is: [is(rowB), is(rowA)],
    });
  }
  return [...new Set(met.map(({ wave }) => wave))].sort((x, y) => x - y).flatMap((wave) => {
    const own = met.filter((one) => one.wave === wave);
    const level = (of: (one: typeof own[number]) => [number[], number[]]) => leveled(own.flatMap((one) => of(one)));
    const [sees, seeks, is] = [level((one) => one.sees), level((one) => one.seeks), level((one) => one.is)];
    const at = (i: number) => [...sees[i] ?? [], ...(seeks[i] ?? []).map((much, j) => much * (is[i]?.[j] ?? 0))];
    return own.map(({ a, b, aWants, bWants }, i) => ({ wave, a, b, aWants, bWants, aSees: at(2 * i), bSees: at(2 * i + 1) }));
  });
}

/** Columns with mean 0 and deviation 1, no further than 3 from the middle, unknown in the middle. */
function leveled(rows: readonly (readonly number[])[]): number[][] {
  const width = rows[0]?.length ?? 0;
  const scales = Array.from({ length: width }, (_, j) => {
    const known = rows.map((row) => row[j] ?? Number.NaN).filter((one) => !Number.isNaN(one));
    const mean = known.reduce((sum, one) => sum + one, 0) / Math.max(1, known.length);
    return { mean, deviation: Math.sqrt(known.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, known.length)) };
  });
  return rows.map((row) => scales.map(({ mean, deviation }, j) => { const one = row[j] ?? Number.NaN; return Number.isNaN(one) || deviation < 1e-9 ? 0 : Math.max(-3, Math.min(3, (one - mean) / deviation)); }));
}

interface Hidden {
  readonly meeting: Met;
  readonly foreseen: Foreseen;
  /** How many of those seen wanted each, drawn to the middle by two. */
  readonly popularity: number;
}

/** One seed: all waves in their order. */
function ranked(meetings: readonly Met[], seed: number): Hidden[] {
  const next = rng(seed);
  const waves = [...new Set(meetings.map(({ wave }) => wave))];
  let experience = novice(meetings[0]?.aSees.length ?? 0);
  return waves.flatMap((wave) => {
    const all = shuffled(meetings.filter((one) => one.wave === wave), next);
    const [seen, asked] = [all.slice(0, Math.floor(all.length / 2)), all.slice(Math.floor(all.length / 2))];
    const foreseen = foresee(experience, seen, asked.map(({ a, b, aSees, bSees }) => ({ a, b, aSees, bSees })));
    const wanted = (side: 'a' | 'b', name: string) => {
      const own = seen.filter((one) => one[side] === name);
      return (own.filter((one) => (side === 'a' ? one.bWants : one.aWants)).length + 0.84) / (own.length + 2);
    };
    const hidden = asked.map((meeting, i) => ({ meeting, foreseen: foreseen[i] ?? { a: 0, b: 0, mutual: 0, alike: 0 }, popularity: wanted('a', meeting.a) + wanted('b', meeting.b) }));
    experience = taught(experience, all, hidden);
    return hidden;
  });
}

function grouped<T>(all: readonly T[], by: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(by(one), [...groups.get(by(one)) ?? [], one]);
  return [...groups.values()];
}

const harmonic = ({ a, b }: Foreseen): number => (2 * a * b) / (a + b);

/** The figures of a file, each seed a split of its own. */
export function reciprocal(file: string, seeds: readonly number[] = [1, 2, 3, 4, 5]): ReciprocalFigures {
  const meetings = meetingsOf(rowsOf(readFileSync(file, 'utf8')));
  const runs = seeds.map((seed) => ranked(meetings, seed));
  const mean = (of: (run: readonly Hidden[]) => number) => round(runs.reduce((sum, run) => sum + of(run), 0) / runs.length);
  const came = ({ meeting }: Hidden) => Number(meeting.aWants && meeting.bWants);
  const pooled = (score: (one: Hidden) => number) => mean((run) => auc({ probability: run.map(score), success: run.map(came) }));
  const area = (score: (one: Hidden) => number) => mean((run) => {
    let [sum, all] = [0, 0];
    for (const wave of new Set(run.map(({ meeting }) => meeting.wave))) {
      const own = run.filter(({ meeting }) => meeting.wave === wave);
      const won = own.filter((one) => came(one) === 1).length;
      sum += won * (own.length - won) * auc({ probability: own.map(score), success: own.map(came) });
      all += won * (own.length - won);
    }
    return sum / all;
  });
  const places = (score: (one: Hidden, side: 'a' | 'b') => number) => mean((run) => {
    const lists = (['a', 'b'] as const).flatMap((side) => grouped(run, ({ meeting }) => `${meeting.wave} ${meeting[side]}`).map((own) => ndcg(own.map((one) => score(one, side)), own.map(came)))).filter((one) => one !== null);
    return lists.reduce((sum, one) => sum + one, 0) / lists.length;
  });
  const said = { mutual: ({ foreseen }: Hidden) => foreseen.mutual, a: ({ foreseen }: Hidden) => foreseen.a, b: ({ foreseen }: Hidden) => foreseen.b, product: ({ foreseen: { a, b } }: Hidden) => a * b, harmonic: ({ foreseen }: Hidden) => harmonic(foreseen), popularity: ({ popularity }: Hidden) => popularity };
  const [popularity, product, harmonicArea] = [area(said.popularity), area(said.product), area(said.harmonic)];
  return {
    meetings: meetings.length, seeds: seeds.length, auc: area(said.mutual), auc_pooled: pooled(said.mutual),
    one_sided_auc: Math.max(area(said.a), area(said.b)), one_sided_auc_pooled: Math.max(pooled(said.a), pooled(said.b)),
    best_two_sided_auc: Math.max(popularity, product, harmonicArea), best_two_sided_auc_pooled: Math.max(pooled(said.popularity), pooled(said.product), pooled(said.harmonic)),
    popularity_auc: popularity, product_auc: product, harmonic_auc: harmonicArea,
    ndcg10: places(said.mutual), one_sided_ndcg10: places(({ foreseen }, side) => foreseen[side]), product_ndcg10: places(said.product), harmonic_ndcg10: places(said.harmonic),
    ece: mean((run) => calibrationError({ probability: run.map(said.mutual), success: run.map(came) })), ece15: mean((run) => calibrationError({ probability: run.map(said.mutual), success: run.map(came) }, 15)),
  };
}

const round = (figure: number): number => Math.round(figure * 10_000) / 10_000;
