import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import { reasonOf, type Api } from '../../core/api.ts';
import { day as written, dayIn, duration, hour, instant, longDay, shortDay } from '../../core/format.ts';
import { NAMES, remembered } from '../../core/own.ts';
import { passing, Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import type { OwnKey } from '../../core/words.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome, success, word } from '../../parts/desk.ts';
import { save } from '../../parts/save.ts';
import { styles } from './flow-roadbook.styles.ts';
import { forget, keep, kept } from './kept.ts';
import { cardsOf, FILES, MOST_PRINTED, type Card, type Drive, type Evening, type FileKind, type Read, type RoadDay, type RoadLink } from './model.ts';

/**
 * The roadbook of a tour, for a phone on the road: today first, whom to call, where to drive. What was read last is kept and shown without a network.
 * Whoever plans the tour gives it to the crew from here.
 */
export class FlowRoadbook extends LitElement {
  static override styles = [...desk, styles];

  /** The scenario to show, `tsc_…`, for somebody who is signed in. */
  @property() scenario = '';
  /** One artist alone, `org_…`. */
  @property() artist = '';
  /** The token of a crew's link, instead of a scenario. */
  @property({ attribute: false }) token = '';
  /** Today, where it is not the device's. */
  @property() today = '';
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private links: readonly RoadLink[] | null = null;
  @state() private made: { readonly url: string; readonly until: string } | null = null;

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#read.run());
  readonly #read = new Task(this, {
    args: () => [this.token, this.scenario, this.artist, this.api] as const, task: ([token, scenario, artist]) => this.#load(token, scenario, artist),
    onComplete: () => { this.#presence.arrived(); if (!this.token && this.links === null) void this.#readLinks(); }, onError: this.#presence.failed,
  });
  readonly #again = (): void => { void this.#read.run(); };

  override connectedCallback(): void { super.connectedCallback(); addEventListener('online', this.#again); }
  override disconnectedCallback(): void { super.disconnectedCallback(); removeEventListener('online', this.#again); }

  protected override willUpdate(changed: PropertyValues<this>): void { if (changed.has('scenario')) [this.links, this.made] = [null, null]; }

  override render() {
    return this.#presence.stand(html`<div class="stack">${this.#read.render({ ...this.#presence.states(96, 320, 320), complete: (found) => this.#page(found) })}</div>`);
  }

  #page({ read: { book, readAt }, old }: { readonly read: Read; readonly old: boolean }): TemplateResult {
    const { sayOwn: say, locale, timeZone } = this.site;
    const today = this.today || dayIn(timeZone);
    const when = instant(readAt, locale, timeZone);
    const now = book.days.filter(({ day }) => day === today);
    const next = book.days.filter(({ day }) => day > today);
    const past = book.days.filter(({ day }) => day < today);
    const many = book.artists.length > 1;
    const names = new Map(book.artists.map(({ id, name }) => [id, name]));
    const cards = (days: readonly RoadDay[], current = false) => html`<div class="days">${cardsOf(days).map((one) => this.#card(one, many ? names.get(one.artist) ?? '' : '', current))}</div>`;
    return html`<header class="stack"><h1>${say('page_roadbook')}</h1><p class="lead">${[...names.values()].join(', ')}${names.size > 0 ? ' · ' : ''}${book.plan}</p>
      ${old ? html`<p class="notice" role="status"><span>${say('roadKept', { when })}</span></p>` : html`<p class="small muted">${say('roadFrom', { when })}</p>`}</header>
      ${book.days.length === 0 ? html`<p>${say('roadNothing')}</p>` : html`
        ${now.length > 0 ? html`<section class="stack"><h2>${say('roadToday')}</h2>${cards(now, true)}</section>` : nothing}
        ${next.length > 0 ? html`<section class="stack"><h2>${say('roadNext')}</h2>${cards(next)}</section>` : now.length === 0 ? html`<p>${say('roadOver')}</p>` : nothing}
        ${past.length > 0 ? html`<details><summary>${say('roadPast')} (${past.length})</summary>${cards(past)}</details>` : nothing}`}
      ${this.#tools(book.days.length)}${this.token || old ? nothing : this.#crew()}`;
  }

  #card({ day, kind, drives, show, bed, shared, until, nights }: Card, artist: string, current: boolean): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    const night = bed ? say(bed.kind === 'town' ? 'roadNight' : 'roadNightRoad', { city: bed.city, n: bed.people }) : nights > 1 ? say('roadNightsHome', { n: nights }) : say('roadNightHome');
    return html`<article class=${current ? 'now' : ''}><div class="top"><h3>${until === day ? longDay(day, locale) : `${written(day, locale)} – ${written(until, locale)}`}</h3><span class="tag">${artist ? `${artist} · ` : ''}${word(say, `road_${kind}`)}</span></div>
      ${drives.map((drive) => this.#drive(drive, day))}
      ${show ? this.#show(show) : nothing}
      <p class="small">${[night, ...shared.map(({ what, with: others }) => word(say, `roadWith_${what}`, { with: others.join(', ') }))].join(' · ')}</p></article>`;
  }

  #drive({ from, to, leaves, arrives, metres, minutes, breakMinutes, border, sea, roughly, tight }: Drive, day: string): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    const at = (moment: Drive['leaves']): string => `${moment.day === day ? '' : `${shortDay(moment.day, locale)}, `}${hour(moment.hour, locale)}`;
    const km = `${roughly ? '≈ ' : ''}${new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(metres / 1_000)}\u00a0km`;
    const notes = [km, duration(minutes), breakMinutes ? say('roadBreak', { time: duration(breakMinutes) }) : '', border ? say('roadBorder', { from: border[0], to: border[1] }) : '', sea ? say('roadSea') : ''].filter(Boolean);
    return html`<div class="drive"><p><b>${say('roadLeave', { hour: at(leaves) })}</b>, ${say('roadArrive', { hour: at(arrives) })}</p><p>${from.city} → ${to.city}</p><p class="small muted">${notes.join(' · ')}</p>
      ${tight ? html`<p class="notice"><span>${say('roadTight')}</span></p>` : nothing}</div>`;
  }

  #show({ title, at, address, capacity, loadIn, soundCheck, doors, starts, ends, curfew, contact, technical, standing }: Evening): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    const hours: readonly (readonly [OwnKey, Evening['doors']])[] = [['roadLoadIn', loadIn], ['roadSoundCheck', soundCheck], ['roadDoors', doors], ['roadStarts', starts], ['roadEnds', ends], ['roadCurfew', curfew]];
    const place = `${at.lat.toFixed(6)},${at.lng.toFixed(6)}`;
    const name = contact.name || title || at.city;
    return html`<div class="stage"><h4>${title || at.city}</h4>
      <p class="place">${[address, at.city, at.country].filter(Boolean).join(', ')}${capacity ? ` · ${say('roadSeats', { n: capacity })}` : ''}${standing === 'fixed' ? '' : ` · ${say('roadPlanned')}`}</p>
      <dl>${hours.map(([label, moment]) => (moment ? html`<div><dt>${say(label)}</dt><dd>${hour(moment.hour, locale)}</dd></div>` : nothing))}</dl>
      <div class="call">${contact.phone ? html`<a class="button primary" href="tel:${contact.phone.replaceAll(/[^+\d]/g, '')}">${say('roadCall', { name })}</a>` : nothing}${contact.email ? html`<a class="button" href="mailto:${encodeURIComponent(contact.email).replace('%40', '@')}">${say('roadMail', { name })}</a>` : nothing}
        <a class="button" href="geo:${place}?q=${place}(${encodeURIComponent(title || at.city)})">${say('roadMap')}</a></div>
      ${contact.phone || contact.email ? nothing : html`<p class="small muted">${say('roadNoContact')}</p>`}
      ${technical ? html`<details><summary>${say('roadTechnical')}</summary><p class="words small">${technical}</p></details>` : nothing}</div>`;
  }

  #tools(days: number): TemplateResult | typeof nothing {
    const { site } = this;
    const { sayOwn: say } = site;
    if (days === 0) return nothing;
    const long = days > MOST_PRINTED;
    const labels = { pdf: 'roadPdf', ics: 'roadIcs', gpx: 'roadGpx' } as const;
    return html`<section class="stack tools"><h2>${say('roadTake')}</h2><div class="row">
      ${FILES.filter((kind) => kind !== 'pdf' || !long).map((kind) => (this.token ? button(this.#acts, site, { act: kind, label: say(labels[kind]), press: () => { this.#take(kind); } }) : html`<a class="button" href=${this.#address(kind)}>${say(labels[kind])}</a>`))}
      ${this.token || long ? nothing : html`<a class="button" href=${this.#address('pdf', 'no')}>${say('roadPdfBare')}</a>`}
      ${'share' in navigator ? button(this.#acts, site, { act: 'share', label: say('roadShareIcs'), press: () => { this.#share(); } }) : nothing}
      <button type="button" @click=${() => { window.print(); }}>${say('roadPrint')}</button></div>${long ? html`<p class="small muted">${say('roadbook_long', { most: MOST_PRINTED })}</p>` : nothing}${[...FILES, 'share'].map((act) => outcome(this.#acts, site, act))}</section>`;
  }

  #crew(): TemplateResult {
    const { site, made, links } = this;
    const { sayOwn: say, locale } = site;
    return html`<section class="stack tools"><h2>${say('roadCrew')}</h2><p>${say('roadCrewHow')}</p>
      <form class="make" @submit=${onSubmit(({ name = '' }, form) => { this.#make(name, form); })}>${field({ label: say('roadCrewName') }, html`<input name="name" maxlength="80" autocomplete="off">`)}${button(this.#acts, site, { act: 'make', label: say('roadCrewMake'), kind: 'primary' })}</form>
      ${outcome(this.#acts, site, 'make')}${outcome(this.#acts, site, 'links')}${success(this.#acts, 'make', html`<span>${say('roadCrewMade')}</span>${made ? html` <span class="url">${made.url}</span>` : nothing}`)}
      ${links === null ? nothing : links.length === 0 ? html`<p class="small muted">${say('roadCrewNone')}</p>` : html`<ul class="links">${links.map(({ id, name, createdAt }) => html`<li><span>${name || say('roadUntitled')} <small>${say('roadCrewSince', { day: written(createdAt.slice(0, 10), locale) })}</small></span>
        ${button(this.#acts, site, { act: `revoke:${id}`, label: say('roadCrewRevoke', { name: name || say('roadUntitled') }), kind: 'danger', press: () => { this.#revoke(id); } })}${outcome(this.#acts, site, `revoke:${id}`)}</li>`)}</ul>`}
      <div role="status">${this.#acts.done.startsWith('revoke:') ? html`<p class="notice good">${say('roadCrewRevoked')}</p>` : nothing}</div></section>`;
  }

  /** From the server; where that is away, what was kept. A link that is dead leaves nothing behind. */
  async #load(token: string, scenario: string, artist: string): Promise<{ read: Read; old: boolean }> {
    const key = token || `${scenario} ${artist}`;
    try {
      const read = token ? await this.#server().roadbooks.open.mutate({ token }) : await this.#server().roadbooks.book.query({ scenarioId: scenario, artist: artist || null, money: false });
      await keep(key, read);
      return { read, old: false };
    } catch (error) {
      if (!passing(reasonOf(error))) {
        await forget(key);
        throw error;
      }
      const read = await kept(key);
      if (!read) throw error;
      return { read, old: true };
    }
  }

  async #readLinks(): Promise<void> { this.links = await this.#server().roadbooks.links.query({ scenarioId: this.scenario }).catch(() => null); }

  #make(name: string, form: HTMLFormElement): void {
    void this.#acts.run('make', async () => {
      const { url, until, ...link } = await this.#server().roadbooks.share.mutate({ scenarioId: this.scenario, artist: this.artist || null, name });
      [this.made, this.links] = [{ url, until }, [...this.links ?? [], link]];
      form.reset();
    });
  }

  #revoke(id: string): void {
    void this.#acts.run(`revoke:${id}`, async () => {
      await this.#server().roadbooks.revoke.mutate({ id });
      [this.made, this.links] = [null, (this.links ?? []).filter((link) => link.id !== id)];
    });
  }

  #address(kind: FileKind, money = ''): string {
    const query = new URLSearchParams(Object.entries({ artist: this.artist, lang: this.site.locale, money, org: remembered.read(NAMES.organisation) }).filter(([, value]) => value));
    return `/tours/${this.scenario}/roadbook.${kind}?${query.toString()}`;
  }

  #file = (kind: FileKind) => this.#server().roadbooks.openFile.mutate({ token: this.token, kind, locale: this.site.locale });

  #take(kind: FileKind): void { void this.#acts.run(kind, async () => { save(await this.#file(kind)); }); }

  /** Hands the calendar to another app of the phone; where none takes a file, it is saved. */
  #share(): void {
    void this.#acts.run('share', async () => {
      if (!this.token) {
        await navigator.share({ title: this.site.sayOwn('page_roadbook'), url: new URL(this.#address('ics', 'no'), location.href).href }).catch(() => undefined);
        return;
      }
      const file = await this.#file('ics');
      const bytes = Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0));
      const data = { files: [new File([bytes], file.name, { type: 'text/calendar' })] };
      if (navigator.canShare(data)) await navigator.share(data).catch(() => undefined);
      else save(file);
    });
  }

  #server = (): TRPCClient<AppRouter> => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-roadbook': FlowRoadbook }
}
