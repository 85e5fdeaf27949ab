import { existsSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newcomer, openBrowser, picture } from '../browser.ts';
import { signIn } from '../people.ts';
import { openProduct, type Product } from '../product.ts';
import { consentTools, type Kept } from './consent-tools.ts';
import { openStranger, says, type Stranger } from './platform.ts';
import { install, openWordPress, phpText, traces, type WordPress } from './wordpress.ts';

/* The plugin, as an administrator uploads it, in a real WordPress whose platform is the running product. */

const artist = 'les-vagues-lentes';
const key = 'pk_demo_theatre';
let product: Product;
let wp: WordPress;
let stranger: Stranger;
let browser: Browser;
/** The platform, by the name that WordPress and browsers both reach. */
let server: string;

beforeAll(async () => {
  [product, wp, stranger, browser] = await Promise.all([openProduct(), openWordPress({ version: '6.5', php: '8.3' }), openStranger(), openBrowser()]);
  server = product.address.replace('127.0.0.1', 'localhost');
  const partner = await signIn(product, 'theatre@demo.example');
  const [site] = await partner.ask<{ id: string; name: string; url: string; origins: string[] }[]>('partners.sites');
  await partner.act('partners.updateSite', { ...site, origins: [...site!.origins, wp.address] });
  await wp.php(`update_option( 'show_avatars', 0 ); wp_insert_user( array( 'user_login' => 'editor', 'user_pass' => 'scene-ouverte', 'user_email' => 'editor@demo.example', 'role' => 'editor' ) );`);
  await install(wp);
});
afterAll(async () => {
  await Promise.all([browser.close(), wp.close(), stranger.close(), product.close()]);
});

/** Says the settings as if they had been saved. */
const settle = (settings: Record<string, string> = {}) => wp.php(`delete_option( 'flow_stage' ); add_option( 'flow_stage', json_decode( ${phpText(JSON.stringify({ server, key, ...settings }))}, true ) ); FlowStage\\forget_fragments();`);
/** Publishes a page and answers with its address. */
const publish = (content: string): Promise<string> => wp.php(`return get_permalink( wp_insert_post( wp_slash( array( 'post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Concert', 'post_content' => ${phpText(content)} ) ) ) );`, 'admin');
const shown = (content: string, login = ''): Promise<string> => wp.php(`return do_shortcode( do_blocks( ${phpText(content)} ) );`, login);
const block = (attributes: Record<string, unknown>): string => `<!-- wp:flow-stage/widget ${JSON.stringify(attributes).replaceAll('--', '\\u002d\\u002d').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026')} /-->`;
const html = async (address: string): Promise<string> => (await fetch(address)).text();
const log = (): Promise<string> => wp.php(`return file_exists( WP_CONTENT_DIR . '/debug.log' ) ? file_get_contents( WP_CONTENT_DIR . '/debug.log' ) : '';`);
const flowLog = async (): Promise<string[]> => (await log()).split('\n').filter((line) => /flow.?stage/i.test(line));

