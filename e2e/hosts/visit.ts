import { spawnSync } from 'node:child_process';
import sharp from 'sharp';
import { needPdfTools } from '../../scripts/tools.mjs';
import { pause } from '../product.ts';
import type { Engine, Tab } from './engines.ts';
import type { Host } from './gallery.ts';
import { widgets, type Gallery } from './server.ts';
import type { WidgetSeen } from './witness.ts';

/** What was seen of one host in one engine, as lists of faults: nothing is right. */
export type Seen = Readonly<Record<Check, readonly string[]>>;
/** What is asked of every host, then of every widget in it. */
export const hostChecks = ['pixels', 'styles', 'traces', 'quiet', 'still', 'storage', 'requests'] as const;
export const tags = Object.keys(widgets) as (keyof typeof widgets)[];
export type Check = (typeof hostChecks)[number] | 'own' | keyof typeof widgets;

/** Words that say that a widget is there with what it shows, in French. */
const words: Readonly<Record<keyof typeof widgets, RegExp>> = {
  'flow-epk': /Les Vagues Lentes/i, 'flow-availability': /libre/i, 'flow-booking-request': /(date|demande)/i, 'flow-programme': /(\d{1,2} ?h|20\d\d|Entrée|passées)/i, 'flow-tour-map': /Besançon|Lyon|[A-Z]\p{L}+/u, 'flow-contract-status': /(référence|suivi|demande)/i,
};

/** Whether a fault in the console is the browser's own note of a request that did not succeed, which nobody can keep from it. */
const ofTheWay = (host: Host) => (line: string): boolean => (host.shows !== undefined || host.way === 'cut' || host.way === 'failing') && /Failed to load resource|Cross-Origin Request Blocked|NetworkError|CORS|access control checks|Load failed/i.test(line);

/** Goes to one host twice, without us and with us, and says what is wrong. */
export async function visit(engine: Engine, gallery: Gallery, host: Host): Promise<Seen> {
  const look = { width: 1280, height: 900, ...host.look };
  const tab = await engine.open(look);
  try {
    await tab.go(gallery.address(host, false));
    await pause(250);
    const before = { styles: await styled(tab), traces: await tab.ask(() => window.guestbook.traces()), picture: await pictureOf(tab) };
    const known = tab.errors.length;
    gallery.setWay(host.way ?? 'open');
    await tab.go(gallery.address(host, true));
    const own: string[] = [];
    const doing = {
      tab, freeDay: gallery.freeDay, check: (right: boolean, what: string) => { if (!right) own.push(what); }, again: () => tab.go(gallery.address(host, true)),
      elsewhere: gallery.elsewhere, setWay: gallery.setWay, whole: () => settled(tab), recovered: () => recovered(tab),
    };
    await host.act?.(doing);
    if (host.shows === 'link') await pause(1_500);
    else await settled(tab);
    await host.after?.(doing);
    const seen: Partial<Record<Check, readonly string[]>> = {};
    for (const tag of tags) seen[tag] = faultsOf(host, look.width, tag, await tab.ask((name) => window.guestbook.widget(name), tag));
    const paper = host.needs === 'print' ? await printed(tab) : [];
    await tab.ask(() => { window.scrollTo({ top: 0, behavior: 'instant' }); });
    await tab.ask(() => { (document.activeElement as HTMLElement | null)?.blur(); });
    const traces = await tab.ask(() => window.guestbook.traces());
    const { wrong, moved, shift } = await tab.ask(() => ({ wrong: window.guestbook.wrong, moved: window.guestbook.moved, shift: window.guestbook.shift }));
    const globals = traces.globals.filter((name) => !before.traces.globals.includes(name));
    const allowed = gallery.known(host);
    // Each engine says it in words of its own, and no more than once.
    const refused = new Set<string>();
    const again = (line: string) => refused.has(line) || !refused.add(line);
    return {
      ...seen as Record<keyof typeof widgets, readonly string[]>,
      own, pixels: await sameAs(tab, before.picture),
      styles: compare(before.styles, await styled(tab)),
      traces: [...globals.filter((name) => name !== 'FlowStage').map((name) => `global ${name}`), ...(host.shows === 'link' || globals.includes('FlowStage') ? [] : ['no FlowStage']), ...traces.natives.filter((name) => !before.traces.natives.includes(name)).map((name) => `changed ${name}`)],
      quiet: [...wrong, ...tab.errors.slice(known)].filter((line) => !ofTheWay(host)(line) && (!host.refuses?.test(line) || again(line))).concat(paper),
      still: host.bare ? [] : [...moved, ...(shift ? [`layout shift ${shift}`] : [])],
      storage: compared(host.keeps ?? [], await tab.ask(() => window.guestbook.left())),
      requests: (await tab.ask(() => window.guestbook.asked())).filter((origin) => !allowed.includes(origin)),
    };
  } finally {
    gallery.setWay('open');
    await tab.close();
  }
}

/** Reads the page to its end, until every widget shows what it has to show. */
async function settled(tab: Tab): Promise<void> {
  const end = performance.now() + 25_000;
  for (const tag of tags) {
    for (;;) {
      await tab.ask((name) => { window.guestbook.show(name); }, tag);
      await pause(60);
      const seen = await tab.ask((name) => window.guestbook.widget(name), tag);
      if (seen?.whole) break;
      if (performance.now() > end) throw new Error(`${tag} does not come to an end: ${JSON.stringify(seen)} ${JSON.stringify(await tab.ask(() => window.guestbook.wrong))}`);
    }
  }
}

