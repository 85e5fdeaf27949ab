import type { inferRouterOutputs } from '@trpc/server';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { AppRouter } from '../../server/app-router.ts';
import { day, instant, money } from '../core/format.ts';
import type { Site } from '../core/site.ts';
import { word } from './desk.ts';

/** The money of a booking, the same for both its sides. */
export type Account = inferRouterOutputs<AppRouter>['refunds']['account'];

type Amount = Account['total'];

/** What was asked for and has not come, in minor units. */
const dueOf = ({ due }: Account): number => due.reduce((all, { amount }) => all + amount.minor, 0);

/** What becomes of the whole: each part with its colour, in the order in which money moves. */
const partsOf = (account: Account) => [
  ['released', account.released], ['refunded', account.refunded], ['covered', account.covered], ['held', account.held], ['due', { ...account.total, minor: dueOf(account) }],
] as const satisfies readonly (readonly [string, Amount])[];

/** The money of a booking drawn: one line cut into what was released and given back, is held and is due, and the sums that say the same. */
export function whole(account: Account, { sayOwn: say, locale }: Site): TemplateResult {
  const parts = partsOf(account);
  const all = Math.max(1, ...[parts.reduce((sum, [, { minor }]) => sum + minor, 0)]);
  const told = parts.filter(([name, { minor }]) => minor > 0 || name === 'released' || name === 'held' || name === 'due');
  return html`<div class="money" aria-hidden="true">${parts.map(([name, { minor }]) => (minor > 0 ? html`<i class=${name} .style=${`flex-grow:${minor / all}`}></i>` : nothing))}</div>
    <dl class="sums">${told.map(([name, amount]) => html`<div><dt><i class=${name} aria-hidden="true"></i>${word(say, `money_${name}`)}</dt><dd class="num">${money(amount, locale)}</dd></div>`)}</dl>`;
}

/** The word of a movement’s reason; the kind alone where nothing explains it. */
export const whyMoved = ({ why, kind }: Pick<Account['movements'][number], 'why' | 'kind'>, say: Site['sayOwn']): string => word(say, `moved_${why}`) || word(say, `transfer_${kind}`) || kind;

/** What came to be held and where it went: each step with its date, its reason and its amount, and what is still asked for. */
export function way(account: Account, { sayOwn: say, locale, timeZone }: Site): TemplateResult {
  const held = account.movements.flatMap((movement) => movement.entries.filter(({ owner }) => owner === 'held').map(({ amount }) => ({ ...movement, amount })));
  const name = { capture: 'held', release: 'released', indemnity: 'released', refund: 'refunded', chargeback_covered: 'covered' } as Readonly<Record<string, string>>;
  return html`<ol class="way-of">${held.map((step) => html`<li><i class=${name[step.kind] ?? ''} aria-hidden="true"></i>
      <span><strong>${word(say, `money_${name[step.kind] ?? 'held'}`)}</strong> <span>${whyMoved(step, say)}</span><br><time class="small muted" datetime=${step.at}>${instant(step.at, locale, timeZone)}</time></span>
      <strong class="end">${money({ ...step.amount, minor: Math.abs(step.amount.minor) }, locale)}</strong></li>`)}
    ${account.due.map(({ why, amount, day: until }) => html`<li><i class="due" aria-hidden="true"></i><span><strong>${say('money_due')}</strong> <span>${say('moneyDueBy', { why: say(`due_${why}`), day: day(until, locale) })}</span></span><strong class="end">${money(amount, locale)}</strong></li>`)}</ol>`;
}

/** The looks of both. */
export const wholeStyles = css`
.money { display: flex; gap: 2px; height: 12px } .money i { flex-basis: 0; min-width: 4px; border-radius: 2px }
i.released { background: var(--good) } i.held { background: var(--accent) } i.refunded { background: var(--edge) } i.covered { background: var(--bad) } i.due { background: var(--line); box-shadow: inset 0 0 0 1px var(--edge) }
.sums { display: flex; flex-wrap: wrap; gap: 8px 32px } .sums dt { display: flex; align-items: center; gap: 8px; font-size: 13px; color: var(--muted) } .sums dd { font-weight: 600 } .sums i { width: 10px; height: 10px; border-radius: 2px }
.way-of { display: grid; border-bottom: 1px solid var(--line) } .way-of:empty { display: none } .way-of li { display: grid; grid-template-columns: 10px minmax(0, 1fr) auto; gap: 2px 12px; align-items: start; padding: 12px 0; border-top: 1px solid var(--line) }
.way-of i { width: 10px; height: 10px; border-radius: 2px; margin-top: 6px }`;
