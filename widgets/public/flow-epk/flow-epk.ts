import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, html, nothing, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PublicRouter } from '../../../server/public-router.ts';
import type { Api } from '../../core/api.ts';
import { clock, duration } from '../../core/format-days.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { theme } from '../../core/theme.ts';
import { openRequest, requestForm } from '../../core/wanted.ts';
import { showLine, showsStyles } from '../../parts/shows.ts';
import { styles } from './flow-epk.styles.ts';

type Epk = inferRouterOutputs<PublicRouter>['profiles']['epk'];
type Media = Epk['media'][number];

/**
 * An artist's press kit: who they are, how they sound and look, what is said of them, where they play next.
 *
 * @slot - What stands there without scripts, or when nothing can be shown: a plain link.
 * @csspart heading - The artist's name.
 * @csspart photo - Each photo.
 * @csspart button - Each button.
 */
export class FlowEpk extends LitElement {
  static override styles = [...theme, showsStyles, styles];

  /** The artist, by the short name of its press kit. */
  @property() artist = '';
  /** Where a date is asked for, when that is another page: the button becomes a link to it. */
  @property({ attribute: 'request-href' }) requestHref = '';
  /** The publishable key, for a page whose script tag cannot carry one. */
  @property() key = '';
  /** Instead of the site's own. Tests and stories put a fake here. @internal */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  /** The recording that was last played. */
  @state() private track = '';
  @state() private playing = false;
  @state() private seconds = 0;
  @state() private dead: readonly string[] = [];
  @state() private drawn = '';
  #player: HTMLAudioElement | undefined;

  readonly #presence: Presence = new Presence(this, () => this.#epk.run());
  readonly #epk = new Task(this, {
    args: () => [this.#server(), this.artist] as const,
    task: ([api, artist]) => api.profiles.epk.query({ artist }),
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#player?.pause();
  }

  override render() {
    return this.#presence.stand(this.#epk.render({ ...this.#presence.states(380, 120, 240, 180), complete: (epk) => this.#kit(epk) }));
  }

