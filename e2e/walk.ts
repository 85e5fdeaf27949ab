import { codeOf, holder, mailTo, moveClock, signIn, tokenOf, tradeNow, until, visitor, type Person } from './people.ts';
import type { Product } from './product.ts';

/** One booking on its way from a stranger's page to the artist's bank, by HTTP alone. */
export interface Walk {
  readonly product: Product;
  readonly artist: Person;
  readonly bookingId: string;
  readonly email: string;
  readonly showDay: string;
}

interface File {
  readonly status: string;
  readonly may: readonly string[];
  readonly offers: readonly { id: string; status: string; proposedBy: string; net: { payout: { minor: number } } }[];
  readonly steps: readonly { step: string; state: string }[];
}

const day = 86_400_000;
const euros = (amount: number) => ({ minor: amount * 100, currency: 'EUR' });

/** The file of the booking, as the artist sees it, once it is as `ready` asks. */
export const fileWhen = ({ artist, bookingId }: Walk, what: string, ready: (file: File) => boolean): Promise<File> => until(what, async () => {
  const file = await artist.ask<File>('dossier.file', { bookingId });
  return ready(file) && file;
});

/** The side of the buyer, by the newest link that fits. */
const buyer = async ({ product, email }: Walk, subject: RegExp): Promise<Person> => holder(product, tokenOf(await mailTo(product, email, subject)));

/** 1: a visitor of the theatre asks for a day. */
export async function askForADay(product: Product, ask: { email: string; showDay: string; artist?: Person; slug?: string; site?: 'theatre' | 'town-hall'; asker?: 'private' | 'commune' }): Promise<Walk> {
  const { email, showDay, slug = 'les-vagues-lentes', site = 'theatre', asker = 'private' } = ask;
  const artist = ask.artist ?? await signIn(product, `${slug}@demo.example`);
  await visitor(product, site).act('booking.sendRequest', {
    key: `walk-${email.replaceAll(/\W/g, '-')}-${showDay}`, artist: slug, asker, contactName: 'Ada Vernier', organisation: asker === 'commune' ? 'Commune des Trois-Chênes' : 'Comité des Trois-Chênes', email, phone: '',
    occasion: `Soirée ${email}`, showDay, budget: euros(1_400), audience: 150, technical: 'Piano droit sur place.', message: 'Bonjour !',
  });
  const receipt = await mailTo(product, email, /est partie|on its way/);
  const { link } = await holder(product, tokenOf(receipt)).ask<{ link: { bookingId: string } }>('identity.me');
  return { product, artist, bookingId: link.bookingId, email, showDay };
}

/** 2 and 3: the artist holds the day and offers; both counter; the buyer accepts through the link of the mail. The price agreed is 1,200.00. */
export async function agree(walk: Walk): Promise<void> {
  const { artist, bookingId, showDay, product } = walk;
  const expiresAt = new Date((await tradeNow(product)).getTime() + 7 * day).toISOString();
  const terms = (price: number) => ({ showDay, startTime: '20:30', price: euros(price), terms: 'Transport compris.', expiresAt });
  await artist.act('calendar.placeHold', { bookingId });
  const first = await artist.act<{ id: string }>('booking.sendOffer', { bookingId, terms: terms(1_500) });
  const link = await buyer(walk, /propose|offers/);
  const second = await link.act<{ id: string }>('booking.counterOffer', { id: first.id, terms: terms(1_000) });
  const third = await artist.act<{ id: string }>('booking.counterOffer', { id: second.id, terms: terms(1_200) });
  await link.act('booking.acceptOffer', { id: third.id });
}

/** The buyer says who signs and where they live; in time the contract is there. */
export async function giveParty(walk: Walk): Promise<void> {
  const link = await buyer(walk, /d’accord|Agreed/);
  await link.act('booking.updateParty', { bookingId: walk.bookingId, party: {
    legalName: 'Comité des Trois-Chênes', legalForm: 'Association loi 1901', siret: '', vatNumber: '', address: '1 place du Chêne', postcode: '25000', city: 'Besançon', country: 'FR', representative: 'Ada Vernier', capacity: 'présidente',
  } });
}

/** The commune says who it is and what it orders; in time the contract is there. */
export async function giveOrder(walk: Walk, siret: string): Promise<void> {
  const link = await buyer(walk, /d’accord|Agreed/);
  await link.act('booking.updateParty', { bookingId: walk.bookingId, party: {
    legalName: 'Commune des Trois-Chênes', legalForm: 'Commune', siret, vatNumber: '', address: '1 place de la Mairie', postcode: '25000', city: 'Besançon', country: 'FR', representative: 'Ada Vernier', capacity: 'maire',
  } });
  await until('the quote', () => link.ask('municipal.purchase', { bookingId: walk.bookingId }));
  await link.act('municipal.order', { bookingId: walk.bookingId, orderNumber: 'BC-2027-0077', serviceCode: 'FETES' });
}

