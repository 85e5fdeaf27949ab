import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Hono, type Context as Call } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { BLANK, faultsOf, inputOf, QUESTIONS, type Answers, type Fault, type Question } from '../../widgets/public/flow-booking-request/answers.ts';
import type { Context, Guest } from '../core/context.ts';
import { isUnfit } from '../core/database.ts';
import { AppError } from '../core/errors.ts';
import { dayIn } from '../core/time.ts';
import { styleOf } from '../../widgets/core/theme.ts';
import { askedBy, isTag, KNOWN, queryOf, sheetFor, type Asked, type Look, type Tag } from './asked.ts';
import type { Ways } from './drawn.ts';
import { calendarOf, rssOf } from './feeds.ts';
import { richOf, richXml, wantedBy } from './oembed.ts';
import { elementOf, pageOf, wordsPage } from './page.ts';
import { draw, guestOf, hosted, readFeed, speak, type Order } from './service.ts';
import { GROUND, sheetOf } from './sheet.ts';
import { tell } from './words.ts';

type Env = { Variables: { ip: string; requestId: string } };

interface Parts {
  /** Nobody's context, for a call that came here. */
  readonly contextOf: (call: Call<Env>) => Context;
  /** Counts a call against its address. @throws AppError `rate_limited`. */
  readonly count: (call: Call<Env>) => Promise<void>;
  /** Takes a request as the public door does. @throws AppError as it does, and `input_invalid`. */
  readonly ask: (ctx: Guest, input: Readonly<Record<string, unknown>>) => Promise<{ readonly reference: string }>;
}

/** How long what anybody may read is kept, in seconds, and how long the old is shown while the new is fetched. */
const fresh = 'public, max-age=60, stale-while-revalidate=600';
/** The widgets that ask something: on a page of ours without a key they stand in nobody's frame. */
const asking: readonly Tag[] = ['flow-booking-request', 'flow-contract-status'];

