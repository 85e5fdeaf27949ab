import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { money, rate } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { desk } from '../../parts/desk.ts';

type Revenue = inferRouterOutputs<AppRouter>['prices']['revenue'];

/** What we earned in twelve months, for our own people: by what, in which share beside the one that was aimed at, and month by month. */
export class FlowRevenue extends LitElement {
  static override styles = [...desk, css`
    :host { padding-top: 24px }
    section { display: grid; gap: 16px; padding-top: 24px; border-top: 1px solid var(--line) }
    .wide { overflow-x: auto } table { border-collapse: collapse; width: 100%; max-width: 720px; font-variant-numeric: tabular-nums lining-nums }
    th { text-align: start; font-weight: 400 } th, td { padding: 6px 16px 6px 0 } thead th { color: var(--muted) } tr + tr, tbody tr:first-child { border-top: 1px solid var(--line) } tfoot { font-weight: 600 } tfoot th { font-weight: 600 }
    .end { text-align: end; white-space: nowrap }`];

  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [(this.api ?? this.site.api)<AppRouter>('/trpc')] as const,
    task: ([api]): Promise<Revenue> => api.prices.revenue.query(),
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override render() {
    const { sayOwn: say } = this.site;
    return this.#presence.stand(html`<section aria-labelledby="revenue"><h2 id="revenue">${say('revenueTitle')}</h2>
      ${this.#all.render({ ...this.#presence.states(200), complete: (all) => (all.length === 0 ? html`<p class="muted">${say('revenueNone')}</p>` : html`${all.map((one) => this.#currency(one))}<p class="small muted">${say('revenueUnsold')}</p>`) })}</section>`);
  }

  #currency({ currency, total, lines, months }: Revenue[number]): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    const month = (name: string): string => new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${name}-01T00:00:00Z`));
    return html`<h3>${currency}</h3>
      <div class="wide" role="region" tabindex="0" aria-label="${say('revenueTitle')}, ${currency}"><table>
        <thead><tr><th scope="col">${say('revenueLine')}</th><th scope="col" class="end">${say('revenueEarned')}</th><th scope="col" class="end">${say('revenueShare')}</th><th scope="col" class="end">${say('revenueAim')}</th></tr></thead>
        <tbody>${lines.map(({ line, total: earned, share, aim }) => html`<tr><th scope="row">${say(`revenue_${line}`)}</th><td class="end">${money(earned, locale)}</td><td class="end">${share === null ? '–' : rate(share, locale)}</td><td class="end muted">${rate(aim, locale)}</td></tr>`)}</tbody>
        <tfoot><tr><th scope="row">${say('revenueTotal')}</th><td class="end">${money(total, locale)}</td><td></td><td></td></tr></tfoot></table></div>
      <div class="wide" role="region" tabindex="0" aria-label="${say('revenueMonth')}, ${currency}"><table>
        <thead><tr><th scope="col">${say('revenueMonth')}</th><th scope="col" class="end">${say('revenue_commissions')}</th><th scope="col" class="end">${say('revenue_subscriptions')}</th></tr></thead>
        <tbody>${months.map(({ month: name, commissions, subscriptions }) => html`<tr><th scope="row">${month(name)}</th><td class="end">${commissions.minor === 0 ? nothing : money(commissions, locale)}</td><td class="end">${subscriptions.minor === 0 ? nothing : money(subscriptions, locale)}</td></tr>`)}</tbody></table></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap { 'flow-revenue': FlowRevenue }
}