/** 4: both sides sign with a one-time code. */
export async function signBoth(walk: Walk): Promise<void> {
  const { product, artist, bookingId, email } = walk;
  await fileWhen(walk, 'the contract', (file) => file.may.includes('contract.sign'));
  const link = await buyer(walk, /prêt à signer|ready to sign/);
  await sign(product, link, bookingId, email, 'Ada Vernier');
  const { email: own } = (await artist.ask<{ user: { email: string } }>('identity.me')).user;
  await sign(product, artist, bookingId, own, 'Camille Estran');
  await fileWhen(walk, 'the signed contract', (file) => file.status === 'contracted');
}

async function sign(product: Product, side: Person, bookingId: string, email: string, name: string): Promise<void> {
  // Several contracts may wait for the same person: the code of this one names it.
  const { title } = await side.ask<{ title: string }>('signing.envelope', { bookingId });
  await side.act('signing.requestCode', { bookingId });
  const code = codeOf(await mailTo(product, email, /code pour signer|code to sign/, title));
  await side.act('signing.sign', { bookingId, code, name, consent: true });
}

/** 5: the buyer pays the deposit with a test card, or saves the card when the show is too far ahead for the money to be kept. */
export async function payDeposit(walk: Walk, method = 'pm_ok'): Promise<void> {
  const { product, bookingId } = walk;
  const link = await buyer(walk, /Paiement sécurisé|Secured payment/);
  const begun = await link.act<{ act: 'pay' | 'save'; ref: string; clientSecret: string }>('till.beginPayment', { bookingId });
  const response = await fetch(`${product.address}/sandbox/payments/${begun.ref}/confirm`, {
    method: 'POST', headers: { 'content-type': 'application/json', origin: product.origins.platform }, body: JSON.stringify({ clientSecret: begun.clientSecret, method }),
  });
  if (!response.ok) throw new Error(`the card was not taken: ${await response.text()}`);
  if (begun.act === 'pay') {
    await fileWhen(walk, 'the deposit', (file) => file.steps.some(({ step, state }) => step === 'deposit' && state === 'done'));
    return;
  }
  // The show is further than the provider keeps money: the card is saved, and the sweep charges it in time.
  await until('the saved card', () => walk.artist.ask<{ mandate: unknown }>('escrow.money', { bookingId }).then(({ mandate }) => mandate));
}

/** The sweep charges the balance 28 days before the show. */
export async function waitForBalance(walk: Walk): Promise<void> {
  const due = new Date(`${walk.showDay}T12:00:00Z`).getTime() - 28 * day;
  if ((await tradeNow(walk.product)).getTime() < due) await moveClock(walk.product, new Date(due + day));
  await fileWhen(walk, 'the balance', (file) => file.steps.some(({ step, state }) => step === 'balance' && state === 'done'));
}

/** 6: after the show both confirm, and the money reaches the artist. */
export async function playAndSettle(walk: Walk): Promise<void> {
  await play(walk);
  await paidOut(walk);
}

/** After the show both confirm. */
export async function play(walk: Walk): Promise<void> {
  const { product, artist, bookingId, showDay } = walk;
  const after = new Date(`${showDay}T23:30:00Z`);
  if (await tradeNow(product) < after) await moveClock(product, after);
  const link = await buyer(walk, /a-t-il joué|Did .* play/);
  await Promise.all([artist.act('booking.confirmPlayed', { bookingId }), link.act('booking.confirmPlayed', { bookingId })]);
}

/** The money has reached the artist's bank. */
export async function paidOut({ artist, bookingId }: Walk): Promise<void> {
  await until('the payout', async () => {
    const money = await artist.ask<{ payout: { status: string } | null }>('escrow.money', { bookingId });
    return money.payout?.status === 'paid';
  });
}

/** The first days, at least `after` days ahead, that the artist calls free. */
export async function freeDays(product: Product, slug: string, after: number, count: number): Promise<string[]> {
  const now = (await tradeNow(product)).getTime();
  const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const { days } = await visitor(product, 'theatre').ask<{ days: { day: string; state: string }[] }>('calendar.availability', { artist: slug, from: iso(now + after * day), until: iso(now + (after + 380) * day) });
  return days.filter(({ state }) => state === 'free').slice(0, count).map((one) => one.day);
}
