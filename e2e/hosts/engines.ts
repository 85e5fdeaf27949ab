import { chromium } from 'playwright-core';
import puppeteer, { type Browser as Fox } from 'puppeteer-core';
import { chromiumArgs, findBrowser } from '../../scripts/browser.mjs';
import { findFirefox, openWebKitDriver } from '../../scripts/engines.mjs';
import { pause } from '../product.ts';

/** The engines that the gallery stands in. */
export type EngineName = 'chromium' | 'firefox' | 'webkit';

/** How somebody looks at a page. Sizes in CSS pixels. */
export interface Look {
  readonly width: number;
  readonly height: number;
  /** Twice as many device pixels, as a browser shows a page at 200 %. */
  readonly dense?: boolean;
  readonly forced?: boolean;
  readonly still?: boolean;
  /** A browser that keeps pages to go back to. */
  readonly history?: boolean;
}

/** What one engine's driver cannot do, and why: a gap in the matrix. */
export type Gaps = Readonly<Partial<Record<'forced' | 'still' | 'dense' | 'narrow' | 'print' | 'history' | 'console' | 'shift', string>>>;

/** One page, open. */
export interface Tab {
  readonly go: (url: string) => Promise<void>;
  readonly back: () => Promise<void>;
  /** Asks the page. The function stands alone: it is sent as text, and so are what it is given and what it says. */
  readonly ask: <T, Given extends readonly unknown[]>(question: (...given: Given) => T, ...given: Given) => Promise<T>;
  /** What is in sight, as a PNG. */
  readonly picture: () => Promise<Buffer>;
  /** The page on paper, as a PDF. */
  readonly print: () => Promise<Buffer>;
  /** What the browser's console said was wrong. */
  readonly errors: readonly string[];
  readonly close: () => Promise<void>;
}

export interface Engine {
  readonly name: EngineName;
  readonly version: string;
  readonly gaps: Gaps;
  readonly open: (look: Look) => Promise<Tab>;
  readonly close: () => Promise<void>;
}

/** A question as one expression. `guestbook.json` is the page's own before anybody patched it. */
const asked = (question: unknown, given: readonly unknown[]): string => `(window.guestbook ? window.guestbook.json : JSON.stringify)((${String(question)})(...${JSON.stringify(given)}) ?? null)`;
const answer = (ask: (expression: string) => Promise<unknown>): Tab['ask'] => async (question, ...given) => JSON.parse(String(await ask(asked(question, given)))) as never;

/** Starts an engine. */
export const openEngine = (name: EngineName): Promise<Engine> => ({ chromium: openChromium, firefox: openFirefox, webkit: openWebKit })[name]();

async function openChromium(): Promise<Engine> {
  // Else what is painted again of a tile meets what was painted before, and a tick's round corner in between comes out 24 of 255 darker: on any page, whenever something near it changed.
  const args = [...chromiumArgs, '--disable-partial-raster'];
  const launch = (history: boolean) => chromium.launch({ executablePath: findBrowser(), args, ...(history && { ignoreDefaultArgs: ['--disable-back-forward-cache'] }) });
  const browsers = new Map<boolean, Promise<Awaited<ReturnType<typeof launch>>>>();
  const browser = (history: boolean) => browsers.get(history) ?? browsers.set(history, launch(history)).get(history)!;
  return {
    name: 'chromium', version: (await browser(false)).version(), gaps: {},
    open: async ({ width, height, dense = false, forced = false, still = false, history = false }) => {
      const context = await (await browser(history)).newContext({
        viewport: { width, height }, deviceScaleFactor: dense ? 2 : 1, locale: 'fr-FR', timezoneId: 'Europe/Paris',
        reducedMotion: still ? 'reduce' : 'no-preference', forcedColors: forced ? 'active' : 'none',
      });
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => { errors.push(message); });
      page.on('console', (said) => { if (said.type() === 'error') errors.push(said.text()); });
      const wire = await context.newCDPSession(page);
      return {
        errors,
        go: async (url) => { await page.goto(url); },
        back: async () => { await page.goBack({ waitUntil: 'commit' }); },
        ask: answer(async (expression) => {
          const { result, exceptionDetails } = await wire.send('Runtime.evaluate', { expression });
          if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
          return result.value as unknown;
        }),
        picture: () => page.screenshot(), print: () => page.pdf(),
        close: () => context.close(),
      };
    },
    close: async () => { for (const one of browsers.values()) await (await one).close(); },
  };
}

