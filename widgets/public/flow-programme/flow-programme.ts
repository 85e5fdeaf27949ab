import { consume } from '@lit/context';
import { Task } from '@lit/task';
import { LitElement, html } from 'lit';
import { property } from 'lit/decorators.js';
import type { PublicRouter } from '../../../server/public-router.ts';
import type { Api } from '../../core/api.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { theme } from '../../core/theme.ts';
import { showsByMonth, showsStyles } from '../../parts/shows.ts';
import { styles } from './flow-programme.styles.ts';

/**
 * The announced shows of a place, the partner's own unless `stage` or `artist` says another, under the names of their months.
 *
 * @slot - What stands there without scripts, or when nothing can be shown: a plain link.
 * @csspart button - The button between what comes and what has been.
 */
export class FlowProgramme extends LitElement {
  static override styles = [...theme, showsStyles, styles];

  /** A place, by its short name. */
  @property() stage = '';
  /** An artist, by the short name of its press kit. */
  @property() artist = '';
  /** The publishable key, for a page whose script tag cannot carry one. */
  @property() key = '';
  /** Whether to show what has been rather than what comes. */
  @property({ type: Boolean, reflect: true }) past = false;
  /** How many dates at most, 1 to 200. */
  @property({ type: Number }) limit = 60;
  /** Whether to say the dates to search engines too, as schema.org events beside the element. */
  @property({ type: Boolean, attribute: 'json-ld' }) jsonLd = false;
  /** Instead of the site's own. Tests and stories put a fake here. @internal */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  readonly #presence: Presence = new Presence(this, () => this.#shows.run());
  readonly #shows = new Task(this, {
    args: () => [this.#server(), this.stage, this.artist, this.past, this.limit] as const,
    task: ([api, stage, artist, past, limit]) => api.programme.shows.query({ stage, artist, past, limit }),
    onComplete: ({ shows }) => {
      this.#presence.arrived();
      if (this.jsonLd && !this.past) this.#tell(shows);
    },
    onError: this.#presence.failed,
  });

  override render() {
    const { say } = this.site;
    return this.#presence.stand(this.#shows.render({ ...this.#presence.states(24, 90, 90, 90), complete: ({ name, shows }) => html`
      <section aria-label=${say('programmeOf', { name })}>
        ${shows.length ? showsByMonth(shows.map((show) => ({ ...show, note: noteOf(show, name), cancelled: show.status === 'cancelled' })), this.site) : html`<p class="notice">${say(this.past ? 'noPastShow' : 'noShow')}</p>`}
        <p class="turn"><button type="button" class="plain" part="button" @click=${() => { this.past = !this.past; }}>${say(this.past ? 'coming' : 'past')}</button></p>
      </section>` }));
  }

  /** Beside the element, in the page's own text: search engines do not look into shadow roots. */
  #tell(shows: readonly { title: string; day: string; startTime: string; place: string; city: string; country: string; status: string }[]): void {
    const data = document.createElement('script');
    data.type = 'application/ld+json';
    data.textContent = JSON.stringify(shows.map(({ title, day, startTime, place, city, country, status }) => ({
      '@context': 'https://schema.org', '@type': 'MusicEvent', name: title, startDate: `${day}T${startTime}`,
      eventStatus: `https://schema.org/Event${status === 'cancelled' ? 'Cancelled' : 'Scheduled'}`,
      location: { '@type': 'Place', name: place, address: { '@type': 'PostalAddress', addressLocality: city, addressCountry: country } },
    }))).replaceAll('<', '\\u003c');
    this.querySelector('script[type="application/ld+json"]')?.remove();
    this.append(data);
  }

  #server = () => (this.api ?? this.site.api)<PublicRouter>('/trpc/public', this.key);
}

/** Where it is; in a place's own programme, what it is. */
const noteOf = ({ place, city, genres }: { place: string; city: string; genres: readonly string[] }, name: string): string =>
  (place === name && genres.length ? genres.join(', ') : [place, city].filter(Boolean).join(', '));

declare global {
  interface HTMLElementTagNameMap { 'flow-programme': FlowProgramme }
}
