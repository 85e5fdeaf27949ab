import { pause } from '../product.ts';
import type { Gaps, Look, Tab } from './engines.ts';
import { formOf, formWhen, pressUntil, typeIn } from './visitor.ts';

/** How the way to the platform is: as it should be; as slow as a phone in the country; our script comes but every call is answered 500, by something before us or by ourselves, or cut; or nothing is there. */
export type Way = 'open' | 'slow' | 'failing' | 'broken' | 'cut' | 'gone';

/** The script tag, with more attributes, and from elsewhere than the platform. */
export type Tag = (rest?: string, from?: string) => string;

/** What happens on a host's page, once it is open. */
interface Doing {
  readonly tab: Tab;
  /** Waits until every widget stands whole. */
  readonly whole: () => Promise<void>;
  /** Waits until no widget says that something is wrong. */
  readonly recovered: () => Promise<void>;
  readonly setWay: (way: Way) => void;
  readonly elsewhere: string;
  /** Reads the page once more. */
  readonly again: () => Promise<void>;
  /** A day on which the artist is free. */
  readonly freeDay: () => Promise<string>;
  /** Notes what is not as it should be. */
  readonly check: (right: boolean, what: string) => void;
}

/** One hostile host: a page of somebody who does not know us. What is left out is as a plain page has it. */
export interface Host {
  readonly name: string;
  /** Attributes of `<html>` and of `<body>`. */
  readonly html?: string;
  readonly body?: string;
  /** The page reserves no room for us: two lines, and nothing else. What is below moves when our script comes, for before it only the page could keep it where it is. */
  readonly bare?: boolean;
  readonly css?: string;
  readonly links?: readonly string[];
  readonly base?: string;
  /** A script of the host that runs before anything of ours. */
  readonly patch?: string;
  readonly headers?: (at: { platform: string; media: string; nonce: string }) => Record<string, string>;
  /** How our script comes in; as documented when left out. */
  readonly loader?: (tag: Tag, another: string) => { readonly head?: string; readonly body?: string };
  /** How the widgets stand in the page. */
  readonly spots?: (spots: string) => string;
  /** How the way to us is at first. */
  readonly way?: Way;
  readonly key?: 'revoked';
  readonly origin?: 'refused';
  readonly look?: Partial<Look>;
  /** What of a driver it needs: where the driver has not got it, the host is a gap. */
  readonly needs?: keyof Gaps;
  readonly act?: (doing: Doing) => Promise<void>;
  /** Looked at when all stands. */
  readonly after?: (doing: Doing) => Promise<void>;
  /** What `act` and `after` check of this host alone. */
  readonly proves?: string;
  /** What a visitor typed there stays in the tab, by the name of the storage. */
  readonly keeps?: readonly string[];
  /** What every widget shows in the end: itself, a calm message with the link, or the link alone. */
  readonly shows?: 'problem' | 'link';
  /** What its policy is asked once and refuses: the map's worker, in whose place a drawing comes. */
  readonly refuses?: RegExp;
  /** Widgets that have asked the server for nothing they cannot do without, and so say nothing of it. */
  readonly silent?: readonly string[];
}

const policy = (more: string) => ({ platform, media, nonce }: { platform: string; media: string; nonce: string }): Record<string, string> => ({ 'content-security-policy': [
  "default-src 'none'", `script-src 'nonce-${nonce}' 'strict-dynamic'`, `style-src 'self' 'nonce-${nonce}'`, `connect-src ${platform}`, `img-src ${platform} ${media} data: blob:`, `media-src ${media} blob:`,
  `worker-src blob: ${platform}`, `frame-src ${platform}`, "base-uri 'none'", "form-action 'self'", ...(more ? [more] : []),
].join('; ') });

