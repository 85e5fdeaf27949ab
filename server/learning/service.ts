import { lock, transact, type Context } from '../core/context.ts';
import type { Prisma } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { permitOperator } from '../core/operators.ts';
import { familyOf } from '../profiles/genres.ts';
import { exposure, type Candidate } from '../matching/fairness.ts';
import { evidence, filled, SIGNALS, type Interaction, type Signal } from '../matching/evidence.ts';
import { SEEN, type Seen } from '../matching/filters.ts';
import { chance, nightly, publishedModel, readModel, type Card, type Model } from '../matching/promote.ts';
import { published, type Weights } from '../matching/score.ts';
import { CARDS, cardNames, type CardName } from '../matching/search.ts';

/** What a scorecard says of itself as one side weighs it: `touring:artist`. Either side learns from what it did itself. */
const cardOf = (name: CardName, seen: Seen): Card => ({ scorecard: `${name}:${seen}`, criteria: CARDS[name].criteria.map(({ criterion }) => criterion), weights: [...published(CARDS[name])[seen]] });

/** What serves: both sides' models of a scorecard. `learned` names their versions where they are not the published weights. */
export interface Serving {
  /** Null where both sides' are the published ones. */
  readonly weights: Weights | null;
  readonly version: string;
  /** How likely a negotiation of this score ends in a contract, as the side that asks learned it; null before outcomes taught it. */
  readonly chance: (score: number, seen: Seen) => number | null;
}

/** How long a process serves what it read: a rollback is everywhere in half a minute. */
const keptMs = 30_000;
const serving = new WeakMap<object, Map<string, { readonly at: number; readonly model: Model }>>();

/** What serves for a scorecard now. A model that was damaged is put aside with an alert, and the last good one before it serves. */
export async function servingOf(ctx: Context, name: CardName): Promise<Serving> {
  const models = { artist: await modelOf(ctx, name, 'artist'), place: await modelOf(ctx, name, 'place') };
  const learned = SEEN.filter((seen) => models[seen].fitted !== null);
  return {
    weights: learned.length === 0 ? null : { artist: Float64Array.from(models.artist.weights), place: Float64Array.from(models.place.weights) },
    version: learned.length === 0 ? CARDS[name].model : learned.map((seen) => models[seen].version).join('+'),
    chance: (score, seen) => (models[seen].fitted === null ? null : chance(models[seen], score)),
  };
}

async function modelOf(ctx: Context, name: CardName, seen: Seen): Promise<Model> {
  const card = cardOf(name, seen);
  const known = serving.get(ctx.live)?.get(card.scorecard);
  const now = performance.now();
  if (known && now - known.at < keptMs) return known.model;
  const model = await readServing(ctx, card);
  const kept = serving.get(ctx.live) ?? new Map<string, { readonly at: number; readonly model: Model }>();
  kept.set(card.scorecard, { at: now, model });
  serving.set(ctx.live, kept);
  return model;
}

async function readServing(ctx: Context, card: Card): Promise<Model> {
  const rows = await ctx.db.fittedModel.findMany({ where: { scorecard: card.scorecard, status: { in: ['serving', 'retired'] } }, orderBy: [{ status: 'asc' }, { version: 'desc' }], take: 10 });
  for (const row of rows) {
    const model = readModel(row.body, card);
    if (model) return model;
    // Once: who comes next finds it put aside.
    const { count } = await ctx.db.fittedModel.updateMany({ where: { id: row.id, status: { not: 'damaged' } }, data: { status: 'damaged', reason: 'damaged' } });
    if (count > 0) ctx.log.error({ model: row.id, scorecard: card.scorecard, version: row.version }, 'a learned model is damaged; the last good one serves');
  }
  return publishedModel(card);
}

/** Interactions below which nothing is learned: noise would be. */
const fewest = 500;
/** The most that a night reads, the latest. */
const most = 200_000;

/** Learns each scorecard anew for either side, from what happened; serves what foretells later things better, and keeps what did not with its reason. */
export async function learnAll(ctx: Context): Promise<void> {
  for (const name of cardNames) for (const seen of SEEN) await learn(ctx, name, seen);
}

async function learn(ctx: Context, name: CardName, seen: Seen): Promise<void> {
  const card = cardOf(name, seen);
  const interactions = await readInteractions(ctx, name, seen);
  if (interactions.length < fewest) return;
  const current = await readServing(ctx, card);
  await transact(ctx, async (tx) => {
    await lock(tx, `learning:${card.scorecard}`);
    const { _max: { version } } = await tx.db.fittedModel.aggregate({ where: { scorecard: card.scorecard }, _max: { version: true } });
    const next = (version ?? 0) + 1;
    const { decision, candidate } = nightly(card, current, evidence(interactions, card.criteria.length), `${card.scorecard}-${next}`);
    if (decision.promoted) await tx.db.fittedModel.updateMany({ where: { scorecard: card.scorecard, status: 'serving' }, data: { status: 'retired' } });
    await tx.db.fittedModel.create({ data: {
      id: tx.newId('mdl'), scorecard: card.scorecard, version: next, body: candidate as unknown as Prisma.InputJsonObject, figures: JSON.parse(JSON.stringify(decision)) as Prisma.InputJsonObject,
      status: decision.promoted ? 'serving' : 'refused', reason: decision.reason, fittedAt: tx.now(),
    } });
    tx.log.info({ scorecard: card.scorecard, version: next, promoted: decision.promoted, reason: decision.reason }, 'a scorecard was learned anew');
  });
  serving.get(ctx.live)?.delete(card.scorecard);
}

