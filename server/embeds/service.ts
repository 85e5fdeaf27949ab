import { programmeSpeech } from '../../widgets/core/programme-words.ts';
import { requestSpeech } from '../../widgets/core/request-words.ts';
import { longDay, hour } from '../../widgets/core/format-days.ts';
import { BLANK, type Answers, type Fault, type Question } from '../../widgets/public/flow-booking-request/answers.ts';
import { readPriceRange } from '../requests/service.ts';
import { readAvailability } from '../calendar/service.ts';
import type { Context, Guest, Partner } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { dayIn } from '../core/time.ts';
import { readSteps } from '../dossier/service.ts';
import { partnerOfKey, readPartner } from '../partners/service.ts';
import { readEpk } from '../profiles/service.ts';
import { readProgramme, readTour } from '../programme/service.ts';
import { KNOWN, queryOf, toldTones, type Asked, type Tag } from './asked.ts';
import { daysOf, formOf, kitOf, programmeOf, receiptOf, spanOf, statusOf, tourOf, type Form, type Kit, type Show, type Speech, type Ways } from './drawn.ts';
import type { Source } from './feeds.ts';
import { eventOf, groupOf } from './meaning.ts';
import type { Element } from './page.ts';
import { tell } from './words.ts';

const zone = 'Europe/Paris';
const spoken = new Map<string, Promise<Speech['say']>>();

/** The words of the widgets, read once a language. */
export async function speak(locale: Asked['locale']): Promise<Speech> {
  const say = spoken.get(locale) ?? requestSpeech(locale);
  spoken.set(locale, say);
  return { say: await say, locale };
}

/**
 * Whom a page is shown for: the partner of its key; without a key, the artist or the place itself, on a page that we host.
 *
 * @throws AppError `key_unknown`, `not_found`.
 */
export async function guestOf(ctx: Context, { key, artist, stage }: Pick<Asked, 'key' | 'artist' | 'stage'>, tag?: Tag): Promise<Guest> {
  // Anybody may ask where a request stands: its reference is what they need to know.
  const nobody = tag === 'flow-contract-status' ? { siteId: '', orgId: '', key: '', origins: [] } : null;
  const partner = key === '' ? nobody ?? await hostOf(ctx, artist, stage) : await partnerOfKey(ctx.db, key, ctx.realNow());
  if (!partner) throw new AppError(key === '' ? 'not_found' : 'key_unknown');
  return { ...ctx, partner };
}

async function hostOf(ctx: Context, artist: string, stage: string): Promise<Partner | null> {
  const whose = artist !== ''
    ? await ctx.db.epk.findFirst({ where: { slug: artist, publishedAt: { not: null } }, select: { orgId: true } })
    : stage === '' ? null : await ctx.db.venue.findUnique({ where: { slug: stage }, select: { orgId: true } });
  return whose && { siteId: '', orgId: whose.orgId, key: '', origins: [] };
}

/** A widget as it will stand in a page, with what the page's head says of it. */
export interface Drawn {
  readonly element: Element;
  readonly title: string;
  readonly description: string;
  readonly picture: { readonly url: string; readonly width: number; readonly height: number; readonly alt: string } | null;
  /** The same picture, small. */
  readonly thumbnail: { readonly url: string; readonly width: number; readonly height: number } | null;
  /** The name whose feeds there are: of an artist or a place; empty for none. */
  readonly feed: string;
  /** Of an artist, the name and short name. */
  readonly author: { readonly name: string; readonly artist: string } | null;
}

/** What is drawn, and for where. */
export interface Order {
  readonly tag: Tag;
  readonly asked: Asked;
  readonly ways: Ways;
  /** Whether a script will come and take the widget over. */
  readonly scripts: boolean;
  /** Whether it is the artist's own hosted page. */
  readonly alone: boolean;
  /** What was typed into the form and is to be corrected. */
  readonly typed?: Pick<Form, 'answers' | 'faults' | 'failure'>;
}

