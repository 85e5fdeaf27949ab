import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn } from './people.ts';
import { openProduct, type Product } from './product.ts';
import { race } from './race.ts';
import { freeDays } from './walk.ts';

let product: Product;
beforeAll(async () => { product = await openProduct(); }, 120_000);
afterAll(() => product.close(), 60_000);

test('fifty buyers accept the same day at once: one wins, forty-nine hear that the date is taken (CL-09, CO-27)', async () => {
  const slug = 'brass-de-nuit';
  const [showDay = ''] = await freeDays(product, slug, 40, 1);
  const { winners, refusals } = await race(product, { artist: await signIn(product, `${slug}@demo.example`), slug, showDay, buyers: 50, run: 'a' });
  expect(winners).toBe(1);
  expect(refusals).toEqual(Array.from({ length: 49 }, () => '409 date_taken'));
}, 180_000);
