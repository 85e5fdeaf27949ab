import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';
import { flowEvents, makeManifest } from './manifest.mjs';
import { makeTypes } from './types.mjs';

/* The types that a partner downloads, put beside pages as partners write them. */
const root = path.resolve(import.meta.dirname, '..');
const types = makeTypes(makeManifest(), flowEvents(), '1.2.3');
const rooms = mkdtempSync(path.join(tmpdir(), 'flow-types-'));
afterAll(() => { rmSync(rooms, { recursive: true }); });
mkdirSync(path.join(rooms, 'with'));
mkdirSync(path.join(rooms, 'without'));
symlinkSync(path.join(root, 'node_modules'), path.join(rooms, 'with', 'node_modules'));

/** What TypeScript has against these files, in a project that has the frameworks or has none. */
function faults(files: Readonly<Record<string, string>>, room: 'with' | 'without' = 'with'): string[] {
  const folder = mkdtempSync(path.join(rooms, room, 'page-'));
  const all = Object.entries({ 'flow-stage.d.ts': types, ...files }).map(([name, text]) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  });
  const program = ts.createProgram(all, {
    strict: true, noEmit: true, allowJs: true, checkJs: true, target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.ReactJSX, types: [], skipLibCheck: room === 'with', noImplicitAny: false, preserveSymlinks: true,
  });
  return ts.getPreEmitDiagnostics(program).filter(({ file }) => !file || file.fileName.startsWith(folder))
    .map(({ file, start = 0, messageText }) => `${path.basename(file?.fileName ?? '')}:${(file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

test('they stand by themselves, where there is no framework', () => {
  expect(faults({ 'page.ts': "const kit = document.createElement('flow-epk');\nkit.artist = 'les-vagues-lentes';\nexport {};\n" }, 'without')).toEqual([]);
});

test('plain pages: elements, attributes, events and the global', () => {
  expect(faults({ 'page.ts': `
    const days = document.createElement('flow-availability');
    days.artist = 'les-vagues-lentes';
    days.from = '2027-06';
    days.addEventListener('flow-date-selected', ({ detail }) => { const day: string = detail.day; void day; });
    document.addEventListener('flow-error', ({ detail: { tag, code } }) => { const said: string = tag + code; void said; });
    const list = document.querySelector('flow-programme');
    if (list) { list.past = true; list.limit = 12; }
    const asker: 'private' | 'venue' | 'camping' | 'commune' | '' = document.querySelector('flow-booking-request')!.asker;
    const off: (() => void) | undefined = FlowStage?.on('flow-request-sent', ({ detail }) => { const reference: string = detail.reference; void reference; });
    void FlowStage?.ready('flow-epk').then((made: CustomElementConstructor) => made);
    const version: string | undefined = window.FlowStage?.version;
    void FlowStage?.load('flow-tour-map');

    // @ts-expect-error An artist has a name, not a number.
    days.artist = 7;
    // @ts-expect-error There is no such property.
    days.artiste = 'les-vagues-lentes';
    // @ts-expect-error Its own server is ours to set.
    days.api = () => undefined;
    // @ts-expect-error A limit is a number.
    if (list) list.limit = 'douze';
    // @ts-expect-error Nobody asks as that.
    document.querySelector('flow-booking-request')!.asker = 'friend';
    // @ts-expect-error A day has no price.
    days.addEventListener('flow-date-selected', ({ detail }) => detail.price);
    // @ts-expect-error There is no such event.
    FlowStage?.on('flow-request-lost', () => undefined);
    // @ts-expect-error There is no such tag.
    void FlowStage?.ready('flow-ticket');
    // @ts-expect-error The script may not have run.
    FlowStage.version;
    void [asker, off, version];
    export {};` })).toEqual([]);
});

test('React 19', () => {
  expect(faults({
    'booking.jsx': readFileSync(path.join(root, 'demo-sites/frameworks/react/booking.jsx'), 'utf8'),
    'page.tsx': `
    import { Booking } from './booking.jsx';
    export const page = () => <>
      <Booking server="https://flow.example" partnerKey="pk_1" artist="les-vagues-lentes" />
      <flow-epk artist="les-vagues-lentes" request-href="/dates" className="kit" ref={(kit) => { const artist: string | undefined = kit?.artist; void artist; }}><a href="/">Dossier</a></flow-epk>
      <flow-programme past limit={12} onflow-ready={({ detail }) => { const tag: string = detail.tag; void tag; }} />
      <flow-site lang="en" theme="dark"><flow-programme /></flow-site>
    </>;
    // @ts-expect-error A name is no number.
    export const number = <flow-epk artist={7} />;
    // @ts-expect-error There is no such theme.
    export const pink = <flow-site theme="pink" />;
    // @ts-expect-error There is no such attribute.
    export const wrong = <flow-epk artiste="les-vagues-lentes" />;
    // @ts-expect-error A day has no price.
    export const priced = <flow-availability artist="a" onflow-date-selected={({ detail }) => detail.price} />;
    // @ts-expect-error There is no such tag.
    export const ticket = <flow-ticket />;` })).toEqual([]);
});

test('Vue and Svelte templates know the tags, their attributes and their events', () => {
  expect(faults({ 'page.ts': `
    import type { GlobalComponents } from 'vue';
    import type { SvelteHTMLElements } from 'svelte/elements';
    type VueDays = InstanceType<GlobalComponents['flow-availability']>['$props'];
    type SvelteDays = SvelteHTMLElements['flow-availability'];
    export const vue: VueDays = { artist: 'les-vagues-lentes', class: 'days', onFlowDateSelected: ({ detail }) => { const day: string = detail.day; void day; } };
    export const svelte: SvelteDays = { artist: 'les-vagues-lentes', class: 'days', 'onflow-date-selected': ({ detail }) => { const day: string = detail.day; void day; } };
    // @ts-expect-error A name is no number.
    export const vueNumber: VueDays = { artist: 7 };
    // @ts-expect-error A name is no number.
    export const svelteNumber: SvelteDays = { artist: 7 };
    // @ts-expect-error A day has no price.
    export const vuePriced: VueDays = { onFlowDateSelected: ({ detail }) => detail.price };
    // @ts-expect-error A day has no price.
    export const sveltePriced: SvelteDays = { 'onflow-date-selected': ({ detail }) => detail.price };` })).toEqual([]);
});

test('a fault is found: the examples that must fail would be told otherwise', () => {
  expect(faults({ 'page.ts': "// @ts-expect-error This is right.\ndocument.createElement('flow-epk').artist = 'a';\nexport {};\n" })).toEqual(["page.ts:1 Unused '@ts-expect-error' directive."]);
});
