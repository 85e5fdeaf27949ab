import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import type { Component } from 'svelte';
import { render as renderSvelte } from 'svelte/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSSRApp } from 'vue';
import { renderToString as renderVue } from 'vue/server-renderer';
import { newcomer, openBrowser } from './browser.ts';
import { buildExample, buildForServer, FRAMEWORKS } from './examples.ts';
import { signIn } from './people.ts';
import { openProduct, pause, type Product } from './product.ts';

let product: Product;
let browser: Browser;
// Beside the packages, so that a module built for a server finds its framework.
mkdirSync(path.resolve('.cache'), { recursive: true });
const built = mkdtempSync(path.resolve('.cache/examples-'));
beforeAll(async () => {
  [product, browser] = await Promise.all([openProduct(), openBrowser(), new Promise<void>((resolve) => { desk.listen(0, resolve); })]);
  const { port } = desk.address() as AddressInfo;
  [staging, unlisted] = [`http://staging.localhost:${port}`, `http://preview.localhost:${port}`];
  await list(staging);
}, 120_000);
afterAll(async () => {
  rmSync(built, { recursive: true });
  desk.close();
  await browser.close();
  await product.close();
}, 60_000);

const key = 'pk_demo_theatre';
interface Example { show: (artist: string) => void; unmount: () => void; mount: () => void }
/** The global, as a page knows it. */
interface Ours { FlowStage?: { version: string; ready: (tag: string) => Promise<CustomElementConstructor> } }
declare global {
  interface Window {
    example: Example;
    told: string[];
  }
}

