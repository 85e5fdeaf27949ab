import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, html, nothing, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import { reasonOf, type Api } from '../../core/api.ts';
import { minorOf, typedOf } from '../../core/amount.ts';
import { day, part, weekdays } from '../../core/format.ts';
import { matchingSpeech } from '../../core/matching-words.ts';
import { LOCALES } from '../../core/messages.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import type { Figures } from '../../core/words.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome, success } from '../../parts/desk.ts';
import { coded, sung } from '../../parts/figures.ts';
import { TypeAhead } from '../../parts/type-ahead.ts';
import { styles } from './flow-sheet.styles.ts';
import { ASKS, GROUPS, wayTo, type Group, type Name, type Own } from './model.ts';

type Say = Awaited<ReturnType<typeof matchingSpeech>>;
type About = inferRouterOutputs<AppRouter>['profiles']['venue']['about'];

/** What is read: the sheet, null for who has none, and for a place the words about it. */
interface Read { readonly own: Own | null; readonly about: About | null; readonly say: Say }

/** Under which name the shared vocabulary has what a thing may be, where it is not the thing's own. */
const families: Readonly<Partial<Record<Name, string>>> = { settings: 'setting', audiences: 'audience', placeKind: 'kind' };

const refused = (name: string): Error => Object.assign(new Error('input_invalid'), { data: { reason: 'input_invalid', details: { field: name } } });

/** What an organisation says of itself to be matched, group by group: how whole its profile is, what to do next, and of each thing why it counts. */
export class FlowSheet extends LitElement {
  static override styles = [...desk, styles];

  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  /** What was kept last; else what was read. */
  @state() private kept: Own | null = null;

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #places = new TypeAhead<string>(this, 'places', async (q) => (await this.#server().profiles.places.query({ q })).map((place) => ({ words: `${place.name} (${place.postcode})`, thing: place.insee })));
  readonly #all = new Task(this, {
    args: () => [this.#server(), this.site.locale] as const,
    task: async ([api, locale]): Promise<Read> => {
      const [own, say] = await Promise.all([
        // A booker has no sheet of its own: that is said, and is no fault.
        api.sheets.own.query().catch((error: unknown) => { if (reasonOf(error) === 'not_found') return null; throw error; }),
        matchingSpeech(locale),
      ]);
      return { own, say, about: own?.seen === 'place' ? (await api.profiles.venue.query()).about : null };
    },
    onComplete: () => { this.kept = null; this.#presence.arrived(); },
    onError: this.#presence.failed,
  });