let visitor: { context: BrowserContext; page: Page; thrown: string[] };
/** What the page's console said in red, and what it asked for. */
let complaints: string[];
let requests: string[];
beforeEach(async () => {
  visitor = await newcomer(browser);
  // A WordPress without a cache takes its time, and more on a busy machine.
  visitor.context.setDefaultTimeout(60_000);
  complaints = [];
  requests = [];
  visitor.page.on('console', (message) => { if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`); });
  visitor.page.on('pageerror', (error) => { complaints.push(error.message); });
  visitor.page.on('request', (request) => { requests.push(request.url()); });
});
afterEach(() => visitor.context.close());

/** A session as WordPress gives one, without its slow pages of signing in. */
const logIn = async (context: BrowserContext, login: string): Promise<void> => {
  const cookies = await wp.php<Record<string, string>>(`$id = get_user_by( 'login', '${login}' )->ID; $until = time() + HOUR_IN_SECONDS; $token = WP_Session_Tokens::get_instance( $id )->create( $until );
    return array( AUTH_COOKIE => wp_generate_auth_cookie( $id, $until, 'auth', $token ), LOGGED_IN_COOKIE => wp_generate_auth_cookie( $id, $until, 'logged_in', $token ) );`);
  await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: wp.address })));
};

describe('before anybody set it up', () => {
  test('a visitor sees nothing, and whoever writes the page what to do', async () => {
    const address = await publish(`[flow_stage widget="epk" artist="${artist}"]`);
    expect(await html(address)).not.toMatch(/flow-epk|embed[.]js|Enter the server/);
    expect(await shown('[flow_stage widget="epk" artist="x"]', 'editor')).toContain('Enter the server address and the publishable key');
  });
});

describe('the settings', () => {
  test('an administrator sets it up, and is told what was wrong', async () => {
    const { page } = visitor;
    await logIn(visitor.context, 'admin');
    await page.goto(`${wp.address}/wp-admin/options-general.php?page=flow-stage`);
    await page.getByLabel('Server address').fill(`${server}/`);
    await page.getByLabel('Publishable key').fill(key);
    await page.getByLabel('Colours').selectOption('dark');
    await page.getByRole('button', { name: 'Save Changes' }).click();
    await page.getByText('Settings saved.').waitFor();
    expect(await page.getByLabel('Server address').inputValue()).toBe(server);
    expect(await wp.php(`return get_option( 'flow_stage' );`)).toEqual({ server, key, theme: 'dark', lang: '', consent: 'now', event: '', category: 'marketing' });
    await picture(page, 'wordpress-settings');

    await page.getByLabel('Server address').evaluate((input: HTMLInputElement) => { input.type = 'text'; });
    await page.getByLabel('Server address').fill('javascript:alert(1)');
    await page.getByLabel('Publishable key').fill('"><script>');
    await page.getByLabel('Load the widgets').selectOption('event');
    await page.getByRole('button', { name: 'Save Changes' }).click();
    await page.getByText('The server address must look like').waitFor();
    expect(await page.getByText('A publishable key begins with pk_').count()).toBe(1);
    expect(await page.getByText('Name the event after which').count()).toBe(1);
    expect(await wp.php(`return get_option( 'flow_stage' );`)).toEqual({ server, key, theme: 'dark', lang: '', consent: 'click', event: '', category: 'marketing' });
    expect(complaints.filter((line) => line.includes('flow'))).toEqual([]);
  });

  test('nobody else does: neither without the page’s own nonce, nor without the right', async () => {
    await settle();
    const { page } = visitor;
    await logIn(visitor.context, 'admin');
    const post = (form: Record<string, string>) => page.request.post(`${wp.address}/wp-admin/options.php`, { form: { option_page: 'flow-stage', action: 'update', 'flow_stage[key]': 'pk_of_a_thief', ...form }, maxRedirects: 0 });
    expect((await post({})).status()).toBe(403);
    expect((await post({ _wpnonce: '0123456789' })).status()).toBe(403);
    await page.goto(`${wp.address}/wp-admin/options-general.php?page=flow-stage`);
    const nonce = await page.locator('#_wpnonce').inputValue();

    await visitor.context.clearCookies();
    await logIn(visitor.context, 'editor');
    expect((await post({ _wpnonce: nonce })).status()).toBe(403);
    expect((await page.request.get(`${wp.address}/wp-admin/options-general.php?page=flow-stage`)).status()).toBe(403);
    expect(await wp.php(`return FlowStage\\settings()['key'];`)).toBe(key);
    // Nor does REST know of them.
    expect(Object.keys(await (await page.request.get(`${wp.address}/?rest_route=/wp/v2/settings`)).json() as object)).not.toContain('flow_stage');
  });
});

describe('on a page', () => {
  test('block and shortcode stand, come alive, and share one script', async () => {
    await settle();
    const address = await publish(`${block({ widget: 'epk', artist, align: 'wide' })}\n\n[flow_stage widget="availability" artist="${artist}"]\n\n${block({ widget: 'booking-request', artist, asker: 'venue', noDraft: true })}\n\n[flow_stage widget="programme" limit="3"]`);
    const source = await html(address);
    expect(source.match(/<script[^>]*embed[.]js[^>]*>/g)).toEqual([`<script data-cfasync="false" id="flow-stage-js" async src="${server}/v1/embed.js" data-key="${key}" data-no-optimize="1" data-no-defer="1" data-no-minify="1">`]);
    expect(source.indexOf('embed.js')).toBeLessThan(source.indexOf('</head>'));
    expect(source).toMatch(new RegExp(`<div class="alignwide wp-block-flow-stage-widget"><flow-epk artist="${artist}">`));
    expect(source).toMatch(new RegExp(`<flow-booking-request artist="${artist}" asker="venue" no-draft>`));
    expect(source).toContain(`<a href="${server}/e/flow-availability?key=${key}&#038;artist=${artist}&#038;lang=en">See the free days</a>`);

    const { page } = visitor;
    await page.goto(address);
    for (const tag of ['flow-epk', 'flow-availability', 'flow-booking-request', 'flow-programme']) {
      await page.locator(tag).scrollIntoViewIfNeeded();
      await page.waitForFunction((name) => document.querySelector(name)?.shadowRoot?.querySelector('.flow') && !document.querySelector(name)?.shadowRoot?.querySelector('.bone, [aria-busy=true]'), tag);
    }
    expect(await page.locator('flow-epk').getByRole('heading', { name: 'Les Vagues Lentes' }).count()).toBe(1);
    await page.evaluate(() => { window.scrollTo(0, 0); });
    await picture(page, 'wordpress-page');
    expect(complaints).toEqual([]);
    const own = [wp.address, server, product.address, ...Object.values(product.origins)].map((one) => new URL(one).host);
    expect(requests.filter((one) => one.startsWith('http') && !own.includes(new URL(one).host))).toEqual([]);
    expect(await visitor.context.cookies()).toEqual([]);
  });

  test('what a block and a shortcode say reaches the widget, its plain link and what is drawn; colours are worn', async () => {
    await settle();
    const said = { artist, city: `L'Isle & co`, budget: '1 200', steps: 'one', season: true, accent: '#B00020', onAccent: '#fff', font: 'Georgia, serif', view: 'grid' };
    const worn = `style="--flow-accent:#b00020;--flow-on-accent:#ffffff;--flow-font:&#039;Georgia&#039;, serif"`;
    const asBlock = await shown(block({ widget: 'booking-request', ...said }));
    const asShortcode = await shown(`[flow_stage widget="booking-request" artist="${artist}" city="L'Isle & co" budget="1 200" steps="one" season accent="#B00020" on-accent="fff" font="Georgia, serif" view="grid"]`);
    for (const source of [asBlock, asShortcode]) {
      expect(source).toContain(`<flow-booking-request artist="${artist}" steps="one" city="L&#039;Isle &amp; co" budget="1 200" season ${worn}>`);
      expect(source).toContain('&#038;city=L%27Isle%20%26%20co&#038;budget=1%20200&#038;season=1&#038;accent=b00020&#038;on-accent=ffffff&#038;font=Georgia%2C%20serif&#038;lang=en">Ask for a date</a>');
      // Every colour is drawn the same.
      expect(source).not.toMatch(/<template.*b00020.*<\/template>/s);
    }
    const address = await publish(`[flow_stage widget="epk" artist="${artist}" show="dates bio" accent="#b00020" ink="#123456"]\n\n[flow_stage widget="availability" artists="${artist} nora-solveig" view="list"]`);
    expect(await html(address)).toMatch(new RegExp(`<flow-availability artist="${artist}" artists="${artist} nora-solveig" view="list">`));
    const { page } = visitor;
    await page.goto(address);
    const kit = page.locator('flow-epk');
    await page.waitForFunction(() => document.querySelector('flow-epk:defined')?.shadowRoot?.querySelector('article .row') && !document.querySelector('flow-epk')?.shadowRoot?.querySelector('.bone'));
    expect(await kit.locator('h3').allTextContents()).toHaveLength(2);
    expect(await kit.locator('.primary').evaluate((one) => getComputedStyle(one).backgroundColor)).toBe('rgb(176, 0, 32)');
    expect(await kit.locator('h2').evaluate((one) => getComputedStyle(one).color)).toBe('rgb(18, 52, 86)');
    await page.locator('flow-availability').scrollIntoViewIfNeeded();
    await page.locator('flow-availability').getByRole('tab').nth(1).waitFor();
    expect(complaints).toEqual([]);
  });

  test('a page without a widget has nothing of ours', async () => {
    expect(await html(await publish('<p>No concert here.</p>'))).not.toMatch(/flow-stage|embed[.]js/);
  });

  test('a feed has the plain link alone', async () => {
    await wp.php(`wp_insert_post( array( 'post_status' => 'publish', 'post_title' => 'Soon', 'post_content' => '[flow_stage widget="epk" artist="${artist}"]' ) );`, 'admin');
    const feed = await html(`${wp.address}/?feed=rss2`);
    expect(feed).toContain(`${server}/e/flow-epk`);
    expect(feed).not.toMatch(/<flow-epk|embed[.]js/);
  });

  test('the words are in the site’s language', async () => {
    await wp.php(`wp_mkdir_p( WP_LANG_DIR ); foreach ( array( 'fr_FR', 'de_DE', 'nl_NL' ) as $locale ) { copy( WP_PLUGIN_DIR . "/flow-stage/languages/flow-stage-$locale.mo", WP_LANG_DIR . "/$locale.mo" ); }`);
    for (const [locale, words] of [['fr_FR', 'Voir le dossier de presse'], ['de_DE', 'Pressemappe ansehen'], ['nl_NL', 'Persmap bekijken']] as const) {
      await wp.php(`update_option( 'WPLANG', '${locale}' );`);
      expect(await shown(`[flow_stage widget="epk" artist="${artist}"]`)).toContain(`>${words}</a>`);
      expect(await wp.php(`return json_decode( load_script_textdomain( 'flow-stage-editor', 'flow-stage', WP_PLUGIN_DIR . '/flow-stage/languages' ), true )['locale_data']['messages']['Open the settings'][0];`)).not.toBe('Open the settings');
    }
    await wp.php(`update_option( 'WPLANG', '' );`);
  });

  test('a nonce that the site’s policy asks for is on the tag', async () => {
    await settle();
    expect(await wp.php(`add_filter( 'flow_stage_nonce', static function () { return 'abc"1'; } ); return FlowStage\\script_tag();`)).toContain(' nonce="abc&quot;1"');
    expect(await wp.php(`add_filter( 'wp_script_attributes', static function ( $given ) { return array( 'nonce' => 'r4nd0m' ) + $given; } ); return FlowStage\\script_tag();`)).toContain(' nonce="r4nd0m"');
  });
});

