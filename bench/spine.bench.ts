import { openProduct } from '../e2e/product.ts';
import { agree, askForADay, freeDays, giveParty, paidOut, payDeposit, play, signBoth, waitForBalance, type Walk } from '../e2e/walk.ts';
import { signIn } from '../e2e/people.ts';

/* Whole bookings, from a request on a partner's page to the payout, over HTTP on the embedded database, seal and outbox on. */

const bookings = Number(process.env['BOOKINGS'] ?? 16);
const atOnce = 4;
// A thousand visitors ask from one address: the proof of work, and the limit on who sends none, are left out.
const product = await openProduct({ PROOF_EFFORT: '0' });
try {
  const artist = await signIn(product, 'les-vagues-lentes@demo.example');
  const days = await freeDays(product, 'les-vagues-lentes', 60, bookings);
  const began = performance.now();
  const walks: Walk[] = await together(days.map((showDay, i) => () => askForADay(product, { email: `essai-${i}@visiteurs.example`, showDay, artist })));
  const phases: [string, (walk: Walk) => Promise<void>][] = [
    ['agree', agree], ['party', giveParty], ['sign', signBoth], ['deposit', payDeposit], ['balance', waitForBalance], ['play', play], ['payout', paidOut],
  ];
  const seconds: Record<string, number> = {};
  for (const [name, phase] of phases) {
    const from = performance.now();
    // The trade's clock only moves forward: what depends on it is walked in the order of the shows.
    await together(walks.map((walk) => () => phase(walk)), name === 'balance' || name === 'play' ? 1 : atOnce);
    seconds[name] = Math.round((performance.now() - from) / 10) / 100;
    process.stderr.write(`${name}: ${seconds[name]} s\n`);
  }
  const all = (performance.now() - began) / 1_000;
  console.log(JSON.stringify({ bench: 'spine', bookings, seconds: Math.round(all * 100) / 100, phases: seconds, bookings_per_second: Math.round(bookings / all * 1_000) / 1_000 }));
} finally {
  await product.close();
}

async function together<T>(tasks: readonly (() => Promise<T>)[], width = atOnce): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: width }, async () => {
    while (next < tasks.length) {
      const mine = next;
      next += 1;
      const task = tasks[mine];
      if (task) results[mine] = await task();
    }
  }));
  return results;
}
