import { css, html, type TemplateResult } from 'lit';
import type { Say } from '../core/words.ts';

/** A step of a booking, by its name alone. */
export interface Step {
  readonly step: 'request' | 'hold' | 'offer' | 'agreement' | 'order' | 'contract' | 'deposit' | 'balance' | 'show' | 'release' | 'invoice' | 'payment';
  readonly state: 'done' | 'now' | 'to_come' | 'stopped';
}

export const stepsStyles = css`
.steps { display: grid; grid-auto-rows: auto }
.steps li { position: relative; display: grid; grid-template-columns: 28px minmax(0, 1fr); column-gap: 12px; min-height: 52px; color: var(--muted) }
.steps li::before { content: ''; position: absolute; inset-inline-start: 13px; top: 26px; bottom: 0; border-inline-start: 2px solid var(--line) }
.steps li:last-child::before { display: none }
.steps svg { width: 28px; height: 28px; fill: none; stroke: var(--edge); stroke-width: 2; grid-row: 1 / span 2 }
.steps b { font-weight: 400; line-height: 28px; color: inherit } .steps small { font-size: .87em }
.steps .done { color: var(--ink) } .steps .done svg { stroke: var(--good) } .steps .done::before { border-color: var(--good) }
.steps .now { color: var(--ink) } .steps .now b { font-weight: 600 } .steps .now svg { stroke: var(--accent); fill: var(--accent) } .steps .now svg path { stroke: var(--on-accent) }
.steps .stopped { color: var(--bad) } .steps .stopped svg { stroke: var(--bad) }
@container flow (min-width: 45em) {
  .steps { grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 4px }
  .steps li { grid-template-columns: minmax(0, 1fr); align-content: start; min-height: 92px; padding-inline-end: 8px; text-align: start; overflow-wrap: anywhere }
  .steps li::before { inset: 13px 0 auto 32px; border-inline: 0; border-block-start: 2px solid var(--line) } .steps b { line-height: 1.2; margin-top: 6px; font-size: .93em }
}`;

const MARKS = { done: 'M9 14.5l3.5 3.5 6.5-7.5', now: 'M14 14h.01', to_come: '', stopped: 'M10 10l8 8M18 10l-8 8' } as const;

/** The way of a booking, step by step: done, under way, to come. */
export const steps = (all: readonly Step[], say: Say): TemplateResult => html`
  <ol class="steps">${all.map(({ step, state }) => html`
    <li class=${state} aria-current=${state === 'now' ? 'step' : 'false'}>
      <svg viewBox="0 0 28 28" aria-hidden="true" stroke-linecap="round" stroke-linejoin="round"><circle cx="14" cy="14" r="10"></circle><path d=${MARKS[state]} stroke-width=${state === 'now' ? 7 : 2}></path></svg>
      <b>${say(`step_${step}`)}</b><small>${say(state)}</small>
    </li>`)}</ol>`;
