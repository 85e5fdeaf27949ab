import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { minorOf, typedOf } from '../../core/amount.ts';
import { clock, duration } from '../../core/format.ts';
import { LOCALES } from '../../core/messages.ts';
import { upload } from '../../core/own.ts';
import { Presence, wordsOf } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome, success, word } from '../../parts/desk.ts';
import { copyable } from '../../parts/snippet.ts';
import { snippetOf } from '../../parts/snippets.ts';
import { TypeAhead } from '../../parts/type-ahead.ts';
import { styles } from './flow-press-kit.styles.ts';

type Kit = inferRouterOutputs<AppRouter>['profiles']['ownEpk'];
type Piece = Kit['media'][number];
type Values = Readonly<Record<string, string>>;
interface Sending { readonly name: string; readonly done: number; readonly error: unknown }

/** Lines of a press kit: one empty line more is shown than there are, up to these. */
const FILMS = 6;
const QUOTES = 6;
const LINKS = 8;

/** What is typed in numbered lines, without those whose `needed` part is empty. */
const lines = (values: Values, name: string, most: number, needed: string, other: string) => Array.from({ length: most }, (_, i) => ({ [needed]: values[`${name}_${needed}_${i}`] ?? '', [other]: values[`${name}_${other}_${i}`] ?? '' }))
  .filter((line) => line[needed]);

const ADD = { photo: 'addPhotos', audio: 'addAudio', video: 'addFilm', document: 'addPapers' } as const;

/** What the artist's language calls a genre of the kit; one not kept yet, or of the artist's own, as it was typed. */
const genreWords = ({ genreLabels }: Kit, genre: string, locale: Site['locale']): string => genreLabels[genre]?.[locale] ?? genre;

const refused = (fieldName: string): Error => Object.assign(new Error('input_invalid'), { data: { reason: 'input_invalid', details: { field: fieldName } } });

/** The press kit as its artist writes it: texts, photos and recordings, a preview beside it, and what is missing before anybody sees it. */
export class FlowPressKit extends LitElement {
  static override styles = [...desk, styles];

  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  /** Takes a file to the server. Tests and stories put a fake here. */
  @property({ attribute: false }) send: (fields: { file: File; kind: Piece['kind'] }, progress: (done: number) => void) => Promise<unknown> = (fields, progress) => upload('/upload', fields, progress);
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  /** What is typed and not kept yet: the preview shows it. */
  @state() private draft: Values = {};
  @state() private genres: readonly string[] | null = null;
  @state() private sending: readonly Sending[] = [];
  @state() private removing = '';

