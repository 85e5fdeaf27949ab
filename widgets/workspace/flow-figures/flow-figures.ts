import { consume } from '@lit/context';
import { Task, TaskStatus } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import { LitElement, html, nothing, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { day, duration, money, month, part, rate, weekdays } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, outcome, word } from '../../parts/desk.ts';
import { save, type Saved } from '../../parts/save.ts';
import { chart } from './chart.ts';
import { styles } from './flow-figures.styles.ts';
import type { Figures, Season } from './model.ts';

type Sums = Figures['all'];
type Fees = Sums['fees'];
type Part = NonNullable<Figures['wanted']>['towns'][number];

/** From how many on the server claims a share or a middle. */
const ENOUGH = 5;
const spans = [12, 24] as const;

/** The figures of a time, and the season of who has one. */
interface Read {
  readonly figures: Figures;
  readonly season: Season | null;
}

/**
 * What an organisation was asked, or asked for, and what became of it: the last thirty days for anybody; with a paid plan a year or two by month,
 * beside the year before, and what is wanted when, where and by whom. Who puts shows on reads its season to come besides.
 */
export class FlowFigures extends LitElement {
  static override styles = [...desk, styles];

  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  /** Months looked back, where the plan gives them; 0 is the last thirty days. */
  @state() private span: 0 | 12 | 24 = 12;

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [this.#server(), this.span] as const,
    task: async ([api, span]): Promise<Read> => {
      const recent = await api.analytics.figures.query({ months: null });
      if (!recent.full || span === 0) return { figures: recent, season: null };
      const seasonal = recent.side === 'buyer' && recent.kind !== 'person';
      const [figures, season] = await Promise.all([api.analytics.figures.query({ months: span }), seasonal ? api.analytics.season.query() : null]);
      return { figures, season };
    },
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override render() {
    const { sayOwn: say } = this.site;
    const states = this.#presence.states(80, 160, 320);
    const complete = ({ figures, season }: Read): TemplateResult => this.#page(figures, season);
    // Another time is read while the one before still stands: whoever chose it keeps their place.
    return this.#presence.stand(html`<div class="stack" aria-busy=${this.#all.status === TaskStatus.PENDING ? 'true' : 'false'}><h1>${say('page_figures')}</h1>
      ${this.#all.render({ ...states, pending: () => (this.#all.value ? complete(this.#all.value) : states.pending()), complete })}</div>`);
  }

  #page(figures: Figures, season: Season | null): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const { all, before, full, since, until, months, wanted, side } = figures;
    return html`<p class="muted">${say(`figuresHow_${side}`)}</p>
      ${full ? html`<label class="row"><span>${say('figuresSpan')}</span><select class="span" name="span" @change=${this.#turn}>
        ${spans.map((n) => html`<option value=${n} ?selected=${this.span === n}>${say('figuresMonths', { n })}</option>`)}<option value="0" ?selected=${this.span === 0}>${say('periodDays', { n: 30 })}</option></select></label>` : nothing}
      <p>${full && months.length > 0 ? nothing : html`${say('periodDays', { n: 30 })}, `}${day(since, locale)} – ${day(until, locale)}</p>
      ${all.requests === 0 && (before?.requests ?? 0) === 0 ? html`<p class="notice"><span>${say('figuresNone')}</span></p>` : this.#totals(figures)}
      ${full ? nothing : this.#more(figures)}
      ${months.length > 0 && months.some((one) => one.requests + one.before.requests > 0) ? html`<section aria-labelledby="months"><div class="row between"><h2 id="months">${say('figuresTable')}</h2>
          ${button(this.#acts, site, { act: 'csv', label: say('statementCsv'), press: () => { this.#save('csv', (api) => api.analytics.figuresFile.query({ months: this.span === 24 ? 24 : 12, locale })); } })}</div>${outcome(this.#acts, site, 'csv')}
        ${chart(months, site)}<p class="small muted">${say('figuresTableHow')}</p>${this.#months(figures)}</section>` : nothing}
      ${wanted && all.requests > 0 ? this.#wanted(wanted) : nothing}
      ${season ? this.#season(season) : nothing}`;
  }

  #more({ side, kind, plan }: Figures): TemplateResult | typeof nothing {
    const { sayOwn: say } = this.site;
    if (!plan) return nothing;
    return html`<section aria-labelledby="more" class="more"><h2 id="more">${say('figuresMore')}</h2><p>${say(kind === 'booker' ? 'planGives_booker' : `planGives_${side}`)}</p><p><a href="/plan">${say('figuresToPlan')}</a></p></section>`;
  }

  #totals({ all, before, side }: Figures): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    const number = new Intl.NumberFormat(locale);
    const ago = (value: string | null): TemplateResult | typeof nothing => (value === null ? nothing : html`<dd class="small">${say('figureBefore', { value })}</dd>`);
    const figure = (name: string, value: string | null, of: string, past: string | null) => html`<div><dt>${name}</dt><dd class="figure">${value ?? '–'}</dd>${of ? html`<dd class="small">${of}</dd>` : nothing}${ago(past)}</div>`;
    const shared = (key: 'requests' | 'answered' | 'contracts'): string | null => before && number.format(before[key]);
    const past = (key: 'conversionBps' | 'answerMinutes' | 'leadDays', words: (n: number) => string): string | null => {
      const value = before?.[key] ?? null;
      return value === null ? null : words(value);
    };
    const [percent, days] = [(bps: number) => rate(bps, locale), (n: number) => say('figureDays', { n })];
    return html`<dl class="totals">
        ${figure(say('figure_requests'), number.format(all.requests), side === 'buyer' ? say('figureOwn', { n: all.own }) : '', shared('requests'))}
        ${figure(say('figure_answered'), number.format(all.answered), say('figureOf', { n: all.own }), shared('answered'))}
        ${figure(say('figure_contracts'), number.format(all.contracts), say('figureOf', { n: all.requests }), shared('contracts'))}
        ${figure(say('figure_conversion'), all.conversionBps === null ? null : percent(all.conversionBps), say('figureOf', { n: all.requests }), past('conversionBps', percent))}
        ${figure(say('figure_answer'), all.answerMinutes === null ? null : long(all.answerMinutes, days), say('figureOf', { n: all.answered }), past('answerMinutes', (n) => long(n, days)))}
        ${figure(say('figure_lead'), all.leadDays === null ? null : days(all.leadDays), say('figureOf', { n: all.requests }), past('leadDays', days))}
        ${all.fees.map((fee) => figure(say('figure_fee'), money(fee.sum, locale, true), this.#feeOf(fee), before?.fees.filter(({ currency }) => currency === fee.currency).map(({ sum }) => money(sum, locale, true))[0] ?? null))}</dl>
      ${all.requests < ENOUGH || all.answered < ENOUGH ? html`<p class="small muted">${say('figuresFew', { n: ENOUGH })}</p>` : nothing}`;
  }

  /** How many contracts a sum is of, and the one in the middle where it is claimed. */
  #feeOf({ n, median }: Fees[number]): string {
    const { sayOwn: say, locale } = this.site;
    return `${say('figureOf', { n })}${median ? ` · ${say('figure_feeMedian', { amount: money(median, locale, true) })}` : ''}`;
  }

  #months({ months }: Figures): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    const cell = (name: string, value: string | number, past?: string | number) => html`<td class="end ${value === '' && (past ?? '') === '' ? 'none' : ''}" data-name=${name}><span>${value}${past === undefined || past === '' ? nothing : html`<small>${say('figureBefore', { value: past })}</small>`}</span></td>`;
    const fees = (of: Fees): string => of.map(({ sum }) => money(sum, locale, true)).join(' + ');
    const days = (n: number): string => say('figureDays', { n });
    const names = [say('figure_requests'), say('figure_answered'), say('figure_contracts'), say('figure_conversion'), say('figure_answer'), say('figure_lead'), say('figure_fee')] as const;
    return html`<table class="wide"><thead><tr><th scope="col">${say('figuresMonth')}</th>${names.map((name) => html`<th scope="col" class="end">${name}</th>`)}</tr></thead>
      <tbody>${[...months].reverse().map((one) => html`<tr><th scope="row">${month(`${one.month}-01`, locale)}</th>
        ${cell(names[0], one.requests, one.before.requests || '')}${cell(names[1], one.requests === 0 ? '' : one.answered)}${cell(names[2], one.requests === 0 ? '' : one.contracts, one.before.contracts || '')}
        ${cell(names[3], one.conversionBps === null ? '' : rate(one.conversionBps, locale))}${cell(names[4], one.answerMinutes === null ? '' : long(one.answerMinutes, days))}${cell(names[5], one.leadDays === null ? '' : days(one.leadDays))}
        ${cell(names[6], fees(one.fees), one.fees.length > 0 ? fees(one.before.fees) : undefined)}</tr>`)}</tbody></table>`;
  }

  #wanted(wanted: NonNullable<Figures['wanted']>): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    const numbered = (counts: readonly number[], name: (at: number) => string): Part[] => counts.map((n, at) => ({ name: name(at), n, contracts: 0 }));
    const week = weekdays(locale);
    return html`<section><div class="parts">
      ${this.#parts(say('wanted_weekdays'), numbered(wanted.weekdays, (at) => week[at]?.long ?? ''), false)}
      ${this.#parts(say('wanted_months'), numbered(wanted.months, (at) => part(`2026-${String(at + 1).padStart(2, '0')}-01`, locale, 'month')), false)}
      ${this.#parts(say('wanted_askers'), wanted.askers.map((one) => ({ ...one, name: word(say, `asker_${one.name}`) })))}
      ${wanted.artists.length > 1 ? this.#parts(say('wanted_artists'), wanted.artists) : nothing}
      ${this.#parts(say('wanted_towns'), wanted.towns)}
      ${this.#parts(say('wanted_distances'), wanted.distances.map((one) => ({ ...one, name: word(say, `band_${one.name}`) })))}
      ${this.#parts(say('wanted_pages'), wanted.pages)}</div></section>`;
  }

  /** Numbers by name, each with a bar as long as its part of the largest; with what became contracts where that is told. */
  #parts(title: string, parts: readonly Part[], signed = true): TemplateResult | typeof nothing {
    const { sayOwn: say } = this.site;
    if (parts.length === 0) return nothing;
    const most = Math.max(1, ...parts.map(({ n }) => n));
    return html`<table><caption>${title}</caption>
      <thead class=${signed ? '' : 'sr'}><tr><th scope="col"><span class="sr">${title}</span></th><th scope="col" class="end">${say('figure_requests')}</th>${signed ? html`<th scope="col" class="end">${say('figure_contracts')}</th>` : nothing}</tr></thead>
      <tbody>${parts.map(({ name, n, contracts }) => html`<tr><th scope="row">${name}<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${svg`<rect width=${(n / most) * 100} height="8"></rect>`}</svg></th><td class="end">${n}</td>${signed ? html`<td class="end muted">${contracts}</td>` : nothing}</tr>`)}</tbody></table>`;
  }

  #season(season: Season): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const fees = (of: Fees): string => of.map(({ sum }) => money(sum, locale, true)).join(' + ');
    const columns = [
      [say('season_played'), ({ played }: Season[number]) => String(played)], [say('season_asked'), ({ asked }: Season[number]) => String(asked)], [say('season_free'), ({ free }: Season[number]) => String(free)],
      [say('season_weekends'), ({ freeWeekends }: Season[number]) => String(freeWeekends)], [say('season_fees'), (one: Season[number]) => fees(one.fees)], [say('season_budgets'), (one: Season[number]) => fees(one.budgets)],
    ] as const;
    return html`<section aria-labelledby="season"><div class="row between"><h2 id="season">${say('season')}</h2>
        ${button(this.#acts, site, { act: 'season', label: say('statementCsv'), press: () => { this.#save('season', (api) => api.analytics.seasonFile.query({ locale })); } })}</div>${outcome(this.#acts, site, 'season')}
      <p class="small muted">${say('seasonHow')}</p>
      <table class="wide"><thead><tr><th scope="col">${say('figuresMonth')}</th>${columns.map(([name]) => html`<th scope="col" class="end">${name}</th>`)}</tr></thead>
        <tbody>${season.map((one) => html`<tr><th scope="row">${month(`${one.month}-01`, locale)}</th>${columns.map(([name, of]) => html`<td class="end ${of(one) === '' ? 'none' : ''}" data-name=${name}><span>${of(one)}</span></td>`)}</tr>`)}</tbody></table></section>`;
  }

  readonly #turn = (event: Event): void => {
    const { value } = event.currentTarget as HTMLSelectElement;
    this.span = value === '24' ? 24 : value === '12' ? 12 : 0;
  };

  #save(act: string, work: (api: TRPCClient<AppRouter>) => Promise<Saved>): void {
    void this.#acts.run(act, async () => { save(await work(this.#server())); });
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

/** Minutes as people say them: hours below two days, else whole days. */
const long = (minutes: number, days: (n: number) => string): string => (minutes < 2_880 ? duration(minutes) : days(Math.round(minutes / 1_440)));

declare global {
  interface HTMLElementTagNameMap { 'flow-figures': FlowFigures }
}