const call = (path: string, input?: unknown): string => `/trpc/public/${path}${input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`}`;

/** Reads what a widget shows and draws it. @throws AppError `not_found` as the services do. */
export async function draw(ctx: Guest, order: Order): Promise<Drawn> {
  const speech = await speak(order.asked.locale);
  return DRAWERS[order.tag](ctx, order, speech);
}

type Drawer = (ctx: Guest, order: Order, speech: Speech) => Promise<Drawn>;

const nameless = { picture: null, thumbnail: null, author: null } as const;
/** The longer side of a small picture, in pixels: adapters/images. */
const smallSide = 480;
const attributesOf = ({ artist, stage }: Asked, more: Readonly<Record<string, string>> = {}) => ({ artist, stage, ...more });

const DRAWERS: Readonly<Record<Tag, Drawer>> = {
  'flow-epk': async (ctx, { asked, ways, alone }, speech) => {
    const { locale, artist, show } = asked;
    const epk: Kit = await readEpk(ctx, artist);
    const { name, genres } = epk;
    const figures = { name, genres: genres.join(', ') || tell(locale, 'musician') };
    const photo = epk.media.find(({ kind }) => kind === 'photo');
    const said = (epk.tagline[locale as keyof Kit['tagline']] ?? '') || '';
    const url = hosted(ctx, artist);
    return {
      element: {
        tag: 'flow-epk', attributes: attributesOf(asked, { show, 'request-href': ways.to('flow-booking-request') }), inside: kitOf(epk, speech, ways, { alone, show }),
        link: { href: url, words: tell(locale, 'kitTitle', figures) }, meaning: [groupOf(epk, url, locale)], answers: { [call('profiles.epk', { artist })]: epk },
      },
      title: tell(locale, alone ? 'hostedTitle' : 'kitTitle', figures), description: `${said ? `${said} · ` : ''}${tell(locale, alone ? 'hostedText' : 'kitText', figures)}`.slice(0, 300),
      picture: photo?.width && photo.height ? { url: photo.url, width: photo.width, height: photo.height, alt: photo.alt || photo.title } : null,
      thumbnail: photo ? thumbnailOf(photo) : null, feed: artist, author: { name, artist },
    };
  },
  'flow-availability': async (ctx, { asked, ways, scripts }, speech) => {
    const { locale, artists, min, max, day } = asked;
    const now = dayIn(ctx.now(), zone).slice(0, 7);
    const earliest = [now, min].sort()[1] ?? now;
    const month = [[asked.month || day.slice(0, 7), earliest].sort()[1] ?? earliest, max || '9'].sort()[0] ?? earliest;
    const inputOf = (artist: string) => ({ artist, ...spanOf(month) });
    // One that was withdrawn is left out, as long as another stands.
    const several = artists === '' ? [] : (await Promise.allSettled(artists.split(' ').map((one) => readAvailability(ctx, inputOf(one))))).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const artist = several.some((one) => one.artist === asked.artist) ? asked.artist : several[0]?.artist ?? asked.artist;
    const answer = several.find((one) => one.artist === artist) ?? await readAvailability(ctx, inputOf(artist));
    const view = asked.view === 'month' || asked.view === 'list' ? asked.view : '';
    return {
      ...nameless, author: { name: answer.name, artist }, feed: artist, title: tell(locale, 'daysTitle', answer), description: tell(locale, 'daysText', answer),
      element: {
        tag: 'flow-availability', attributes: attributesOf({ ...asked, artist }, { artists, from: month, min, max, day, view }), inside: daysOf({ ...answer, month }, speech, ways, { view, min, max, several, scripts }), meaning: [],
        answers: Object.fromEntries((several.length ? several : [answer]).map((one) => [call('calendar.availability', inputOf(one.artist)), one])),
        link: { href: ways.to('flow-availability'), words: tell(locale, 'daysTitle', answer) },
      },
    };
  },
  'flow-booking-request': async (ctx, { asked, ways, typed }, speech) => {
    const { locale, artist, day, season, noDraft, tones } = asked;
    const today = dayIn(ctx.now(), zone);
    const input = { artist, from: today, until: today };
    const [answer, partner, usual] = await Promise.all([readAvailability(ctx, input), readPartner(ctx), readPriceRange(ctx, artist)]);
    const { place, kind } = partner;
    const asker = kind === 'camping' ? 'camping' as const : kind === 'municipality' ? 'commune' as const : asked.asker || 'private';
    const known = Object.fromEntries(KNOWN.flatMap((name) => (asked[name] ? [[name, asked[name]]] : [])));
    const answers: Answers = typed?.answers ?? { ...BLANK, asker, showDay: day, city: place?.city ?? '', place: place?.name ?? '', ...known };
    const { key, theme } = asked;
    const inside = asked.sent && asked.reference ? receiptOf(asked.reference, speech, ways) : formOf({
      artist, name: answer.name, today, answers, faults: typed?.faults ?? new Map<Question, Fault>(), failure: typed?.failure ?? '', usual,
    }, speech, ways, kept({ key, artist, lang: asked.said ? locale : '', theme, ...toldTones(tones) }));
    return {
      ...nameless, author: { name: answer.name, artist }, feed: '', title: tell(locale, 'askTitle', answer), description: tell(locale, 'askText', answer),
      element: {
        tag: 'flow-booking-request', attributes: attributesOf(asked, { day, 'steps': 'one', 'asker': asked.asker, ...known, ...(season && { season: 'season' }), ...(noDraft && { 'no-draft': 'no-draft' }) }), inside, meaning: [], link: { href: ways.to('flow-booking-request'), words: tell(locale, 'askTitle', answer) },
        answers: { [call('calendar.availability', input)]: answer, [call('partners.partner')]: partner, [call('booking.priceRange', { artist })]: usual },
      },
    };
  },
  'flow-programme': async (ctx, { asked, ways, scripts }, { locale }) => {
    const { stage, artist, past, limit, key, genre, where, period, free, plain } = asked;
    const view = asked.view === 'month' ? '' : asked.view;
    const input = { stage, artist, past, limit };
    const [answer, say] = await Promise.all([readProgramme(ctx, input), programmeSpeech(locale)]);
    const feed = artist || stage || key;
    return {
      ...nameless, feed, title: tell(locale, 'programmeTitle', answer), description: tell(locale, 'programmeText', answer),
      element: {
        tag: 'flow-programme', attributes: { ...attributesOf(asked), view, genre, where, period, ...(free && { free: 'free' }), ...(plain && { plain: 'plain' }), limit: String(limit), ...(past && { past: 'past' }) },
        inside: programmeOf(answer, { past, plain, view, choice: { genre, where, free, period: period || 'all' }, scripts, feed, server: ctx.config.urls.platform }, { say, locale }, ways), answers: { [call('programme.shows', input)]: answer },
        meaning: past ? [] : answer.shows.map((show) => eventOf(show, (slug) => hosted(ctx, slug))), link: { href: ways.to('flow-programme'), words: tell(locale, 'programmeTitle', answer) },
      },
    };
  },
  'flow-tour-map': async (ctx, { asked, ways, scripts }, speech) => {
    const { locale, past, key } = asked;
    const artist = asked.artist || asked.stage;
    const answer = await readTour(ctx, artist, past);
    return {
      ...nameless, feed: artist || asked.key, title: tell(locale, 'tourTitle', answer), description: tell(locale, 'tourText', answer),
      element: {
        tag: 'flow-tour-map', attributes: { artist, ...(past && { past: 'past' }) }, inside: tourOf(answer, speech, ways, { scripts, keyed: key !== '' }), answers: { [call('programme.tour', { artist, ...(past && { past }) })]: answer },
        meaning: answer.shows.filter(({ day }) => day >= answer.today).map((show) => eventOf(show, (slug) => hosted(ctx, slug))), link: { href: ways.to('flow-tour-map'), words: tell(locale, 'tourTitle', answer) },
      },
    };
  },
  'flow-contract-status': async (ctx, { asked, ways }, speech) => {
    const { locale, reference, key, artist, theme, tones } = asked;
    const steps = reference ? await readSteps(ctx, reference) : null;
    const { home } = ways;
    const file = `${home}/frame/file${queryOf({ key, reference, lang: locale })}`;
    return {
      ...nameless, feed: '', title: tell(locale, 'statusTitle'), description: tell(locale, 'statusText'),
      element: {
        tag: 'flow-contract-status', attributes: { reference }, inside: statusOf(reference, steps?.steps ?? [], speech, { home, file, kept: kept({ key, artist, lang: asked.said ? locale : '', theme, ...toldTones(tones) }) }),
        meaning: [], answers: steps ? { [call('dossier.steps', { reference })]: steps } : {}, link: { href: ways.to('flow-contract-status', { reference }), words: tell(locale, 'statusTitle') },
      },
    };
  },
};

function thumbnailOf({ smallUrl, width, height }: Kit['media'][number]): Drawn['thumbnail'] {
  if (!smallUrl || !width || !height) return null;
  const share = Math.min(1, smallSide / Math.max(width, height));
  return { url: smallUrl, width: Math.round(width * share), height: Math.round(height * share) };
}

const kept = (fields: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

/** The page that we host for an artist. */
export const hosted = ({ config }: Context, artist: string): string => `${config.urls.platform}/@${artist}`;

/**
 * The shows that a calendar or a reader subscribes to, past ones too: what was in a calendar stays there.
 *
 * @param name An artist's or a place's short name, or a site's key.
 * @throws AppError `not_found`, `key_unknown`.
 */
export async function readFeed(ctx: Context, name: string, asked: Pick<Asked, 'locale'>, kind: 'ics' | 'rss'): Promise<Source & { readonly written: (show: Show) => string }> {
  const { say, locale } = await speak(asked.locale);
  const key = name.startsWith('pk_') ? name : '';
  const artist = key === '' && await ctx.db.epk.count({ where: { slug: name, publishedAt: { not: null } } }) > 0 ? name : '';
  const stage = key === '' && artist === '' ? name : '';
  const guest = await guestOf(ctx, { key, artist, stage });
  const wanted = { artist, stage, limit: 200 };
  const [coming, past] = await Promise.all([readProgramme(guest, { ...wanted, past: false }), readProgramme(guest, { ...wanted, limit: 60, past: true })]);
  const shows = [...past.shows.toReversed(), ...coming.shows];
  const kits = await ctx.db.epk.findMany({ where: { slug: { in: shows.flatMap((show) => show.artist ?? []) } }, select: { slug: true, durationMinutes: true } });
  const minutes = new Map(kits.map((kit) => [kit.slug, kit.durationMinutes]));
  const { platform } = ctx.config.urls;
  return {
    name: coming.name, shows, minutesOf: (slug) => (slug === null ? null : minutes.get(slug) ?? null), locale, today: dayIn(ctx.now(), zone),
    feedUrl: `${platform}/feeds/${name}.${kind}`, pageUrl: artist ? hosted(ctx, artist) : `${platform}/e/flow-programme${queryOf({ key, stage })}`,
    words: { description: tell(locale, 'programmeText', coming), cancelled: say('cancelled'), free: say('freeEntry') },
    written: ({ day, startTime }) => [longDay(day, locale), startTime && hour(startTime, locale)].filter(Boolean).join(', '),
  };
}
