import type { inferRouterOutputs } from '@trpc/server';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { AppRouter } from '../../server/app-router.ts';
import { instant } from '../core/format.ts';
import { openDocument } from '../core/own.ts';
import type { Site } from '../core/site.ts';
import type { Acts } from './acts.ts';
import { outcome } from './desk.ts';

/** A dispute as both its sides read it, and our own people. */
export type Dispute = NonNullable<inferRouterOutputs<AppRouter>['disputes']['dispute']>;

/** A payment that a bank contests, as its producer reads it. */
export type Contested = inferRouterOutputs<AppRouter>['disputes']['chargebacks'][number];

/** What somebody who reads a dispute works with. */
interface Reader {
  readonly site: Site;
  readonly acts: Acts;
}

/** What each side said and showed, in the order in which it came. */
export function evidence({ evidence: pieces }: Pick<Dispute, 'evidence'>, { site, acts }: Reader, nameOf: (side: 'artist' | 'buyer') => string): TemplateResult {
  const { sayOwn: say, locale, timeZone } = site;
  if (pieces.length === 0) return html`<p class="muted">${say('shownNone')}</p>`;
  return html`<ol class="evidence">${pieces.map(({ id, side, text, fileId, fileName, at }) => html`<li class=${side}>
    <p class="small muted"><strong>${nameOf(side)}</strong> · <time datetime=${at}>${instant(at, locale, timeZone)}</time></p>
    ${text ? html`<p class="words">${text}</p>` : nothing}
    ${fileId ? html`<p><button type="button" class="plain" ?disabled=${acts.busy !== ''} @click=${() => { void acts.run(`open:${id}`, () => openDocument(fileId)); }}>${fileName}</button></p>${outcome(acts, site, `open:${id}`)}` : nothing}</li>`)}</ol>`;
}

/** The looks of `evidence`. */
export const disputeStyles = css`
.evidence { display: grid; gap: 16px } .evidence li { display: grid; gap: 4px; padding-inline-start: 12px; border-inline-start: 2px solid var(--edge) } .evidence .artist { border-color: var(--accent) }`;