describe('what the platform draws', () => {
  const drawn = (inside: string, more = '') => `<flow-epk artist="${artist}"><template shadowrootmode="open"><style>p{color:red}</style>${inside}</template><a href="/x">theirs</a>${more}</flow-epk>`;
  const shortcode = `[flow_stage widget="epk" artist="${artist}"]`;
  const elsewhere: Stranger['answer'] = (_, response) => { response.writeHead(302, { location: '/elsewhere' }).end(); };
  beforeEach(() => settle({ server: stranger.address }));

  test('is in the page for readers without scripts, with what search engines are told, once', async () => {
    stranger.answer = says(drawn('<p>Three on a stage</p>', '<script type="application/ld+json">{"@type":"MusicGroup","name":"A </x> B"}</script><script type="application/json" data-flow-answer="x">{}</script>'));
    const page = await html(await publish(`${shortcode}\n\n${shortcode}`));
    expect(page.match(/<template shadowrootmode="open"><style>p\{color:red\}<\/style><p>Three on a stage<\/p><\/template><a href="[^"]*\/e\/flow-epk[^"]*">See the press kit<\/a><\/flow-epk>/g)).toHaveLength(2);
    expect(page.match(/<script type="application\/ld\+json">.*?<\/script>/g)).toEqual([String.raw`<script type="application/ld+json">{"@type":"MusicGroup","name":"A \u003C/x\u003E B"}</script>`]);
    expect(page).not.toContain('data-flow-answer');
  });

  test('is asked for once, and anew behind the visitor’s back', async () => {
    stranger.answer = says(drawn('<p>first</p>'));
    stranger.asked.length = 0;
    expect(await shown(shortcode)).toContain('first');
    expect(await shown(shortcode)).toContain('first');
    expect(stranger.asked).toHaveLength(1);
    expect(stranger.asked[0]).toBe(`/v1/render/flow-epk?key=${key}&artist=${artist}&lang=en`);
    // Time passes: what is kept is old.
    await wp.php(`global $wpdb; foreach ( $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE '\\_transient\\_flow\\_stage\\_%'" ) as $row ) { $name = substr( $row, 11 ); $kept = get_transient( $name ); $kept['stale'] = 0; set_transient( $name, $kept, HOUR_IN_SECONDS ); }`);
    stranger.answer = says(drawn('<p>second</p>'));
    expect(await shown(shortcode)).toContain('first');
    await wp.php(`foreach ( _get_cron_array() as $at => $hooks ) { foreach ( $hooks['flow_stage_refresh'] ?? array() as $job ) { wp_unschedule_event( $at, 'flow_stage_refresh', $job['args'] ); do_action_ref_array( 'flow_stage_refresh', $job['args'] ); } }`);
    // WordPress may have begun it by itself, and then it ends by itself.
    await expect.poll(() => shown(shortcode), { timeout: 15_000, interval: 300 }).toContain('second');
    // A platform that is down leaves what there was.
    stranger.answer = says('', 503);
    await wp.php(`FlowStage\\ask( FlowStage\\fragment_address( 'flow-epk', array( 'artist' => '${artist}' ) ), 'flow-epk' );`);
    expect(await shown(shortcode)).toContain('second');
  });

  test('a slow platform costs the page two seconds in all, once, and leaves the plain link', async () => {
    stranger.answer = (_, response) => { setTimeout(() => { response.end(drawn('<p>out-of-time</p>')); }, 8_000); };
    const address = await publish(`${shortcode}\n\n[flow_stage widget="tour-map" artist="${artist}"]\n\n[flow_stage widget="availability" artist="${artist}"]`);
    const took = async () => { const began = performance.now(); const page = await html(address); expect(page).toContain('See the press kit</a></flow-epk>'); expect(page).not.toContain('out-of-time'); return performance.now() - began; };
    await html(wp.address);
    const first = await took();
    // The quickest of what comes after: WordPress itself takes more or less time for a page.
    const after = Math.min(await took(), await took(), await took());
    expect(first - after).toBeGreaterThan(1_500);
    expect(first - after).toBeLessThan(3_500);
  });

  test.each([
    ['another status', says(drawn('<p>no</p>'), 500)],
    ['somewhere else', elsewhere],
    ['a page that never ends', says(drawn('x'.repeat(600_000)))],
    ['a script', says(drawn('<script>hacked()</script>'))],
  ])('is not taken when it is %s', async (_, answer) => {
    stranger.answer = answer;
    expect(await shown(shortcode)).toBe(`<flow-epk artist="${artist}"><a href="${stranger.address}/e/flow-epk?key=${key}&#038;artist=${artist}&#038;lang=en">See the press kit</a></flow-epk>`);
  });

  test('is not taken when it could do more than be read', async () => {
    const harm = [
      drawn('<svg><style><script>hacked()</script></style></svg>'), drawn('<svg><style><img src=x onerror=hacked()></style></svg>'), drawn('<img src=x onerror=hacked()>'), drawn('<img src="x"onerror="hacked()">'), drawn('<svg/onload=hacked()>'),
      drawn('<a href="java\nscript:hacked()">no</a>'), drawn('<a href="&#106;avascript:hacked()">no</a>'), drawn('<a href=" JavaScript:hacked()">no</a>'), drawn('<form action="javascript:hacked()"></form>'), drawn('<button formaction="javascript:hacked()"></button>'),
      drawn('<img src="data:image/svg+xml,<svg onload=hacked()>">'), drawn('<iframe srcdoc="x"></iframe>'), drawn('<base href="https://evil.example/">'), drawn('<meta http-equiv="refresh" content="0">'), drawn('<link rel="stylesheet" href="https://evil.example/">'), drawn('<object data="x"></object>'),
      drawn('<p>no</p>', '<script type="application/ld+json">{"a":</script>'), drawn('<p>no</p>', '<script type="application/ld+json">"text"</script>').replaceAll('<template', '<p').replaceAll('</template', '</p'), '<p>welcome</p>', '',
    ];
    const taken = await wp.php<unknown[]>(`return array_map( static function ( $html ) { return FlowStage\\read_fragment( $html, 'flow-epk' ); }, json_decode( ${phpText(JSON.stringify([drawn('<p>yes</p>'), ...harm]))}, true ) );`);
    expect(taken).toEqual([{ inside: '<template shadowrootmode="open"><style>p{color:red}</style><p>yes</p></template>', data: '' }, ...harm.map(() => null)]);
  });

  test('comes from the real platform too, and reads without scripts', async () => {
    await settle();
    const address = await publish(`${block({ widget: 'epk', artist })}\n\n${block({ widget: 'programme', limit: '5' })}`);
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(address);
    await page.locator('flow-epk').getByRole('heading', { name: 'Les Vagues Lentes' }).waitFor();
    await picture(page, 'wordpress-no-scripts');
    const said = await page.locator('script[type="application/ld+json"]').allTextContents();
    expect(said.map((text) => JSON.stringify(JSON.parse(text))).join('\n')).toMatch(/"MusicGroup".*"Les Vagues Lentes"|"Les Vagues Lentes".*"MusicGroup"/s);
    await context.close();
    await visitor.page.goto(address);
    await visitor.page.waitForFunction(() => document.querySelector('flow-epk:defined')?.shadowRoot?.querySelectorAll('article').length === 1 && !document.querySelector('flow-epk')?.shadowRoot?.querySelector('.bone'));
    expect(await visitor.page.locator('flow-epk').getByRole('heading', { name: 'Les Vagues Lentes' }).count()).toBe(1);
    expect(complaints).toEqual([]);
  });
});

