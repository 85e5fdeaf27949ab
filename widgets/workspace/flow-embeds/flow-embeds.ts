import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { dayIn, instant } from '../../core/format.ts';
import { Presence, problem } from '../../core/presence.ts';
import { pageSite, siteContext, type Site, type Theme } from '../../core/site.ts';
import { LOCALES, localeOf, speech } from '../../core/messages.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome, word } from '../../parts/desk.ts';
import { copyable, strict } from '../../parts/snippet.ts';
import { KINDS, lostIn, snippetOf, type Kind } from '../../parts/snippets.ts';
import { chart, table } from './chart.ts';
import { styles } from './flow-embeds.styles.ts';
import { attributesOf, chosenOf, contrastsOf, dayAfter, TAGS, type Attribute, type Choice, type Entry, type Look, type Manifest, type Report, type Tag, type Views } from './model.ts';
import { Preview } from './preview.ts';
import { report } from './report.ts';

interface Known { readonly media: string; readonly kind: string; readonly slug: string; readonly sites: readonly Entry[]; readonly manifest: Manifest }
const themes: readonly Theme[] = ['host', 'auto', 'light', 'dark', 'contrast'];
const languages: Readonly<Record<string, string>> = { fr: 'Français', en: 'English', nl: 'Nederlands', de: 'Deutsch' };
const periods = [7, 30, 90, 365] as const;
/** Least contrast of text, WCAG 2.2, 1.4.3. */
const LEAST = 4.5;

/**
 * Where a partner gets a widget onto their page: chooses it, sees it live in their colours, copies what to paste, has the page checked,
 * and reads what happened there.
 */
export class FlowEmbeds extends LitElement {
  static override styles = [...desk, styles];

  /** The site to begin with, `sit_…`; the newest when absent. */
  @property({ attribute: 'site-id' }) siteId = new URLSearchParams(location.search).get('site') ?? '';
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  /** Instead of the manifest that our origin serves. Tests and stories put their own here. */
  @property({ attribute: false }) manifest?: Manifest;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private choice: Choice | null = null;
  @state() private kind: Kind = 'script';
  @state() private width: 'page' | 'phone' = 'page';
  @state() private period: number = 30;
  @state() private dropping = '';
  @state() private rotating = false;
  @state() private found: Report | null = null;

