import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { instant } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome, success } from '../../parts/desk.ts';
import { copyable, strict } from '../../parts/snippet.ts';
import { snippetOf } from '../../parts/snippets.ts';

type Out = inferRouterOutputs<AppRouter>;
type Entry = Out['partners']['sites'][number];
interface Known { readonly mediaOrigin: string; readonly kind: Out['identity']['organisation']['kind']; readonly slug: string; readonly sites: readonly Entry[] }
const tags = ['flow-epk', 'flow-availability', 'flow-booking-request', 'flow-programme', 'flow-tour-map', 'flow-contract-status'] as const;
type Tag = (typeof tags)[number];
/** Widgets that show one artist. */
const ofArtist: readonly string[] = ['flow-epk', 'flow-availability', 'flow-booking-request', 'flow-tour-map'];

/** The web sites that show our widgets: their addresses, their keys, and what to paste. */
export class FlowSites extends LitElement {
  static override styles = [...desk, css`
    :host { min-height: 480px }
    article { display: grid; gap: 20px; padding: 24px 0; border-top: 1px solid var(--line) }
    .keys li { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; padding: 8px 0; border-top: 1px solid var(--line) }
    .keys code { font-size: 15px; overflow-wrap: anywhere } .off { color: var(--muted); text-decoration: line-through }
    .paste { display: grid; gap: 12px }`];

  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private adding = false;
  @state() private editing = '';
  @state() private revoking = '';
  @state() private tag: Tag | '' = '';
  @state() private artist = '';

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [this.#server()] as const,
    task: async ([api]): Promise<Known> => {
      const [me, sites] = await Promise.all([api.identity.me.query(), api.partners.sites.query()]);
      const kind = (await api.identity.organisation.query()).kind;
      const slug = kind === 'artist' ? (await api.profiles.ownEpk.query()).artist : '';
      return { mediaOrigin: me.mediaOrigin, kind, slug, sites };
    },
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override render() {
    const { sayOwn: say } = this.site;
    const { value } = this.#all;
    return this.#presence.stand(html`<div class="stack"><h1>${say('page_sites')}</h1><p class="lead">${say('sitesHow')}</p>
      ${value ? this.#list(value) : this.#all.render({ ...this.#presence.states(200, 160), complete: () => nothing })}</div>`);
  }

  #list(known: Known) {
    const { sayOwn: say } = this.site;
    return html`
      ${known.sites.length === 0 ? html`<div class="empty"><h2>${say('sitesEmpty')}</h2><p>${say('sitesEmptyHow')}</p></div>${this.#form()}` : html`
        <div>${known.sites.map((entry) => this.#entry(entry, known))}</div>
        ${this.adding ? this.#form() : html`<div><button type="button" @click=${() => { this.adding = true; this.#acts.clear(); }}>${say('siteAdd')}</button></div>`}`}`;
  }

  #entry(entry: Entry, known: Known): TemplateResult {
    const { site } = this;
    const { sayOwn: say } = site;
    const live = entry.keys.find(({ revokedAt, expiresAt }) => !revokedAt && !expiresAt) ?? entry.keys.find(({ revokedAt }) => !revokedAt);
    return html`<article aria-labelledby=${entry.id}>
      <div class="row between"><div><h2 id=${entry.id}>${entry.name}</h2><p><a href=${entry.url} rel="noreferrer">${entry.url}</a></p></div>
        <button type="button" class="plain" @click=${() => { this.editing = this.editing === entry.id ? '' : entry.id; this.#acts.clear(); }}>${say('change')}</button></div>
      ${this.editing === entry.id ? this.#form(entry) : html`<p class="small muted">${say('siteOrigins')} ${entry.origins.join(', ')}</p>`}
      ${live ? this.#paste(entry.id, live.key, known) : nothing}
      <section><h3>${say('keys')}</h3><ul class="keys">${entry.keys.map((key) => this.#key(key))}</ul>
        ${outcome(this.#acts, site, `rotate:${entry.id}`)}
        <p class="row">${button(this.#acts, site, { act: `rotate:${entry.id}`, label: say('rotateKey'), press: () => { this.#do(`rotate:${entry.id}`, (api) => api.partners.rotateKey.mutate({ id: entry.id })); } })}
          <span class="small muted">${say('rotateHow')}</span></p></section>
    </article>`;
  }

  #paste(id: string, key: string, known: Known) {
    const { site } = this;
    const { sayOwn: say } = site;
    const tag = this.tag || (known.kind === 'artist' ? 'flow-epk' : known.kind === 'municipality' ? 'flow-booking-request' : 'flow-programme');
    const slug = this.artist || known.slug;
    const chosen = { server: site.server, key, tag, ...(ofArtist.includes(tag) && { attributes: { artist: slug || 'nom-de-l-artiste' } }) };
    return html`<section class="paste"><h3>${say('pasteTitle')}</h3>
      <div class="fields">
        ${field({ label: say('pasteWhich') }, html`<select @change=${(event: Event) => { this.tag = (event.currentTarget as HTMLSelectElement).value as Tag; }}>${tags.map((one) => html`<option value=${one} ?selected=${one === tag}>${say(`tag_${one}`)}</option>`)}</select>`)}
        ${ofArtist.includes(tag) ? field({ label: say('pasteArtist'), hint: say('pasteArtistHow') }, html`<input .value=${slug} @input=${(event: InputEvent) => { this.artist = (event.currentTarget as HTMLInputElement).value.trim(); }}>`) : nothing}
      </div>
      ${copyable(snippetOf('script', chosen), site)}
      <p class="small muted">${say('pasteHow')}</p>
      ${strict(chosen, known.mediaOrigin, site)}
      <p><a class="button" href=${`/embeds?site=${id}`}>${say('pasteMore')}</a></p></section>`;
  }

  #key({ key, expiresAt, revokedAt, createdAt }: Entry['keys'][number]) {
    const { site } = this;
    const { sayOwn: say, locale, timeZone } = site;
    const act = `revoke:${key}`;
    return html`<li><span><code class=${revokedAt ? 'off' : ''}>${key}</code><br><span class="small muted">${revokedAt ? say('keyRevoked', { at: instant(revokedAt, locale, timeZone) }) : expiresAt ? say('keyUntil', { at: instant(expiresAt, locale, timeZone) }) : say('keySince', { at: instant(createdAt, locale, timeZone) })}</span></span>
      ${revokedAt ? nothing : this.revoking === key ? html`<span class="row"><span>${say('revokeMeans')}</span>
        ${button(this.#acts, site, { act, label: say('revokeDo'), kind: 'danger', press: () => { this.#do(act, (api) => api.partners.revokeKey.mutate({ key })); } })}
        <button type="button" class="plain" @click=${() => { this.revoking = ''; }}>${say('cancel')}</button></span>`
        : html`<button type="button" class="plain" @click=${() => { this.revoking = key; }}>${say('revokeKey')}</button>`}
      ${outcome(this.#acts, site, act)}</li>`;
  }

  #form(entry?: Entry) {
    const { site } = this;
    const { sayOwn: say } = site;
    const act = entry ? `save:${entry.id}` : 'add';
    return html`<form @submit=${onSubmit((values) => {
      const input = { name: values['name'] ?? '', url: values['url'] ?? '', origins: (values['origins'] ?? '').split(/[\s,;]+/).filter(Boolean) };
      this.#do(act, (api) => (entry ? api.partners.updateSite.mutate({ id: entry.id, ...input }) : api.partners.createSite.mutate(input)));
    })}>
      ${entry ? nothing : html`<h2>${say('siteNew')}</h2>`}
      <div class="fields">
        ${field({ label: say('siteName') }, html`<input name="name" required minlength="2" maxlength="120" .value=${entry?.name ?? ''}>`)}
        ${field({ label: say('siteUrl'), hint: say('siteUrlHow') }, html`<input name="url" type="url" required placeholder="https://" .value=${entry?.url ?? ''}>`)}
        ${field({ label: say('siteOthers'), hint: say('siteOthersHow'), wide: true }, html`<textarea name="origins" .value=${entry?.origins.join('\n') ?? ''}></textarea>`)}
      </div>
      ${outcome(this.#acts, site, act)}${success(this.#acts, act, say('saved'))}
      <div class="row">${button(this.#acts, site, { act, label: say(entry ? 'save' : 'siteDo'), kind: 'primary' })}
        ${entry || this.adding ? html`<button type="button" class="plain" @click=${() => { this.editing = ''; this.adding = false; }}>${say('cancel')}</button>` : nothing}</div></form>`;
  }

  #do(act: string, work: (api: TRPCClient<AppRouter>) => Promise<unknown>): void {
    void this.#acts.run(act, () => work(this.#server())).then(async (done) => {
      if (!done) return;
      await this.#all.run();
      [this.adding, this.editing, this.revoking] = [false, '', ''];
    });
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-sites': FlowSites }
}
