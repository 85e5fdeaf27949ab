import { openProduct } from '../e2e/product.ts';
import { race, type Race } from '../e2e/race.ts';
import { signIn } from '../e2e/people.ts';
import { freeDays } from '../e2e/walk.ts';

/* Fifty buyers accept the same day of one artist at once, over HTTP, again and again on other days. */

const runs = Number(process.env['RUNS'] ?? 20);
const buyers = Number(process.env['BUYERS'] ?? 50);
const slug = 'brass-de-nuit';
// A thousand visitors ask from one address: the proof of work, and the limit on who sends none, are left out.
const product = await openProduct({ PROOF_EFFORT: '0' });
try {
  const artist = await signIn(product, `${slug}@demo.example`);
  const days = await freeDays(product, slug, 40, runs);
  const all: Race[] = [];
  for (const [i, showDay] of days.entries()) {
    const one = await race(product, { artist, slug, showDay, buyers, run: String(i) });
    all.push(one);
    process.stderr.write(`run ${i + 1}: ${one.winners} won in ${one.seconds.toFixed(2)} s; the others: ${[...new Set(one.refusals)].join(', ')}\n`);
  }
  const winners = all.map((one) => one.winners);
  const rates = all.map((one) => buyers / one.seconds).sort((a, b) => a - b);
  console.log(JSON.stringify({
    bench: 'race', runs: all.length, buyers, winners_min: Math.min(...winners), winners_max: Math.max(...winners), accepts_per_second: Math.round(rates[Math.floor(rates.length / 2)] ?? 0),
    refusals: Object.fromEntries([...new Set(all.flatMap((one) => one.refusals))].map((word) => [word, all.flatMap((one) => one.refusals).filter((other) => other === word).length])),
  }));
} finally {
  await product.close();
}