  readonly #acts = new Acts(this);
  readonly #preview = new Preview(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [this.#server(), this.manifest] as const,
    task: async ([api, given]): Promise<Known> => {
      const [me, sites, { kind }, manifest] = await Promise.all([api.identity.me.query(), api.partners.sites.query(), api.identity.organisation.query(), given ?? this.#readManifest()]);
      const slug = kind === 'artist' ? (await api.profiles.ownEpk.query()).artist : '';
      return { media: me.mediaOrigin, kind, slug, sites, manifest };
    },
    onComplete: (known) => {
      this.choice ??= {
        tag: known.kind === 'artist' ? 'flow-epk' : known.kind === 'municipality' ? 'flow-booking-request' : 'flow-programme', given: known.slug ? { artist: known.slug } : {}, lang: '', theme: 'host',
        look: { ground: '#ffffff', ink: '#1d1b18', accent: '#0d5566', font: '' }, coloured: false,
      };
      this.#presence.arrived();
    },
    onError: this.#presence.failed,
  });
  /** What stands where no script runs is in the widget's language, not in the reader's. */
  readonly #named = new Task(this, {
    args: () => [this.choice?.lang ?? '', this.choice?.tag] as const,
    task: async ([lang, tag]) => (lang && tag ? (await speech(localeOf(lang), true))(`tag_${tag}`) : ''),
  });
  readonly #views = new Task(this, {
    args: () => [this.#entry()?.id ?? '', this.period] as const,
    task: async ([siteId, period]): Promise<Views | null> => {
      if (siteId === '') return null;
      const until = dayIn(this.site.timeZone);
      return this.#server().analytics.views.query({ siteId, from: dayAfter(until, 1 - period), until });
    },
  });

  override render() {
    const { sayOwn: say } = this.site;
    const { value } = this.#all;
    const entry = this.#entry();
    return this.#presence.stand(html`<div class="stack"><h1>${say('page_embeds')}</h1><p class="lead">${say('embedsHow')}</p>
      ${!value ? this.#all.render({ ...this.#presence.states(120, 480, 160), complete: () => nothing })
        : !entry || !this.choice ? html`<div class="empty"><h2>${say('sitesEmpty')}</h2><p>${say('sitesEmptyHow')}</p><a class="button primary" href="/sites">${say('siteAdd')}</a></div>`
          : this.#page(value, entry, this.choice)}</div>`);
  }

  #page(known: Known, entry: Entry, choice: Choice): TemplateResult {
    const { sayOwn: say } = this.site;
    const key = liveKey(entry);
    return html`<div class="page">
      ${known.sites.length > 1 ? field({ label: say('embedSite') }, html`<select name="site" @change=${(event: Event) => { [this.siteId, this.found, this.rotating] = [(event.currentTarget as HTMLSelectElement).value, null, false]; }}>
        ${known.sites.map(({ id, name }) => html`<option value=${id} ?selected=${id === entry.id}>${name}</option>`)}</select>`) : nothing}
      <div class="make">
        <div class="choice">${this.#choose(known, choice)}</div>
        <div class="view">${key ? this.#show(choice, key) : html`<p class="notice warn"><span>${say('embedNoKey')} <a href="/sites">${say('page_sites')}</a></span></p>`}</div>
      </div>
      ${key ? this.#paste(known, choice, key) : nothing}
      ${this.#check(entry)}
      ${this.#origins(entry)}
      ${this.#keys(entry)}
      ${this.#happened()}
    </div>`;
  }

  #choose(known: Known, choice: Choice): TemplateResult {
    const { sayOwn: say } = this.site;
    const { tag, lang, theme, look, coloured } = choice;
    const contrasts = contrastsOf(look);
    const figure = (of: number): string => new Intl.NumberFormat(this.site.locale, { maximumFractionDigits: 1 }).format(of);
    const paint = (part: keyof Look) => (event: Event): void => { this.#choice({ look: { ...look, [part]: (event.currentTarget as HTMLInputElement).value }, coloured: true }); };
    const colour = (part: 'ground' | 'ink' | 'accent', label: string): TemplateResult => field({ label }, html`<input type="color" name=${part} .value=${look[part]} @input=${paint(part)}>`);
    return html`
      ${field({ label: say('pasteWhich') }, html`<select name="tag" @change=${(event: Event) => { this.#choice({ tag: (event.currentTarget as HTMLSelectElement).value as Tag, given: known.slug ? { artist: known.slug } : {} }); }}>
        ${TAGS.map((one) => html`<option value=${one} ?selected=${one === tag}>${say(`tag_${one}`)}</option>`)}</select>`)}
      <fieldset><legend>${say('embedFields')}</legend>${attributesOf(known.manifest, tag).map((attribute) => this.#attribute(attribute, choice))}</fieldset>
      <div class="fields">
        ${field({ label: say('embedLang') }, html`<select name="lang" @change=${(event: Event) => { this.#choice({ lang: (event.currentTarget as HTMLSelectElement).value }); }}>
          <option value="" ?selected=${lang === ''}>${say('embedLangPage')}</option>${LOCALES.map((one) => html`<option value=${one} lang=${one} ?selected=${one === lang}>${languages[one]}</option>`)}</select>`)}
        ${field({ label: say('embedTheme') }, html`<select name="theme" @change=${(event: Event) => { this.#choice({ theme: (event.currentTarget as HTMLSelectElement).value as Theme }); }}>
          ${themes.map((one) => html`<option value=${one} ?selected=${one === theme}>${word(say, `theme_${one}`)}</option>`)}</select>`)}
      </div>
      <fieldset><legend>${say('embedLook')}</legend>
        <div class="colours">${colour('ground', say('embedGround'))}${colour('ink', say('embedInk'))}${colour('accent', say('embedAccent'))}</div>
        ${field({ label: say('embedFont'), hint: say('embedFontHow') }, html`<input name="font" maxlength="120" .value=${look.font} @change=${paint('font')}>`)}
        ${coloured ? html`<p role="status" class="notice ${Math.min(contrasts.text, contrasts.accent) >= LEAST ? 'good' : 'warn'}"><span>${say('embedContrast', { text: figure(contrasts.text), accent: figure(contrasts.accent) })}
          ${say(Math.min(contrasts.text, contrasts.accent) >= LEAST ? 'embedContrastGood' : 'embedContrastBad')}</span></p>` : nothing}</fieldset>`;
  }

  /** An attribute that the manifest knows, in our words where we have some. */
  #attribute({ name, kind, choices, description }: Attribute, { given }: Choice): TemplateResult {
    const { sayOwn: say } = this.site;
    const artist = name === 'artist';
    const label = artist ? say('pasteArtist') : word(say, `attr_${name}`) || name;
    const hint = artist ? say('pasteArtistHow') : word(say, `attr_${name}_how`) || (word(say, `attr_${name}`) ? undefined : description);
    const put = (value: string | true): void => { this.#choice({ given: { ...given, [name]: value } }); };
    if (kind === 'flag') return html`<label class="check"><input type="checkbox" name=${name} .checked=${given[name] === true} @change=${(event: Event) => { put((event.currentTarget as HTMLInputElement).checked || ''); }}><span>${label}${hint ? html`<br><small>${hint}</small>` : nothing}</span></label>`;
    const typed = typeof given[name] === 'string' ? given[name] : '';
    const changed = (event: Event): void => { put((event.currentTarget as HTMLInputElement).value.trim()); };
    return field({ label, hint }, kind === 'choice'
      ? html`<select name=${name} @change=${changed}><option value=""></option>${choices.map((one) => html`<option value=${one} ?selected=${one === typed}>${word(say, `choice_${name}_${one}`) || word(say, `${name}_${one}`) || one}</option>`)}</select>`
      : html`<input name=${name} type=${kind === 'number' ? 'number' : 'text'} maxlength="300" .value=${typed} @change=${changed}>`);
  }

  #show(choice: Choice, key: string): TemplateResult {
    const { site } = this;
    const { sayOwn: say } = site;
    const name = say(`tag_${choice.tag}`);
    return html`
      <div class="row between"><h2>${say('preview')}</h2>
        <div class="row" role="group" aria-label=${say('frameWidth')}>${(['page', 'phone'] as const).map((width) => html`<button type="button" aria-pressed=${this.width === width ? 'true' : 'false'} class=${this.width === width ? '' : 'plain'} @click=${() => { this.width = width; }}>${say(`width_${width}`)}</button>`)}</div></div>
      <div class=${this.width}>${this.#preview.render({ chosen: chosenOf(choice, { server: site.server, key, words: this.#named.value || name }), look: choice.look, title: say('previewOf', { name }), site })}</div>
      <p class="small muted">${say('previewNote')}</p>
      <section aria-labelledby="probes"><h3 id="probes">${say('testTitle')}</h3>
        <ul class="probes" aria-live="polite">${this.#preview.probes.map(({ name: step, state }) => html`<li><span class="tag ${state === 'ok' ? 'good' : state === 'no' ? 'bad' : ''}">${say(`test_${state}`)}</span><span>${say(state === 'no' ? `test_${step}_no` : `test_${step}`)}</span></li>`)}</ul></section>`;
  }

  #paste({ media }: Known, choice: Choice, key: string): TemplateResult {
    const { site, kind } = this;
    const { sayOwn: say } = site;
    const chosen = chosenOf(choice, { server: site.server, key, words: this.#named.value || say(`tag_${choice.tag}`) });
    const lost = lostIn(kind, chosen).map((name) => word(say, `lost_${name}`) || word(say, `attr_${name}`) || name);
    return html`<section aria-labelledby="paste"><h2 id="paste">${say('pasteTitle')}</h2>
      <fieldset class="ways"><legend class="sr">${say('wayTitle')}</legend>${KINDS.map((one) => html`<label class="check"><input type="radio" name="way" value=${one} .checked=${one === kind} @change=${() => { this.kind = one; }}><span>${say(`way_${one}`)}</span></label>`)}</fieldset>
      <p>${say(`way_${kind}_how`)}</p>
      <div class="stack small-gap snippet">${copyable(snippetOf(kind, chosen), site)}</div>
      ${lost.length > 0 ? html`<p class="notice warn"><span>${say('wayLost', { what: lost.join(', ') })}</span></p>` : nothing}
      ${strict(chosen, media, site)}</section>`;
  }

  #check(entry: Entry): TemplateResult {
    const { site } = this;
    const { sayOwn: say } = site;
    return html`<section aria-labelledby="check"><h2 id="check">${say('checkTitle')}</h2><p>${say('checkHow')}</p>
      <form @submit=${onSubmit(({ url = '' }) => { void this.#acts.run('check', async () => { this.found = null; this.found = await this.#server().partners.check.mutate({ siteId: entry.id, url }); }); })}>
        ${field({ label: say('checkUrl') }, html`<input name="url" type="url" required maxlength="500" .value=${entry.url}>`)}
        ${outcome(this.#acts, site, 'check')}
        <div>${button(this.#acts, site, { act: 'check', label: say('checkDo') })}</div></form>
      <div role="status" class="stack small-gap">${this.found ? report(this.found, site) : nothing}</div></section>`;
  }

  #origins(entry: Entry): TemplateResult {
    const { site } = this;
    const { sayOwn: say } = site;
    const own = new URL(entry.url).origin;
    const save = (act: string, origins: readonly string[], after: () => void): void => {
      void this.#acts.run(act, () => this.#server().partners.updateSite.mutate({ id: entry.id, name: entry.name, url: entry.url, origins: [...origins] })).then(async (done) => {
        if (!done) return;
        await this.#all.run();
        after();
      });
    };
    return html`<section aria-labelledby="origins"><h2 id="origins">${say('originsTitle')}</h2><p>${say('originsHow')}</p>
      <ul class="origins">${entry.origins.map((origin) => html`<li><code>${origin}</code>${origin === own ? nothing : this.dropping === origin
        ? html`<span class="row"><span>${say('originDropMeans', { origin })}</span>${button(this.#acts, site, { act: `drop:${origin}`, label: say('originDrop'), kind: 'danger', press: () => { save(`drop:${origin}`, entry.origins.filter((one) => one !== origin), () => { this.dropping = ''; }); } })}
          <button type="button" class="plain" @click=${() => { this.dropping = ''; }}>${say('cancel')}</button></span>`
        : html`<button type="button" class="plain" aria-label=${`${say('originDrop')} ${origin}`} @click=${() => { this.dropping = origin; }}>${say('originDrop')}</button>`}${outcome(this.#acts, site, `drop:${origin}`)}</li>`)}</ul>
      <form @submit=${onSubmit(({ origin = '' }, form) => { save('origin', [...entry.origins, origin], () => { form.reset(); }); })}>
        ${field({ label: say('originNew') }, html`<input name="origin" type="url" required placeholder="https://" maxlength="200">`)}${outcome(this.#acts, site, 'origin')}
        <div class="row">${button(this.#acts, site, { act: 'origin', label: say('originAdd') })}</div></form></section>`;
  }

  /** Which keys live, and a new one: what is pasted from then on has it. */
  #keys(entry: Entry): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale, timeZone } = site;
    const act = `rotate:${entry.id}`;
    const rotate = (): void => {
      void this.#acts.run(act, () => this.#server().partners.rotateKey.mutate({ id: entry.id })).then(async (done) => {
        if (!done) return;
        await this.#all.run();
        this.rotating = false;
      });
    };
    return html`<section aria-labelledby="keys"><h2 id="keys">${say('keys')}</h2>
      <ul class="keys" aria-live="polite">${entry.keys.filter(({ revokedAt }) => !revokedAt).map(({ key, expiresAt, createdAt }) => html`<li><code>${key}</code> <span class="small muted">${expiresAt ? say('keyUntil', { at: instant(expiresAt, locale, timeZone) }) : say('keySince', { at: instant(createdAt, locale, timeZone) })}</span></li>`)}</ul>
      ${outcome(this.#acts, site, act)}
      <div class="row">${this.rotating ? html`<span>${say('rotateHow')}</span>${button(this.#acts, site, { act, label: say('rotateKey'), kind: 'primary', press: rotate })}
        <button type="button" class="plain" @click=${() => { this.rotating = false; }}>${say('cancel')}</button>`
        : html`<button type="button" @click=${() => { this.rotating = true; }}>${say('rotateKey')}</button>`}<a href="/sites">${say('keysLink')}</a></div></section>`;
  }

  #happened(): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const number = new Intl.NumberFormat(locale);
    return html`<section aria-labelledby="happened"><div class="row between"><h2 id="happened">${say('viewsTitle')}</h2>
        <label class="row"><span class="sr">${say('viewsPeriod')}</span><select name="period" @change=${(event: Event) => { this.period = Number((event.currentTarget as HTMLSelectElement).value); }}>${periods.map((days) => html`<option value=${days} ?selected=${days === this.period}>${say('periodDays', { n: days })}</option>`)}</select></label></div>
      <p class="small muted">${say('viewsHow')}</p>
      ${this.#views.render({
        pending: () => html`<div class="bone" .style=${'height:160px'}></div>`,
        error: problem(say, () => this.#views.run()),
        complete: (views) => (!views ? nothing : views.all.views + views.all.requests + views.all.errors === 0 ? html`<p class="notice">${say('viewsNone')}</p>` : html`
          <dl class="totals">${(['views', 'requests', 'conversions', 'errors'] as const).map((sum) => html`<div><dt>${say(`sum_${sum}`)}</dt><dd>${number.format(views.all[sum])}</dd></div>`)}</dl>
          ${chart(views, site)}
          <h3>${say('pagesBest')}</h3>${table(say('col_page'), views.pages.slice(0, 10).map((page) => ({ ...page, key: page.key || say('pageOther') })), site)}
          ${views.faults.length > 0 ? html`<h3>${say('faultsTitle')}</h3><ul class="found">${views.faults.map(({ code, n }) => html`<li><span class="tag warn">${number.format(n)}</span><span>${word(say, `fault_${code}`) || say('fault_other')} <small><code>${code}</code></small></span></li>`)}</ul>` : nothing}`),
      })}</section>`;
  }

  #choice(changed: Partial<Choice>): void {
    if (this.choice) this.choice = { ...this.choice, ...changed };
  }

  #entry(): Entry | undefined {
    const sites = this.#all.value?.sites ?? [];
    return sites.find(({ id }) => id === this.siteId) ?? sites[0];
  }

  async #readManifest(): Promise<Manifest> {
    const answer = await fetch(`${this.site.server}/v1/custom-elements.json`);
    if (!answer.ok) throw new TypeError('The manifest is not there.');
    return await answer.json() as Manifest;
  }

  #server = (): TRPCClient<AppRouter> => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

/** The key that a snippet carries: one that will not run out, else one that still lives. */
const liveKey = ({ keys }: Entry): string | undefined => (keys.find(({ revokedAt, expiresAt }) => !revokedAt && !expiresAt) ?? keys.find(({ revokedAt }) => !revokedAt))?.key;

declare global {
  interface HTMLElementTagNameMap { 'flow-embeds': FlowEmbeds }
}
