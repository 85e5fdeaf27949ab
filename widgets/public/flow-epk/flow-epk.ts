import { consume } from '@lit/context';
import { Task, initialState } from '@lit/task';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PublicRouter } from '../../../server/public-router.ts';
import type { Api } from '../../core/api.ts';
import { clock, duration } from '../../core/format-days.ts';
import { Presence } from '../../core/presence.ts';
import { room } from '../../core/room.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { theme } from '../../core/theme.ts';
import { hostedForm, openRequest, requestForm } from '../../core/wanted.ts';
import { showLine, showsStyles } from '../../parts/shows.ts';
import { styles } from './flow-epk.styles.ts';
import { NEAR } from './near.ts';
import type { Player } from './player.ts';

type Epk = inferRouterOutputs<PublicRouter>['profiles']['epk'];
type Media = Epk['media'][number];

/**
 * An artist's press kit: who they are, how they sound and look, what the press and organisers say of them, where they play next.
 *
 * @slot - What stands there without scripts, or when nothing can be shown: a plain link.
 * @csspart heading - The artist's name.
 * @csspart photo - Each photo.
 * @csspart button - Each button.
 */
export class FlowEpk extends LitElement {
  static override styles = [...theme, room, showsStyles, styles];

  /** The artist, by the short name of its press kit. */
  @property() artist = '';
  /** Where a date is asked for, when that is another page: the button becomes a link to it. */
  @property({ attribute: 'request-href' }) requestHref = '';
  /** The publishable key, for a page whose script tag cannot carry one. */
  @property() key = '';
  /** Instead of the site's own. Tests and stories put a fake here. @internal */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  /** Which parts show below the name, and in which order: `bio audio videos dates photos press technical documents links`. All when empty. */
  @property() show = '';
  /** Writes the artist into the page's own document too, as a MusicGroup for search engines. */
  @property({ type: Boolean, attribute: 'json-ld' }) jsonLd = false;
  /** What became of sharing. */
  @state() private said = '';
  #player: Player | undefined;
  #more: typeof import('./more.ts') | undefined;
  #films: InstanceType<typeof import('./more.ts').Films> | undefined;

  readonly #presence: Presence = new Presence(this, () => this.#epk.run());
  readonly #epk = new Task(this, {
    args: () => [this.#server(), this.artist] as const,
    task: async ([api, artist]) => {
      if (!artist) return initialState;
      const epk = await api.profiles.epk.query({ artist });
      // Before anything shows: nothing moves when they come.
      if (this.jsonLd || epk.rating || epk.videos.length || epk.media.some(({ kind }) => kind === 'video' || kind === 'document')) await this.#load();
      this.#player?.hush();
      this.#player = undefined;
      return epk;
    },
    onComplete: (epk) => {
      this.#presence.arrived();
      if (this.jsonLd) this.#more?.describe(this, epk, this.site.locale);
    },
    onError: this.#presence.failed,
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#player?.hush();
  }

  override render() {
    return this.#presence.stand(this.#epk.render({ ...this.#presence.states(380, 120, 240, 180), complete: (epk) => this.#kit(epk) }));
  }

