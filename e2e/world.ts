import { rmSync } from 'node:fs';
import path from 'node:path';
import { openProduct } from './product.ts';

/** Before all journeys: one demo world is laid out, and each product of a journey begins with a copy of it. */
export default async function setup(): Promise<() => void> {
  const product = await openProduct();
  await product.close({ keep: true });
  // Each copy finds a port of its own.
  rmSync(path.join(product.data, 'pg/port'));
  process.env['PRODUCT_WORLD'] = product.data;
  return () => { rmSync(product.data, { recursive: true, force: true }); };
}
