import { holder, mailTo, Refusal, tokenOf, type Person } from './people.ts';
import type { Product } from './product.ts';
import { askForADay } from './walk.ts';

/** What came of many buyers who accept the same day of one artist at once. */
export interface Race {
  readonly winners: number;
  /** The reasons that the others heard, each with its status: `409 date_taken`. */
  readonly refusals: readonly string[];
  readonly seconds: number;
}

/** Makes `buyers` offers for the same day, then lets all buyers accept at the same moment, over HTTP. */
export async function race(product: Product, ask: { artist: Person; slug: string; showDay: string; buyers: number; run: string }): Promise<Race> {
  const { artist, slug, showDay, buyers, run } = ask;
  const expiresAt = new Date(Date.now() + 6 * 86_400_000).toISOString();
  const ready: { link: Person; offerId: string }[] = [];
  for (let first = 0; first < buyers; first += 10) {
    ready.push(...await Promise.all(Array.from({ length: Math.min(10, buyers - first) }, async (_, i) => {
      const email = `course-${run}-${first + i}@visiteurs.example`;
      const { bookingId } = await askForADay(product, { email, showDay, artist, slug });
      const offer = await artist.act<{ id: string }>('booking.sendOffer', { bookingId, terms: { showDay, startTime: '20:30', price: { minor: 120_000, currency: 'EUR' }, terms: '', expiresAt } });
      return { link: holder(product, tokenOf(await mailTo(product, email, /propose|offers/))), offerId: offer.id };
    })));
  }
  const began = performance.now();
  const answers = await Promise.allSettled(ready.map(({ link, offerId }) => link.act('booking.acceptOffer', { id: offerId })));
  const seconds = (performance.now() - began) / 1_000;
  return {
    winners: answers.filter(({ status }) => status === 'fulfilled').length,
    refusals: answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason instanceof Refusal ? `${answer.reason.status} ${answer.reason.reason}` : String(answer.reason)] : [])),
    seconds,
  };
}