  override render() {
    const { sayOwn: say } = this.site;
    const { value } = this.#all;
    return this.#presence.stand(html`<div class="stack"><h1>${say('page_sheet')}</h1>
      ${value ? this.#page(value) : this.#all.render({ ...this.#presence.states(120, 480), complete: () => nothing })}</div>`);
  }

  #page({ own: read, about, say }: Read): TemplateResult {
    const own = this.kept ?? read;
    if (!own) return html`<p class="notice"><span>${say('seeker_sideless')}</span></p>`;
    return html`<p>${say('sheetHow')}</p>${this.#whole(own, say)}
      ${GROUPS[own.seen].map((group, i) => html`${this.#group(group, own, say)}${i === 0 && about ? this.#about(about, say) : nothing}${group.group === 'road' ? this.#promises(own, say) : nothing}`)}`;
  }

  /** How whole the profile is, what that gives, and the next best thing to do. */
  #whole({ complete, seen }: Own, say: Say): TemplateResult {
    const { percent, missing, proposed, proposedFrom, shown, levels } = complete;
    const [next, ...then] = missing;
    const way = (name: string): TemplateResult => {
      const to = wayTo(name, seen);
      const words = said(say, `part_${name}`);
      return 'page' in to ? html`<a href=${to.page}>${words}</a>` : html`<button type="button" class="plain" @click=${() => { this.#goTo(to.field); }}>${words}</button>`;
    };
    return html`<section class="whole" aria-labelledby="whole"><h2 id="whole">${say('sheetPercent', { n: percent })}</h2>
      <svg class="meter" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true"><rect class="base" y="6" width="100" height="8"></rect><rect class="done" y="6" width=${percent} height="8"></rect>
        ${levels.filter((one) => one.percent < 100).map((one) => svg`<line class="mark" vector-effect="non-scaling-stroke" x1=${one.percent} x2=${one.percent} y1="2" y2="18"></line>`)}</svg>
      <p>${proposed ? say('sheetProposed') : say('sheetNotProposed', { n: proposedFrom })}</p>
      ${!shown && seen === 'artist' ? html`<p><a href="/press-kit">${say('sheetPublish')}</a></p>` : nothing}
      ${next ? html`<p class="next"><strong>${say('sheetNext')}</strong> ${way(next)}</p>` : html`<p>${say('sheetWhole')}</p>`}
      ${then.length > 0 ? html`<div class="then small"><span class="muted">${say('sheetThen')}</span>${then.map(way)}</div>` : nothing}
      <ul class="levels" aria-label=${say('sheetLevels')}>${levels.map(({ level, percent: from, reached }) => html`<li class=${reached ? 'reached' : ''}>
        <span><strong>${say(`profile_${level}`, { n: from })}</strong>${reached ? html` <span class="tag good">${say('sheetReached')}</span>` : nothing}</span><span class="small muted">${say(`gives_${level}`)}</span></li>`)}</ul></section>`;
  }