/** Pages for hosts that run no scripts: each public widget as a page, a fragment, an oEmbed answer and a feed. */
export function embeds({ contextOf, count, ask }: Parts): Hono<Env> {
  const app = new Hono<Env>();
  const accepts = (call: Call): string => call.req.header('accept-language') ?? '';
  const reading = async (call: Call<Env>, theme: Look, work: (ctx: Context, asked: Asked) => Promise<Response>): Promise<Response> => {
    const asked = askedBy(new URL(call.req.url).searchParams, accepts(call), theme);
    try {
      await count(call);
      return await work(contextOf(call), asked);
    } catch (error) {
      return inWords(contextOf(call), asked, error);
    }
  };

  app.get('/v1/render/:tag', (call) => reading(call, 'host', async (ctx, asked) => {
    const tag = tagOf(call.req.param('tag'));
    const guest = await guestOf(ctx, asked, tag);
    const origin = call.req.header('origin');
    if (origin && !guest.partner.origins.includes(origin) && !ctx.config.platformOrigins.includes(origin)) throw new AppError('origin_not_allowed', { origin });
    const scripts = asked.key !== '';
    const drawn = await draw(guest, { tag, asked, ways: waysOf(ctx, tag, asked, { whole: true, leaves: true }), scripts, alone: false });
    const element = { ...drawn.element, attributes: { ...drawn.element.attributes, style: styleOf(asked.tones) } };
    return answer(call, elementOf(element, asked, scripts), { 'content-type': 'text/html; charset=utf-8', vary: varied(asked, 'origin'), 'cache-control': keeping(tag, asked), ...(origin && { 'access-control-allow-origin': origin }) });
  }));

  app.get('/e/:tag', (call) => reading(call, 'auto', async (ctx, asked) => {
    const tag = tagOf(call.req.param('tag'));
    return whole(call, ctx, { tag, asked });
  }));

  app.post('/e/flow-booking-request', bodyLimit({ maxSize: 64 * 1024 }), async (call) => {
    const ctx = contextOf(call);
    const typed = await call.req.parseBody().catch(() => ({}));
    const fields = new Map(Object.entries(typed).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])));
    const asked = askedBy(new URLSearchParams([...fields].filter(([name]) => !QUESTIONS.includes(name as Question))), accepts(call), 'auto');
    try {
      await count(call);
      // No cookie says who asks, so nobody's name can be abused; but another page's script may not fill our forms.
      const origin = call.req.header('origin');
      const guest = await guestOf(ctx, asked);
      // A site of the key's own may have put the form into its page.
      if (origin ? ![...ctx.config.platformOrigins, ...guest.partner.origins].includes(origin) : (call.req.header('sec-fetch-site') ?? 'same-origin') !== 'same-origin') throw new AppError('origin_not_allowed', { origin: origin ?? '' });
      return await take(call, { guest, asked, fields, ask });
    } catch (error) {
      return inWords(ctx, asked, error);
    }
  });

  // What a search engine draws a partner's page with, its calls for data among it, is open to it; what waits for somebody in person is not.
  app.get('/robots.txt', (call) => call.text('User-agent: *\nDisallow: /auth/\nDisallow: /files/\n', 200, { 'cache-control': 'public, max-age=86400' }));

  app.get('/:at{@[a-z0-9][a-z0-9-]*}', (call) => reading(call, 'auto', async (ctx, plain) => {
    const asked: Asked = { ...plain, key: '', stage: '', artists: '', show: '', view: '', artist: call.req.param('at').slice(1), theme: 'auto', tones: {} };
    const guest = await guestOf(ctx, asked);
    const ways = waysOf(ctx, 'flow-epk', asked, { whole: false, leaves: false });
    const here = (query: string): string => `${hosted(ctx, asked.artist)}${query}`;
    const own: Ways = { ...ways, same: (changed) => `/@${asked.artist}${queryOf({ lang: asked.said ? asked.locale : '', month: asked.month, ...changed })}#days` };
    const [kit, days] = await Promise.all((['flow-epk', 'flow-availability'] as const).map((tag) => draw(guest, { tag, asked, ways: tag === 'flow-epk' ? ways : own, scripts: false, alone: true })));
    if (!kit || !days) throw new AppError('not_found');
    const body = `${elementOf(kit.element, asked, false)}\n<h2 class="under" id="days">${tell(asked.locale, 'freeDays')}</h2>\n${elementOf(days.element, asked, false)}`;
    const page = pageOf({
      ...asked, title: kit.title, description: kit.description, canonical: here(asked.said ? queryOf({ lang: asked.locale }) : ''), inLanguage: (lang) => here(queryOf({ lang })), picture: kit.picture,
      oembed: `${ctx.config.urls.platform}/oembed?url=${encodeURIComponent(here(''))}`, feeds: feedsOf(ctx, kit.feed, asked), hosts: [], key: '', body, worn: '', titled: true, share: 'profile',
    });
    return answer(call, page, { ...guard(ctx, { sheets: ['flow-epk', 'flow-availability'], scripts: false, ancestors: ["'none'"] }), vary: varied(asked), 'cache-control': fresh });
  }));

  app.get('/oembed', async (call) => {
    const ctx = contextOf(call);
    const query = new URL(call.req.url).searchParams;
    const format = query.get('format') ?? 'json';
    const open = { 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' };
    const no = (status: number, words: string): Response => new Response(words, { status, headers: { ...open, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } });
    try {
      await count(call);
      if (format !== 'json' && format !== 'xml') return no(501, 'This format is not implemented: json and xml are.');
      const wanted = wantedBy(query.get('url') ?? '', ctx.config.platformOrigins);
      if (!wanted) return no(404, 'No page of ours has this address.');
      const asked = askedBy(wanted.query, accepts(call), 'auto');
      const { tag } = wanted;
      if (asked.key === '' && asking.includes(tag)) return no(401, 'This page stands in no frame without a site’s key.');
      const guest = await guestOf(ctx, asked);
      const { title, author, thumbnail } = await draw(guest, { tag, asked, ways: waysOf(ctx, tag, asked, { whole: true, leaves: true }), scripts: false, alone: false });
      const rich = richOf({
        src: `${ctx.config.urls.platform}/e/${tag}${queryOf(addressed(asked), asked.tones)}`, tag, title, author: author?.name ?? '', authorUrl: author ? hosted(ctx, author.artist) : '', home: ctx.config.urls.platform,
        maxWidth: query.get('maxwidth'), maxHeight: query.get('maxheight'), thumbnail,
      });
      const body = format === 'json' ? JSON.stringify(rich) : richXml(rich);
      return await answer(call, body, { ...open, 'content-type': format === 'json' ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8', vary: varied(asked), 'cache-control': 'public, max-age=3600' });
    } catch (error) {
      const code = codeOf(error);
      if (code === 'key_unknown') return no(401, 'The key of this page is no longer valid.');
      if (code === 'rate_limited') return no(429, 'Too many calls: try again in a minute.');
      if (code !== null) return no(404, 'This page shows nothing.');
      ctx.log.error({ err: error }, 'an embed failed');
      return no(503, 'Try again in a moment.');
    }
  });

  app.get('/feeds/:file{[A-Za-z0-9_-]+[.](?:ics|rss)}', (call) => reading(call, 'auto', async (ctx, asked) => {
    const [name = '', kind = ''] = call.req.param('file').split('.');
    const feed = await readFeed(ctx, name, asked, kind === 'ics' ? 'ics' : 'rss');
    const headers = { 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff', vary: varied(asked), 'cache-control': 'public, max-age=900, stale-while-revalidate=86400' };
    return kind === 'ics'
      ? answer(call, calendarOf(feed), { ...headers, 'content-type': 'text/calendar; charset=utf-8; method=PUBLISH', 'content-disposition': `inline; filename="${name}.ics"` })
      : answer(call, rssOf(feed, feed.written), { ...headers, 'content-type': 'application/rss+xml; charset=utf-8' });
  }));
  return app;
}

const tagOf = (tag: string): Tag => {
  if (!isTag(tag)) throw new AppError('not_found');
  return tag;
};

/** What an address says of what is asked, to say it again. */
const addressed = ({ locale, said, theme, tones, limit, ...asked }: Asked): Parameters<typeof queryOf>[0] =>
  ({ ...asked, sent: false, lang: said ? locale : '', theme: theme === (tones.ground ?? tones.ink ? 'host' : 'auto') ? '' : theme, limit: limit === 60 ? '' : limit });

/** The links of a page: to itself and to its artist's other pages. In a fragment, on somebody else's page, they are whole addresses. */
function waysOf({ config }: Context, tag: Tag, asked: Asked, { whole: far, leaves }: { whole: boolean; leaves: boolean }): Ways {
  const home = far ? config.urls.platform : '';
  const { key, artist, stage, locale, said, theme, tones } = asked;
  const common = { key, artist, stage, lang: said ? locale : '', theme: theme === 'auto' || theme === 'host' ? '' : theme };
  return {
    leaves, home,
    same: (changed) => `${home}/e/${tag}${queryOf({ ...addressed(asked), sent: asked.sent, ...changed }, tones)}`,
    to: (other, more = {}) => `${home}/e/${other}${queryOf({ ...common, ...more }, tones)}`,
  };
}

/** A whole page, usable as a plain frame: of a site's key by its pages, without a key by anybody when it asks nothing. */
async function whole(call: Call, ctx: Context, { tag, asked, typed }: Pick<Order, 'tag' | 'asked'> & { readonly typed?: Order['typed'] }, status = 200): Promise<Response> {
  const guest = await guestOf(ctx, asked, tag);
  const keyed = asked.key !== '';
  const scripts = keyed && !asked.sent && !typed;
  // What anybody may hold in a frame runs no widget; how tall it is, it tells whoever holds it.
  const open = !keyed && !asking.includes(tag);
  const drawn = await draw(guest, { tag, asked, ways: waysOf(ctx, tag, asked, { whole: false, leaves: open }), scripts, alone: false, ...(typed && { typed }) });
  const { artist, stage, limit } = addressed(asked);
  const bare: Parameters<typeof queryOf>[0] = { ...(artist && { artist }), ...(stage && { stage }), ...(limit && { limit }), ...(asked.said && { lang: asked.locale }) };
  const address = (more: Parameters<typeof queryOf>[0], tones?: Asked['tones']): string => `${ctx.config.urls.platform}/e/${tag}${queryOf(more, tones)}`;
  const worn = wornBy(asked);
  const kept = !asking.includes(tag) && !asked.past && (asked.artist !== '' || asked.stage !== '');
  const canonical = !kept ? '' : tag === 'flow-epk' ? `${hosted(ctx, asked.artist)}${queryOf({ lang: asked.said ? asked.locale : '' })}` : address(bare);
  const page = pageOf({
    ...asked, title: drawn.title, description: drawn.description, canonical, picture: drawn.picture, hosts: scripts ? guest.partner.origins : open ? ['*'] : [], key: scripts ? asked.key : '', worn, titled: false, share: 'website',
    inLanguage: (lang) => (kept && !keyed ? address({ ...bare, lang }) : address({ ...addressed(asked), sent: asked.sent, lang }, asked.tones)),
    oembed: asking.includes(tag) && !keyed ? '' : `${ctx.config.urls.platform}/oembed?url=${encodeURIComponent(address(addressed(asked), asked.tones))}`, feeds: feedsOf(ctx, drawn.feed, asked),
    body: elementOf(drawn.element, asked, scripts),
  });
  const ancestors = keyed ? ["'self'", ...guest.partner.origins] : open ? ['*'] : ["'none'"];
  return answer(call, page, { ...guard(ctx, { sheets: [tag], scripts, tells: open, ancestors, worn }), vary: varied(asked), 'cache-control': typed ? 'no-store' : keeping(tag, asked) }, status);
}

/** The sheet of the colours that were asked for. */
const wornBy = ({ tones }: Pick<Asked, 'tones'>): string => (Object.keys(tones).length ? sheetFor(tones) : '');

/** Where a booking stands is nobody else's; a receipt neither. */
const keeping = (tag: Tag, { reference }: Asked): string => (reference || tag === 'flow-contract-status' ? 'private, no-store' : fresh);
const varied = ({ said }: Asked, ...more: string[]): string => ['accept-encoding', ...(said ? [] : ['accept-language']), ...more].join(', ');

function feedsOf({ config }: Context, name: string, { locale, said }: Asked): { ics: string; rss: string } | null {
  const lang = queryOf({ lang: said ? locale : '' });
  return name === '' ? null : { ics: `${config.urls.platform}/feeds/${name}.ics${lang}`, rss: `${config.urls.platform}/feeds/${name}.rss${lang}` };
}

const hashes = new Map<string, string>();
const hashOf = (sheet: string): string => `'sha256-${createHash('sha256').update(sheet).digest('base64')}'`;
const keptHash = (sheet: string): string => {
  const hash = hashes.get(sheet) ?? hashOf(sheet);
  hashes.set(sheet, hash);
  return hash;
};

/** What a page may load, and who may hold it: its own sheets by their hash, pictures and sound from the media's origin, scripts of ours where it has any: all of them, or the one that tells its height. */
function guard({ config }: Context, { sheets, scripts, tells = false, ancestors, worn = '' }: { sheets: readonly Tag[]; scripts: boolean; tells?: boolean; ancestors: readonly string[]; worn?: string }): Record<string, string> {
  const { media } = config.urls;
  // Colours are anybody's to ask for: their hash is not remembered.
  const style = [...[GROUND, ...sheets.map(sheetOf)].map(keptHash), ...(worn ? [hashOf(worn)] : [])].join(' ');
  const policy = [
    "default-src 'none'", `style-src ${scripts ? "'self' " : ''}${style}`, `img-src ${scripts ? "'self' blob: " : ''}${media} data:`, `media-src ${media}`, "base-uri 'none'", "form-action 'self'", `frame-ancestors ${ancestors.join(' ')}`,
    `connect-src 'self'${scripts ? ` ${media}` : ''}`, ...(scripts ? ["script-src 'self'", "worker-src 'self' blob:", "frame-src 'self'"] : tells ? ["script-src 'self'"] : []),
  ];
  return { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy.join('; '), 'referrer-policy': 'strict-origin-when-cross-origin' };
}

const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)];

/** Sends a text, smaller where the reader can unpack it, and not again to whoever has it. */
async function answer(call: Call, body: string, headers: Readonly<Record<string, string>>, status = 200): Promise<Response> {
  const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const all: Record<string, string> = { ...headers, etag };
  if (status === 200 && headers['cache-control']?.includes('no-store') !== true && (call.req.header('if-none-match') ?? '').split(/\s*,\s*/).some((tag) => tag === etag || tag === etag.slice(2))) return new Response(null, { status: 304, headers: all });
  const can = call.req.header('accept-encoding') ?? '';
  const bytes = Buffer.from(body);
  if (/\bbr\b/.test(can)) return sent(await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }), { ...all, 'content-encoding': 'br' }, status);
  if (/\bgzip\b/.test(can)) return sent(await zip(bytes), { ...all, 'content-encoding': 'gzip' }, status);
  return sent(bytes, all, status);
}
const sent = (bytes: Buffer, headers: Record<string, string>, status: number): Response => new Response(new Uint8Array(bytes), { status, headers: { ...headers, 'content-length': String(bytes.length) } });