/** After Prototype.js 1.6: what it puts into arrays, elements and JSON. */
const prototypeJs = `
Array.from = function (iterable) { if (!iterable) return []; if (iterable.toArray) return iterable.toArray(); var length = iterable.length || 0, results = new Array(length); while (length--) results[length] = iterable[length]; return results; };
window.$A = Array.from; window.$ = function (id) { return document.getElementById(id); };
Array.prototype.each = function (iterator) { for (var i = 0; i < this.length; i++) iterator(this[i], i); return this; };
Array.prototype.toArray = function () { return [].concat(this); };
Array.prototype.toJSON = function () { return '[' + this.map(function (one) { return JSON.stringify(one); }).join(', ') + ']'; };
Array.prototype.clear = function () { this.length = 0; return this; };
Array.prototype.first = function () { return this[0]; };
Date.prototype.toJSON = function () { return '"' + this.toISOString() + '"'; };
String.prototype.toArray = function () { return this.split(''); };
String.prototype.blank = function () { return /^\\s*$/.test(this); };
Function.prototype.curry = function () { var method = this, args = [].slice.call(arguments); return function () { return method.apply(this, args.concat([].slice.call(arguments))); }; };
Element.prototype.hide = function () { this.style.display = 'none'; return this; };
Element.prototype.visible = function () { return this.style.display !== 'none'; };
Object.toJSON = function (object) { return JSON.stringify(object); };
`;

const requireJs = 'var define = function () { throw new Error("Mismatched anonymous define() module"); }; define.amd = { jQuery: true }; var require = function () { throw new Error("Module name has not been loaded yet"); }; var exports = undefined, module = undefined;';

const twentyTwentyFour = `
:root { --wp--preset--color--base: #f9f9f9; --wp--preset--color--contrast: #111; --wp--preset--font-family--body: "Inter", sans-serif; --wp--style--block-gap: 1.2rem; }
body { margin: 0; background-color: var(--wp--preset--color--base); color: var(--wp--preset--color--contrast); font-family: var(--wp--preset--font-family--body); font-size: 1.05rem; line-height: 1.55; -webkit-font-smoothing: antialiased }
:where(.wp-site-blocks) > * { margin-block-start: 1.2rem; margin-block-end: 0 }
:root :where(.is-layout-flow) > * { margin-block-start: 1.2rem; margin-block-end: 0 }
.is-layout-constrained > :where(:not(.alignleft):not(.alignright):not(.alignfull)) { max-width: 620px; margin-left: auto !important; margin-right: auto !important }
a:where(:not(.wp-element-button)) { color: var(--wp--preset--color--contrast); text-decoration: underline }
h1, h2, h3, h4 { font-family: "Cardo", serif; font-weight: 400; line-height: 1.2 } h2 { font-size: clamp(1.39rem, 1.39rem + .8vw, 1.85rem) }
:root :where(.wp-element-button, button) { background-color: #111; border-radius: .33rem; color: #f9f9f9; font-size: .9rem; padding: .6rem 1rem }
.entry-content img { height: auto; max-width: 100% } blockquote { border-left: 0; font-style: italic }`;

const twentyTwentyOne = `
html { box-sizing: border-box; font-family: -apple-system, "Segoe UI", Roboto, sans-serif; line-height: 1.7 } *, *::before, *::after { box-sizing: inherit }
body, h1, h2, h3, p, ul, li, blockquote, table, form, fieldset { padding: 0; margin: 0; -moz-osx-font-smoothing: grayscale; -webkit-font-smoothing: antialiased }
body { font-size: 1.25rem; font-weight: normal; color: #28303d; text-align: left; background-color: #d1e4dd }
a { cursor: pointer; color: #28303d; text-underline-offset: 3px; text-decoration-skip-ink: all } a:focus { outline: 2px solid transparent; text-decoration: underline 1px dotted currentColor; background: rgba(255, 255, 255, .9) }
.entry-content > *:not(.alignwide):not(.alignfull) { max-width: min(calc(100vw - 30px), 610px); margin-left: auto; margin-right: auto }
button, .wp-block-button__link { border: 3px solid transparent; border-radius: 0; cursor: pointer; font-weight: 500; font-size: 1.25rem; line-height: 1.5; padding: 15px 30px; color: #d1e4dd; background-color: #28303d }
input, select, textarea { border: 3px solid #39414d; border-radius: 0; color: #28303d; line-height: 1.7; padding: 10px; margin: 0 2px; max-width: 100% }
table, .wp-block-table { width: 100%; min-width: 240px; border-collapse: collapse } td, th { padding: 10px; border: 1px solid } ul { list-style-type: disc; padding-left: 50px }`;