  #group({ group, names }: Group, own: Own, say: Say): TemplateResult {
    const { site } = this;
    const title = said(say, `group_${group}_${own.seen}`) || said(say, `group_${group}`);
    const { figuresAt } = own.sheet;
    return html`<section class="group" aria-labelledby="g-${group}"><div class="head"><h2 id="g-${group}">${title}</h2>
        ${group === 'reach' ? html`<p class="small muted">${say('reachHow')}${figuresAt ? html` ${say('reachRead', { day: day(figuresAt, site.locale) })}` : nothing}</p>` : nothing}${group === 'money' ? html`<p class="small"><a href="/figures#market">${say('sheetMarket')}</a></p>` : nothing}</div>
      <form @submit=${onSubmit((_, form) => { this.#save(group, names, own, form); })}>
        <div class="fields">${names.map((name) => this.#ask(name, own, say))}</div>
        ${outcome(this.#acts, site, group)}${success(this.#acts, group, say('saved'))}
        <div>${button(this.#acts, site, { act: group, label: say('save'), kind: 'primary' })}</div></form></section>`;
  }

  /** One thing, under its name, with why it counts. */
  #ask(name: Name, { sheet, currency }: Own, say: Say): TemplateResult {
    const { locale } = this.site;
    const ask = ASKS[name];
    const value = sheet[name];
    const label = said(say, `sheet_${name}`, { currency });
    const hint = said(say, `because_${name}`);
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    if (ask.how === 'many' || ask.how === 'weekdays') {
      const week = weekdays(locale);
      const of = ask.how === 'many' ? ask.of.map((one) => [one, this.#word(name, one, say)] as const) : week.map(({ long }, i) => [String(i + 1), long] as const);
      const chosen = (value as readonly (string | number)[]).map(String);
      return html`<fieldset class="wide"><legend>${label}</legend><small>${hint}</small><div class="choices">${of.map(([one, words]) => html`<label class="check"><input type="checkbox" name=${name} value=${one} .checked=${chosen.includes(one)}><span>${words}</span></label>`)}</div></fieldset>`;
    }
    if (ask.how === 'season') return this.#season(value as readonly number[], label, hint);
    if (ask.how === 'one') return field({ label, hint }, html`<select name=${name}><option value="" ?selected=${text === ''}>${say('notSaid')}</option>${ask.of.map((one) => html`<option value=${one} ?selected=${one === text}>${this.#word(name, one, say)}</option>`)}</select>`);
    if (ask.how === 'yes') return field({ label, hint }, html`<select name=${name}><option value="" ?selected=${value === null}>${say('notSaid')}</option><option value="yes" ?selected=${value === true}>${say('yes')}</option><option value="no" ?selected=${value === false}>${say('no')}</option></select>`);
    if (ask.how === 'money') return field({ label, hint }, html`<input name=${name} inputmode="decimal" autocomplete="off" .value=${value === null ? '' : typedOf((value as { minor: number }).minor, locale)}>`);
    if (ask.how === 'names') return field({ label, hint, wide: true }, html`<input name=${name} autocomplete="off" maxlength="260" .value=${(value as readonly string[]).join(', ')}>`);
    if (ask.how === 'number') return field({ label, hint }, html`<input name=${name} type="number" inputmode=${(ask.min ?? 0) < 0 ? nothing : 'numeric'} min=${ask.min ?? 0} max=${ask.max} step="1" .value=${text}>`);
    return field({ label, hint }, html`<input name=${name} type=${ask.how === 'hour' ? 'time' : 'date'} .value=${text}>`);
  }

  #word(name: Name, one: string, say: Say): string {
    const { locale } = this.site;
    return name === 'lyrics' ? sung({ say, locale }, one) : coded({ say, locale }, families[name] ?? name, one);
  }

  /** Twelve months, typed below their picture. */
  #season(season: readonly number[], label: string, hint: string): TemplateResult {
    const { locale } = this.site;
    return html`<fieldset class="wide"><legend>${label}</legend><small>${hint}</small>
      ${season.length === 12 ? html`<svg class="bars" viewBox="0 0 120 64" preserveAspectRatio="none" aria-hidden="true">${season.map((n, i) => svg`<rect x=${i * 10 + 1} width="8" y=${64 - n * 0.64} height=${n * 0.64}></rect>`)}</svg>` : nothing}
      <div class="months">${Array.from({ length: 12 }, (_, i) => field({ label: part(`2026-${String(i + 1).padStart(2, '0')}-01`, locale, 'month') }, html`<input name="season" type="number" inputmode="numeric" min="0" max="100" step="1" .value=${season[i] === undefined ? '' : String(season[i])}>`))}</div></fieldset>`;
  }

  /** The words about a place, which its page has and artists read. */
  #about(about: About, say: Say): TemplateResult {
    const { site } = this;
    return html`<section class="group" aria-labelledby="g-about"><div class="head"><h2 id="g-about">${say('group_about')}</h2><p class="small muted">${say('aboutHow')}</p></div>
      <form @submit=${onSubmit((values) => { this.#do('about', async (api) => {
        await api.profiles.updateVenue.mutate({ about: Object.fromEntries(LOCALES.map((lang) => [lang, values[`about_${lang}`] ?? ''] as const).filter(([, words]) => words)) });
        return api.sheets.own.query();
      }); })}>
        <div class="fields">${LOCALES.map((lang, i) => field({ label: say(`lang_${lang}`) }, html`<textarea name="about_${lang}" data-field=${i === 0 ? 'about' : nothing} lang=${lang} maxlength="2000" rows="4" .value=${about[lang] ?? ''}></textarea>`))}</div>
        ${outcome(this.#acts, site, 'about')}${success(this.#acts, 'about', say('saved'))}
        <div>${button(this.#acts, site, { act: 'about', label: say('save'), kind: 'primary' })}</div></form></section>`;
  }

  #promises({ promises, mostPromises }: Own, say: Say): TemplateResult {
    const { site } = this;
    const { locale } = site;
    return html`<section class="group" aria-labelledby="g-promises"><div class="head"><h2 id="g-promises">${say('promisesTitle')}</h2><p class="small muted">${say('promisesHow', { n: mostPromises })}</p></div>
      ${promises.length === 0 ? html`<p class="muted">${say('promisesNone')}</p>` : html`<ul class="lines">${promises.map(({ id, place, km, from, until }) => html`<li><span>${say('promiseLine', { place, km, from: day(from, locale), until: day(until, locale) })}</span>
        <button type="button" class="plain" aria-label=${say('promiseRemove', { place })} ?disabled=${this.#acts.busy !== ''} @click=${() => { this.#do(`unpromise:${id}`, (api) => api.sheets.unpromise.mutate({ id })); }}>${say('remove')}</button>${outcome(this.#acts, site, `unpromise:${id}`)}</li>`)}</ul>`}
      ${promises.length >= mostPromises ? nothing : html`<form @submit=${onSubmit((values, form) => { this.#promise(values, form); })}>
        <div class="fields">${field({ label: say('home'), hint: say('cityHow') }, html`<input name="place" list="places" autocomplete="off" required @input=${(event: InputEvent) => { this.#places.ask((event.currentTarget as HTMLInputElement).value); }}>${this.#places.list()}`)}
          ${field({ label: say('promiseKm') }, html`<input name="km" type="number" inputmode="numeric" min="1" max="2000" step="1" required>`)}
          ${field({ label: say('promiseFrom') }, html`<input name="from" type="date" required>`)}${field({ label: say('promiseUntil') }, html`<input name="until" type="date" required>`)}</div>
        ${outcome(this.#acts, site, 'promise')}
        <div>${button(this.#acts, site, { act: 'promise', label: say('promiseDo') })}</div></form>`}</section>`;
  }

  #promise({ place = '', km = '', from = '', until = '' }: Readonly<Record<string, string>>, form: HTMLFormElement): void {
    this.#do('promise', async (api) => {
      const insee = this.#places.named(place);
      // A town that the list does not know is said, not dropped.
      if (insee === undefined) throw refused('insee');
      const own = await api.sheets.promise.mutate({ insee, km: Number(km), from, until });
      form.reset();
      return own;
    });
  }

  #save(act: string, names: readonly Name[], own: Own, form: HTMLFormElement): void {
    this.#do(act, (api) => {
      const said = new FormData(form);
      return api.sheets.update.mutate(Object.fromEntries(names.map((name) => [name, valueOf(name, said.getAll(name).map((one) => (typeof one === 'string' ? one.trim() : '')), own.currency)])));
    });
  }

  #goTo(name: string): void {
    const target = this.renderRoot.querySelector<HTMLElement>(`[name=${name}], [data-field=${name}]`);
    target?.scrollIntoView({ block: 'center' });
    target?.focus({ preventScroll: true });
  }

  #do(act: string, work: (api: TRPCClient<AppRouter>) => Promise<Own>): void {
    void this.#acts.run(act, async () => { this.kept = await work(this.#server()); });
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

/** A word whose key is put together; empty when we have none. */
function said(say: Say, key: string, figures: Figures = {}): string {
  const words = (say as (key: string, figures: Figures) => string)(key, figures);
  return words === key ? '' : words;
}

/** What is typed of one thing, as the server takes it: nothing typed takes it back. @throws What `outcome` shows, for what is no amount, or a season of some months. */
function valueOf(name: Name, typed: readonly string[], currency: Own['currency']): unknown {
  const { how } = ASKS[name];
  const [first = ''] = typed;
  if (how === 'many') return typed;
  if (how === 'weekdays') return typed.map(Number);
  if (how === 'names') return first.split(',').map((one) => one.trim()).filter(Boolean);
  if (how === 'season') {
    const told = typed.filter(Boolean);
    if (told.length % 12 !== 0) throw refused('season');
    return told.map(Number);
  }
  if (first === '') return null;
  if (how === 'money') {
    const minor = minorOf(first);
    if (minor === null) throw refused(name);
    return { minor, currency };
  }
  return how === 'yes' ? first === 'yes' : how === 'number' ? Number(first) : first;
}

declare global {
  interface HTMLElementTagNameMap { 'flow-sheet': FlowSheet }
}