  #kit(epk: Epk): TemplateResult {
    const { say } = this.site;
    const { name, genres, lineUp, durationMinutes, audience, city, tagline, bio, media, quotes, technical, upcoming, links } = epk;
    const [first, ...photos] = media.filter(({ kind }) => kind === 'photo');
    const tracks = media.filter(({ kind }) => kind === 'audio');
    const facts = [
      say('lineUp', { n: lineUp }), durationMinutes ? duration(durationMinutes) : '',
      audience.max ? say('audienceFromTo', audience) : '', city,
    ].filter(Boolean);
    const section = (title: string, content: unknown): TemplateResult => html`<section><h3>${title}</h3>${content}</section>`;
    return html`<article aria-label=${name}>
      <div class="lead">
        <div>
          <h2 part="heading">${name}</h2>
          <p class="genres">${genres.join(', ')}</p>
          ${this.#text(tagline, 'tagline')}
          <ul class="facts small">${facts.map((fact) => html`<li>${fact}</li>`)}</ul>
          ${this.#ask()}
        </div>
        ${first ? this.#photo(first, 'first') : nothing}
      </div>
      ${bio.fr || bio.en ? section(say('bio'), this.#text(bio, 'bio')) : nothing}
      ${tracks.length ? section(say('listen'), html`<ul>${tracks.map((track) => this.#track(track))}</ul>`) : nothing}
      ${upcoming.length ? section(say('upcoming'), html`<ul class="shows">${upcoming.map((show) => showLine({ ...show, title: show.city || show.place, note: show.city ? show.place : '' }, this.site))}</ul>`) : nothing}
      ${photos.length ? section(say('photos'), html`<div class="more">${photos.map((photo) => this.#photo(photo, ''))}</div>`) : nothing}
      ${quotes.length ? section(say('press'), html`<div class="quotes">${quotes.map(({ text, source }) => html`<blockquote><p>${text}</p><cite>${source}</cite></blockquote>`)}</div>`) : nothing}
      ${technical ? html`<section><details><summary>${say('technical')}</summary><p>${technical}</p></details></section>` : nothing}
      ${links.length ? section(say('links'), html`<p class="links">${links.map(({ label, url }) => html`<a href=${url} target="_blank" rel="noopener nofollow">${label}</a>`)}</p>`) : nothing}
    </article>`;
  }

  /** A text in the reader's language, else in the one it was written in, which is then said to the screen reader. */
  #text(text: Epk['bio'], name: string): TemplateResult | typeof nothing {
    const { locale } = this.site;
    const lang = ([locale, 'fr', 'en', 'nl', 'de'] as const).find((one) => text[one]);
    return lang ? html`<p class=${name} lang=${lang}>${text[lang]}</p>` : nothing;
  }

  #ask(): TemplateResult | typeof nothing {
    const { site: { say }, artist } = this;
    if (this.requestHref) return html`<a class="button primary" part="button" href=${this.requestHref}>${say('askDate')}</a>`;
    return requestForm(artist) ? html`<button type="button" class="primary" part="button" @click=${() => openRequest(this, artist)}>${say('askDate')}</button>` : nothing;
  }

  #photo({ url, smallUrl, width, height, alt, title }: Media, name: string): TemplateResult {
    return html`<img class="photo ${name}" part="photo" src=${url} srcset=${smallUrl && width ? `${smallUrl} 640w, ${url} ${width}w` : nothing} sizes=${name ? '(min-width: 900px) 55vw, 100vw' : '(min-width: 600px) 280px, 50vw'}
      width=${width ?? nothing} height=${height ?? nothing} loading=${name ? 'eager' : 'lazy'} decoding="async" alt=${alt || title}>`;
  }

  #track({ id, title, url, durationSeconds }: Media): TemplateResult {
    const { say } = this.site;
    const chosen = this.track === id;
    const playing = chosen && this.playing;
    if (this.dead.includes(id)) return html`<li class="track"><span></span><span class="line">${title}<small class="muted">${say('audioDead')}</small></span></li>`;
    return html`<li class="track">
      <button type="button" part="button" aria-label=${say(playing ? 'pause' : 'play', { title })} @click=${() => { this.#play(id, url); }}>
        <svg viewBox="0 0 18 18" aria-hidden="true">${playing ? svg`<path d="M4 3h3.5v12H4zM10.5 3H14v12h-3.5z"></path>` : svg`<path d="M5 2.5l10 6.5-10 6.5z"></path>`}</svg></button>
      <div class="line ${chosen && this.drawn === id ? 'drawn' : ''}"><span>${title}</span>${chosen ? html`
        <div class="wave" aria-hidden="true" ?hidden=${this.drawn !== id}></div>
        <input class="seek" type="range" min="0" max=${durationSeconds ?? 0} step="1" aria-label=${say('seek', { title })} aria-valuetext=${clock(this.seconds)} .value=${String(this.seconds)} @input=${this.#seek}>` : nothing}</div>
      <span class="num small muted">${chosen ? `${clock(this.seconds)} / ` : ''}${durationSeconds ? clock(durationSeconds) : ''}</span>
    </li>`;
  }

  #play(id: string, url: string): void {
    if (this.track === id && this.#player) {
      if (this.playing) this.#player.pause(); else void this.#player.play().catch(() => undefined);
      return;
    }
    this.#player?.pause();
    const player = new Audio();
    const mine = (): boolean => this.#player === player;
    player.addEventListener('play', () => { if (mine()) this.playing = true; });
    player.addEventListener('pause', () => { if (mine()) this.playing = false; });
    player.addEventListener('ended', () => { if (mine()) this.seconds = 0; });
    player.addEventListener('timeupdate', () => { if (mine()) this.seconds = Math.floor(player.currentTime); });
    player.addEventListener('error', () => { if (mine()) this.dead = [...this.dead, id]; });
    Object.assign(this, { track: id, seconds: 0, drawn: '' });
    this.#player = player;
    player.src = url;
    void player.play().catch(() => undefined);
    void this.#wave(id, player);
  }

  /** The wave is a picture of what already plays: where it cannot be drawn, the plain slider stays. */
  async #wave(id: string, player: HTMLAudioElement): Promise<void> {
    try {
      const { drawWave } = await import('./wave.ts');
      await this.updateComplete;
      const box = this.renderRoot.querySelector<HTMLElement>('.wave');
      if (!box || this.#player !== player) return;
      await drawWave(box, player, this.site.nonce);
      if (this.#player === player) this.drawn = id;
    } catch {
      this.drawn = '';
    }
  }

  readonly #seek = ({ target }: Event): void => {
    if (this.#player) this.#player.currentTime = Number((target as HTMLInputElement).value);
  };

  #server = () => (this.api ?? this.site.api)<PublicRouter>('/trpc/public', this.key);
}

declare global {
  interface HTMLElementTagNameMap { 'flow-epk': FlowEpk }
}