async function readInteractions(ctx: Context, name: CardName, seen: Seen): Promise<Interaction[]> {
  const { criteria } = CARDS[name];
  const priors = criteria.map(({ prior }) => prior);
  const rows = await ctx.db.sighting.findMany({ where: { scorecard: name, seeker: seen, kind: { in: [...SIGNALS] } }, orderBy: { id: 'desc' }, take: most, select: { kind: true, at: true, position: true, degrees: true, score: true } });
  // A scorecard that has grown since: what was kept under the old one cannot be read as the new.
  return rows.filter(({ degrees }) => degrees.length === criteria.length).map(({ kind, at, position, degrees, score }) => ({
    signal: kind as Signal, at, degrees: filled(degrees, priors), place: position === null ? null : position + 1, ...(kind === 'rating' && { stars: score }),
  }));
}

/** Every version of every scorecard's weights with its figures, the newest first: for our own people. */
export async function readModels(ctx: Context) {
  await permitOperator(ctx);
  const rows = await ctx.db.fittedModel.findMany({ orderBy: [{ scorecard: 'asc' }, { version: 'desc' }], take: 200 });
  return rows.map(({ id, scorecard, version, figures, status, reason, fittedAt, body }) => ({ id, scorecard, version, status, reason, fittedAt: fittedAt.toISOString(), figures: figures as Record<string, unknown>, whole: readModel(body) !== null }));
}

/**
 * Serves an older version again, or the published weights when `version` is null.
 *
 * @throws AppError `not_found`, `model_damaged`.
 */
export async function rollBack(ctx: Context, scorecard: string, version: number | null): Promise<void> {
  const operator = await permitOperator(ctx);
  await transact(ctx, async (tx) => {
    await lock(tx, `learning:${scorecard}`);
    const wanted = version === null ? null : await tx.db.fittedModel.findUnique({ where: { scorecard_version: { scorecard, version } } });
    if (version !== null && !wanted) throw new AppError('not_found');
    if (wanted && !readModel(wanted.body)) throw new AppError('model_damaged', { version: String(version) });
    // Without a version nothing older may serve in its place: it is refused by hand.
    await tx.db.fittedModel.updateMany({ where: { scorecard, status: { in: ['serving', ...(wanted ? [] : ['retired' as const])] } }, data: { status: wanted ? 'retired' : 'refused', reason: 'rolled_back' } });
    if (wanted) await tx.db.fittedModel.update({ where: { id: wanted.id }, data: { status: 'serving', reason: 'rolled_back' } });
  });
  ctx.log.info({ operator, scorecard, version }, 'a scorecard was rolled back');
  serving.get(ctx.live)?.delete(scorecard);
}

/** Days of lists that an audit looks at. */
const auditedDays = 30;
/** The most impressions that it reads, the latest. */
const auditedMost = 50_000;

/**
 * Whom the lists of the last thirty days showed, against all artists who can be found, by region (département, or country abroad), family of genres and level; and how the weights that serve differ from the
 * published ones (MA-23). Throws as `permitOperator` does.
 */
export async function readAudit(ctx: Context) {
  await permitOperator(ctx);
  const since = new Date(ctx.now().getTime() - auditedDays * 86_400_000);
  const seen = await ctx.db.sighting.findMany({ where: { kind: 'impression', seeker: 'place', at: { gte: since } }, orderBy: { id: 'desc' }, take: auditedMost, select: { orgId: true, otherOrgId: true, at: true, position: true, score: true } });
  const [epks, sheets] = await Promise.all([
    ctx.db.epk.findMany({ where: { publishedAt: { not: null } }, select: { orgId: true, genres: true, insee: true } }),
    ctx.db.sheet.findMany({ where: { level: { not: null } }, select: { orgId: true, level: true } }),
  ]);
  const levels = new Map(sheets.map(({ orgId, level }) => [orgId, level ?? '']));
  const scores = new Map<string, number[]>();
  for (const { otherOrgId, score } of seen) scores.set(otherOrgId, [...(scores.get(otherOrgId) ?? []), score]);
  const mean = (all: readonly number[]): number => (all.length === 0 ? 50 : all.reduce((sum, one) => sum + one, 0) / all.length);
  const pool = new Map(epks.map(({ orgId, genres, insee }): [string, Candidate] => [orgId, { region: regionOf(insee), genre: genres[0] ? familyOf(genres[0]) : '', level: levels.get(orgId) ?? '', score: mean(scores.get(orgId) ?? []) }]));
  const lists = new Map<string, typeof seen>();
  for (const one of seen) lists.set(`${one.orgId} ${one.at.getTime()}`, [...(lists.get(`${one.orgId} ${one.at.getTime()}`) ?? []), one]);
  const shown = [...lists.values()].map((list) => list.sort((a, b) => (a.position ?? 0) - (b.position ?? 0)).flatMap(({ otherOrgId }) => pool.get(otherOrgId) ?? []));
  const weights = [];
  for (const name of cardNames) for (const side of SEEN) {
    const model = await modelOf(ctx, name, side);
    const own = published(CARDS[name])[side];
    weights.push({ scorecard: `${name}:${side}`, version: model.version, criteria: model.criteria.map((criterion, k) => ({ criterion, published: own[k] ?? 0, serving: model.weights[k] ?? 0 })) });
  }
  return { lists: lists.size, shown: seen.length, pool: pool.size, exposure: exposure(shown, [...pool.values()]), weights };
}

/** The département of a French commune, the country of another: our codes of places begin so. */
const regionOf = (insee: string): string => ({ B: 'BE', C: 'CH', L: 'LU' })[insee.slice(0, 1)] ?? (insee.startsWith('97') ? insee.slice(0, 3) : insee.slice(0, 2));
