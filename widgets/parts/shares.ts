import { css, html, type TemplateResult } from 'lit';
import { money } from '../core/format.ts';
import type { Site } from '../core/site.ts';

/** A line of who gets what. A `part` is of the line above it. */
interface Share {
  readonly label: string;
  readonly amount: { readonly minor: number; readonly currency: string };
  readonly part?: boolean;
}

/** Who gets what, a line each; a share of nothing is left out, unless it is all that could be said. */
export function shares(all: readonly Share[], { locale }: Site): TemplateResult {
  const some = all.filter(({ amount }) => amount.minor !== 0);
  return html`<dl class="shares">${(some.length > 0 ? some : all.slice(0, 1)).map(({ label, amount, part }) => html`<div class=${part ? 'part' : ''}><dt>${label}</dt><dd class="end">${money(amount, locale)}</dd></div>`)}</dl>`;
}

/** The looks of `shares`. */
export const sharesStyles = css`
.shares { display: grid; max-width: 560px }
.shares > div { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 16px; padding: 8px 0; border-top: 1px solid var(--line) } .shares > div:last-child { border-bottom: 1px solid var(--line) }
.shares dd { font-weight: 600 } .shares .part { border-top: 0; padding-top: 0; font-size: 13px; color: var(--muted) } .shares .part dt { padding-inline-start: 16px } .shares .part dd { font-weight: 400 }`;