  #turn: Promise<unknown> = Promise.resolve();
  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #places = new TypeAhead<string>(this, 'places', async (q) => (await this.#server().profiles.places.query({ q })).map((place) => ({ words: `${place.name} (${place.postcode})`, thing: place.insee })));
  readonly #genres = new TypeAhead<string>(this, 'genres', async (q) => (await this.#server().profiles.genres.query({ q, locale: this.site.locale })).map((genre) => ({ words: genre, thing: genre })));
  readonly #all = new Task(this, {
    args: () => [this.#server()] as const,
    task: async ([api]) => {
      const [kit, sites] = await Promise.all([api.profiles.ownEpk.query(), api.partners.sites.query()]);
      return { kit, key: sites.flatMap(({ keys }) => keys).find(({ revokedAt, expiresAt }) => !revokedAt && !expiresAt)?.key ?? '' };
    },
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override render() {
    const { sayOwn: say } = this.site;
    const { value } = this.#all;
    return this.#presence.stand(html`<div class="stack"><h1>${say('page_press-kit')}</h1>
      ${value ? this.#desk(value.kit, value.key) : this.#all.render({ ...this.#presence.states(60, 480), complete: () => nothing })}</div>`);
  }

  #desk(kit: Kit, key: string) {
    return html`${this.#publish(kit, key)}
      <div class="columns"><div class="main">${this.#pictures(kit)}${this.#form(kit)}${this.#recordings(kit)}${this.#own(kit, 'video')}${this.#own(kit, 'document')}</div><aside>${this.#preview(kit)}</aside></div>`;
  }

  #publish(kit: Kit, key: string): TemplateResult {
    const { site } = this;
    const { sayOwn: say } = site;
    const missing = kit.missing.map((name) => word(say, `missing_${name}`) || name);
    const public_ = kit.publishedAt !== null;
    return html`<section class="publish">
      ${missing.length > 0 ? html`<p class="notice warn"><span>${say('kitMissing')} ${missing.join(', ')}.</span></p>` : html`<p class="notice good"><span>${say(public_ ? 'kitPublic' : 'kitReady')}</span></p>`}
      ${outcome(this.#acts, site, 'publish')}
      <div class="row">${public_
        ? button(this.#acts, site, { act: 'publish', label: say('unpublish'), press: () => { this.#do('publish', (api) => api.profiles.publishEpk.mutate({ published: false })); } })
        : html`<button type="button" class="primary" ?disabled=${missing.length > 0 || this.#acts.busy !== ''} @click=${() => { this.#do('publish', (api) => api.profiles.publishEpk.mutate({ published: true })); }}>${say('publish')}</button>`}</div>
      ${public_ ? html`<details open><summary>${say('embedTitle')}</summary><div class="stack small-gap">${key ? html`${copyable(snippetOf('script', { server: site.server, key, tag: 'flow-epk', attributes: { artist: kit.artist } }), site)}<p class="small muted">${say('pasteHow')} <a href="/sites">${say('page_sites')}</a></p>`
        : html`<p>${say('embedNoSite')} <a href="/sites">${say('siteAdd')}</a></p>`}</div></details>` : nothing}</section>`;
  }

  #form(kit: Kit) {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const amount = (minor: number) => (minor > 0 ? typedOf(minor, locale) : '');
    const genres = this.genres ?? kit.genres;
    return html`<form @input=${(event: Event) => { this.draft = Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement)) as Values; }} @submit=${onSubmit((values) => { this.#save(kit, values); })}>
      <section><h2>${say('kitIdentity')}</h2><div class="fields">
        ${field({ label: say('artistName') }, html`<input name="name" required minlength="2" maxlength="120" .value=${kit.name}>`)}
        ${field({ label: say('slug'), hint: say('slugHow') }, html`<input name="artist" required pattern="[a-z0-9]([a-z0-9\\-]{0,58}[a-z0-9])" .value=${kit.artist}>`)}
        <div class="field wide"><span id="genres-label">${say('genres')}</span>
          ${genres.length > 0 ? html`<ul class="chips" aria-labelledby="genres-label">${genres.map((genre) => html`<li>${genreWords(kit, genre, locale)}<button type="button" class="plain" aria-label=${say('removeGenre', { genre: genreWords(kit, genre, locale) })} @click=${() => { this.genres = genres.filter((one) => one !== genre); }}>×</button></li>`)}</ul>` : nothing}
          <div class="row add"><input name="genre" list="genres" autocomplete="off" aria-labelledby="genres-label" ?disabled=${genres.length >= 8} @input=${(event: InputEvent) => { this.#genres.ask((event.currentTarget as HTMLInputElement).value); }}
            @keydown=${(event: KeyboardEvent) => { if (event.key === 'Enter') { event.preventDefault(); this.#addGenre(genres); } }}>${this.#genres.list()}
            <button type="button" @click=${() => { this.#addGenre(genres); }}>${say('add')}</button></div><small>${say('genresLimit')}</small></div>
        ${field({ label: say('home'), hint: say('cityHow') }, html`<input name="place" list="places" autocomplete="off" .value=${kit.city} @input=${(event: InputEvent) => { this.#places.ask((event.currentTarget as HTMLInputElement).value); }}>${this.#places.list()}`)}
        ${field({ label: say('onStage') }, html`<input name="lineUp" type="number" min="1" max="120" required .value=${String(kit.lineUp)}>`)}
        ${field({ label: say('durationOf'), hint: say('durationHow') }, html`<input name="durationMinutes" type="number" min="5" max="600" required .value=${String(kit.durationMinutes)}>`)}</div></section>
      <section><h2>${say('kitTexts')}</h2><div class="fields">
        ${LOCALES.map((lang) => field({ label: `${say('tagline')} · ${say(`lang_${lang}`)}` }, html`<input name="tagline_${lang}" lang=${lang} maxlength="200" .value=${kit.tagline[lang] ?? ''}>`))}
        ${LOCALES.map((lang) => field({ label: `${say('bio')} · ${say(`lang_${lang}`)}` }, html`<textarea name="bio_${lang}" lang=${lang} maxlength="6000" rows="8" .value=${kit.bio[lang] ?? ''}></textarea>`))}</div></section>
      <section><h2>${say('films')}</h2><p class="small muted">${say('filmsHow')}</p><div class="fields">
        ${[...kit.videos, { url: '', title: '' }].slice(0, FILMS).map(({ url, title }, i) => html`
          ${field({ label: say('filmUrl', { n: i + 1 }) }, html`<input name="film_url_${i}" type="url" inputmode="url" pattern="https://.*" maxlength="500" placeholder="https://" autocomplete="off" .value=${url}>`)}
          ${field({ label: say('filmTitle', { n: i + 1 }) }, html`<input name="film_title_${i}" maxlength="120" .value=${title}>`)}`)}</div></section>
      <section><h2>${say('kitPress')}</h2><p class="small muted">${say('kitPressHow')}</p><div class="fields">
        ${[...kit.quotes, { text: '', source: '' }].slice(0, QUOTES).map(({ text, source }, i) => html`
          ${field({ label: say('quoteText', { n: i + 1 }) }, html`<textarea name="quote_text_${i}" maxlength="400" rows="3" .value=${text}></textarea>`)}
          ${field({ label: say('quoteSource', { n: i + 1 }) }, html`<input name="quote_source_${i}" maxlength="120" .value=${source}>`)}`)}</div></section>
      <section><h2>${say('kitLinks')}</h2><p class="small muted">${say('kitLinksHow')}</p><div class="fields">
        ${[...kit.links, { url: '', label: '' }].slice(0, LINKS).map(({ url, label }, i) => html`
          ${field({ label: say('linkUrl', { n: i + 1 }) }, html`<input name="link_url_${i}" type="url" inputmode="url" pattern="https://.*" maxlength="500" placeholder="https://" autocomplete="off" .value=${url}>`)}
          ${field({ label: say('linkLabel', { n: i + 1 }) }, html`<input name="link_label_${i}" maxlength="60" .value=${label}>`)}`)}</div></section>
      <section><h2>${say('kitDeal')}</h2><p class="small muted">${say('kitDealHow')}</p><div class="fields">
        ${field({ label: say('feeFrom') }, html`<input name="feeMin" inputmode="decimal" autocomplete="off" .value=${amount(kit.fee.min.minor)}>`)}
        ${field({ label: say('feeTo') }, html`<input name="feeMax" inputmode="decimal" autocomplete="off" .value=${amount(kit.fee.max.minor)}>`)}
        ${field({ label: say('audienceFrom') }, html`<input name="audienceMin" type="number" min="0" max="100000" .value=${String(kit.audience.min)}>`)}
        ${field({ label: say('audienceTo') }, html`<input name="audienceMax" type="number" min="0" max="100000" .value=${String(kit.audience.max)}>`)}
        ${field({ label: say('technical'), hint: say('technicalHow'), wide: true }, html`<textarea name="technical" maxlength="4000" .value=${kit.technical}></textarea>`)}</div></section>
      ${outcome(this.#acts, site, 'save')}${success(this.#acts, 'save', say('saved'))}
      <div class="row">${button(this.#acts, site, { act: 'save', label: say('save'), kind: 'primary' })}</div></form>`;
  }

  #addGenre(genres: readonly string[]): void {
    const input = this.renderRoot.querySelector<HTMLInputElement>('input[name=genre]');
    const genre = input?.value.trim();
    if (!input || !genre) return;
    input.value = '';
    if (genres.length < 8 && !genres.some((one) => one.toLowerCase() === genre.toLowerCase())) this.genres = [...genres, genre];
    input.focus();
  }

  #pictures(kit: Kit) {
    const { sayOwn: say } = this.site;
    const photos = kit.media.filter(({ kind }) => kind === 'photo');
    return html`<section><h2>${say('photos')} <span class="muted num">${photos.length}</span></h2><p class="small muted">${say('photosHow')}</p>
      ${photos.length > 0 ? html`<ul class="photos">${photos.map((photo, i) => html`<li><img src=${photo.smallUrl ?? photo.url} alt=${photo.alt} width="320" height="214" loading="lazy">
        ${field({ label: say('alt'), hint: photo.alt ? undefined : say('altHow') }, html`<input maxlength="240" .value=${photo.alt} @change=${(event: Event) => { this.#describe(photo, { alt: (event.currentTarget as HTMLInputElement).value.trim() }); }}>`)}
        ${this.#piece(photo, i, photos, kit)}</li>`)}</ul>` : nothing}
      ${this.#drop('photo', 'image/jpeg,image/png,image/webp')}</section>`;
  }

  #recordings(kit: Kit) {
    const { sayOwn: say } = this.site;
    const tracks = kit.media.filter(({ kind }) => kind === 'audio');
    return html`<section><h2>${say('recordings')} <span class="muted num">${tracks.length}</span></h2><p class="small muted">${say('recordingsHow')}</p>
      ${tracks.length > 0 ? html`<ul class="tracks">${tracks.map((track, i) => html`<li>
        ${field({ label: `${say('trackTitle')}${track.durationSeconds ? ` · ${clock(track.durationSeconds)}` : ''}` }, html`<input maxlength="120" .value=${track.title} @change=${(event: Event) => { this.#describe(track, { title: (event.currentTarget as HTMLInputElement).value.trim() }); }}>`)}
        <audio controls preload="none" src=${track.url} aria-label=${track.title}></audio>
        ${this.#piece(track, i, tracks, kit)}</li>`)}</ul>` : nothing}
      ${this.#drop('audio', 'audio/mpeg,audio/wav,audio/ogg,audio/flac,audio/mp4')}</section>`;
  }

  /** Films of one's own, and documents to take along. */
  #own(kit: Kit, kind: 'video' | 'document') {
    const { sayOwn: say } = this.site;
    const all = kit.media.filter((piece) => piece.kind === kind);
    return html`<section><h2>${say(kind === 'video' ? 'ownFilms' : 'papers')} <span class="muted num">${all.length}</span></h2><p class="small muted">${say(kind === 'video' ? 'ownFilmsHow' : 'papersHow')}</p>
      ${all.length > 0 ? html`<ul class="tracks">${all.map((piece, i) => html`<li>
        ${field({ label: say('pieceTitle') }, html`<input maxlength="120" .value=${piece.title} @change=${(event: Event) => { this.#describe(piece, { title: (event.currentTarget as HTMLInputElement).value.trim() }); }}>`)}
        ${kind === 'video' ? html`<video controls preload="none" src=${piece.url} aria-label=${piece.title}></video>` : html`<a href=${piece.url} target="_blank" rel="noopener">${say('paperOpen')}</a>`}
        ${this.#piece(piece, i, all, kit)}</li>`)}</ul>` : nothing}
      ${kind === 'video' ? this.#drop('video', 'video/mp4') : this.#drop('document', 'application/pdf')}</section>`;
  }

  #piece(piece: Piece, i: number, all: readonly Piece[], kit: Kit) {
    const { site } = this;
    const { sayOwn: say } = site;
    const act = `remove:${piece.id}`;
    const at = (other: Piece | undefined) => kit.media.findIndex((one) => one.id === other?.id);
    const move = (to: Piece | undefined) => { this.#describe(piece, { position: at(to) }); };
    return html`<div class="row small">
      <button type="button" class="plain" ?disabled=${i === 0 || this.#acts.busy !== ''} @click=${() => { move(all[i - 1]); }}>${say('earlier')}</button>
      <button type="button" class="plain" ?disabled=${i === all.length - 1 || this.#acts.busy !== ''} @click=${() => { move(all[i + 1]); }}>${say('later')}</button>
      ${this.removing === piece.id ? html`${button(this.#acts, site, { act, label: say('removeDo'), kind: 'danger', press: () => { this.#do(act, (api) => api.profiles.removeMedia.mutate({ id: piece.id })); } })}
        <button type="button" class="plain" @click=${() => { this.removing = ''; }}>${say('cancel')}</button>` : html`<button type="button" class="plain" @click=${() => { this.removing = piece.id; }}>${say('remove')}</button>`}</div>
      ${outcome(this.#acts, site, act)}${outcome(this.#acts, site, `describe:${piece.id}`)}`;
  }

  #drop(kind: Piece['kind'], accept: string) {
    const { sayOwn: say } = this.site;
    const mine = this.sending.filter(({ name }) => name.startsWith(`${kind}:`));
    return html`<label class="button drop"><input class="sr" type="file" accept=${accept} multiple @change=${(event: Event) => { void this.#upload(kind, event.currentTarget as HTMLInputElement); }}>${say(ADD[kind])}</label>
      <ul class="sending" aria-live="polite">${mine.map(({ name, done, error }) => html`<li><span>${name.slice(kind.length + 1)}</span>${error
        ? html`<span class="bad">${wordsOf(say, error)} <button type="button" class="plain" @click=${() => { this.sending = this.sending.filter((one) => one.name !== name); }}>${say('close')}</button></span>`
        : html`<progress max="1" .value=${done} aria-label=${name.slice(kind.length + 1)}></progress>`}</li>`)}</ul>`;
  }

  #preview(kit: Kit) {
    const { sayOwn: say, locale } = this.site;
    const { draft } = this;
    const photo = kit.media.find(({ kind }) => kind === 'photo');
    const text = (name: 'tagline' | 'bio') => draft[`${name}_${locale}`] ?? kit[name][locale] ?? kit[name].fr ?? kit[name].en ?? '';
    return html`<section class="preview" aria-label=${say('preview')}><p class="small muted">${say('preview')}</p>
      ${photo ? html`<img src=${photo.smallUrl ?? photo.url} alt=${photo.alt} width="320" height="214">` : html`<div class="bone"></div>`}
      <h2>${draft['name'] || kit.name}</h2>
      ${text('tagline') ? html`<p class="lead">${text('tagline')}</p>` : nothing}
      <p class="small muted">${[...(this.genres ?? kit.genres).map((genre) => genreWords(kit, genre, locale)), say('lineUp', { n: Number(draft['lineUp'] || kit.lineUp) }), kit.city, duration(Number(draft['durationMinutes'] || kit.durationMinutes))].filter(Boolean).join(' · ')}</p>
      ${text('bio') ? html`<p class="words">${text('bio').slice(0, 320)}${text('bio').length > 320 ? '…' : ''}</p>` : nothing}</section>`;
  }

  #save(kit: Kit, values: Values): void {
    const money = (text: string | undefined, name: string) => {
      const minor = text ? minorOf(text) : 0;
      if (minor === null) throw refused(name);
      return { minor, currency: kit.fee.min.currency };
    };
    const int = (name: string) => Number(values[name] || 0);
    const texts = (name: 'tagline' | 'bio') => Object.fromEntries(LOCALES.map((lang) => [lang, values[`${name}_${lang}`] ?? ''] as const).filter(([, words]) => words));
    this.#do('save', async (api) => {
      const place = values['place'] ?? '';
      const insee = place === kit.city ? undefined : place === '' ? '' : this.#places.named(place);
      // A town that the list does not know is said, not dropped.
      if (place !== kit.city && insee === undefined) throw refused('insee');
      const [min, max] = [money(values['feeMin'], 'fee'), money(values['feeMax'], 'fee')];
      await api.profiles.updateEpk.mutate({
        name: values['name'] ?? '', artist: values['artist'] ?? '', genres: [...(this.genres ?? kit.genres)], lineUp: int('lineUp'), durationMinutes: int('durationMinutes'), tagline: texts('tagline'), bio: texts('bio'),
        videos: lines(values, 'film', FILMS, 'url', 'title') as { url: string; title: string }[], quotes: lines(values, 'quote', QUOTES, 'text', 'source') as { text: string; source: string }[],
        links: (lines(values, 'link', LINKS, 'url', 'label') as { url: string; label: string }[]).map(({ url, label }) => ({ url, label: label || (URL.canParse(url) ? new URL(url).host : url) })),
        technical: values['technical'] ?? '', audience: { min: int('audienceMin'), max: Math.max(int('audienceMin'), int('audienceMax')) }, fee: { min, max: max.minor > 0 ? max : min }, ...(insee !== undefined && { insee }),
      });
      this.genres = null;
    });
  }

  #describe(piece: Piece, change: { alt?: string; title?: string; position?: number }): void {
    this.#do(`describe:${piece.id}`, (api) => api.profiles.describeMedia.mutate({ id: piece.id, ...change }));
  }

  async #upload(kind: Piece['kind'], input: HTMLInputElement): Promise<void> {
    const files = [...(input.files ?? [])];
    input.value = '';
    const names = new Set(files.map((file) => `${kind}:${file.name}`));
    this.sending = [...this.sending.filter(({ name }) => !names.has(name)), ...files.map((file) => ({ name: `${kind}:${file.name}`, done: 0, error: null }))];
    // One after the other: they keep the order in which they were chosen.
    for (const file of files) {
      const name = `${kind}:${file.name}`;
      const tell = (change: Partial<Sending>) => { this.sending = this.sending.map((one) => (one.name === name ? { ...one, ...change } : one)); };
      try {
        await this.send({ file, kind }, (done) => { tell({ done }); });
        this.sending = this.sending.filter((one) => one.name !== name);
        await this.#all.run();
      } catch (error) {
        tell({ error });
      }
    }
  }

  /** One after the other: a description that is typed while the last one is being kept waits its turn, and is not lost. */
  #do(act: string, work: (api: TRPCClient<AppRouter>) => Promise<unknown>): void {
    this.#turn = this.#turn.then(() => this.#acts.run(act, () => work(this.#server()))).then(async (done) => { if (done) { this.removing = ''; await this.#all.run(); } });
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-press-kit': FlowPressKit }
}