describe('whatever is typed', () => {
  const evil = [`"><script>hacked()</script>`, `' onmouseover='hacked()`, `" autofocus onfocus="hacked()`, `</flow-epk><img src=x onerror=hacked()>`, `javascript:hacked()`, `data:text/html,<script>hacked()</script>`, `a\u0000"b<c`, `&quot;><b>`, `[gallery]{{x}}`, `\\" onload=hacked() x=\\"`];
  const names: Record<string, readonly string[]> = {
    epk: ['artist', 'show', 'request-href'], availability: ['artist', 'artists', 'from', 'min', 'max', 'day', 'view', 'request-href'],
    'booking-request': ['artist', 'asker', 'day', 'steps', 'place', 'city', 'occasion', 'budget', 'audience', 'organisation', 'season', 'status-href', 'no-draft'],
    programme: ['stage', 'artist', 'view', 'genre', 'where', 'period', 'free', 'plain', 'past', 'limit'], 'tour-map': ['artist', 'style-url'], 'contract-status': ['reference'],
  };
  const tones = ['accent', 'on-accent', 'ink', 'muted', 'ground', 'surface', 'line', 'edge', 'good', 'warn', 'bad', 'font'];
  beforeEach(() => { stranger.answer = says('', 404); });
  const camel = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

  /** What a browser makes of it: the widget, its attributes, its link, and nothing else. */
  const read = (page: Page, source: string) => page.evaluate((text) => {
    const read = new DOMParser().parseFromString(text, 'text/html');
    const all = [...read.body.querySelectorAll('*')];
    return {
      elements: [...new Set(all.map(({ localName }) => localName))].sort(),
      handlers: all.flatMap(({ attributes }) => [...attributes].map(({ name }) => name)).filter((name) => name.startsWith('on') || name === 'autofocus' || name === 'style'),
      addresses: all.flatMap((one) => ['href', 'request-href', 'status-href', 'style-url'].map((name) => one.getAttribute(name)).filter((value) => value !== null)),
      values: all.flatMap(({ attributes }) => [...attributes].map(({ value }) => value)), text: read.body.textContent,
    };
  }, source);

  test.each(Object.keys(names))('in %s, by block and shortcode, is text at most', async (widget) => {
    await settle({ server: stranger.address });
    const fields = [...names[widget]!, 'link', 'label', ...tones];
    const given = await wp.php<string[]>(`return array_map( static function ( $given ) {
      list( $block, $values ) = $given;
      return $block ? render_block( array( 'blockName' => 'flow-stage/widget', 'attrs' => $values, 'innerBlocks' => array(), 'innerHTML' => '', 'innerContent' => array() ) ) : FlowStage\\shortcode( $values );
    }, json_decode( ${phpText(JSON.stringify(evil.flatMap((text) => [
      [false, { widget, ...Object.fromEntries(fields.map((name) => [name, text])) }],
      [true, { widget, className: text, anchor: text, ...Object.fromEntries(fields.map((name) => [camel(name), text])) }],
    ])))}, true ) );`);
    expect(given).toHaveLength(evil.length * 2);
    for (const source of given) {
      const { elements, handlers, addresses, values } = await read(visitor.page, source);
      // A name that has nothing of a name in it shows nothing.
      expect(elements.filter((name) => !['a', 'div', `flow-${widget}`].includes(name))).toEqual([]);
      expect(handlers).toEqual([]);
      expect(addresses.filter((value) => !/^(https?:|\/|#|[\w.-]*$)/.test(value))).toEqual([]);
      expect(values.join('')).not.toContain('\u0000');
      expect(source).not.toContain('\u0000');
    }
    expect(given.join('')).toContain(`<flow-${widget}`);
  });

  test('a field takes what it is for, and a colour is a colour', async () => {
    await settle({ server: stranger.address });
    const cleaned = (field: string, given: readonly unknown[], widget = '') => wp.php<(string | true | null)[]>(`return array_map( static function ( $given ) { return FlowStage\\clean( '${field}', $given, '${widget}' ); }, json_decode( ${phpText(JSON.stringify(given))}, true ) );`);
    expect(await cleaned('accent', ['#B00020', 'fff', '#12345678', '#b0002', 'red', 'var(--x)', 'url(//x)', '#b00020;background:red', '#b00020}body{display:none', '</style>', '#b00020\n', 'rgb(0,0,0)', ['#fff'], true, 0])).toEqual(['#b00020', '#ffffff', null, null, null, null, null, null, null, null, '#b00020', null, null, null, null]);
    expect(await cleaned('font', ['Georgia, serif', '"Source Sans 3", sans-serif', "'Œuvre'", 'x;y', 'a"b', 'url(x)', 'a, ', 'x'.repeat(200), `a'b`])).toEqual([`'Georgia', serif`, `'Source Sans 3', sans-serif`, `'Œuvre'`, null, null, null, null, null, null]);
    expect(await cleaned('view', ['month', 'list', 'grid', 'map'], 'availability')).toEqual(['month', 'list', null, null]);
    expect(await cleaned('view', ['month', 'list', 'grid', 'calendar'], 'programme')).toEqual([null, 'list', 'grid', 'calendar']);
    expect(await cleaned('artists', ['les-vagues-lentes, Nora Solveig', '<b>, ../', Array.from({ length: 40 }, (_, n) => `a${n}`).join(' ')])).toEqual(['les-vagues-lentes nora solveig', null, Array.from({ length: 12 }, (_, n) => `a${n}`).join(' ')]);
    expect(await cleaned('show', ['dates bio', 'dates script dates', 'x'])).toEqual(['dates bio', 'dates', null]);
    expect(await cleaned('budget', ['1 200,50', '1\u00a0200', 'much', '-1', '9'.repeat(30)])).toEqual(['1 200,50', '1\u00a0200', null, null, null]);
    expect(await cleaned('period', ['week', 'year'])).toEqual(['week', null]);
    expect(await cleaned('min', ['2027-06', '2027-13', '2027'])).toEqual(['2027-06', null, null]);
    expect(await cleaned('free', ['1', true, 'free', 'no', 0])).toEqual([true, true, true, null, null]);
    expect(await cleaned('city', [`L’Isle-d'Abeau & "x"`, 'x'.repeat(200)])).toEqual([`L’Isle-d'Abeau & "x"`, null]);
    // Fields of another widget are not taken.
    expect(await shown(`[flow_stage widget="tour-map" artist="${artist}" view="list" city="Nantes" onclick="hacked()" style="color:red"]`)).toMatch(new RegExp(`^<flow-tour-map artist="${artist}"><a `));
  });

  test('through a real page, whatever an author of the site types, runs nothing', async () => {
    await settle();
    const { page } = visitor;
    await page.addInitScript(() => { (window as { hacked?: unknown }).hacked = () => { document.documentElement.dataset['hacked'] = 'yes'; }; });
    await page.goto(await publish(evil.flatMap((text) => [block({ widget: 'epk', artist, label: text, link: text, requestHref: text }), `[flow_stage widget="epk" artist="${artist}" label='${text.replaceAll("'", '')}']`]).join('\n\n')));
    await page.waitForFunction(() => document.querySelector('flow-epk')?.shadowRoot);
    expect(await page.evaluate(() => document.documentElement.dataset['hacked'])).toBeUndefined();
    expect(await page.locator('flow-epk').count()).toBeGreaterThan(evil.length);
  });

  test('as a setting, by whatever way it came into the database, is escaped on the page, on the settings page and in the editor', async () => {
    const sources = await wp.php<string[]>(`$sources = array();
      foreach ( json_decode( ${phpText(JSON.stringify(evil))}, true ) as $text ) {
        foreach ( array( 'now', 'event', 'click' ) as $consent ) {
          update_option( 'flow_stage', array( 'server' => '${stranger.address}/' . $text, 'key' => $text, 'theme' => $text, 'lang' => $text, 'event' => $text, 'category' => $text, 'consent' => $consent ) );
          array_push( $sources, FlowStage\\script_tag(), FlowStage\\element( 'programme', array() ) );
        }
        $sources[] = FlowStage\\element( 'contract-status', array() );
        ob_start(); FlowStage\\settings_page(); $sources[] = ob_get_clean();
      }
      return $sources;`, 'admin');
    expect(sources).toHaveLength(evil.length * 8);
    for (const source of sources) {
      const { elements, handlers } = await read(visitor.page, source);
      expect(elements.filter((name) => !/^(flow-(contract-status|programme)|a|script|span|button|div|h1|h2|p|code|form|input|table|tbody|tr|th|td|label|select|option|ul|li)$/.test(name))).toEqual([]);
      expect(handlers).toEqual([]);
      expect(source).not.toContain('<script>hacked');
      expect(source.match(/<script/g)?.length ?? 0).toBeLessThanOrEqual(1);
    }
    await settle();
  });

  test('an unknown widget is said to whoever writes the page, as text', async () => {
    await settle();
    expect(await shown('[flow_stage widget="<b>x"]', 'editor')).toBe('<p class="flow-stage-notice"><strong>Flow Stage</strong> Choose one of these widgets: epk, availability, booking-request, programme, tour-map, contract-status.</p>');
    expect(await shown('[flow_stage widget="<b>x"]')).toBe('');
  });
});

describe('a site that asks first', () => {
  const content = `[flow_stage widget="epk" artist="${artist}"]`;
  const ours = () => requests.filter((one) => one.startsWith(server));

  const tags = () => visitor.page.locator('script[src*="embed.js"]').evaluateAll((all) => all.map((tag) => Object.fromEntries(Object.entries((tag as HTMLElement).dataset))));
  const settled = () => visitor.page.waitForTimeout(400);

  test('loads nothing of ours before an event of the site’s own, and counts from then on', async () => {
    await settle({ consent: 'event', event: 'ourBannerSaidYes' });
    const { page } = visitor;
    await page.goto(await publish(content), { waitUntil: 'networkidle' });
    expect(ours()).toEqual([]);
    expect(await page.locator('flow-epk a').isVisible()).toBe(true);
    await page.evaluate(() => { window.dispatchEvent(new CustomEvent('ourBannerSaidYes', { detail: { marketing: 'deny' } })); });
    await settled();
    expect(ours()).toEqual([]);
    await page.evaluate(() => { window.dispatchEvent(new Event('ourBannerSaidYes')); });
    await page.locator('flow-epk').getByRole('heading', { name: 'Les Vagues Lentes' }).waitFor();
    expect(await tags()).toEqual([{ key, consent: '' }]);
    expect(complaints).toEqual([]);
  });

  // The platform answers nothing here: what is looked at is whether it is asked.
  test.each(consentTools)('with %s: who refuses is never served, who agrees at once, and who decided on an earlier visit as they decided', async (_, event, category, tool) => {
    await settle({ consent: 'event', event, category });
    const address = await publish(content);
    const visit = async (kept: Kept): Promise<void> => {
      await visitor.context.close();
      visitor = await newcomer(browser);
      visitor.context.setDefaultTimeout(60_000);
      requests = [];
      visitor.page.on('request', (request) => { requests.push(request.url()); });
      await visitor.context.route(`${server}/**`, (route) => route.abort());
      await visitor.page.addInitScript(tool, kept);
      await visitor.page.goto(address, { waitUntil: 'load' });
      await settled();
    };
    await visit({});
    expect(ours(), 'before anything was decided').toEqual([]);
    await visitor.page.evaluate(() => { window.banner?.denyAll(); });
    await settled();
    expect(ours(), 'after a refusal').toEqual([]);
    await visitor.page.evaluate(() => { window.banner?.acceptAll(); });
    await settled();
    expect(ours(), 'after they thought better of it').toEqual([`${server}/v1/embed.js`]);
    expect(await tags()).toEqual([{ key, consent: '' }]);

    await visit({});
    await visitor.page.evaluate(() => { window.banner?.acceptAll(); });
    await settled();
    expect(ours(), 'after an agreement').toEqual([`${server}/v1/embed.js`]);

    await visit({ functional: 'allow', preferences: 'allow', statistics: 'allow', marketing: 'allow' });
    expect(ours(), 'of somebody who agreed before').toEqual([`${server}/v1/embed.js`]);
    await visit({ functional: 'allow', preferences: 'allow', statistics: 'allow', marketing: 'deny' });
    expect(ours(), 'of somebody who refused before').toEqual([]);
  });

  test('the category is a setting: one that the tools do not know serves nobody, and an empty one is marketing', async () => {
    await settle({ consent: 'event', event: 'cmplz_status_change', category: 'statistics' });
    const { page } = visitor;
    await page.goto(await publish(content));
    const tell = (detail: Record<string, string>) => page.evaluate((said) => { document.dispatchEvent(new CustomEvent('cmplz_status_change', { detail: said })); }, detail);
    await tell({ category: 'marketing', value: 'allow' });
    await tell({ category: 'functional', value: 'allow' });
    await tell({ category: 'statistics', value: 'deny' });
    expect(await tags()).toEqual([]);
    await tell({ category: 'statistics', value: 'allow' });
    expect(await tags()).toEqual([{ key, consent: '' }]);
    expect(await wp.php(`$checked = static function ( $typed ) { return FlowStage\\checked_settings( array( 'category' => $typed ) )['category']; }; return array_map( $checked, array( 'external-media', '', ' preferences ', '"><script>', str_repeat( 'a', 41 ) ) );`, 'admin')).toEqual(['external-media', 'marketing', 'preferences', 'statistics', 'statistics']);
  });

  test('loads nothing of ours before a click on the button, which names where it comes from', async () => {
    await settle({ consent: 'click' });
    const { page } = visitor;
    await page.goto(await publish(`${content}\n\n[flow_stage widget="programme"]`), { waitUntil: 'networkidle' });
    expect(ours()).toEqual([]);
    await page.getByText(`It is loaded from localhost.`).first().waitFor();
    await picture(page, 'wordpress-click');
    await page.getByRole('button', { name: 'Show: Press kit' }).press('Enter');
    await page.locator('flow-epk').getByRole('heading', { name: 'Les Vagues Lentes' }).waitFor();
    expect(await page.getByRole('button', { name: /^Show:/ }).count()).toBe(0);
    // A click is a wish to see it, not to be counted.
    expect(await tags()).toEqual([{ key, consent: 'no' }]);
    expect(complaints).toEqual([]);
  });

  test('a pasted address stays a link', async () => {
    await settle({ consent: 'click' });
    const page = `${server}/e/flow-epk?key=${key}&artist=${artist}`;
    expect(await wp.php(`return apply_filters( 'embed_oembed_html', '<iframe src="${server}"></iframe>', ${phpText(page)}, array(), 0 );`)).toBe(`<a href="${page.replace('&', '&#038;')}">${page.replace('&', '&amp;')}</a>`);
  });
});

/* What stands between a WordPress and its readers on most sites. The plugins themselves are not ours to carry: here is what they do to a page, as their documentation says it. */
describe('a page that others handle before it is read', () => {
  const content = `[flow_stage widget="epk" artist="${artist}" accent="#b00020"]\n\n[flow_stage widget="programme" limit="3"]`;
  const alive = async (page: Page): Promise<void> => {
    for (const tag of ['flow-epk', 'flow-programme']) {
      await page.locator(tag).scrollIntoViewIfNeeded();
      await page.waitForFunction((name) => document.querySelector(`${name}:defined`)?.shadowRoot?.querySelector('.flow') && !document.querySelector(name)?.shadowRoot?.querySelector('.bone, [aria-busy=true]'), tag);
    }
    expect(await page.locator('flow-epk').getByRole('heading', { name: 'Les Vagues Lentes' }).count()).toBe(1);
  };
  // A cache: what is kept for an address is what is served there, whatever WordPress would say now. A page that the browser's driver hands in itself is no page of this network to Chromium.
  beforeAll(() => wp.php(`file_put_contents( WPMU_PLUGIN_DIR . '/kept.php', ${phpText(`<?php add_action( 'template_redirect', static function () { $file = WP_CONTENT_DIR . '/kept-' . md5( $_SERVER['REQUEST_URI'] ); if ( is_readable( $file ) ) { readfile( $file ); exit; } }, 0 );`)} );`));
  afterAll(() => wp.php(`array_map( 'unlink', array_merge( glob( WP_CONTENT_DIR . '/kept-*' ), array( WPMU_PLUGIN_DIR . '/kept.php' ) ) );`));
  const keep = (address: string, source: string): Promise<unknown> => { const { pathname, search } = new URL(address); return wp.php(`return file_put_contents( WP_CONTENT_DIR . '/kept-' . md5( ${phpText(pathname + search)} ), ${phpText(source)} );`); };
  /** The page as a browser gets it after somebody rewrote it; what of ours it asked for before anybody agreed is the answer. */
  const through = async (address: string, rewrite: (source: string) => string, waitUntil: 'load' | 'networkidle' = 'load'): Promise<string[]> => {
    const { page } = visitor;
    const source = await html(address);
    const made = rewrite(source);
    expect(made).not.toBe(source);
    await keep(address, made);
    expect(await html(address)).toBe(made);
    await page.goto(address, { waitUntil });
    return requests.filter((one) => one.startsWith(server));
  };
  const tag = /<script[^>]*id="flow-stage-js"[^>]*><\/script>/;

  test('is the same whoever reads it and whenever, so that a cache may keep it', async () => {
    await settle();
    const address = await publish(content);
    const first = await html(address);
    await new Promise((resolve) => { setTimeout(resolve, 1_100); });
    const ours = (source: string) => [...source.matchAll(/<(flow-[\w-]+)[ >].*?<\/\1>|<script[^>]*flow-stage[^>]*>|<style[^>]*flow-stage.*?<\/style>/gs)].map(([part]) => part);
    expect(ours(first).length).toBeGreaterThanOrEqual(4);
    expect(ours(await html(address))).toEqual(ours(first));
    // Whoever may write pages reads what everybody reads: a cache that keeps the editor's view tells nobody anything.
    await logIn(visitor.context, 'editor');
    expect(ours(await (await visitor.page.request.get(address)).text())).toEqual(ours(first));
    await visitor.context.clearCookies();
    // Kept for a month: the widget asks for what is new by itself.
    await keep(address, first);
    await settle({ theme: 'dark' });
    expect(await html(address)).toBe(first);
    await visitor.page.goto(address);
    await alive(visitor.page);
    expect(complaints).toEqual([]);
  });

  test.each<[string, (source: string) => string]>([
    ['without comments, blanks and quotes', (source) => source.replace(/<!--(?!\[if).*?-->/gs, '').replace(/>\s+</g, '><').replace(tag, (one) => one.replace(/="([\w./:-]+)"/g, '=$1'))],
    ['with every script deferred', (source) => source.replace(tag, (one) => one.replace(' async', ' defer'))],
    ['with the script at the end of the body', (source) => { const [one = ''] = tag.exec(source) ?? []; return source.replace(tag, '').replace('</body>', `${one}</body>`); }],
    ['with the script twice', (source) => source.replace(tag, (one) => one + one)],
    ['without declared shadow roots', (source) => source.replace(/<template shadowrootmode="open">.*?<\/template>/gs, '')],
    ['with the script from another address of the same bytes', (source) => source.replace(tag, (one) => one.replace('embed.js"', 'embed.js?ver=6.5.5"'))],
  ])('comes alive %s', async (_, rewrite) => {
    await settle();
    await through(await publish(content), rewrite);
    await alive(visitor.page);
    expect(complaints).toEqual([]);
  });

  const plain = (extra: string, src = 'src') => (source: string) => source.replace(tag, (one) => one.replace('<script', `<script type="text/plain" ${extra}`).replace(' src=', ` ${src}=`));
  /** The ways in which a tool lets a script go that it held back. */
  const release = {
    copied: (selector: string) => { for (const held of document.querySelectorAll<HTMLScriptElement>(selector)) { const made = document.createElement('script'); for (const { name, value } of held.attributes) if (name !== 'type') made.setAttribute(name === 'data-src' || name === 'data-suppressedsrc' || name === 'data-cmplz-src' ? 'src' : name, value); held.replaceWith(made); } },
    typed: (selector: string) => { for (const held of document.querySelectorAll<HTMLScriptElement>(selector)) { const { parentNode, nextSibling } = held; held.remove(); const made = held.cloneNode() as HTMLScriptElement; made.type = 'text/javascript'; parentNode?.insertBefore(made, nextSibling); } },
    fetched: (selector: string) => { for (const held of document.querySelectorAll<HTMLScriptElement>(selector)) { const made = document.createElement('script'); made.src = held.getAttribute('src') ?? held.dataset['src'] ?? ''; for (const [name, value] of Object.entries(held.dataset)) made.dataset[name] = value; document.head.append(made); } },
  } as const;
  test.each([
    ['Cookiebot', 'typed', plain('data-cookieconsent="marketing"')],
    ['Complianz', 'copied', plain('data-service="general" data-category="marketing" class="cmplz-script"', 'data-cmplz-src')],
    ['CookieYes', 'typed', plain('data-cookieyes="cookieyes-functional"')],
    ['Klaro', 'copied', plain('data-type="application/javascript" data-name="flow-stage"', 'data-src')],
    ['iubenda', 'copied', plain('class="_iub_cs_activate" data-iub-purposes="3"', 'data-suppressedsrc')],
    ['vanilla cookieconsent', 'copied', plain('data-category="functionality"')],
    ['a tool that makes the script anew', 'fetched', plain('data-category="marketing"', 'data-src')],
  ] as const)('waits for consent as %s has it, and comes alive when it is given', async (_, how, rewrite) => {
    await settle();
    const before = await through(await publish(content), rewrite, 'networkidle');
    // What the server drew stands there, with pictures from where pictures come from: the script is what was held.
    expect(before.filter((one) => one.includes('/v1/') || one.includes('/trpc/'))).toEqual([]);
    expect(await visitor.page.locator('flow-epk').evaluate((one) => one.matches(':defined'))).toBe(false);
    await visitor.page.evaluate(release[how], 'script[type="text/plain"]');
    await alive(visitor.page);
    expect(complaints).toEqual([]);
  });

  test('a page kept by a cache while a visitor had not agreed asks the next one too', async () => {
    await settle({ consent: 'click' });
    const address = await publish(content);
    const source = await html(address);
    expect(source).not.toMatch(/<template|<img|<audio/);
    await keep(address, source);
    for (const round of [1, 2]) {
      // Whoever agreed has their view counted as they leave.
      await visitor.page.goto('about:blank');
      requests.length = 0;
      await visitor.page.goto(address, { waitUntil: 'networkidle' });
      expect(requests.filter((one) => one.startsWith(server)), String(round)).toEqual([]);
      await visitor.page.getByRole('button', { name: 'Show: Press kit' }).click();
      await alive(visitor.page);
    }
  });
});

describe('without blocks', () => {
  test('somebody writes a page in the classic editor, and the shortcode is what was typed', async () => {
    await settle();
    // What the plugin “Classic Editor” does: the editor itself is in WordPress.
    await wp.php(`file_put_contents( WPMU_PLUGIN_DIR . '/classic.php', "<?php add_filter( 'use_block_editor_for_post', '__return_false' );" );`);
    try {
      const { page } = visitor;
      await logIn(visitor.context, 'editor');
      await page.goto(`${wp.address}/wp-admin/post-new.php?post_type=page`);
      await page.locator('#title').fill('Classic');
      await page.locator('#content-html').click();
      await page.locator('textarea#content').fill(`Our press kit:\n\n[flow_stage widget="epk" artist="${artist}" city="L'Isle" accent="#b00020" /]\n\nBefore [flow_stage widget="contract-status"]the way to follow it[/flow_stage] after.`);
      // Through the visual editor and back, as people do.
      await page.locator('#content-tmce').click();
      await page.frameLocator('#content_ifr').getByText('Our press kit:').waitFor();
      await picture(page, 'wordpress-classic');
      // While WordPress saves its first draft, which the title began, its button does nothing.
      await page.getByText('Draft saved at').waitFor();
      await page.locator('#publish:not(.disabled)').click();
      await page.waitForURL(/post[.]php[?]post=/);
      const address = await page.locator('#message a').first().getAttribute('href');
      const source = await html(address!);
      expect(source).toMatch(new RegExp(`<flow-epk artist="${artist}" style="--flow-accent:#b00020"><template shadowrootmode="open">`));
      expect(source).toMatch(/>the way to follow it<\/a><\/flow-contract-status>/);
      // No paragraph of WordPress's own gets into what was drawn.
      const drawn = /<flow-epk.*?<template[^>]*>(.*?)<\/template>/s.exec(source)?.[1] ?? '';
      expect(drawn).not.toMatch(/<p>\s*<\/p>|<br ?\/>\n/);
      await visitor.context.clearCookies();
      await page.goto(address!);
      await page.waitForFunction(() => document.querySelector('flow-epk:defined')?.shadowRoot?.querySelector('article .row') && !document.querySelector('flow-epk')?.shadowRoot?.querySelector('.bone'));
      expect(await page.locator('p > flow-epk, p + p:empty').count()).toBe(0);
      expect(complaints).toEqual([]);
    } finally {
      await wp.php(`unlink( WPMU_PLUGIN_DIR . '/classic.php' );`);
    }
  });

  test('a text widget in a sidebar and a template’s own call show it, with the one script', async () => {
    await settle();
    const address = await publish('<p>Nothing here.</p>');
    // A classic theme has a sidebar whose text widgets pass these filters.
    const text = await wp.php<string>(`ob_start(); the_widget( 'WP_Widget_Text', array( 'title' => '', 'text' => '[flow_stage widget="programme" limit="3"]', 'filter' => true, 'visual' => true ) ); return ob_get_clean();`);
    expect(text).toContain('<flow-programme limit="3"');
    // The page's own text names no widget: the script comes with the first one that is drawn.
    await wp.php(`file_put_contents( WPMU_PLUGIN_DIR . '/footer.php', ${phpText(`<?php add_action( 'wp_footer', static function () { echo do_shortcode( '[flow_stage widget="programme" limit="3"]' ); }, 5 );`)} );`);
    try {
      expect((await html(address)).match(/<script[^>]*embed[.]js[^>]*>/g)).toHaveLength(1);
      const { page } = visitor;
      await page.goto(address);
      await page.locator('flow-programme').scrollIntoViewIfNeeded();
      await page.waitForFunction(() => document.querySelector('flow-programme:defined')?.shadowRoot?.querySelector('section'));
      expect(complaints).toEqual([]);
    } finally {
      await wp.php(`unlink( WPMU_PLUGIN_DIR . '/footer.php' );`);
    }
  });
});

describe('in the editor', () => {
  const open = async (page: Page): Promise<void> => {
    await settle();
    await wp.php(`foreach ( get_users() as $user ) { update_user_meta( $user->ID, $GLOBALS['wpdb']->get_blog_prefix() . 'persisted_preferences', array( 'core/edit-post' => array( 'welcomeGuide' => false ), 'core' => array( 'welcomeGuide' => false ), '_modified' => gmdate( 'c' ) ) ); }`);
    await logIn(visitor.context, 'editor');
    complaints.length = 0;
    await page.goto(`${wp.address}/wp-admin/post-new.php?post_type=page`);
    await page.locator('iframe[name="editor-canvas"]').waitFor();
  };

  test('somebody finds the block, names the artist, and sees the widget as visitors will', async () => {
    const { page } = visitor;
    await open(page);
    const canvas = page.frameLocator('iframe[name="editor-canvas"]');
    await canvas.getByRole('textbox', { name: 'Add title' }).fill('On stage');
    await canvas.getByRole('textbox', { name: 'Add title' }).press('Enter');
    await page.keyboard.type('/flow');
    await page.getByRole('option', { name: 'Flow Stage' }).click();
    await canvas.getByText('Choose what to show, and whose.').waitFor();
    await canvas.getByLabel('Artist').pressSequentially(artist);
    await canvas.getByRole('button', { name: 'Show' }).click();
    // The preview is inert: it has no roles.
    await canvas.locator('flow-epk h2', { hasText: 'Les Vagues Lentes' }).waitFor();
    // In the language of the site, not of whoever writes.
    await canvas.locator('flow-epk', { hasText: 'Ask for a date' }).waitFor();
    await picture(page, 'wordpress-editor');
    await page.getByLabel('Widget', { exact: true }).selectOption('availability');
    await canvas.locator('flow-availability').locator('.flow').waitFor();
    await picture(page, 'wordpress-editor-availability');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.locator('.editor-post-publish-panel').getByRole('button', { name: 'Publish', exact: true }).click();
    const address = await page.locator('.post-publish-panel__postpublish-buttons').getByRole('link', { name: 'View Page' }).getAttribute('href');
    expect(await html(address!)).toMatch(new RegExp(`<div class="wp-block-flow-stage-widget"><flow-availability artist="${artist}">`));
    expect(complaints).toEqual([]);
  });

  test('a pasted address of the platform becomes what it shows', async () => {
    const { page } = visitor;
    await open(page);
    const pasted = `${server}/e/flow-programme?key=${key}&lang=fr`;
    const canvas = page.frameLocator('iframe[name="editor-canvas"]');
    await canvas.getByRole('textbox', { name: 'Add title' }).fill('Soon');
    await canvas.getByRole('textbox', { name: 'Add title' }).press('Enter');
    await page.keyboard.type('/embed');
    await page.getByRole('option', { name: 'Embed', exact: true }).click();
    await canvas.getByRole('textbox', { name: 'Embed URL' }).fill(pasted);
    await canvas.getByRole('button', { name: 'Embed', exact: true }).click();
    await canvas.locator('.wp-block-embed iframe').waitFor();
    await picture(page, 'wordpress-editor-oembed');
    expect(await html(await publish(`<p>Our programme:</p>\n\n${pasted}\n`))).toMatch(new RegExp(`<iframe[^>]*src="${product.origins.platform.replaceAll('.', '[.]')}/e/flow-programme[?]`));
  });

  test('an administrator is led to the settings while they are missing, and an editor to an administrator', async () => {
    const { page } = visitor;
    await open(page);
    await settle({ key: '' });
    await page.goto(`${wp.address}/wp-admin/post-new.php?post_type=page`);
    await page.waitForFunction(() => 'wp' in window);
    await page.evaluate(() => {
      const { blocks, data } = (window as unknown as { wp: { blocks: { createBlock: (name: string) => unknown }; data: { dispatch: (store: string) => { insertBlocks: (block: unknown) => void } } } }).wp;
      data.dispatch('core/block-editor').insertBlocks(blocks.createBlock('flow-stage/widget'));
    });
    await page.frameLocator('iframe[name="editor-canvas"]').getByText('An administrator does this under Settings, Flow Stage.').waitFor();
  });
});

describe('in the end', () => {
  test('PHP had nothing to say of the plugin', async () => {
    expect(await flowLog()).toEqual([]);
  });

  test('deleting the plugin leaves nothing', async () => {
    await settle();
    await shown(`[flow_stage widget="epk" artist="${artist}"]`);
    await wp.php(`wp_schedule_single_event( time() + 600, 'flow_stage_refresh', array( 'x', 'y' ) );`);
    expect((await wp.php<string[]>(traces)).sort()).toEqual(expect.arrayContaining(['cron', 'flow_stage']));
    await wp.php(`deactivate_plugins( 'flow-stage/flow-stage.php' ); delete_plugins( array( 'flow-stage/flow-stage.php' ) );`, 'admin');
    expect(await wp.php(traces)).toEqual([]);
    expect(existsSync(`${wp.folder}/wp-content/plugins/flow-stage`)).toBe(false);
  });
});