/** The server of somebody who is trying things out. Their pages stand at two addresses; the theatre lists the first. */
const drafts = new Map<string, { html: string; script: string }>();
const desk = createServer((request, response) => {
  const [, name = '', file = ''] = (request.url ?? '').split('/');
  const one = drafts.get(name);
  response.writeHead(one ? 200 : 404, { 'content-type': file ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8' }).end(file ? one?.script : one?.html);
});
let staging = '';
let unlisted = '';

/** Lets one more origin use the theatre's key, as the theatre would from its own page of settings. */
async function list(origin: string): Promise<void> {
  const theatre = await signIn(product, 'theatre@demo.example');
  const sites = await theatre.ask<{ id: string; name: string; url: string; origins: string[]; keys: { key: string }[] }[]>('partners.sites');
  const site = sites.find(({ keys }) => keys.some((one) => one.key === key));
  if (!site) throw new Error('the theatre has no site');
  await theatre.act('partners.updateSite', { id: site.id, name: site.name, url: site.url, origins: [...site.origins, origin] });
  // As long as a key that was found is not asked for again.
  await pause(2_000);
}

/** Opens a page that a developer is writing. */
async function draft(html: string, { script = '', origin = staging } = {}): Promise<{ page: Page; thrown: string[]; asked: string[]; close: () => Promise<void> }> {
  const { context, page, thrown } = await newcomer(browser);
  const asked: string[] = [];
  context.on('request', (request) => { if (request.url().startsWith(product.origins.platform)) asked.push(new URL(request.url()).pathname); });
  const name = String(drafts.size);
  drafts.set(name, { html, script });
  await page.goto(`${origin}/${name}/`);
  return { page, thrown, asked, close: () => context.close() };
}
const head = (script: string): string => `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title><link rel="icon" href="data:,">${script}</head>`;

describe.each(FRAMEWORKS)('the %s example', (name) => {
  test('gives an artist, hears a day, goes and comes back (EM-01)', async () => {
    const { html, script } = await buildExample(name, product.origins.platform, key);
    const { page, thrown, close } = await draft(html, { script });
    const days = page.locator('flow-availability');
    const form = page.locator('flow-booking-request');
    await days.getByRole('grid').waitFor();
    const named = (artist: string) => page.locator(`flow-availability section[aria-label*="${artist}"]`).waitFor();
    await named('Les Vagues Lentes');

    // An event, and what the page makes of it.
    await days.getByRole('button', { name: 'Mois suivant' }).click();
    const free = days.getByRole('grid').getByRole('button', { name: /, libre$/ }).first();
    const day = await free.getAttribute('data-day') ?? '';
    await free.click();
    await page.waitForFunction((said) => document.querySelector('output')?.textContent === said, day);
    await form.scrollIntoViewIfNeeded();
    await form.getByLabel('Date', { exact: true }).waitFor();
    expect(await form.getByLabel('Date', { exact: true }).inputValue()).toBe(day);

    // A property, once the elements are there.
    await page.evaluate(() => { window.example.show('nora-solveig'); });
    await named('Nora Solveig');
    expect(await form.evaluate((one) => (one as HTMLElement & { artist: string }).artist)).toBe('nora-solveig');

    await page.evaluate(() => { window.example.unmount(); });
    expect(await page.locator('flow-availability, flow-booking-request').count()).toBe(0);
    await page.evaluate(() => { window.example.mount(); });
    await named('Les Vagues Lentes');
    expect(await page.locator('flow-availability').count()).toBe(1);
    expect(await page.locator('script[src*="/v1/embed.js"]').count()).toBe(1);
    expect(thrown).toEqual([]);
    await close();
  });
});

describe('on a server', () => {
  const props = { server: 'https://flow.example', partnerKey: key, artist: 'les-vagues-lentes' };
  const said = async (name: 'react' | 'vue' | 'svelte', render: (component: never) => Promise<string> | string): Promise<string> => {
    const module = await import(pathToFileURL(await buildForServer(name, built)).href) as Record<string, unknown>;
    return render(module[name === 'react' ? 'Booking' : 'default'] as never);
  };

  test.each([
    ['react', (Booking: never) => renderToString(createElement(Booking, props))],
    ['vue', (Booking: never) => renderVue(createSSRApp(Booking, props))],
    ['svelte', (Booking: never) => renderSvelte(Booking as Component<typeof props>, { props }).body],
  ] as const)('%s writes the elements, their attributes and the plain link (EM-01)', async (name, render) => {
    const html = await said(name, render);
    expect(html).toMatch(/<flow-availability artist="les-vagues-lentes"[^>]*>\s*<a href="mailto:residence@theatre\.example">/);
    expect(html).toMatch(/<flow-booking-request artist="les-vagues-lentes"[^>]* status-href="suivi\.html"/);
    expect(html).not.toContain('<script');
  });

  test('a loader that is imported there does nothing (EM-01)', async () => {
    for (const file of ['embed.js', 'flow-epk.js']) await import(pathToFileURL(path.resolve('dist/v1', file)).href);
    expect('FlowStage' in globalThis).toBe(false);
  });
});

describe('versions', () => {
  interface Versions { current: string; versions: Record<string, { integrity: Record<string, string> }> }
  const versions = async (): Promise<Versions> => (await fetch(`${product.address}/v1/versions.json`)).json() as Promise<Versions>;
  const shown = '<div style="height:2500px"></div><flow-programme><a href="/">Programme</a></flow-programme>';

  test('a page pins a version by its hash; the browser refuses another content (EM-01)', async () => {
    const { current, versions: all } = await versions();
    expect(current).toBe((JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version);
    const src = `${product.origins.platform}/v${current}/embed.js`;
    const integrity = all[current]?.integrity['embed.js'] ?? '';
    expect(integrity).toMatch(/^sha384-/);

    const right = await draft(`${head(`<script async crossorigin src="${src}" integrity="${integrity}" data-key="${key}"></script>`)}<body>${shown}</body></html>`);
    await right.page.waitForFunction(() => 'FlowStage' in window);
    expect(await right.page.evaluate(() => (window as Ours).FlowStage?.version)).toBe(current);
    // Nothing but the loader, until the widget nears the viewport.
    await right.page.waitForTimeout(500);
    expect(right.asked).toEqual([`/v${current}/embed.js`]);
    await right.page.locator('flow-programme').scrollIntoViewIfNeeded();
    await right.page.locator('flow-programme .shows').first().waitFor();
    expect(right.thrown).toEqual([]);
    await right.close();

    const wrong = await draft(`${head(`<script async crossorigin src="${src}" integrity="sha384-${'A'.repeat(64)}" data-key="${key}"></script>`)}<body>${shown}</body></html>`);
    await wrong.page.waitForLoadState('load');
    await wrong.page.waitForTimeout(300);
    expect(await wrong.page.evaluate(() => 'FlowStage' in window)).toBe(false);
    await wrong.close();
  });

  test('of two scripts, or two versions, the first stays, quietly (EM-01)', async () => {
    const { current } = await versions();
    const at = (folder: string) => `${product.origins.platform}/${folder}/embed.js`;
    const { page, thrown, asked, close } = await draft(`${head(`<script src="${at('v1')}" data-key="${key}"></script>`)}<body>
      <flow-programme><a href="/">Programme</a></flow-programme>
      <script>window.told = []; window.FlowStage.on('flow-ready', ({ detail }) => window.told.push(detail.tag)); window.first = window.FlowStage;</script>
      <script src="${at(`v${current}`)}" data-key="pk_other"></script><script src="${at('v1')}"></script></body></html>`);
    await page.locator('flow-programme .shows').first().waitFor();
    expect(await page.evaluate(() => (window as unknown as { first: unknown }).first === (window as Ours).FlowStage)).toBe(true);
    expect(await page.evaluate(() => window.told)).toEqual(['flow-programme']);
    expect(asked.filter((one) => one.includes('/w/registry'))).toHaveLength(1);
    expect(thrown).toEqual([]);
    await close();
  });

  test('one file for one tag, as a script or as a module (EM-01)', async () => {
    const at = `${product.origins.platform}/v1/flow-programme.js?key=${key}`;
    for (const script of [`<script async src="${at}"></script>`, `<script type="module">await import(${JSON.stringify(at)})</script>`]) {
      const { page, thrown, close } = await draft(`${head(script)}<body><flow-programme><a href="/">Programme</a></flow-programme></body></html>`);
      await page.locator('flow-programme .shows').first().waitFor();
      expect(await page.evaluate(() => (window as Ours).FlowStage?.ready('flow-programme').then((made) => typeof made))).toBe('function');
      expect(thrown).toEqual([]);
      await close();
    }
  });

  test('the manifest and the types are there for any origin (EM-01)', async () => {
    const [manifest, types] = await Promise.all(['custom-elements.json', 'flow-stage.d.ts'].map((file) => fetch(`${product.address}/v1/${file}`)));
    expect([manifest?.status, manifest?.headers.get('access-control-allow-origin'), types?.status, types?.headers.get('content-type')]).toEqual([200, '*', 200, 'text/plain; charset=utf-8']);
    expect((await manifest?.json() as { modules: { path: string }[] }).modules.map((one) => one.path)).toContain('flow-epk.js');
    expect(await types?.text()).toContain("'flow-epk': FlowEpkElement");
  });
});

test('a staging origin works once the partner lists it, and says what to list before (EM-01)', async () => {
  const page = `${head(`<script async src="${product.origins.platform}/v1/embed.js" data-key="${key}"></script>`)}<body><flow-programme><a href="/">Programme</a></flow-programme></body></html>`;
  const before = await draft(page, { origin: unlisted });
  await before.page.locator('flow-programme').getByRole('alert').getByText(unlisted).first().waitFor();
  await before.close();

  await list(unlisted);
  const after = await draft(page, { origin: unlisted });
  await after.page.locator('flow-programme .shows').first().waitFor();
  expect(after.thrown).toEqual([]);
  await after.close();
});
