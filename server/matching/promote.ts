import { apply, calibrate, type Calibration } from './calibrate.ts';
import { only, scoresOf, STAGES, type Evidence } from './evidence.ts';
import { auc, brier, calibrationError, logLoss, surprise } from './figures.ts';
import { forecast, hoped, refit, relink, stretches, type Learned, type Links } from './learn.ts';

/** How well a model foretold deals that came after those it learned from. */
export interface ModelFigures {
  readonly deals: number;
  readonly logLoss: number;
  readonly brier: number;
  readonly auc: number;
  /** Mean difference of what was said and what came, in ten and in fifteen bins of equal mass. */
  readonly error10: number;
  readonly error15: number;
}

/** One version of a scorecard's weights with what its scores mean. It never changes: the next one has another version. */
export interface Model {
  readonly format: 1;
  /** Names it for ever, `touring-2026-11-22`: a score says which one made it. */
  readonly version: string;
  readonly scorecard: string;
  /** In the scorecard's order. */
  readonly criteria: readonly string[];
  /** Points, one for each criterion, 100 in all. */
  readonly weights: readonly number[];
  /** From a score to each decision, by a logistic. */
  readonly links: Links;
  /** How likely each stretch of a list is to be looked at, against its first place. */
  readonly seen: readonly number[];
  /** From a score to the probability of a contract, as it came: what is shown to people. */
  readonly calibration: Calibration;
  /** What it learned from: the first and the last instant, and how many interactions; null where they are the published weights. */
  readonly fitted: { readonly from: string; readonly until: string; readonly interactions: number; readonly deals: number } | null;
  /** Measured on later deals; null before any came. */
  readonly figures: ModelFigures | null;
  /** Of all the above: what was damaged on its way is not read. */
  readonly hash: string;
}

/** What a scorecard says of itself before anything was learned. */
export interface Card {
  readonly scorecard: string;
  readonly criteria: readonly string[];
  /** Points, 100 in all. */
  readonly weights: readonly number[];
}

const deal = STAGES.indexOf('deal');

/** The model of a scorecard of which nothing is known but the published weights: its probability is what is hoped for, and so says `fitted: null`. */
export const publishedModel = ({ scorecard, criteria, weights }: Card, version = `${scorecard}-published`): Model =>
  sealed({ format: 1, version, scorecard, criteria, weights, links: { choice: hoped, deal: hoped, show: hoped }, seen: stretches.map(() => 1), calibration: calibrate([], [], hoped), fitted: null, figures: null });

/** The probability that a negotiation of this score ends in a contract, 0 to 1. */
export const chance = (model: Pick<Model, 'calibration'>, score: number): number => apply(model.calibration, score);

/** A model of what was learned, calibrated on the deals among what it learned from. `figures` are added by whoever measures it on later ones. */
export function modelOf({ scorecard, criteria }: Card, { weights, links, seen }: Pick<Learned, 'weights' | 'links' | 'seen'>, { rows, version }: { readonly rows: Evidence; readonly version: string }): Model {
  const deals = only(rows, (row) => rows.stage[row] === deal);
  const scores = scoresOf(deals, weights);
  const instant = (row: number) => new Date(rows.at[row] ?? 0).toISOString();
  return sealed({
    format: 1, version, scorecard, criteria, weights, links, seen, calibration: calibrate(scores, deals.success, relink(scores, deals.success, links.deal)),
    fitted: rows.at.length ? { from: instant(0), until: instant(rows.at.length - 1), interactions: rows.at.length, deals: deals.success.length } : null, figures: null,
  });
}

/** The figures of a model on deals that it has not seen. Null when there are none. */
export function figuresOf(model: Pick<Model, 'weights' | 'calibration'>, later: Evidence): ModelFigures | null {
  const deals = only(later, (row) => later.stage[row] === deal);
  if (deals.success.length === 0) return null;
  const forecasts = { probability: scoresOf(deals, model.weights).map((score) => chance(model, score)), success: deals.success };
  return { deals: deals.success.length, logLoss: logLoss(forecasts), brier: brier(forecasts), auc: auc(forecasts), error10: calibrationError(forecasts, 10), error15: calibrationError(forecasts, 15) };
}

