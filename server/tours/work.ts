import type { Day } from '../core/time.ts';
import type { Binding, Tour } from './answer.ts';
import { questionOf, type Doc } from './edit.ts';
import { mend } from './mend.ts';
import { planTours } from './plan.ts';
import { isSame, type Question, type Visit } from './question.ts';
import { reckon } from './reckon.ts';
import type { WhyView } from './view.ts';
import { bindingsOf, clashOf, whyNot } from './why.ts';

/* What a thread is asked of tours, and what it says. The question itself goes there once, and is known by its key from then on. */

/** One piece of work on the question of a scenario. `memory` is shared: 64 bytes in which a search says how far it is, and is told to end. */
export type Job =
  | { readonly kind: 'reckon' }
  | { readonly kind: 'mend'; readonly seed: number; readonly touched: readonly string[]; readonly days: readonly Day[]; readonly held: readonly Visit[] }
  | { readonly kind: 'why'; readonly artist: string | null; readonly limit: number }
  | { readonly kind: 'search'; readonly seed: number; readonly count: number; readonly effort: number; readonly memory: SharedArrayBuffer };

/** What is asked: a question by its key, whole where the thread did not know it. */
export interface Ask { readonly key: string; readonly base: Question | null; readonly doc: Doc; readonly job: Job }

/** A tour with the visits that make it. */
export interface Made { readonly visits: readonly Visit[]; readonly tour: Tour }

/** What is said; `unknown` asks for the question. */
export type Said =
  | { readonly kind: 'unknown' }
  | ({ readonly kind: 'tour' } & Made)
  | { readonly kind: 'why'; readonly why: WhyView }
  | { readonly kind: 'found'; readonly variants: readonly Made[]; readonly missed: readonly Visit[]; readonly bindings: readonly Binding[] };

/** Any two variants have at most so much of their visits in common (issue of tours). */
const SHARE = 0.6;

/** How far a search is. `variant` counts from 0; `spent` goes from 0 to 1. */
export interface Reached { readonly spent: number; readonly variant: number; readonly worthMinor: number; readonly marginMinor: number; readonly shows: number }

/** The memory of a search: whoever started it writes one bit into it and reads the rest. */
export function ledgerOf(memory: SharedArrayBuffer) {
  const [ended, figures] = [new Int32Array(memory, 0, 2), new Float64Array(memory, 8, 5)];
  return {
    end: (): void => { Atomics.store(ended, 0, 1); },
    isEnded: (): boolean => Atomics.load(ended, 0) === 1,
    put: ({ spent, variant, worthMinor, marginMinor, shows }: Reached): void => { figures.set([spent, variant, worthMinor, marginMinor, shows]); },
    read: (): Reached => {
      const [spent = 0, variant = 0, worthMinor = 0, marginMinor = 0, shows = 0] = figures;
      return { spent, variant, worthMinor, marginMinor, shows };
    },
  };
}

/** Does one piece of work. The same question, scenario and seed give the same answer. */
export function work(base: Question, doc: Doc, job: Job): Said {
  const question = questionOf(base, doc);
  switch (job.kind) {
    case 'reckon': return { kind: 'tour', visits: doc.visits, tour: reckon(question, doc.visits) };
    case 'mend': {
      const held = job.held.filter((one) => !question.pins.some((pin) => isSame(pin, one)));
      const visits = mend({ ...question, pins: [...question.pins, ...held] }, doc.visits, { seed: job.seed, touched: job.touched, days: job.days });
      return { kind: 'tour', visits, tour: reckon(question, visits) };
    }
    case 'why': {
      const { unused, more } = whyNot(question, doc.visits, { limit: job.limit, ...(job.artist !== null && { artist: job.artist }) });
      return { kind: 'why', why: { unused, more, clash: clashOf(question) } };
    }
    case 'search': {
      const ledger = ledgerOf(job.memory);
      const { variants, missed } = planTours(question, { seed: job.seed, count: job.count, share: SHARE, effort: job.effort, cancelled: ledger.isEnded, onProgress: ledger.put, from: doc.visits });
      const made = variants.map((visits) => ({ visits, tour: reckon(question, visits) }));
      return { kind: 'found', variants: made, missed, bindings: made[0] && !ledger.isEnded() ? bindingsOf(question, made[0].visits) : [] };
    }
  }
}
