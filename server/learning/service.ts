import { lock, transact, type Context } from '../core/context.ts';
import type { Prisma } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import type { Locale } from '../core/locale.ts';
import { permitOperator } from '../core/operators.ts';
import { familyOf, labelOf } from '../profiles/genres.ts';
import { disclosed, exposure, type Candidate } from '../matching/fairness.ts';
import { evidence, filled, scoresOf, SIGNALS, type Interaction, type Signal } from '../matching/evidence.ts';
import { auc, calibrationError, hits, logLoss, reliability } from '../matching/figures.ts';
import { SEEN, type Seen } from '../matching/filters.ts';
import { chance, nightly, publishedModel, readModel, type Card, type Model, type Promotion } from '../matching/promote.ts';
import { published, type Weights } from '../matching/score.ts';
import { CARDS, cardNames, type CardName } from '../matching/search.ts';

/** What a scorecard says of itself as one side weighs it: `touring:artist`. Either side learns from what it did itself. */
const cardOf = (name: CardName, seen: Seen): Card => ({ scorecard: `${name}:${seen}`, criteria: CARDS[name].criteria.map(({ criterion }) => criterion), weights: [...published(CARDS[name])[seen]] });

/** What serves: both sides' models of a scorecard. `learned` names their versions where they are not the published weights. */
export interface Serving {
  /** Null where both sides' are the published ones. */
  readonly weights: Weights | null;
  readonly version: string;
  /** How likely a negotiation ends in a contract whose pair fits the side that asks so well, by that side's own score, as it learned it; null before outcomes taught it. */
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

const readServing = async (ctx: Context, card: Card): Promise<Model> => (await findServing(ctx, card)).model;

/** What serves, and where it was kept; null where it is the published weights. */
async function findServing(ctx: Context, card: Card): Promise<{ readonly model: Model; readonly row: { readonly version: number; readonly fittedAt: Date } | null }> {
  const rows = await ctx.db.fittedModel.findMany({ where: { scorecard: card.scorecard, status: { in: ['serving', 'retired'] } }, orderBy: [{ status: 'asc' }, { version: 'desc' }], take: 10 });
  for (const row of rows) {
    const model = readModel(row.body, card);
    if (model) return { model, row };
    // Once: who comes next finds it put aside.
    const { count } = await ctx.db.fittedModel.updateMany({ where: { id: row.id, status: { not: 'damaged' } }, data: { status: 'damaged', reason: 'damaged' } });
    if (count > 0) ctx.log.error({ model: row.id, scorecard: card.scorecard, version: row.version }, 'a learned model is damaged; the last good one serves');
  }
  return { model: publishedModel(card), row: null };
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

async function readInteractions(ctx: Context, name: CardName, seen: Seen, { kinds = SIGNALS, after }: { readonly kinds?: readonly Signal[]; readonly after?: Date } = {}): Promise<Interaction[]> {
  const { criteria } = CARDS[name];
  const priors = criteria.map(({ prior }) => prior);
  const rows = await ctx.db.sighting.findMany({ where: { scorecard: name, seeker: seen, kind: { in: [...kinds] }, ...(after && { at: { gt: after } }) }, orderBy: { id: 'desc' }, take: most, select: { kind: true, at: true, position: true, degrees: true, score: true } });
  // A scorecard that has grown since: what was kept under the old one cannot be read as the new.
  return rows.filter(({ degrees }) => degrees.length === criteria.length).map(({ kind, at, position, degrees, score }) => ({
    signal: kind as Signal, at, degrees: filled(degrees, priors), place: position === null ? null : position + 1, ...(kind === 'rating' && { stars: score }),
  }));
}

/** Every version of every scorecard's weights with its figures as they were written, the newest first: for our own people. What cannot be read is found out at the door. */
export async function readModels(ctx: Context) {
  await permitOperator(ctx);
  const rows = await ctx.db.fittedModel.findMany({ orderBy: [{ scorecard: 'asc' }, { version: 'desc' }], take: 200 });
  return rows.map(({ id, scorecard, version, figures, status, reason, fittedAt, body }) => ({ id, scorecard, version, status, reason, fittedAt: fittedAt.toISOString(), figures: figures as unknown as Pick<Promotion, 'interactions' | 'current' | 'candidate'>, whole: readModel(body) !== null }));
}

/** A scorecard as one side weighs it, by its name: `touring:artist`. @throws AppError `not_found`. */
function cardNamed(scorecard: string): Card {
  for (const name of cardNames) for (const seen of SEEN) if (scorecard === `${name}:${seen}`) return cardOf(name, seen);
  throw new AppError('not_found');
}

/** Deals below which nothing is said of how well they were foretold: the share of fifty is known to seven in a hundred. */
const dealsNeeded = 50;
/** A score above which a negotiation is to end in a contract four times in five (MA-07). */
const sureAbove = 85;

/**
 * What serves now, of each scorecard and side, and since when; and how well it has foretold the deals of the last year that it did not learn from: what it said beside what came. Nothing of
 * fewer than fifty. Published weights promise no chance; of them the deals above 85 points are counted alone. Throws as `permitOperator` does.
 */
export async function readServed(ctx: Context) {
  await permitOperator(ctx);
  const rolled = await ctx.db.matchingAct.findMany({ where: { kind: 'rolled_back' }, orderBy: { id: 'desc' }, distinct: ['subject'] });
  const served = [];
  for (const name of cardNames) for (const seen of SEEN) {
    const card = cardOf(name, seen);
    const { model, row } = await findServing(ctx, card);
    const act = rolled.find(({ subject }) => subject === card.scorecard);
    const since = act && (!row || act.version === row.version) && (!row || act.at > row.fittedAt) ? act.at : row?.fittedAt ?? null;
    const later = model.fitted ? new Date(model.fitted.until) : new Date(ctx.now().getTime() - 365 * 86_400_000);
    const interactions = await readInteractions(ctx, name, seen, { kinds: ['signature', 'refusal'], after: later });
    const rows = evidence(interactions, card.criteria.length);
    const scores = scoresOf(rows, model.weights);
    const sure = Array.from(rows.success.keys()).filter((i) => (scores[i] ?? 0) > sureAbove);
    const forecasts = { probability: scores.map((score) => chance(model, score)), success: rows.success };
    const enough = model.fitted !== null && rows.success.length >= dealsNeeded;
    const signed = rows.success.reduce((sum, one) => sum + one, 0);
    served.push({
      scorecard: card.scorecard, version: row?.version ?? null, model: model.fitted ? model.version : CARDS[name].model, since: since?.toISOString() ?? null, fitted: model.fitted,
      deals: rows.success.length, from: interactions.length > 0 ? later.toISOString() : null,
      measured: enough ? {
        logLoss: logLoss(forecasts), auc: auc(forecasts), error: calibrationError(forecasts), hits: hits(forecasts), guess: Math.max(signed, rows.success.length - signed) / rows.success.length,
        curve: reliability(forecasts, Math.min(10, Math.floor(rows.success.length / 20))),
      } : null,
      sure: { deals: sure.length, signed: sure.reduce((sum, i) => sum + (rows.success[i] ?? 0), 0) },
    });
  }
  return served;
}

/** What would change were this version to serve, or the published weights with null: each criterion's points now and then, the largest change first. @throws AppError `not_found`, `model_damaged`; and as `permitOperator` does. */
export async function compareWith(ctx: Context, scorecard: string, version: number | null) {
  await permitOperator(ctx);
  const card = cardNamed(scorecard);
  const now = await readServing(ctx, card);
  const then = version === null ? publishedModel(card) : await versionOf(ctx, card, version);
  return card.criteria.map((criterion, k) => ({ criterion, now: now.weights[k] ?? 0, then: then.weights[k] ?? 0 })).sort((a, b) => Math.abs(b.then - b.now) - Math.abs(a.then - a.now));
}

async function versionOf(ctx: Context, card: Card, version: number): Promise<Model> {
  const row = await ctx.db.fittedModel.findUnique({ where: { scorecard_version: { scorecard: card.scorecard, version } } });
  if (!row) throw new AppError('not_found');
  const model = readModel(row.body, card);
  if (!model) throw new AppError('model_damaged', { version: String(version) });
  return model;
}

/**
 * Serves an older version again, or the published weights when `version` is null. It is noted by whom and why.
 *
 * @throws AppError `not_found`, `model_damaged`.
 */
export async function rollBack(ctx: Context, scorecard: string, version: number | null, reason = ''): Promise<void> {
  const operator = await permitOperator(ctx);
  const card = cardNamed(scorecard);
  await transact(ctx, async (tx) => {
    await lock(tx, `learning:${scorecard}`);
    if (version !== null) await versionOf(tx, card, version);
    // Without a version nothing older may serve in its place: it is refused by hand.
    await tx.db.fittedModel.updateMany({ where: { scorecard, status: { in: ['serving', ...(version === null ? ['retired' as const] : [])] } }, data: { status: version === null ? 'refused' : 'retired', reason: 'rolled_back' } });
    if (version !== null) await tx.db.fittedModel.update({ where: { scorecard_version: { scorecard, version } }, data: { status: 'serving', reason: 'rolled_back' } });
    await tx.db.matchingAct.create({ data: { at: tx.now(), userId: operator, kind: 'rolled_back', subject: scorecard, version, reason } });
  });
  ctx.log.info({ operator, scorecard, version }, 'a scorecard was rolled back');
  serving.get(ctx.live)?.delete(scorecard);
}

/** Days of lists that an audit looks at. */
const auditedDays = 30;
/** The most impressions that it reads, the latest. */
const auditedMost = 50_000;

/**
 * Whom the lists of the last thirty days showed, against all artists who can be found, by region (département, or country abroad), family of genres and level, but of groups of fewer than five, which would be named; and how the weights that serve differ from the
 * published ones (MA-23). Throws as `permitOperator` does.
 */
export async function readAudit(ctx: Context, locale: Locale = 'fr') {
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
  const { shown: rows, withheld } = disclosed(exposure(shown, [...pool.values()]));
  return { from: since.toISOString(), until: ctx.now().toISOString(), whole: seen.length < auditedMost, lists: lists.size, shown: seen.length, pool: pool.size, exposure: rows.map((row) => (row.trait === 'genre' ? { ...row, group: labelOf(row.group, locale) } : row)), withheld, weights };
}

/** The département of a French commune, the country of another: our codes of places begin so. */
const regionOf = (insee: string): string => ({ B: 'BE', C: 'CH', L: 'LU' })[insee.slice(0, 1)] ?? (insee.startsWith('97') ? insee.slice(0, 3) : insee.slice(0, 2));

interface Steps { readonly impressions: number; readonly likes: number; readonly matches: number; readonly contacts: number; readonly contracts: number; readonly over: number; readonly held: number }

/** What is aimed at, of the step before (MA-27, read 2026-11-21): of those seen liked, of those liked matched, of matches contacted, of contacts signed, and of shows that are over well: played, contested by nobody and given no fewer than three stars, as each side reads its own. */
const aims = { liked: 0.25, mutual: 0.4, contacted: 0.6, signed: 0.3, held: 0.95 } as const;
/** Days of which the way from first sight to show is counted. */
const funnelDays = 90;

/** The way of everybody from first sight to the show in the last ninety days, with what is aimed at. Rates are of the step before, null where that is nothing. Throws as `permitOperator` does. */
export async function readFunnel(ctx: Context) {
  await permitOperator(ctx);
  const until = ctx.now();
  const from = new Date(until.getTime() - funnelDays * 86_400_000);
  const [found] = await ctx.db.$queryRaw<Steps[]>`
    SELECT (SELECT count(*) FROM sighting WHERE kind = 'impression' AND at >= ${from} AND at <= ${until})::int AS impressions,
      (SELECT count(*) FROM choice WHERE verdict IN ('like', 'super_like') AND at >= ${from} AND at <= ${until})::int AS likes,
      (SELECT count(*) FROM match WHERE made_at >= ${from} AND made_at <= ${until})::int AS matches,
      (SELECT count(*) FROM match WHERE contacted_at >= ${from} AND contacted_at <= ${until})::int AS contacts,
      (SELECT count(DISTINCT m.id) FROM match m JOIN contract c ON c.booking_id = m.booking_id WHERE c.signed_at >= ${from} AND c.signed_at <= ${until})::int AS contracts,
      count(*)::int AS over, count(*) FILTER (WHERE s.status = 'played' AND s.contested_at IS NULL AND NOT EXISTS (SELECT FROM rating r WHERE r.booking_id = s.booking_id AND r.stars < 3))::int AS held
    FROM show s WHERE s.booking_id IN (SELECT m.booking_id FROM match m JOIN contract c ON c.booking_id = m.booking_id WHERE c.signed_at IS NOT NULL)
      AND s.day >= ${from}::date AND s.day <= ${until}::date AND (s.status IN ('played', 'cancelled') OR s.contested_at IS NOT NULL)`;
  const total: Steps = found ?? { impressions: 0, likes: 0, matches: 0, contacts: 0, contracts: 0, over: 0, held: 0 };
  const rate = (part: number, whole: number) => (whole === 0 ? null : Math.min(1, part / whole));
  const step = (name: keyof typeof aims, count: number, of: number) => ({ step: name, count, of, rate: rate(count, of), aim: aims[name] });
  return {
    from: from.toISOString(), until: until.toISOString(), impressions: total.impressions,
    steps: [step('liked', total.likes, total.impressions), step('mutual', total.matches, total.likes), step('contacted', total.contacts, total.matches), step('signed', total.contracts, total.contacts), step('held', total.held, total.over)],
  };
}
