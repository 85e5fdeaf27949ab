import { lock, transact, type Context } from '../core/context.ts';
import type { Prisma } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
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
  const rows = await ctx.db.fittedModel.findMany({ orderBy: [{ scorecard: 'asc' }, { version: 'desc' }], take: 200 });
  return rows.map(({ id, scorecard, version, figures, status, reason, fittedAt, body }) => ({ id, scorecard, version, status, reason, fittedAt: fittedAt.toISOString(), figures: figures as Record<string, unknown>, whole: readModel(body) !== null }));
}

/**
 * Serves an older version again, or the published weights when `version` is null.
 *
 * @throws AppError `not_found`, `model_damaged`.
 */
export async function rollBack(ctx: Context, scorecard: string, version: number | null): Promise<void> {
  await transact(ctx, async (tx) => {
    await lock(tx, `learning:${scorecard}`);
    const wanted = version === null ? null : await tx.db.fittedModel.findUnique({ where: { scorecard_version: { scorecard, version } } });
    if (version !== null && !wanted) throw new AppError('not_found');
    if (wanted && !readModel(wanted.body)) throw new AppError('model_damaged', { version: String(version) });
    // Without a version nothing older may serve in its place: it is refused by hand.
    await tx.db.fittedModel.updateMany({ where: { scorecard, status: { in: ['serving', ...(wanted ? [] : ['retired' as const])] } }, data: { status: wanted ? 'retired' : 'refused', reason: 'rolled_back' } });
    if (wanted) await tx.db.fittedModel.update({ where: { id: wanted.id }, data: { status: 'serving', reason: 'rolled_back' } });
  });
  serving.get(ctx.live)?.delete(scorecard);
}
