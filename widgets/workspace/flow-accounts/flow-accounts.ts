import { consume } from '@lit/context';
import { Task } from '@lit/task';
import { LitElement, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { desk } from '../../parts/desk.ts';
import { Bank } from './bank.ts';
import { Declarations } from './declarations.ts';
import { chart, exportsOf, years, type Saved } from './files.ts';
import { styles } from './flow-accounts.styles.ts';
import { invoices } from './invoices.ts';
import { meters } from './meters.ts';
import type { Account, Bank as Known, Contests, Declared, Desk, Mandate, Meters, Objective, Open, Papers, Server, Waiting, Years } from './model.ts';
import { objective } from './objective.ts';
import { contests, mandate, open, owing } from './open.ts';

const VIEWS = ['open', 'invoices', 'exports', 'declarations', 'bank', 'meters', 'objective'] as const;
type View = (typeof VIEWS)[number];

/** What a view shows. */
type Loaded =
  | { readonly view: 'open'; readonly open: Open; readonly owing: Open; readonly waiting: Waiting; readonly contests: Contests; readonly mandate: Mandate }
  | { readonly view: 'invoices'; readonly papers: Papers }
  | { readonly view: 'exports'; readonly chart: readonly Account[]; readonly years: Years }
  | { readonly view: 'bank'; readonly bank: Known }
  | { readonly view: 'meters'; readonly meters: Meters }
  | { readonly view: 'declarations'; readonly declared: Declared }
  | { readonly view: 'objective'; readonly objective: Objective };

/** The books of an organisation: what it is owed, its invoices, files for its accountant, what it declares, its bank's statements, how far it is from the thresholds of its tax and from what it wants to invoice. */
export class FlowAccounts extends LitElement {
  static override styles = [...desk, styles];

  /** Which part is shown: `open`, `invoices`, `exports`, `declarations`, `bank`, `meters`, `objective`. */
  @property() view: string = 'open';
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private last: Saved | null = null;
  /** The year whose invoices are shown; null is that of today. */
  @state() private year: number | null = null;

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [this.#server(), this.#view(), this.year] as const,
    task: ([api, view, year]): Promise<Loaded> => load(api, view, year),
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });
  readonly #bank = new Bank(this.#desk());
  readonly #declarations = new Declarations(this.#desk());

  override render() {
    const { sayOwn: say } = this.site;
    const chosen = this.#view();
    const { value } = this.#all;
    return this.#presence.stand(html`<div class="stack"><h1>${say('page_accounts')}</h1><p class="lead">${say('accountsHow')}</p>
      <div class="views" role="group" aria-label=${say('page_accounts')}>${VIEWS.map((one) => html`<button type="button" aria-pressed=${one === chosen ? 'true' : 'false'} @click=${() => { this.view = one; this.#acts.clear(); }}>${say(`accounts_${one}`)}</button>`)}</div>
      ${value?.view === chosen ? this.#shown(value) : this.#all.render({ ...this.#presence.states(120, 160), complete: () => nothing })}</div>`);
  }

  #shown(loaded: Loaded) {
    const work = this.#desk();
    switch (loaded.view) {
      // What keeps invoices from being written stands before what was written.
      case 'open': return !loaded.mandate.sells ? html`${open(loaded.open, work)}${owing(loaded.owing, work)}` : loaded.mandate.acceptedAt && loaded.waiting.length === 0
        ? html`${open(loaded.open, work)}${contests(loaded.contests, work)}${owing(loaded.owing, work)}${mandate(loaded, work)}` : html`${mandate(loaded, work)}${open(loaded.open, work)}${contests(loaded.contests, work)}${owing(loaded.owing, work)}`;
      case 'invoices': return invoices(loaded.papers, work, (year) => { this.year = year; });
      case 'exports': return html`${exportsOf(this.last, loaded.years, { ...work, saved: (file) => { this.last = file; } })}${years(loaded.years, work)}${chart(loaded.chart, work)}`;
      case 'bank': return this.#bank.show(loaded.bank);
      case 'meters': return meters(loaded.meters, this.site);
      case 'declarations': return this.#declarations.show(loaded.declared);
      case 'objective': return objective(loaded.objective, work);
    }
  }

  #view(): View {
    return VIEWS.find((one) => one === this.view) ?? 'open';
  }

  #desk(): Desk {
    const site = (): Site => this.site;
    return {
      acts: this.#acts, server: () => this.#server(), requestUpdate: () => { this.requestUpdate(); },
      get site() { return site(); },
      does: (act, work) => this.#acts.run(act, async () => {
        await work(this.#server());
        await this.#all.run();
      }),
    };
  }

  #server(): Server {
    return (this.api ?? this.site.api)<AppRouter>('/trpc');
  }
}

async function load(api: Server, view: View, year: number | null): Promise<Loaded> {
  switch (view) {
    case 'open': {
      const [due, ours, waiting, given, said] = await Promise.all([api.accounting.open.query(), api.accounting.owing.query(), api.billing.waiting.query(), api.accounting.mandate.query(), api.contests.own.query()]);
      return { view, open: due, owing: ours, waiting, contests: said, mandate: given };
    }
    case 'invoices': return { view, papers: await api.accounting.papers.query({ year }) };
    case 'exports': {
      const [accounts, known] = await Promise.all([api.accounting.chart.query(), api.accounting.years.query()]);
      return { view, chart: accounts, years: known };
    }
    case 'bank': return { view, bank: await api.banking.bank.query() };
    case 'meters': return { view, meters: await api.accounting.meters.query() };
    case 'declarations': return { view, declared: await api.declarations.read.query({ period: null }) };
    case 'objective': return { view, objective: await api.declarations.objective.query() };
  }
}

declare global {
  interface HTMLElementTagNameMap { 'flow-accounts': FlowAccounts }
}