const textSpacing = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }';


/** The gallery. */
export const hosts: readonly Host[] = [
  { name: 'a plain page' },
  { name: 'two lines and nothing else', bare: true },
  { name: 'all: unset !important', bare: true, css: '* { all: unset !important } #before, #after { display: block !important }' },
  { name: 'html at 5 px', css: 'html { font-size: 5px }' },
  { name: 'html at 30 px', css: 'html { font-size: 30px }' },
  { name: 'html at 62.5 %', css: 'html { font-size: 62.5% } body { font-size: 1.6rem }' },
  { name: 'right to left', html: ' dir="rtl"' },
  { name: 'body with a filter', css: 'body { filter: sepia(.4) }' },
  // The host has a layer of its own from the first, below: WebKit makes it one as soon as a map or a film is in it, and writes what is scaled a shade paler then.
  { name: 'body transformed', css: 'body { transform: scale(.9); transform-origin: 0 0 } #after { will-change: transform }' },
  { name: 'body zoomed', css: 'body { zoom: 1.25 }' },
  { name: 'white on black', css: 'body { background: #000; color: #fff } a { color: #9cf }' },
  { name: 'Tailwind 4’s palette by night', css: 'body { background: oklch(20.8% .042 265.755); color: oklch(96.8% .007 247.896) } a { color: oklch(74.6% .16 232.661) }' },
  { name: 'dark at a click, and light again', css: 'body { background: #fff; color: #16161d; transition: background-color .2s, color .2s } .night body { background: #16161d; color: #f5f5fe } a { color: #000091 } .night a { color: #8585f6 }', proves: 'what the widgets say reads well by night too',
    act: async ({ tab, whole, check }) => {
      await whole();
      for (const night of [true, false]) {
        await tab.ask((on) => { window.guestbook.acts(); document.documentElement.classList.toggle('night', on); }, night);
        await pause(1_500);
        for (const tag of ['flow-epk', 'flow-availability', 'flow-programme']) {
          const faint = (await tab.ask((name) => window.guestbook.widget(name), tag))?.faint ?? ['not there'];
          check(faint.length === 0, `${tag} by ${night ? 'night' : 'day'}: ${faint.join(', ')}`);
        }
      }
    } },
  { name: 'shouting text', css: 'body { text-transform: uppercase; letter-spacing: .3em; line-height: .8; text-align: center; font: italic 900 13px/1 fantasy; white-space: nowrap } * { box-sizing: content-box }' },
  { name: 'div, p, button !important', css: 'div, p, h2, h3, ul, li, button, input, a, section { margin: 20px !important; padding: 30px !important; border: 5px solid red !important; float: left !important; width: 50% !important } #before, #after { width: auto !important } main { clear: both } main section { float: none !important; width: auto !important }' },
  { name: 'Bootstrap 5', links: ['/packages/bootstrap/dist/css/bootstrap.min.css'], body: ' class="container py-4"' },
  { name: 'Tailwind 4 with Preflight', links: ['/tailwind.css'], body: ' class="font-serif leading-none"' },
  { name: 'WordPress, Twenty Twenty-Four', css: twentyTwentyFour, body: ' class="wp-site-blocks"', spots: (spots) => `<div class="entry-content is-layout-constrained is-layout-flow">${spots}</div>` },
  { name: 'WordPress, Twenty Twenty-One', css: twentyTwentyOne, spots: (spots) => `<div class="entry-content">${spots}</div>` },
  { name: 'DSFR', links: ['/packages/@gouvfr/dsfr/dist/dsfr.min.css', '/packages/@gouvfr/dsfr/dist/utility/utility.min.css'], html: ' data-fr-theme="light" data-fr-scheme="light"', body: ' class="fr-container"' },
  { name: 'DSFR, dark', links: ['/packages/@gouvfr/dsfr/dist/dsfr.min.css'], html: ' data-fr-theme="dark" data-fr-scheme="dark"', body: ' class="fr-container"' },
  { name: 'CSP with nonce and strict-dynamic', headers: policy('') },
  { name: 'Trusted Types enforced', headers: policy("require-trusted-types-for 'script'; trusted-types lit-html"), refuses: /trusted-types-sink|TrustedScriptURL|blocked assigning to an injection sink/,
    proves: 'a drawn map stands in the place of the one whose worker is refused',
    after: async ({ tab, check }) => {
      const map = await tab.ask(() => {
        const box = document.querySelector('flow-tour-map')!.shadowRoot!.querySelector('.map')!;
        const drawn = box.querySelector('svg');
        return { drawn: drawn?.querySelector('.land')?.getAttribute('d')?.length ?? 0, canvas: box.querySelector('canvas') !== null, share: (drawn?.getBoundingClientRect().width ?? 0) / box.clientWidth, pins: box.querySelectorAll('.pin').length };
      });
      check(map.drawn > 500 && map.share > 0.95 && map.pins > 0 && !map.canvas, `the map is ${JSON.stringify(map)}`);
    } },
  { name: 'Trusted Types without our policy', headers: policy("require-trusted-types-for 'script'; trusted-types 'none'"), refuses: /trusted-types-policy|TrustedTypePolicy|creating a Trusted Types policy/i, shows: 'link',
    proves: 'what a widget would show stands in a frame of ours, in the widget’s room',
    after: async ({ tab, check }) => {
      const framed = () => tab.ask(() => [...document.querySelectorAll('[data-spot] > :not(h2)')].flatMap(({ shadowRoot }) => [...shadowRoot?.querySelectorAll('iframe') ?? []])
        .map((frame) => ({ path: new URL(frame.src).pathname, title: frame.title, height: frame.getBoundingClientRect().height })));
      const tags = await tab.ask(() => [...document.querySelectorAll<HTMLElement>('[data-spot]')].map((spot) => spot.dataset['spot'] ?? ''));
      const end = performance.now() + 10_000;
      while ((await framed()).length < tags.length && performance.now() < end) {
        for (const tag of tags) await tab.ask((name) => { window.guestbook.show(name); }, tag);
        await pause(200);
      }
      const frames = await framed();
      check(tags.every((tag) => frames.some(({ path, title, height }) => path === `/e/${tag}` && title !== '' && height > 200)), `the frames are ${JSON.stringify(frames)}`);
    } },
  { name: 'script twice', loader: (tag) => ({ head: tag() + tag() }) },
  { name: 'script in head and in body', loader: (tag) => ({ head: tag(), body: tag() }) },
  { name: 'two versions', way: 'open', loader: (tag, another) => ({ head: tag(), body: tag('', another) }) },
  { name: 'script without async', loader: (tag) => ({ head: tag().replace('async ', '') }) },
  { name: 'script as a module', loader: (tag) => ({ head: tag().replace('async ', 'type="module" ') }) },
  { name: 'Rocket Loader, tags put back', loader: (tag) => ({ head: tag(' type="a1-text/javascript"'), body: `<script>addEventListener('load', function () { document.querySelectorAll('script[type$="-text/javascript"]').forEach(function (old) { var one = document.createElement('script'); for (var i = 0; i < old.attributes.length; i++) if (old.attributes[i].name !== 'type') one.setAttribute(old.attributes[i].name, old.attributes[i].value); old.replaceWith(one); }); });</script>` }) },
  { name: 'Rocket Loader, code run inline', loader: (tag) => ({ head: tag(' type="a1-text/javascript"'), body: `<script>addEventListener('load', function () { document.querySelectorAll('script[type$="-text/javascript"]').forEach(function (old) { fetch(old.src).then(function (r) { return r.text(); }).then(function (code) { var one = document.createElement('script'); one.textContent = code; document.body.appendChild(one); }); }); });</script>` }) },
  { name: 'consent tool', loader: (tag) => ({ body: tag(' type="text/plain" data-category="marketing"') }), patch: `window.agree = function () { var old = document.querySelector('script[type="text/plain"]'); var one = document.createElement('script'); one.async = true; one.src = old.src; one.dataset.key = old.dataset.key; old.parentNode.replaceChild(one, old); };`,
    act: async ({ tab }) => { await tab.ask(() => { window.guestbook.acts(); (window as unknown as { agree: () => void }).agree(); }); } },
  { name: 'key in the address', loader: (tag) => ({ head: tag().replace(/\/v1\/embed\.js" data-key="([^"]+)"/, '/v1/embed.js?key=$1"') }) },
  { name: 'key on the elements alone', loader: (tag) => ({ head: tag().replace(' data-key=', ' data-theirs=') }), proves: 'they are counted for whose key it is, and nothing of our own pages is fetched',
    patch: "document.addEventListener('DOMContentLoaded', function () { document.querySelectorAll('[data-spot] > :not(h2)').forEach(function (one) { one.setAttribute('key', document.querySelector('script[data-theirs]').dataset.theirs); }); });",
    after: async ({ tab, check }) => {
      await pause(2_000);
      const fetched = await tab.ask(() => performance.getEntriesByType('resource').map((one) => ({ path: new URL(one.name).pathname, bytes: (one as PerformanceResourceTiming).decodedBodySize })));
      check(fetched.some(({ path }) => path.endsWith('/analytics.saw')), 'no view was counted');
      const words = fetched.filter(({ path }) => /\/w\/fr-/.test(path)).map(({ path, bytes }) => `${path} ${bytes}`);
      check(words.length > 0 && words.every((one) => Number(one.split(' ')[1]) < 20_000), `words that are not for this page: ${words.join(', ')}`);
    } },
  { name: 'Prototype.js', patch: prototypeJs },
  { name: 'AMD define', patch: requireJs },
  { name: 'base href elsewhere', base: '<base href="https://elsewhere.example/deep/">' },
  { name: 'inserted later', spots: (spots) => `<template id="later">${spots}</template><div id="place"></div>`,
    act: async ({ tab }) => { await tab.ask(() => { window.guestbook.acts(); document.querySelector('#place')!.append((document.querySelector('#later') as HTMLTemplateElement).content.cloneNode(true)); }); } },
  { name: 'moved', spots: (spots) => `<div id="from">${spots}</div><div id="to"></div>`,
    act: async ({ tab, whole }) => { await whole(); await tab.ask(() => { window.guestbook.acts(); document.querySelector('#to')!.append(...document.querySelectorAll('[data-spot]')); }); } },
  { name: 'removed and back', act: async ({ tab, whole }) => {
    await whole();
    await tab.ask(() => { window.guestbook.acts(); const main = document.querySelector('main')!; const all = [...main.children]; main.replaceChildren(); setTimeout(() => { window.guestbook.acts(); main.append(...all); }, 300); });
    await new Promise((resolve) => { setTimeout(resolve, 500); });
  } },
  { name: 'cloned', act: async ({ tab, whole }) => { await whole(); await tab.ask(() => { window.guestbook.acts(); for (const one of document.querySelectorAll('[data-spot]')) one.replaceWith(one.cloneNode(true)); }); } },
  { name: 'in another shadow root', bare: true, spots: (spots) => `<template id="inner">${spots}</template><div id="outer"></div>`,
    act: async ({ tab }) => { await tab.ask(() => {
      window.guestbook.acts();
      const inner = document.querySelector('#outer')!.attachShadow({ mode: 'open' });
      inner.append((document.querySelector('#inner') as HTMLTemplateElement).content.cloneNode(true));
      const begin = (): void => {
        const { FlowStage: us } = window as unknown as { FlowStage?: { load: (tag: string) => Promise<void> } };
        if (!us) { setTimeout(begin, 20); return; }
        for (const one of inner.querySelectorAll('[data-spot]')) void us.load(one.getAttribute('data-spot') ?? '');
      };
      begin();
    }); } },
  { name: 'in display: none', spots: (spots) => `<div id="folded" style="display: none">${spots}</div>`,
    act: async ({ tab }) => { await new Promise((resolve) => { setTimeout(resolve, 500); }); await tab.ask(() => { window.guestbook.acts(); (document.querySelector('#folded') as HTMLElement).style.display = 'block'; }); } },
  { name: 'content-visibility: auto', css: '[data-spot] { content-visibility: auto; contain-intrinsic-size: auto 700px }' },
  { name: 'in a flex row and a grid', css: 'main { display: grid; grid-template-columns: minmax(0, 1fr) } main section { display: flex; flex-direction: column; align-items: stretch } main section > :last-child { flex: none }' },
  { name: 'single-page navigation', act: async ({ tab, whole }) => {
    await whole();
    for (const to of ['/other', '/single-page-navigation?us=1']) await tab.ask((address) => { window.guestbook.acts(); const main = document.querySelector('main')!; const before = main.innerHTML; history.pushState({}, '', address); main.replaceChildren(); main.innerHTML = before; window.scrollTo(0, 0); }, to);
  } },
  { name: 'back-forward cache', needs: 'history', look: { history: true }, act: async ({ tab, whole, elsewhere }) => { await whole(); await tab.go(elsewhere); await tab.back(); } },
  { name: 'printed', needs: 'print' },
  { name: 'typed, and read again', keeps: ['sessionStorage flow-draft:les-vagues-lentes'], proves: 'what a visitor typed is there when the page is read again',
    act: async ({ tab, whole, again }) => {
      await whole();
      await typeIn(tab, { place: 'Grange du Haut', startTime: '19:15' });
      await again();
    },
    after: async ({ tab, check }) => {
      const { typed } = await formOf(tab);
      check(typed['place'] === 'Grange du Haut' && typed['startTime'] === '19:15', `the form holds ${JSON.stringify(typed)}`);
    } },
  { name: 'offline, then back', way: 'cut', keeps: ['sessionStorage flow-draft:les-vagues-lentes'], proves: 'who asks is told calmly, who types can go on, and all comes by itself', act: async ({ tab, whole, setWay, recovered, check }) => {
    await whole();
    for (const tag of ['flow-epk', 'flow-availability', 'flow-programme', 'flow-tour-map']) {
      const seen = await tab.ask((name) => window.guestbook.widget(name), tag);
      check(seen?.problem === true && seen.fallback, `${tag} says: ${seen?.text ?? ''}`);
    }
    const told = await tab.ask(() => window.guestbook.told);
    check(told.includes('flow-error flow-epk unreachable') && told.every((one) => /^flow-error .* unreachable$/.test(one)), `the page was told ${told.join(', ')}`);
    await typeIn(tab, { place: 'Grange du Haut' });
    setWay('open');
    await recovered();
    check((await formOf(tab)).typed['place'] === 'Grange du Haut', 'what was typed is gone');
  } },
  // An address that no visit before has left in the browser's cache.
  { name: 'slow 3G', way: 'slow', loader: (tag) => ({ head: tag().replace('/v1/embed.js"', '/v1/embed.js?slow"') }), proves: 'the page is there before us, nothing is asked before it is near, and nothing is said to be wrong', act: async ({ tab, check }) => {
    const { ours, own } = await tab.ask(() => ({
      ours: (performance.getEntriesByType('resource').find(({ name }) => name.includes('/v1/embed.js')) as PerformanceResourceTiming | undefined)?.responseEnd ?? 0,
      own: (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).domContentLoadedEventEnd,
    }));
    check(own > 0 && ours > own, `the page was there at ${own} ms, our script at ${ours} ms`);
    const end = performance.now() + 20_000;
    while (!(await tab.ask(() => window.guestbook.widget('flow-epk')))?.whole && performance.now() < end) await new Promise((resolve) => { setTimeout(resolve, 100); });
    const far = await tab.ask(() => [...document.querySelectorAll('flow-tour-map:defined, flow-contract-status:defined')].map(({ localName }) => localName));
    check(far.length === 0, `fetched before anybody comes near: ${far.join(', ')}`);
  }, after: async ({ tab, check }) => {
    const wrong = (await tab.ask(() => window.guestbook.told)).filter((one) => one.startsWith('flow-error'));
    check(wrong.length === 0, `the page was told ${wrong.join(', ')}`);
  } },
  { name: 'script does not come', way: 'gone', shows: 'link' },
  { name: 'server answers 500', way: 'failing', shows: 'problem', silent: ['flow-booking-request', 'flow-contract-status'] },
  { name: 'server says 500 itself', way: 'broken', shows: 'problem', silent: ['flow-booking-request', 'flow-contract-status'], proves: 'the form can be filled in though nothing could be read for it',
    after: async ({ tab, freeDay, check }) => {
      await typeIn(tab, { showDay: await freeDay() });
      const { typed, faults } = await pressUntil(tab, (form) => 'occasion' in form.typed);
      check('occasion' in typed, `the form does not go on: ${faults.join(', ')}`);
    }, keeps: ['sessionStorage flow-draft:les-vagues-lentes'] },
  { name: 'server answers 500, then well', way: 'failing', proves: 'a request is typed, kept and sent by itself, once', act: async ({ tab, whole, setWay, recovered, freeDay, check }) => {
    const showDay = await freeDay();
    await whole();
    await tab.ask(() => { window.guestbook.acts(); });
    await typeIn(tab, { showDay });
    const steps: readonly [string, Readonly<Record<string, string>>][] = [['occasion', { occasion: 'Bal de la Saint-Jean', budget: '1400' }], ['contactName', { contactName: 'Ada Vernier', email: 'cinq-cents@visiteurs.example' }]];
    for (const [field, answers] of steps) {
      const form = await pressUntil(tab, ({ typed }) => field in typed);
      check(field in form.typed, `the form does not go on: ${form.faults.join(', ')}`);
      await typeIn(tab, answers);
    }
    const kept = await pressUntil(tab, ({ heading }) => heading === 'Votre demande est gardée');
    check(kept.heading === 'Votre demande est gardée', `the form says ${kept.heading} ${kept.faults.join(', ')}`);
    check((await tab.ask(() => window.guestbook.left())).includes('sessionStorage flow-draft:les-vagues-lentes'), 'the request is not kept in the tab');
    setWay('open');
    await recovered();
    const sent = await formWhen(tab, ({ heading }) => heading === 'Demande envoyée');
    check(sent.heading === 'Demande envoyée', `the form says ${sent.heading}`);
    const told = (await tab.ask(() => window.guestbook.told)).filter((one) => /^flow-request/.test(one));
    check(told.join(', ') === 'flow-request-kept flow-booking-request, flow-request-sent flow-booking-request', `the page was told ${told.join(', ')}`);
  } },
  { name: 'key revoked', key: 'revoked', shows: 'problem', silent: ['flow-contract-status'] },
  { name: 'origin refused', origin: 'refused', shows: 'problem', silent: ['flow-contract-status'] },
  { name: 'at 200 %', look: { width: 640, height: 450, dense: true } },
  { name: 'text at 200 %', css: 'html { font-size: 200% }' },
  { name: 'text spacing of WCAG 1.4.12', css: textSpacing, act: async ({ tab, whole }) => { await whole(); await tab.ask((css) => {
    window.guestbook.acts();
    for (const spot of document.querySelectorAll('[data-spot] > :last-child')) { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); spot.shadowRoot!.adoptedStyleSheets.push(sheet); }
  }, textSpacing); } },
  { name: 'forced colours', look: { forced: true }, needs: 'forced' },
  { name: 'reduced motion', look: { still: true } },
  { name: 'a phone of 320 px', look: { width: 320, height: 640 }, needs: 'narrow' },
  ...[320, 480, 768, 1024].map((width): Host => ({ name: `a column of ${width} px`, css: `main { width: ${width}px }` })),
  { name: 'a column of 1,600 px', css: 'main { width: 1600px }', look: { width: 1700 } },
];