/** Waits for the widgets to try again by themselves. */
async function recovered(tab: Tab): Promise<void> {
  const end = performance.now() + 20_000;
  while ((await Promise.all(tags.map((tag) => tab.ask((name) => window.guestbook.widget(name), tag)))).some((seen) => seen?.problem ?? true)) {
    if (performance.now() > end) throw new Error('a widget did not try again');
    await pause(200);
  }
}

const styled = (tab: Tab) => tab.ask(() => window.guestbook.styles());

/** The part of the page that is the host's alone. */
async function pictureOf(tab: Tab): Promise<{ raw: Buffer; width: number; height: number }> {
  const clip = await tab.ask(() => {
    const { bottom } = document.querySelector('#before')!.getBoundingClientRect();
    return { height: Math.min(bottom, innerHeight), width: document.documentElement.clientWidth, high: innerHeight };
  });
  const picture = sharp(await tab.picture()).removeAlpha();
  const { width, height } = await picture.metadata();
  const scale = height / clip.high;
  const { data, info } = await picture.extract({ left: 0, top: 0, width: Math.min(width, Math.floor(clip.width * scale)), height: Math.max(1, Math.min(height, Math.floor(clip.height * scale))) }).raw().toBuffer({ resolveWithObject: true });
  return { raw: data, width: info.width, height: info.height };
}

/** Compares what is in sight, for two seconds at most: an engine that composes late shows the page before it scrolled. */
async function sameAs(tab: Tab, before: Awaited<ReturnType<typeof pictureOf>>): Promise<string[]> {
  const end = performance.now() + 2_000;
  for (;;) {
    const wrong = differ(before, await pictureOf(tab));
    if (wrong.length === 0 || performance.now() > end) return wrong;
    await pause(150);
  }
}

/** Pixels that are not the same. A page that became long enough to scroll has a bar: what it takes is not compared. */
function differ(one: Awaited<ReturnType<typeof pictureOf>>, other: Awaited<ReturnType<typeof pictureOf>>): string[] {
  if (one.width !== other.width || one.height !== other.height) return [`${one.width} x ${one.height} became ${other.width} x ${other.height}`];
  let count = 0;
  // A shade's difference at the edge of a letter is the rasteriser's, when a page is scaled: nobody sees it.
  for (let i = 0; i < one.raw.length; i += 1) if (Math.abs(one.raw[i]! - other.raw[i]!) > 12) count += 1;
  return count ? [`${count} values of pixels`] : [];
}

function compare(before: Record<string, Record<string, string>>, after: Record<string, Record<string, string>>): string[] {
  const wrong: string[] = [];
  for (const [element, styles] of Object.entries(before)) for (const [name, value] of Object.entries(styles)) if (after[element]?.[name] !== value) wrong.push(`${element} ${name}: ${value} became ${after[element]?.[name] ?? 'nothing'}`);
  return wrong.slice(0, 8);
}

/** What is left in the tab and should not be, and what should be and is not. */
const compared = (wanted: readonly string[], left: readonly string[]): string[] =>
  [...left.filter((one) => !wanted.includes(one)), ...wanted.filter((one) => !left.includes(one)).map((one) => `no ${one}`)];

/** What is on paper: the headings of every widget, and how its first paragraphs and lists begin, where the driver prints. */
async function printed(tab: Tab): Promise<string[]> {
  const spoken = await tab.ask((names) => names.map((name) => [name, window.guestbook.headings(name)] as const), tags);
  needPdfTools();
  const { stdout, status } = spawnSync('pdftotext', ['-', '-'], { input: await tab.print(), encoding: 'utf8' });
  // A line breaks elsewhere on paper, and letters grow together.
  const bare = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');
  const paper = bare(stdout);
  return status === 0 ? spoken.flatMap(([name, lines]) => (lines.length > 0 ? lines.filter((line) => !paper.includes(bare(line))).map((line) => `${name} is printed without: ${line}`) : [`${name} has no words`])) : ['what was printed cannot be read'];
}

/** What is wrong with one widget. */
function faultsOf(host: Host, width: number, tag: keyof typeof widgets, seen: WidgetSeen | null): string[] {
  if (!seen) return ['is not in the page'];
  if (host.shows === 'link') return seen.fallback ? [] : ['the plain link is not in sight'];
  const wrong: string[] = [];
  const check = (right: boolean, what: string): void => { if (!right) wrong.push(what); };
  const asks = host.shows === 'problem' && !host.silent?.includes(tag);
  check(seen.problem === asks, seen.problem ? `says: ${seen.text.slice(0, 120)}` : 'says nothing is wrong');
  if (asks) check(seen.fallback, 'the plain link is not in sight');
  else check(words[tag].test(seen.text), `does not say what it should: ${seen.text.slice(0, 160)}`);
  check(seen.height > 80 && seen.height < 9_000, `is ${Math.round(seen.height)} px high`);
  check(seen.width > 200 && seen.width <= Math.max(width, 1_700) && Math.abs(seen.width - seen.room) <= Math.max(2, seen.room * 0.3), `is ${Math.round(seen.width)} px wide in ${Math.round(seen.room)}`);
  check(seen.fontSize >= 15 && seen.fontSize <= 60, `has text of ${seen.fontSize} px`);
  check(seen.sameFont, 'has another font than the page around it');
  check(seen.direction === 'ltr', `is written ${seen.direction}`);
  return [...wrong, ...seen.overflow.slice(0, 4).map((one) => `sticks out: ${one}`), ...seen.clipped.slice(0, 4).map((one) => `is cut off: ${one}`), ...seen.faint.slice(0, 4).map((one) => `is faint: ${one}`)];
}