/** What was decided of a candidate, with all that decided it. */
export interface Promotion {
  readonly promoted: boolean;
  /** `better`; or `few` (too few later interactions to tell), `no_better` (worse, or better by no more than chance could be), `worse_deals` (better liked, and worse signed). */
  readonly reason: 'better' | 'few' | 'no_better' | 'worse_deals';
  readonly interactions: number;
  readonly current: ModelFigures | null;
  readonly candidate: ModelFigures | null;
  /** How many standard errors the candidate is better by: of all later interactions in log loss and in Brier score, each to be above `margin`; of the deals among them alone, in log loss, to be above `marginDeals`. */
  readonly better: { readonly logLoss: number; readonly brier: number; readonly margin: number; readonly deals: number; readonly marginDeals: number };
}

/** Later interactions that are needed to tell two models apart at all. */
const interactionsNeeded = 500;

/** Standard errors: one night in a hundred, and not one in twenty, would chance alone exceed it, and in both figures less often still. */
const margin = 2.33;
/** Deals are few, so they are not asked to prove it: only not to speak against it. */
const marginDeals = -1;

/**
 * Whether the candidate takes the place of the current model: only when it foretells later interactions, which it has not learned from, better in log loss and in Brier score, each
 * by more than 2.33 standard errors of the paired difference (one-sided, one in a hundred), and deals alone do not speak against it. Interactions of one `party` are taken together
 * where it is known, since they are no independent witnesses (Liang and Zeger, 1986).
 */
export function promote(current: Model, candidate: Model, later: Evidence, party?: ArrayLike<number>): Promotion {
  const [now, next] = [current, candidate].map((model) => saidOf(model, later)) as [Float64Array, Float64Array];
  const rows = Array.from(later.success.keys());
  const errors = (cost: (probability: number, success: number) => number, among: readonly number[]) => standardErrors(
    among.map((row) => (later.strength[row] ?? 0) * (cost(now[row] ?? 0, later.success[row] ?? 0) - cost(next[row] ?? 0, later.success[row] ?? 0))), among.map((row) => party?.[row] ?? row));
  const better = {
    logLoss: errors(surprise, rows), brier: errors((probability, one) => (probability - one) ** 2, rows), margin, deals: errors(surprise, rows.filter((row) => later.stage[row] === deal)), marginDeals,
  };
  const reason = rows.length < interactionsNeeded ? 'few' : better.logLoss <= margin || better.brier <= margin ? 'no_better' : better.deals <= marginDeals ? 'worse_deals' : 'better';
  return { promoted: reason === 'better', reason, interactions: rows.length, current: figuresOf(current, later), candidate: figuresOf(candidate, later), better };
}

/** What a model says of rows: of a deal what people are shown, of anything else the logistic. */
function saidOf(model: Model, rows: Evidence): Float64Array {
  const scores = scoresOf(rows, model.weights);
  return forecast(rows, model).map((said, row) => (rows.stage[row] === deal ? chance(model, scores[row] ?? 0) : said));
}

/** The mean of paired differences in standard errors of it, those of one party added first. 0 when they are all nothing. */
function standardErrors(differences: readonly number[], parties: readonly number[]): number {
  const sum = differences.reduce((all, one) => all + one, 0);
  const together = new Map<number, number>();
  differences.forEach((one, i) => { together.set(parties[i] ?? 0, (together.get(parties[i] ?? 0) ?? 0) + one - sum / differences.length); });
  const spread = Math.sqrt([...together.values()].reduce((all, one) => all + one * one, 0) * (together.size / Math.max(1, together.size - 1)));
  return spread > 1e-12 ? sum / spread : 0;
}

/** One night's work: what it would serve from now on, and why. */
export interface Night {
  /** The current one, if the candidate is not better. */
  readonly model: Model;
  readonly decision: Promotion;
  readonly candidate: Model;
}

/**
 * The nightly refit: learns from all but the last quarter of the interactions, with the published weights as what is believed, and is measured against the current model on
 * that quarter, which the current one may have learned from: that can only make it harder for the candidate. What is promoted is what was measured, and nothing fitted since.
 */
export function nightly(card: Card, current: Model, rows: Evidence, version: string): Night {
  const cut = Math.floor(rows.at.length * 0.75);
  const [earlier, later] = [only(rows, (row) => row < cut), only(rows, (row) => row >= cut)];
  const learned = refit(earlier, { weights: card.weights, link: current.links.deal });
  const fitted = modelOf(card, learned, { rows: earlier, version });
  const candidate = sealed({ ...fitted, figures: figuresOf(fitted, later) });
  const decision = promote(current, candidate, later);
  return { model: decision.promoted ? candidate : current, decision, candidate };
}