  async #load(): Promise<typeof import('./more.ts')> {
    this.#more ??= await import('./more.ts');
    this.#films ??= new this.#more.Films(this);
    return this.#more;
  }

  #kit(epk: Epk): TemplateResult {
    const { site, site: { say, locale } } = this;
    const { name, genres, lineUp, durationMinutes, audience, city, tagline, bio, media, quotes, technical, upcoming, links, videos } = epk;
    const of = (...kinds: readonly Media['kind'][]): readonly Media[] => media.filter(({ kind }) => kinds.includes(kind));
    const [first, ...photos] = of('photo');
    const tracks = of('audio');
    const wanted = (this.show || '').split(/[\s,]+/).filter(Boolean);
    const facts = [
      say('lineUp', { n: lineUp }), durationMinutes ? duration(durationMinutes) : '',
      audience.max ? say('audienceFromTo', audience) : '', city, this.#more?.rated(epk, locale),
    ].filter(Boolean);
    const part = (there: unknown, title: string, content: () => unknown) => () => (there ? html`<section>${title ? html`<h3>${title}</h3>` : nothing}${content()}</section>` : nothing);
    const more = this.#more?.titles(locale);
    const parts: Readonly<Record<string, () => unknown>> = {
      bio: part(Object.values(bio).some(Boolean), say('bio'), () => this.#text(bio, 'bio')),
      audio: part(tracks.length, say('listen'), () => html`<ul @keydown=${(event: KeyboardEvent) => this.#player?.key(event)}>${tracks.map((track) => this.#track(track, tracks))}</ul>`),
      videos: part(more && videos.length + of('video').length, more?.videos ?? '', () => html`<ul class="films">${this.#films?.show(epk)}</ul>`),
      dates: part(upcoming.length, say('upcoming'), () => html`<ul class="shows">${upcoming.map((show) => showLine({ ...show, title: show.city || show.place, note: show.city ? show.place : '' }, site))}</ul>`),
      photos: part(photos.length, say('photos'), () => html`<div class="more">${photos.map((photo) => this.#photo(photo, ''))}</div>`),
      press: () => html`${part(quotes.length, say('press'), () => html`<div class="quotes">${quotes.map(({ text, source }) => html`<blockquote><p>${text}</p><cite>${source}</cite></blockquote>`)}</div>`)()}${
        part(more && epk.reviews.length, more?.reviews ?? '', () => this.#more?.reviews(epk, site))()}`,
      technical: part(technical, '', () => html`<details><summary>${say('technical')}</summary><p>${technical}</p></details>`),
      documents: part(more && of('document').length, more?.documents ?? '', () => this.#more?.documents(media, site)),
      links: part(links.length, say('links'), () => html`<p class="links">${links.map(({ label, url }) => html`<a href=${url} target="_blank" rel="noopener nofollow">${label}</a>`)}</p>`),
    };
    return html`<article aria-label=${name}>
      <div class="lead">
        <div>
          <h2 part="heading">${name}</h2>
          <p class="genres">${genres.join(', ')}</p>
          ${this.#text(tagline, 'tagline')}
          <ul class="facts small">${facts.map((fact) => html`<li>${fact}</li>`)}</ul>
          <div class="row">${this.#ask()}<button type="button" part="button" @click=${() => { void this.#share(name); }}>${say('share')}</button><span class="small muted said" role="status">${this.said}</span></div>
        </div>
        ${first && (!wanted.length || wanted.includes('photos')) ? this.#photo(first, 'first') : nothing}
      </div>
      ${(wanted.length ? wanted : Object.keys(parts)).map((one) => parts[one]?.() ?? nothing)}
    </article>`;
  }

  /** A text in the reader's language, else in the nearest that it was written in, which is then said to the screen reader. */
  #text(text: Epk['bio'], name: string): TemplateResult | typeof nothing {
    const { locale } = this.site;
    const lang = ([locale, ...NEAR[locale]] as const).find((one) => text[one]);
    return lang ? html`<p class=${name} lang=${lang}>${text[lang]}</p>` : nothing;
  }

  #ask(): TemplateResult | typeof nothing {
    const { site, site: { say }, artist } = this;
    if (!this.requestHref && requestForm(artist)) return html`<button type="button" class="primary" part="button" @click=${() => openRequest(this, artist)}>${say('askDate')}</button>`;
    const href = this.requestHref || hostedForm(site, this.key, artist);
    return href ? html`<a class="button primary" part="button" href=${href} target=${this.requestHref ? nothing : '_blank'}>${say('askDate')}</a>` : nothing;
  }

  async #share(name: string): Promise<void> {
    this.said = '';
    this.said = await (await this.#load()).share(name, this.site);
  }

  #photo({ url, sources, width, height, alt, title }: Media, name: string): TemplateResult {
    const sizes = name ? '(min-width: 900px) 55vw, 100vw' : 'auto, (min-width: 600px) 280px, 50vw';
    return html`<picture>${sources.slice(0, -1).map(({ type, srcset }) => html`<source type=${type} srcset=${srcset} sizes=${sizes}>`)}
      <img class="photo ${name}" part="photo" src=${url} srcset=${sources.at(-1)?.srcset ?? nothing} sizes=${sizes}
        width=${width ?? nothing} height=${height ?? nothing} loading=${name ? 'eager' : 'lazy'} decoding="async" alt=${alt || title}></picture>`;
  }

  #track(track: Media, tracks: readonly Media[]): TemplateResult {
    const { id, title, durationSeconds } = track;
    const player = this.#player;
    const playing = player?.track === id && player.playing;
    return html`<li class="track">
      <button type="button" part="button" aria-label=${this.site.say(playing ? 'pause' : 'play', { title })} @click=${() => { this.#press(track, tracks); }}>
        <svg viewBox="0 0 18 18" aria-hidden="true"><path d=${playing ? 'M4 3h3.5v12H4zM10.5 3H14v12h-3.5z' : 'M5 2.5l10 6.5-10 6.5z'}></path></svg></button>
      <div class="line"><span>${title}</span>${player?.below(track)}</div>
      <span class="num small muted">${player?.at(id)}${durationSeconds ? clock(durationSeconds) : ''}</span>
    </li>`;
  }

  #press(track: Media, tracks: readonly Media[]): void {
    if (this.#player) {
      this.#player.press(track);
      return;
    }
    // Within the click: a browser lets nothing sound that begins later.
    const audio = new Audio(track.url);
    audio.play().catch(() => undefined);
    void import('./player.ts').then(({ Player: Made }) => {
      this.#player?.hush();
      this.#player = new Made(this, tracks);
      this.#player.take(track, audio);
    }).catch(() => { audio.pause(); });
  }

  #server = () => (this.api ?? this.site.api)<PublicRouter>('/trpc/public', this.key);
}

declare global {
  interface HTMLElementTagNameMap { 'flow-epk': FlowEpk }
}
