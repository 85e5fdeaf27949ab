import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { layOut } from '../../prisma/world/index.ts';
import { takeRequest } from '../requests/service.ts';
import { RequestInput } from '../core/asked.ts';
import { openLimits } from '../core/limits.ts';
import { AppError } from '../core/errors.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { revokeKey } from '../partners/service.ts';
import { serve } from '../http.ts';
import { LOCALES } from '../core/locale.ts';
import { HEIGHTS } from './asked.ts';

let world: TestWorld;
let app: ReturnType<typeof serve>;
const pages = { bundle: () => new Response('bundle'), asset: () => new Response('asset'), page: (path: string) => new Response(path, { status: 404 }) };

beforeAll(async () => {
  world = await openTestWorld();
  await layOut(world.ctx);
  const { db, now, realNow, newId, adapters, config, live, log } = world.ctx;
  app = serve({
    world: { db, now, realNow, newId, adapters, config, live, log }, pages, limits: openLimits(50), sandbox: null, development: null, ready: () => Promise.resolve(true),
    door: { handler: () => Promise.resolve(new Response('auth')), personOf: () => Promise.resolve(null) },
  });
}, 120_000);
afterAll(() => world.close());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await app.request(path, { headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const kit = '/e/flow-epk?key=pk_demo_theatre&artist=les-vagues-lentes&lang=fr';

describe('a page for hosts without scripts (EM-01)', () => {
  test.each(Object.keys(HEIGHTS))('%s shows itself by a declared shadow root, in every language', async (tag) => {
    for (const lang of LOCALES) {
      const { status, text, headers } = await get(`/e/${tag}?key=pk_demo_theatre&artist=les-vagues-lentes&lang=${lang}`);
      expect([status, headers.get('content-language') ?? lang], text).toEqual([200, lang]);
      expect(text).toContain(`<html lang="${lang}"`);
      expect(text).toMatch(new RegExp(`<${tag}[^>]*><template shadowrootmode="open"><style>[^<]+</style><div class="flow"`));
      expect(text).not.toMatch(/lit-part|lit-node|undefined|\[object|NaN/);
      expect(text.match(/<template /g)).toHaveLength(1);
    }
  });

  test('says who plays, for readers, share cards, search engines and those who embed', async () => {
    const { text } = await get(kit);
    for (const part of ['Les Vagues Lentes', '<audio controls preload="none"', 'Demander une date', '<meta property="og:image"', '"@type":"MusicGroup"', 'application/json+oembed', 'text/calendar', 'application/rss+xml', 'hreflang="en"']) expect(text).toContain(part);
    expect(text).toContain(`<link rel="canonical" href="${world.ctx.config.urls.platform}/@les-vagues-lentes?lang=fr">`);
  });

  test('stands in frames of the site’s own pages alone, and runs what is its own alone', async () => {
    const { headers } = await get(kit);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`frame-ancestors 'self' ${world.ctx.config.urls.sites.theatre}`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe-inline');
    expect(headers.get('set-cookie')).toBeNull();
  });

  test('without a key it stands anywhere, runs no widget, and one script tells how tall it is', async () => {
    const open = await get('/e/flow-epk?artist=les-vagues-lentes&lang=fr');
    expect([...open.text.matchAll(/<script [^>]*src="([^"]+)"/g)].map(([, src]) => src)).toEqual(['/v1/framed.js']);
    expect(open.text).toContain('<meta name="flow-host" content="*">');
    const policy = open.headers.get('content-security-policy') ?? '';
    expect(policy).toContain('frame-ancestors *');
    expect(policy).toMatch(/script-src 'self'$/);
    // What asks something stands nowhere, and has nobody to tell.
    const asking = await get('/e/flow-booking-request?artist=les-vagues-lentes&lang=fr');
    expect(asking.text).not.toMatch(/<script [^>]*src=|flow-host/);
    expect(asking.headers.get('content-security-policy')).not.toContain('script-src');
  });

  test('what an artist wrote is text, wherever it stands', async () => {
    const epk = await world.db.epk.findUniqueOrThrow({ where: { slug: 'les-vagues-lentes' } });
    const nasty = `</script><script>alert(1)</script><img src=x onerror=alert(1)>"'--><!--`;
    await world.db.epk.update({ where: { slug: epk.slug }, data: { name: nasty, bio: { fr: nasty }, technical: nasty, genres: [nasty] } });
    for (const path of [kit, '/@les-vagues-lentes', '/e/flow-booking-request?artist=les-vagues-lentes', '/oembed?format=xml&url=' + encodeURIComponent(`${world.ctx.config.urls.platform}/@les-vagues-lentes`)]) {
      const { status, text } = await get(path);
      expect(status).toBe(200);
      expect(text, path).not.toMatch(/<img src=x|<script>alert/);
    }
    await world.db.epk.update({ where: { slug: epk.slug }, data: { name: epk.name, bio: epk.bio!, technical: epk.technical, genres: epk.genres } });
  });

  test('is sent once, and packed', async () => {
    const first = await get(kit, { 'accept-encoding': 'br' });
    expect([first.headers.get('content-encoding'), first.headers.get('cache-control')]).toEqual(['br', 'public, max-age=60, stale-while-revalidate=600']);
    const etag = first.headers.get('etag')!;
    const again = await get(kit, { 'if-none-match': etag });
    expect([again.status, again.text]).toEqual([304, '']);
    const head = await app.request(kit, { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', etag]);
  });

  test('whoever asks for nobody reads so in words, in any frame', async () => {
    for (const path of ['/e/flow-epk?key=pk_demo_theatre&artist=nobody&lang=en', '/@nobody?lang=en', '/e/flow-nothing?lang=en', '/e/flow-epk?lang=en', '/v1/render/flow-programme?stage=nowhere&lang=en', '/feeds/nobody.ics?lang=en', '/e/flow-contract-status?reference=refaaaaaaaaaaaa&lang=en']) {
      const { status, text, headers } = await get(path);
      expect([path, status]).toEqual([path, 404]);
      expect(text).toContain('<h1>Page not found</h1>');
      expect(headers.get('content-security-policy')).toContain('frame-ancestors *');
    }
  });

  test.each(['/e/flow-epk?artist=%00', '/e/flow-epk?artist=%ff%fe&lang=%00', '/e/flow-availability?artist=les-vagues-lentes&month=2027-13&day=2027-02-31', '/e/flow-programme?stage=%27%3B--&limit=1e9', '/oembed?url=%00', '/oembed', '/feeds/x%00.ics', '/e/%00', '/@%ff', '/e/flow-availability?artist=les-vagues-lentes&month=2099-12'])('%s breaks nothing', async (path) => {
    expect((await get(path)).status).toBeLessThan(500);
  });

  test('an artist who took the press kit back is gone from every page', async () => {
    await world.db.epk.update({ where: { slug: 'nora-solveig' }, data: { publishedAt: null } });
    for (const path of ['/@nora-solveig', '/e/flow-epk?artist=nora-solveig', '/e/flow-booking-request?artist=nora-solveig', '/feeds/nora-solveig.rss', '/v1/render/flow-epk?artist=nora-solveig']) expect((await get(path)).status, path).toBe(404);
    expect((await get('/oembed?url=' + encodeURIComponent(`${world.ctx.config.urls.platform}/@nora-solveig`))).status).toBe(404);
    await world.db.epk.update({ where: { slug: 'nora-solveig' }, data: { publishedAt: world.ctx.now() } });
  });

  test('a revoked key closes its pages, in words', async () => {
    const site = await world.db.site.findFirstOrThrow({ where: { keys: { some: { key: 'pk_demo_festival' } } } });
    const page = '/e/flow-programme?key=pk_demo_festival&lang=en';
    expect((await get(page)).status).toBe(200);
    await revokeKey(world.as({ orgId: site.orgId }), 'pk_demo_festival');
    const { status, text } = await get(page);
    expect(status).toBe(401);
    expect(text).toContain('The key of this site no longer works');
    expect((await get('/oembed?url=' + encodeURIComponent(`${world.ctx.config.urls.platform}${page}`))).status).toBe(401);
    expect((await get('/feeds/pk_demo_festival.ics')).status).toBe(401);
  });
});

describe('what a widget’s attributes say, a page’s address says too (EM-01)', () => {
  const read = async (path: string) => {
    const answer = await get(path);
    expect(answer.status, path).toBe(200);
    return answer;
  };

  test('a press kit shows the parts that are asked for, in their order', async () => {
    const { text } = await read('/e/flow-epk?key=pk_demo_theatre&artist=les-vagues-lentes&lang=en&show=dates+bio');
    expect([...text.matchAll(/<section><h3>([^<]+)<\/h3>/g)].map(([, title]) => title)).toEqual(['Coming dates', 'About']);
    expect(text).not.toMatch(/<img|<audio/);
    expect(text).toContain(' show="dates bio"');
  });

  test('free days of several artists have a link each, within the months that are asked for', async () => {
    const { text } = await read('/e/flow-availability?key=pk_demo_theatre&artists=les-vagues-lentes+nobody-at-all+nora-solveig&lang=en&from=2027-06&min=2027-06&max=2027-06&view=list');
    expect([...text.matchAll(/<nav class="tabs".*?<\/nav>/gs)].join('')).toMatch(/aria-current="page"[^>]*>Les Vagues Lentes<\/a><a href="[^"]*artist=nora-solveig[^"]*artists=les-vagues-lentes[^"]*view=list[^"]*"[^>]*>Nora Solveig/);
    expect(text).toContain('June 2027');
    expect(text).not.toContain('<table');
    expect(text.match(/<span class="button off"/g)).toHaveLength(2);
    expect(text).toMatch(/<flow-availability artist="les-vagues-lentes" artists="les-vagues-lentes nobody-at-all nora-solveig" from="2027-06" min="2027-06" max="2027-06" view="list"/);
    const month = await read('/e/flow-availability?key=pk_demo_theatre&artist=nora-solveig&view=month&from=2027-06&max=2027-03&lang=en');
    expect(month.text).toContain('March 2027');
    expect(month.text).toContain('<table');
    expect(month.text).not.toContain('<aside');
  });

  test('a programme shows what fits, as it is asked for, and the way back to everything', async () => {
    const { text: all } = await read('/e/flow-programme?key=pk_demo_theatre&lang=en');
    const lines = (text: string): number => (text.match(/<li[^>]*>\s*<time/g) ?? text.match(/<time/g) ?? []).length;
    const [, genre = ''] = /<option value="([^"]+)"[^>]*>\1</.exec(all.slice(all.indexOf('name="genre"'))) ?? [];
    expect(genre).not.toBe('');
    const { text: some } = await read(`/e/flow-programme?key=pk_demo_theatre&lang=en&genre=${encodeURIComponent(genre)}&view=grid`);
    expect(lines(some)).toBeGreaterThan(0);
    expect(lines(some)).toBeLessThan(lines(all));
    expect(some).toContain('class="shows cards"');
    const { text: none } = await read('/e/flow-programme?key=pk_demo_theatre&lang=en&genre=nothing+like+it&plain=1&period=weekend&free=1&where=%22%3E%3Cb%3E');
    expect(none).toMatch(/<a class="button" part="button" href="[^"]*\/e\/flow-programme\?key=pk_demo_theatre&amp;lang=en&amp;plain=1">/);
    expect(none).not.toMatch(/<select|class="feeds|"><b>/);
    expect(none).toContain(' where="&quot;&gt;&lt;b&gt;" period="weekend" free="free" plain="plain"');
  });

  test('a form begins with what the page knows, in the widget’s own attributes too', async () => {
    const { text } = await read('/e/flow-booking-request?key=pk_demo_theatre&artist=les-vagues-lentes&lang=en&city=Nantes&occasion=%22%3E%3Cimg+src%3Dx%3E&budget=1+200&audience=80&asker=venue&organisation=Mairie&email=x%40y.example&no-draft=1');
    for (const [id, value] of [['city', 'Nantes'], ['occasion', '&quot;&gt;&lt;img src=x&gt;'], ['budget', '1 200'], ['audience', '80'], ['organisation', 'Mairie'], ['email', '']]) expect(text, id).toMatch(new RegExp(`<input id="${id}"[^>]* value="${value}"`));
    expect(text).toMatch(/value="venue" checked/);
    expect(text).toMatch(/<flow-booking-request [^>]*steps="one" asker="venue" city="Nantes" occasion="&quot;&gt;&lt;img src=x&gt;" budget="1 200" audience="80" organisation="Mairie" no-draft="no-draft"/);
  });

  test('a page wears the colours that are asked for, by a sheet whose hash its policy names; its links keep them', async () => {
    const { text, headers } = await read('/e/flow-availability?key=pk_demo_theatre&artist=les-vagues-lentes&lang=en&accent=b00020&ground=101a38&ink=%23f5ecd9&font=Georgia,serif&bad=red;x');
    const sheet = "html:root{--flow-ground:#101a38;--flow-ink:#f5ecd9;--flow-accent:#b00020;--flow-font:'Georgia', serif;background:#101a38;color-scheme:dark;color:#f5ecd9}";
    const [, worn = ''] = /<style>(html:root[^<]*)<\/style>/.exec(text) ?? [];
    expect(worn.startsWith(sheet), worn).toBe(true);
    expect(headers.get('content-security-policy')).toContain(`'sha256-${createHash('sha256').update(worn).digest('base64')}'`);
    expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
    expect(text).toContain('data-theme="host"');
    expect(text).not.toMatch(/ style="|red;x/);
    for (const [, href = ''] of text.matchAll(/<a class="d [^>]*href="([^"]+)"/g)) expect(href).toContain('&amp;ground=101a38&amp;ink=f5ecd9&amp;accent=b00020&amp;font=Georgia');
    expect(text).toMatch(/<link rel="alternate" href="[^"]*oembed[^"]*accent%3Db00020/);
    const form = await read('/e/flow-booking-request?key=pk_demo_theatre&artist=les-vagues-lentes&lang=en&accent=b00020');
    expect(form.text).toContain('<input type="hidden" name="accent" value="b00020">');
    // A page that is not there wears them too.
    expect((await get('/e/flow-epk?key=pk_demo_theatre&artist=nobody&lang=en&ground=101a38')).text).toContain('background:#101a38');
    // The address that search engines keep says none.
    expect((await read('/e/flow-availability?artist=les-vagues-lentes&lang=en&ground=101a38&view=list')).text).toMatch(/<link rel="canonical" href="[^"]*\/e\/flow-availability\?artist=les-vagues-lentes&amp;lang=en">/);
  });

  test('in a fragment the element wears them itself, and its forms lead to us', async () => {
    const { text } = await read('/v1/render/flow-booking-request?key=pk_demo_theatre&artist=les-vagues-lentes&lang=en&accent=b00020&font=%22%3E%3Cscript%3E');
    expect(text).toMatch(/^<flow-booking-request artist="les-vagues-lentes" steps="one" style="--flow-accent:#b00020"/);
    expect(text).toContain(`<form method="post" action="${world.ctx.config.urls.platform}/e/flow-booking-request"`);
    expect((await read('/v1/render/flow-contract-status?key=pk_demo_theatre&lang=en')).text).toContain(`<form method="get" action="${world.ctx.config.urls.platform}/e/flow-contract-status"`);
  });
});

describe('a fragment for a server that writes the page', () => {
  test('carries the widget, its link, what it means, and the answer that the widget would ask for', async () => {
    const { text } = await get('/v1/render/flow-epk?key=pk_demo_theatre&artist=les-vagues-lentes&lang=en');
    expect(text).toMatch(/^<flow-epk artist="les-vagues-lentes"[^>]*><template shadowrootmode="open">/);
    expect(text).toMatch(/<\/template><a href="[^"]+">Les Vagues Lentes · press kit<\/a><script type="application\/ld\+json">/);
    const answer = /<script type="application\/json" data-flow-answer="([^"]+)">(.*?)<\/script>/.exec(text)!;
    expect(decodeURIComponent(answer[1]!)).toBe('/trpc/public/profiles.epk?input={"artist":"les-vagues-lentes"}');
    expect(JSON.parse(answer[2]!)).toMatchObject({ name: 'Les Vagues Lentes' });
  });

  test('is for the site’s own origins, and for servers, which say none', async () => {
    const path = '/v1/render/flow-programme?key=pk_demo_theatre';
    expect((await get(path, { origin: world.ctx.config.urls.sites.theatre })).headers.get('access-control-allow-origin')).toBe(world.ctx.config.urls.sites.theatre);
    expect((await get(path, { origin: 'https://rival.example' })).status).toBe(403);
  });
});

describe('a request without scripts (CH-20)', () => {
  const right = { key: 'pk_demo_theatre', artist: 'les-vagues-lentes', lang: 'fr', asker: 'private', occasion: 'Mariage', showDay: '2027-09-18', startTime: '20:30', city: 'Nantes', place: '', audience: '80', budget: '1 200,50', contactName: 'Anne Test', email: 'anne@test.example', phone: '', message: 'Deux lignes\r\n<b>ici</b>', technical: '', organisation: '', website: '' };
  const send = async (fields: Partial<Record<keyof typeof right, string>>, headers: Record<string, string> = {}) => {
    const answer = await app.request('/e/flow-booking-request', { method: 'POST', body: new URLSearchParams({ ...right, ...fields }), headers: { origin: world.ctx.config.urls.platform, ...headers } });
    return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
  };
  const requests = () => world.db.request.count({ where: { email: 'anne@test.example' } });

  test('what is wrong is said beside its question, and what was typed stays', async () => {
    const { status, text } = await send({ email: 'anne', showDay: '2020-01-01', budget: '' });
    expect(status).toBe(422);
    expect(text).toContain('3 réponses sont à corriger.');
    expect(text).toMatch(/id="email"[^>]*value="anne"[^>]*aria-invalid="true"[^>]*aria-describedby="email-fault"/);
    expect(text).toContain('Deux lignes\n&lt;b&gt;ici&lt;/b&gt;</textarea>');
    expect(await requests()).toBe(0);
  });

  test('a sign that our papers cannot print is said beside its question, an emoji as any other', async () => {
    for (const occasion of ['Mariage 🎉', 'Mariage ★']) {
      const { status, text } = await send({ occasion });
      expect(status).toBe(422);
      expect(text).toMatch(/id="occasion-fault">Nos contrats ne savent pas imprimer[^<]+Retirez-le\.</);
    }
    expect(await requests()).toBe(0);
  });

  test('sent twice it is taken once, and its receipt leads to where it stands', async () => {
    const [first, second] = [await send({}), await send({})];
    expect(first.status).toBe(303);
    expect(second.location).toBe(first.location);
    expect(await requests()).toBe(1);
    const { text, headers } = await get(first.location);
    expect(text).toContain('Demande envoyée');
    expect(headers.get('cache-control')).toBe('private, no-store');
    const follow = /href="(\/e\/flow-contract-status[^"]+)"/.exec(text)![1]!.replaceAll('&amp;', '&');
    expect((await get(follow)).text).toContain('<ol class="steps">');
    const kept = await world.db.request.findFirstOrThrow({ where: { email: 'anne@test.example' } });
    expect([kept.budgetMinor, kept.message]).toEqual([120_050n, 'Deux lignes\n<b>ici</b>']);
  });

  test('a page of ours without a key takes one too, for the artist alone', async () => {
    const { status, location } = await send({ key: '', artist: 'nora-solveig' });
    expect(status).toBe(303);
    expect((await get(location)).status).toBe(200);
    expect((await get('/e/flow-booking-request?artist=nora-solveig')).headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  test('who fills the field that nobody sees is thanked, and nothing is kept', async () => {
    const before = await requests();
    expect((await send({ website: 'https://spam.example', occasion: 'Casino' })).status).toBe(303);
    expect(await requests()).toBe(before);
  });

  test('another page’s script may not fill it', async () => {
    expect((await send({}, { origin: 'https://rival.example' })).status).toBe(403);
    // What our server drew may stand in a page of the key's own site; without the key that site is a stranger.
    expect((await send({ email: '' }, { origin: world.ctx.config.urls.sites.theatre })).status).toBe(422);
    expect((await send({ key: '', email: '' }, { origin: world.ctx.config.urls.sites.theatre })).status).toBe(403);
    expect((await send({}, { origin: 'null' })).status).toBe(403);
  });

  test('a day that is taken, and what no column could keep, are said and not thrown', async () => {
    const [orgId, day] = ['org_demolesvagueslentes', fromDay('2027-10-02')];
    await world.db.dayMark.upsert({ where: { orgId_day: { orgId, day } }, create: { orgId, day, state: 'busy' }, update: { state: 'busy' } });
    expect(await send({ showDay: '2027-10-02' })).toMatchObject({ status: 409, text: expect.stringContaining('Déjà pris ce jour-là') as string });
    for (const wrong of [{ contactName: 'a\u0000b' }, { startTime: '99:99' }, { occasion: 'x'.repeat(5_000) }, { showDay: '2027-02-31' }, { asker: 'camping', seasonUntil: '9999-99-99', shows: '3' }]) expect((await send(wrong)).status, JSON.stringify(wrong)).toBe(422);
  });
});

describe('oEmbed', () => {
  const ask = (url: string, more = '') => get(`/oembed?url=${encodeURIComponent(url)}${more}`);
  const home = () => world.ctx.config.urls.platform;

  test('answers with a frame of the page that was asked for', async () => {
    const { text, headers } = await ask(`${home()}${kit}`, '&maxwidth=400&maxheight=500');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    const rich = JSON.parse(text) as Record<string, unknown>;
    expect(rich).toMatchObject({ version: '1.0', type: 'rich', provider_name: 'Flow Stage', author_name: 'Les Vagues Lentes', width: 400, height: 500, cache_age: 3600 });
    expect(rich['html']).toContain('key=pk_demo_theatre&amp;artist=les-vagues-lentes');
    expect(JSON.parse((await ask(`${home()}${kit}`)).text)).toMatchObject({ thumbnail_width: 480, thumbnail_height: 320 });
    const xml = await ask(`${home()}/@les-vagues-lentes`, '&format=xml');
    expect(xml.headers.get('content-type')).toContain('text/xml');
    expect(xml.text).toMatch(/^<\?xml [^>]+\?>\n<oembed><version>1\.0<\/version>.*&lt;iframe src=/s);
  });

  test('refuses as the protocol says', async () => {
    expect((await ask(`${home()}${kit}`, '&format=yaml')).status).toBe(501);
    for (const url of ['https://rival.example/e/flow-epk?artist=les-vagues-lentes', `${home()}/inbox`, `${home()}/e/flow-inbox`, 'les-vagues-lentes', `${home()}/@nobody`]) expect((await ask(url)).status, url).toBe(404);
    expect((await ask(`${home()}/e/flow-booking-request?artist=les-vagues-lentes`)).status).toBe(401);
  });
});

test('a hosted page needs no script, says who it is, and is small', async () => {
  const { text, headers } = await get('/@les-vagues-lentes');
  expect(text).not.toMatch(/<script(?! type="application\/ld\+json")/);
  expect(text).toContain('<h1 part="heading">Les Vagues Lentes</h1>');
  expect(text).toContain('href="/e/flow-booking-request?artist=les-vagues-lentes"');
  expect(headers.get('content-security-policy')).not.toContain('script-src');
  // Who judges a page for search engines reads this from within it.
  expect(headers.get('content-security-policy')).toContain("connect-src 'self'");
  const robots = await app.request('/robots.txt');
  expect([robots.status, await robots.text()]).toEqual([200, expect.stringMatching(/^User-agent: \*\n(Disallow: \/(auth|files)\/\n)+$/)]);
  const packed = await app.request('/@les-vagues-lentes', { headers: { 'accept-encoding': 'br' } });
  expect((await packed.arrayBuffer()).byteLength).toBeLessThan(14_000);
});

test('the language of the browser is spoken where the address says none', async () => {
  const { text, headers } = await get('/@les-vagues-lentes', { 'accept-language': 'es, en-GB;q=0.8, fr;q=0.5' });
  expect(text).toContain('<html lang="en"');
  expect(headers.get('vary')).toContain('accept-language');
});

test('a refusal is a refusal at this door too', async () => {
  const guest = { ...world.ctx, partner: { siteId: '', orgId: 'org_demolesvagueslentes', key: '', origins: [] } };
  await expect(takeRequest(guest, RequestInput.parse({ key: 'k'.repeat(20), artist: 'nobody', asker: 'private', contactName: 'Anne', email: 'a@b.example', occasion: 'Bal', showDay: '2027-09-18', city: 'Nantes', budget: { minor: 1, currency: 'EUR' } }))).rejects.toThrow(AppError);
});
