import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProduct, type Product } from '../product.ts';
import { openEngine, type Engine, type EngineName } from './engines.ts';
import { hosts } from './gallery.ts';
import { written, type Column } from './matrix.ts';
import { openGallery, type Gallery } from './server.ts';
import { hostChecks, tags, visit, type Seen } from './visit.ts';

/* Every hostile host, in the engines that ENGINES names. HOSTS keeps to those whose name fits. */
const names = (process.env['ENGINES'] ?? 'chromium').split(',') as EngineName[];
const wanted = hosts.filter(({ name }) => new RegExp(process.env['HOSTS'] ?? '').test(name));
const columns: Column[] = [];

let product: Product;
let gallery: Gallery;
beforeAll(async () => {
  product = await openProduct();
  gallery = await openGallery(product);
}, 120_000);
afterAll(async () => {
  await gallery.close();
  await product.close();
  if (process.env['MATRIX']) writeFileSync(process.env['MATRIX'], written(wanted, columns));
}, 60_000);

describe.each(names)('%s', (name) => {
  let engine: Engine;
  let column: Column;
  beforeAll(async () => {
    engine = await openEngine(name);
    column = { name, version: engine.version, gaps: engine.gaps, seen: new Map() };
    columns.push(column);
  }, 120_000);
  afterAll(() => engine.close(), 60_000);

  describe.each(wanted)('$name', (host) => {
    let seen: Seen | undefined;
    let gap: string | undefined;
    beforeAll(async () => {
      gap = host.needs && engine.gaps[host.needs];
      seen = await visit(engine, gallery, gap && host.needs === 'print' ? { ...host, needs: undefined } as never : host).catch((fault: unknown) => {
        const words = fault instanceof Error ? fault.message.slice(0, 600) : String(fault);
        return Object.fromEntries([...hostChecks, 'own', ...tags].map((check) => [check, [words]])) as unknown as Seen;
      });
      column.seen.set(host.name, seen);
    }, 90_000);
    test.each(hostChecks)('leaves the page as it was: %s (NF-14, EM-01)', (check) => { expect(seen?.[check]).toEqual([]); });
    if (host.proves) test(`${host.proves} (NF-14, EM-01)`, () => { expect(seen?.own).toEqual([]); });
    test.each(tags)('%s is right (EM-01)', (tag) => { expect(seen?.[tag]).toEqual([]); });
  });
});