async function openFirefox(): Promise<Engine> {
  const launch = (prefs: Record<string, unknown>) => puppeteer.launch({
    browser: 'firefox', executablePath: findFirefox(), headless: true, args: ['-width', '1800', '-height', '1200'],
    extraPrefsFirefox: { 'intl.accept_languages': 'fr-FR, fr', 'intl.locale.requested': 'fr', 'dom.disable_beforeunload': true, ...prefs },
  });
  const kinds = { plain: {}, forced: { 'browser.display.document_color_use': 2 }, still: { 'ui.prefersReducedMotion': 1 } };
  const browsers = new Map<string, Promise<Fox>>();
  const browser = (kind: keyof typeof kinds) => browsers.get(kind) ?? browsers.set(kind, launch(kinds[kind])).get(kind)!;
  return {
    name: 'firefox', version: (await (await browser('plain')).version()).replace(/^\w+\//, ''),
    gaps: { shift: 'no layout-shift entries: what moves in sight is measured frame by frame' },
    open: async ({ width, height, dense = false, forced = false, still = false }) => {
      const context = await (await browser(forced ? 'forced' : still ? 'still' : 'plain')).createBrowserContext();
      const page = await context.newPage();
      await page.setViewport({ width, height, deviceScaleFactor: dense ? 2 : 1 });
      const errors: string[] = [];
      page.on('pageerror', (fault) => { errors.push(fault instanceof Error ? fault.message : String(fault)); });
      page.on('console', (said) => { if (said.type() === 'error') errors.push(said.text()); });
      return {
        errors,
        go: async (url) => { await page.goto(url); },
        back: async () => { await page.evaluate('history.back()'); await pause(800); },
        ask: answer((expression): Promise<unknown> => page.evaluate(expression)),
        picture: async () => Buffer.from(await page.screenshot()), print: async () => Buffer.from(await page.pdf()),
        close: () => context.close(),
      };
    },
    close: async () => { for (const one of browsers.values()) await (await one).close(); },
  };
}

/** A WebDriver client of our own: a dozen calls. */
async function openWebKit(): Promise<Engine> {
  const drivers = new Map<boolean, ReturnType<typeof openWebKitDriver>>();
  const driver = (still: boolean) => drivers.get(still) ?? drivers.set(still, openWebKitDriver({ still })).get(still)!;
  const call = async <T>(still: boolean, method: 'GET' | 'POST' | 'DELETE', path: string, body: object = {}): Promise<T> => {
    const { port } = await driver(still);
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(method === 'POST' && { body: JSON.stringify(body) }) });
    const { value } = await response.json() as { value: T & { error?: string; message?: string } };
    if (!response.ok) throw new Error(`${path}: ${value.error ?? ''} ${value.message ?? ''}`);
    return value;
  };
  const begin = async (still: boolean) => {
    const { capabilities } = await driver(still);
    return call<{ sessionId: string; capabilities: { browserVersion: string } }>(still, 'POST', '/session', { capabilities: { alwaysMatch: capabilities } });
  };
  /** One window serves all: another costs a second and more. It is emptied in between. */
  const sessions = new Map<boolean, ReturnType<typeof begin>>();
  const session = (still: boolean) => sessions.get(still) ?? sessions.set(still, begin(still)).get(still)!;
  return {
    name: 'webkit', version: (await session(false)).capabilities.browserVersion,
    gaps: {
      shift: 'no layout-shift entries: what moves in sight is measured frame by frame', console: 'the driver hands out no console: errors, rejections and refusals are caught in the page',
      forced: 'WebKitGTK has no forced colours', narrow: 'its window is no narrower than its own bar: the column of 320 px stands for the phone', dense: 'the driver sets no device pixel ratio: the page is half as wide at one', print: 'the driver does not print: the print style is not seen on paper',
    },
    open: async ({ width, height, still = false }) => {
      const { sessionId } = await session(still);
      const at = `/session/${sessionId}`;
      const ask = (expression: string) => call<unknown>(still, 'POST', `${at}/execute/sync`, { script: `return ${expression}`, args: [] });
      const tab: Tab = {
        errors: [],
        go: async (url) => { await call(still, 'POST', `${at}/url`, { url }); },
        back: async () => { await call(still, 'POST', `${at}/back`); },
        ask: answer(ask),
        picture: async () => Buffer.from(await call<string>(still, 'GET', `${at}/screenshot`), 'base64'),
        print: async () => Buffer.from(await call<string>(still, 'POST', `${at}/print`), 'base64'),
        close: async () => {
          await tab.ask(() => { try { sessionStorage.clear(); } catch { /* refused */ } });
          await call(still, 'DELETE', `${at}/cookie`);
          await call(still, 'POST', `${at}/url`, { url: 'about:blank' });
        },
      };
      let [wide, high] = [width, height];
      for (let tries = 0; tries < 20; tries += 1) {
        await call(still, 'POST', `${at}/window/rect`, { x: 0, y: 0, width: wide, height: high });
        await pause(60);
        const [inWidth, inHeight] = await tab.ask(() => [innerWidth, innerHeight] as const);
        if ((inWidth === width && inHeight === height) || wide + width - inWidth < 100) break;
        wide += width - inWidth;
        high += height - inHeight;
      }
      return tab;
    },
    close: async () => {
      for (const [still, one] of sessions) await call(still, 'DELETE', `/session/${(await one).sessionId}`);
      for (const one of drivers.values()) (await one).close();
    },
  };
}