const codeOf = (error: unknown): string | null => (error instanceof AppError ? error.code : isUnfit(error) ? 'input_invalid' : null);

/** Why nothing is shown, in words, whoever holds the frame. */
function inWords(ctx: Context, asked: Asked, error: unknown): Response {
  const code = codeOf(error);
  const { locale } = asked;
  const page = (status: number, which: 'lost' | 'closed' | 'busy' | 'fault' | 'foreign', back = ''): Response => new Response(
    wordsPage({ ...asked, title: tell(locale, `${which}Title`), text: tell(locale, `${which}Text`), back, worn: wornBy(asked) }),
    { status, headers: { ...guard(ctx, { sheets: [], scripts: false, ancestors: ['*'], worn: wornBy(asked) }), vary: varied(asked), 'cache-control': 'no-store' } },
  );
  switch (code) {
    case 'key_unknown': return page(401, 'closed');
    case 'rate_limited': return page(429, 'busy');
    case 'origin_not_allowed': return page(403, 'foreign', asked.artist ? `/e/flow-booking-request${queryOf(addressed(asked), asked.tones)}` : '');
    case null:
      ctx.log.error({ err: error }, 'an embed failed');
      return page(503, 'fault');
    default: return page(404, 'lost');
  }
}

interface Sent { readonly guest: Guest; readonly asked: Asked; readonly fields: ReadonlyMap<string, string>; readonly ask: Parts['ask'] }

