import { consume } from '@lit/context';
import { Task } from '@lit/task';
import { LitElement, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PublicRouter } from '../../../server/public-router.ts';
import type { Api } from '../../core/api.ts';
import { toJson } from '../../core/json.ts';
import { Presence } from '../../core/presence.ts';
import { room } from '../../core/room.ts';
import { limitOf } from '../../core/said.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { theme } from '../../core/theme.ts';
import { showsStyles } from '../../parts/shows.ts';
import { styles } from './flow-programme.styles.ts';
import type { Choice, Show, Speak, View } from './views.ts';

/**
 * The announced shows of a place, the partner's own unless `stage` or `artist` says another: as a list, a grid or a calendar, chosen
 * among by genre, place, period and free entry, with a calendar and a feed to subscribe to.
 *
 * @slot - What stands there without scripts, or when nothing can be shown: a plain link.
 * @csspart button - The buttons: the views, and between what comes and what has been.
 */
export class FlowProgramme extends LitElement {
  static override styles = [...theme, room, showsStyles, styles];

  /** A place, by its short name. */
  @property() stage = '';
  /** An artist, by the short name of its press kit. */
  @property() artist = '';
  /** How the dates are looked at first: `list`, `grid` or `calendar`. The visitor may look otherwise, for as long as the page is open. */
  @property() view: 'list' | 'grid' | 'calendar' = 'list';
  /** Only dates of this genre, as its press kit names it. */
  @property() genre = '';
  /** Only dates at the place or on the stage of this name. */
  @property() where = '';
  /** Only dates within `week`, `month` or on a `weekend`. */
  @property() period: 'all' | 'week' | 'month' | 'weekend' = 'all';
  /** Only dates with free entry. */
  @property({ type: Boolean }) free = false;
  /** Leaves out the views, the choices and the feeds: the dates alone. */
  @property({ type: Boolean }) plain = false;
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
  /** How the visitor looks at the dates, once they said. */
  @state() private looked: View | null = null;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  readonly #presence: Presence = new Presence(this, () => this.#shows.run());
  readonly #shows = new Task(this, {
    args: () => [this.#server(), this.stage || '', this.artist || '', this.past, limitOf(this.limit)] as const,
    task: async ([api, stage, artist, past, limit]) => {
      const [answer, views] = await Promise.all([api.programme.shows.query({ stage, artist, past, limit }), import('./views.ts')]);
      return { ...answer, views, words: await views.wordsIn(this.site.locale) };
    },
    onComplete: ({ shows }) => {
      this.#presence.arrived();
      if (this.jsonLd && !this.past) this.#tell(shows);
    },
    onError: this.#presence.failed,
  });

  override render() {
    const { say } = this.site;
    return this.#presence.stand(this.#shows.render({ ...this.#presence.states(24, 90, 90, 90), complete: ({ name, today, shows, views, words }) => html`
      <section aria-label=${say('programmeOf', { name })}>
        ${shows.length ? this.#dates(views, words, { name, today, shows }) : html`<p class="notice">${say(this.past ? 'noPastShow' : 'noShow')}</p>`}
        <div class="turn"><button type="button" class="plain" part="button" @click=${() => { this.past = !this.past; }}>${say(this.past ? 'coming' : 'past')}</button>
          ${this.plain || !this.#feed ? nothing : views.feeds(this.site, words, this.#feed)}</div>
      </section>` }));
  }

  /** The dates that fit what is chosen, and what they are chosen by. */
  #dates(views: typeof import('./views.ts'), words: Speak, { name, today, shows }: { name: string; today: string; shows: readonly Show[] }) {
    const choice: Choice = { genre: this.genre, where: this.where, free: this.free, period: this.period };
    const choose = (some: Partial<Choice>): void => { Object.assign(this, some); };
    const view: View = this.looked ?? (views.VIEWS.includes(this.view) ? this.view : 'list');
    const fitting = views.chosenOf(shows, { ...choice, period: views.PERIODS.includes(choice.period) ? choice.period : 'all' }, today);
    const lines = fitting.map((show) => ({ ...show, note: noteOf(show, name), cancelled: show.status === 'cancelled' }));
    return html`
      ${this.plain ? nothing : views.bar({ shows, shown: fitting.length, choice, view, site: this.site, say: words, choose, look: (one) => { this.looked = one; } })}
      ${lines.length ? views.dates(lines, view, this.site, words) : views.nothingFits(words, choose)}`;
  }

  /** What our calendar and feed of these shows are called; empty where there is none. */
  get #feed(): string {
    return this.artist || this.stage || this.key || this.site.key;
  }

  /** Beside the element, in the page's own text: search engines do not look into shadow roots. */
  #tell(shows: readonly Show[]): void {
    const data = document.createElement('script');
    data.type = 'application/ld+json';
    data.textContent = toJson(shows.map(({ title, day, startTime, place, city, country, status, ticketUrl, free }) => ({
      '@context': 'https://schema.org', '@type': 'MusicEvent', name: title, startDate: startTime ? `${day}T${startTime}` : day, performer: { '@type': 'MusicGroup', name: title },
      eventStatus: `https://schema.org/Event${status === 'cancelled' ? 'Cancelled' : 'Scheduled'}`, eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode', ...(free && { isAccessibleForFree: true }),
      location: { '@type': 'Place', name: place, address: { '@type': 'PostalAddress', addressLocality: city, addressCountry: country } },
      // What is cancelled is sold by nobody.
      ...(ticketUrl && status !== 'cancelled' && { offers: { '@type': 'Offer', url: ticketUrl, availability: 'https://schema.org/InStock', ...(free && { price: '0', priceCurrency: 'EUR' }) } }),
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