/** The content with its hash. */
function sealed({ format, version, scorecard, criteria, weights, links, seen, calibration, fitted, figures }: Omit<Model, 'hash'>): Model {
  const content = { format, version, scorecard, criteria, weights, links, seen, calibration, fitted, figures };
  return { ...content, hash: hashOf(content) };
}

/**
 * A model as it was written, or null: where a field is missing or of another kind, the weights do not sum to 100, one is below 0, the calibration falls or leaves 0 to 1, or the hash
 * is another. Then the last good one serves. Given a `card`, a model of other criteria is none either.
 */
export function readModel(read: unknown, card?: Pick<Card, 'scorecard' | 'criteria'>): Model | null {
  if (!isModel(read)) return null;
  const { hash, ...content } = read;
  if (hashOf(content) !== hash) return null;
  if (card && (card.scorecard !== content.scorecard || card.criteria.join('\n') !== content.criteria.join('\n'))) return null;
  return read;
}

function isModel(read: unknown): read is Model {
  if (!isRecord(read)) return false;
  const { format, version, scorecard, criteria, weights, links, seen, calibration, fitted, figures, hash } = read;
  return format === 1 && isText(version) && isText(scorecard) && isText(hash)
    && isList(criteria, isText) && new Set(criteria).size === criteria.length
    && isList(weights, (one): one is number => isNumber(one) && one >= 0) && weights.length === criteria.length && Math.abs(weights.reduce((sum, one) => sum + one, 0) - 100) < 1e-6
    && isRecord(links) && STAGES.every((stage) => isLink(links[stage])) && isList(seen, (one): one is number => isNumber(one) && one >= 0 && one <= 1) && seen.length === stretches.length
    && isLine(calibration) && isFitted(fitted) && isFigures(figures);
}

function isLine(line: unknown): line is Calibration {
  const isPoint = (point: unknown): point is readonly [number, number] => isList(point, isNumber) && point.length === 2;
  if (!isList(line, isPoint) || line.length === 0) return false;
  return line.every(([score, probability], i) => {
    const before = line[i - 1];
    return score >= 0 && score <= 100 && probability >= 0 && probability <= 1 && (!before || (before[0] < score && before[1] <= probability));
  });
}

const isLink = (link: unknown): boolean => isRecord(link) && isNumber(link['intercept']) && isNumber(link['slope']) && link['slope'] >= 0;
const isFitted = (fitted: unknown): boolean => fitted === null
  || (isRecord(fitted) && isInstant(fitted['from']) && isInstant(fitted['until']) && fitted['from'] <= fitted['until'] && isCount(fitted['interactions']) && isCount(fitted['deals']));
const isFigures = (figures: unknown): boolean => figures === null
  || (isRecord(figures) && isCount(figures['deals']) && ['logLoss', 'brier', 'auc', 'error10', 'error15'].every((name) => isNumber(figures[name])));
const isRecord = (thing: unknown): thing is Record<string, unknown> => typeof thing === 'object' && thing !== null && !Array.isArray(thing);
const isText = (thing: unknown): thing is string => typeof thing === 'string' && thing !== '';
const isNumber = (thing: unknown): thing is number => typeof thing === 'number' && Number.isFinite(thing);
const isCount = (thing: unknown): thing is number => isNumber(thing) && Number.isInteger(thing) && thing >= 0;
const isInstant = (thing: unknown): thing is string => isText(thing) && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(thing);
const isList = <T>(things: unknown, isOne: (thing: unknown) => thing is T): things is readonly T[] => Array.isArray(things) && things.every((thing) => isOne(thing));

/** CRC-32 (IEEE 802.3) of the content with its keys in order, in hexadecimal: finds every damage of up to 32 bits in a row, and any other but for one in four thousand million. It guards against a torn file and no forger. */
function hashOf(content: Omit<Model, 'hash'>): string {
  let rest = 0xffff_ffff;
  for (const unit of inOrder(content)) {
    for (const byte of [unit.charCodeAt(0) >>> 8, unit.charCodeAt(0) & 0xff]) {
      rest ^= byte;
      for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb8_8320 : rest >>> 1;
    }
  }
  return ((rest ^ 0xffff_ffff) >>> 0).toString(16).padStart(8, '0');
}

function inOrder(thing: unknown): string {
  if (Array.isArray(thing)) return `[${thing.map(inOrder).join(',')}]`;
  if (!isRecord(thing)) return JSON.stringify(thing ?? null);
  return `{${Object.keys(thing).sort().map((key) => `${JSON.stringify(key)}:${inOrder(thing[key])}`).join(',')}}`;
}