/** Takes a form: what is wrong is said beside its question, what is right becomes a request, once however often it is sent. */
async function take(call: Call, { guest, asked, fields, ask }: Sent): Promise<Response> {
  const today = dayIn(guest.now(), 'Europe/Paris');
  const answers = answersIn(fields, asked.asker || 'private');
  const season = asked.asker === 'camping';
  const again = (faults: ReadonlyMap<Question, Fault>, failure = '', status = 422): Promise<Response> => whole(call, guest, { tag: 'flow-booking-request', asked, typed: { answers, faults, failure } }, status);
  const faults = faultsOf(answers, season ? 'offered' : 'none', today);
  if (faults.size) return again(faults);
  const input = inputOf(answers, season);
  // The same answers on one day are one request: a form that is sent twice, or kept by a cache, needs no number of its own.
  const key = createHash('sha256').update(JSON.stringify([today, asked.artist, input])).digest('hex').slice(0, 40);
  const { config } = guest;
  const locale = asked.locale;
  try {
    const { reference } = await ask(guest, { ...input, key, artist: asked.artist, locale, pageUrl: `${config.urls.platform}/e/flow-booking-request`, website: (fields.get('website') ?? '').slice(0, 200) });
    return new Response(null, { status: 303, headers: { location: `/e/flow-booking-request${queryOf({ ...addressed(asked), day: '', ...Object.fromEntries(KNOWN.map((name) => [name, ''])), reference, sent: true }, asked.tones)}`, 'cache-control': 'no-store' } });
  } catch (error) {
    const code = codeOf(error);
    if (code === null || code === 'not_found') throw error;
    const { say } = await speak(locale);
    const field = error instanceof AppError ? (error.details['field'] ?? '').split('.')[0] as Question : '';
    if (code === 'date_taken' || code === 'day_past') return again(new Map([['showDay', { words: code === 'date_taken' ? 'dayIsBusy' : 'needDay' }]]), '', 409);
    if (field !== '' && QUESTIONS.includes(field)) return again(new Map([[field, { words: code === 'text_unprintable' ? code : 'input_invalid' }]]));
    return again(new Map(), say(code === 'rate_limited' ? 'rate_limited' : 'input_invalid'), code === 'rate_limited' ? 429 : 422);
  }
}

/** What was typed, as it was typed. */
function answersIn(fields: ReadonlyMap<string, string>, asker: Answers['asker']): Answers {
  const lines = Object.fromEntries(QUESTIONS.map((question) => [question, (fields.get(question) ?? BLANK[question]).slice(0, 4_000).replaceAll('\r\n', '\n')])) as Record<Question, string>;
  return { ...BLANK, ...lines, asker, outdoor: fields.has('outdoor') };
}
