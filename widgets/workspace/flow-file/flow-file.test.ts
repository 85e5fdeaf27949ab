import { assert, fixture, html, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { cancelled, cancelledWaiting, decided, deposited, frozen } from '../flow-ledger/flow-ledger.fixture.ts';
import { bookersPart, contestedPayment, contract, dispute, envelope, file, holder, invoice, money, offer, purchase, serverOf, steps, unpaid } from './flow-file.fixture.ts';
import { usual } from '../flow-market/flow-market.fixture.ts';
import type { FlowFile } from './flow-file.ts';

const plain = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();

async function mount(api: Api) {
  await define('flow-file');
  const element = await fixture<FlowFile>(html`<flow-file booking-id="bkg_1" .api=${api}></flow-file>`);
  const root = element.shadowRoot!;
  const find = (selector: string) => root.querySelector<HTMLElement>(selector)!;
  const input = (name: string) => root.querySelector<HTMLInputElement>(`[name=${name}]`)!;
  const button = (label: string) => [...root.querySelectorAll('button')].find((one) => plain(one.textContent).includes(label))!;
  const text = () => plain(root.textContent);
  const type = (name: string, value: string) => { const typed = input(name); typed.value = value; typed.dispatchEvent(new InputEvent('input', { bubbles: true })); };
  await waitUntil(() => find('.next, [role=alert]'));
  return { element, find, input, button, text, type };
}

it('an artist reads the request, its score in words, and what is next (MA-01)', async () => {
  const { text, find } = await mount(serverOf());
  assert.include(text(), 'Concert de printemps');
  assert.include(plain(find('.next').textContent), 'Répondre à la demande de Compagnie du Marais');
  assert.include(text(), 'À 12 km de chez vous');
  assert.include(text(), 'Budget de 800 € ; vos prix : de 900 € à 1 800 €');
});

it('an offer shows what reaches the artist before it is sent (CH-20)', async () => {
  const sent: unknown[] = [];
  const { element, find, button, text, type } = await mount(serverOf({}, { booking: { sendOffer: (input) => { sent.push(input); return { ...offer(), bookingId: 'bkg_1' }; } } }));
  button('Faire une offre').click();
  await waitUntil(() => find('[name=price]'));
  type('price', '1 200');
  await waitUntil(() => text().includes('1 122,00 €'), 'the net', { timeout: 2_000 });
  setTimeout(() => { find('form').dispatchEvent(new SubmitEvent('submit', { cancelable: true })); });
  const heard = await oneEvent(element, 'flow-file-changed');
  assert.deepEqual(heard.detail, { bookingId: 'bkg_1', act: 'terms' });
  // Seven days of the trade's clock, which says 1 February.
  assert.deepInclude(sent[0] as object, { bookingId: 'bkg_1', terms: { showDay: '2027-05-14', startTime: '20:30', terms: '', price: { minor: 120_000, currency: 'EUR' }, expiresAt: '2027-02-08T10:00:00.000Z' } });
});

it('a price that is none is said at its field, and nothing is sent', async () => {
  let sent = false;
  const { find, input, button, type } = await mount(serverOf({}, { booking: { sendOffer: () => { sent = true; return { ...offer(), bookingId: 'bkg_1' }; } } }));
  button('Faire une offre').click();
  await waitUntil(() => find('[name=price]'));
  type('price', 'douze cents');
  find('form').dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
  assert.include(input('price').validationMessage, 'Un montant');
  assert.isFalse(sent);
});

it('the artist cuts the links that the buyer was sent, by two presses (CO-27)', async () => {
  let cut = '';
  const { element, button, find, text } = await mount(serverOf({ file: file({ may: ['link.revoke'] }) }, { dossier: { revokeLinks: ({ bookingId }) => { cut = bookingId; return { revoked: 2 }; } } }));
  assert.isFalse((find('.links') as HTMLDetailsElement).open);
  setTimeout(() => { find('.links summary').click(); button('Couper les liens envoyés').click(); });
  const heard = await oneEvent(element, 'flow-file-changed');
  assert.deepEqual([cut, (heard as CustomEvent<{ act: string }>).detail.act], ['bkg_1', 'links']);
  await waitUntil(() => text().includes('Les anciens liens n’ouvrent plus rien'));
});

const offered = file({ side: 'buyer', status: 'negotiating', offers: [offer({ yours: true })], steps: steps('agreement'), may: ['offer.answer'], next: { act: 'answer_offer', by: 'buyer', until: '2027-02-08T10:00:00.000Z' } });

it('the holder of a link accepts an offer for its total with tax (CO-27)', async () => {
  let accepted = '';
  const { element, button, find } = await mount(serverOf({ me: holder('answer'), file: offered }, { booking: { acceptOffer: ({ id }) => { accepted = id; return { ...offer({ status: 'accepted' }), bookingId: 'bkg_1' }; } } }));
  setTimeout(() => { button('Accepter pour 1 266,00 € TTC').click(); });
  await oneEvent(element, 'flow-file-changed');
  assert.equal(accepted, 'off_1');
  assert.notOk(find('#score'), 'a buyer sees no score');
});

it('a day that was taken meanwhile is said in words, and the offer stays', async () => {
  const { button, find } = await mount(serverOf({ me: holder('answer'), file: offered }, { booking: { acceptOffer: () => Promise.reject(refusal('date_taken')) } }));
  button('Accepter pour').click();
  await waitUntil(() => find('[role=alert]'));
  assert.include(plain(find('[role=alert]').textContent), 'vient d’être pris');
  await waitUntil(() => !button('Accepter pour').disabled);
});

it('a link for another step says where to find the right one', async () => {
  const { find } = await mount(serverOf({ me: holder('follow'), file: { ...offered, may: [] } }));
  assert.include(plain(find('.next').textContent), 'Ce lien ne permet pas cette étape');
});

it('nobody signs before a code came, and the code goes with the name (CO-13)', async () => {
  const sent: unknown[] = [];
  const known = { file: file({ status: 'agreed', steps: steps('contract'), offers: [offer({ status: 'accepted' })], may: ['contract.read', 'contract.sign'], next: { act: 'sign', by: 'artist', until: null } }) };
  const { element, find, input, button, text } = await mount(serverOf(known, { signing: { sign: (input) => { sent.push(input); return envelope(); } } }));
  assert.include(text(), '1. Parties');
  assert.notOk(find('[name=code]'));
  button('Recevoir mon code').click();
  assert.notOk(find('[name=code]'), 'not before one agrees');
  input('consent').checked = true;
  button('Recevoir mon code').click();
  await waitUntil(() => find('[name=code]'));
  input('code').value = '123 456';
  setTimeout(() => { find('.next form').dispatchEvent(new SubmitEvent('submit', { cancelable: true })); });
  await oneEvent(element, 'flow-file-changed');
  assert.deepEqual(sent, [{ bookingId: 'bkg_1', code: '123456', name: 'Camille Estran', consent: true }]);
});

it('a commune without an order number is told so (CO-16)', async () => {
  const known = { me: holder('answer'), purchase, file: file({ side: 'buyer', path: 'public', status: 'agreed', may: ['purchase.order'], next: { act: 'order_purchase', by: 'buyer', until: null } }) };
  const { find, text } = await mount(serverOf(known, { municipal: { purchase: () => purchase, order: () => Promise.reject(refusal('order_number_missing')) } }));
  assert.include(text(), 'D-2027-0001');
  find('.next form').dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
  await waitUntil(() => find('.next [role=alert]'));
  assert.include(plain(find('.next [role=alert]').textContent), 'numéro du bon de commande');
});

it('an expired quote is not ordered: the buyer is told, and the producer quotes anew', async () => {
  const expired = { ...purchase, expired: true };
  const next = { act: 'order_purchase', by: 'buyer', until: null } as const;
  const buyer = await mount(serverOf({ me: holder('answer'), purchase: expired, file: file({ side: 'buyer', path: 'public', status: 'agreed', may: ['purchase.order'], next }) }));
  assert.include(buyer.text(), 'n’engage plus le producteur');
  assert.notOk(buyer.find('[name=orderNumber]'));
  const asked: unknown[] = [];
  const { element, button, text } = await mount(serverOf({ purchase: expired, file: file({ side: 'artist', path: 'public', status: 'agreed', next }) }, { municipal: { purchase: () => expired, quoteAgain: (input) => { asked.push(input); return purchase; } } }));
  assert.include(text(), 'Était valable jusqu’au jeu. 4 mars 2027');
  button('Établir un nouveau devis').click();
  await oneEvent(element, 'flow-file-changed');
  assert.deepEqual(asked, [{ bookingId: 'bkg_1' }]);
});

it('paying opens a frame of our own origin, and no card field stands in the file (ES-01)', async () => {
  const { find, button, text } = await mount(serverOf({
    me: holder('pay'), money: unpaid, contract: { ...contract, status: 'signed' },
    file: file({ side: 'buyer', status: 'contracted', steps: steps('deposit'), may: ['payment.read', 'payment.pay', 'contract.read'], next: { act: 'pay', by: 'buyer', until: '2027-02-09T00:00:00.000Z' } }),
  }));
  assert.include(text(), 'La somme est réservée chez notre prestataire');
  assert.notOk(find('iframe'));
  button('Payer l’acompte de 379,80 €').click();
  await waitUntil(() => find('iframe'));
  assert.equal(find('iframe').getAttribute('src'), '/frame/pay');
  assert.notOk(find('input[autocomplete^=cc]'));
});

it('a side says that there was a problem, in words that it has to find, and reads what that means first (ES-05)', async () => {
  const sent: unknown[] = [];
  const show = { day: '2027-05-14', startTime: '20:30', artistConfirmedAt: null, buyerConfirmedAt: null, playedAt: null, contestedBy: null, contest: '', contestedAt: null };
  const before = file({ show, status: 'contracted', may: ['show.confirm', 'show.contest'], next: { act: 'confirm_show', by: 'artist', until: null } });
  let now = before;
  const { element, find, button, text } = await mount(serverOf({}, { dossier: { file: () => now }, booking: { contestShow: (input) => {
    sent.push(input);
    now = { ...before, show: { ...show, contestedBy: 'artist', contest: input.reason, contestedAt: '2027-05-15T08:00:00.000Z' } };
    return { contested: true };
  } } }));
  assert.isFalse((find('.contest') as HTMLDetailsElement).open);
  find('.contest summary').click();
  assert.include(plain(find('.contest').textContent), 'la somme reste conservée');
  button('Signaler le problème').click();
  assert.isEmpty(sent, 'without words nothing is sent');
  find('[name=reason]').focus();
  (find('[name=reason]') as HTMLTextAreaElement).value = 'Le plateau n’était pas prêt.';
  setTimeout(() => { button('Signaler le problème').click(); });
  const heard = await oneEvent(element, 'flow-file-changed');
  assert.deepEqual([sent, heard.detail], [[{ bookingId: 'bkg_1', reason: 'Le plateau n’était pas prêt.' }], { bookingId: 'bkg_1', act: 'contest' }]);
  await waitUntil(() => text().includes('Vous avez signalé un problème'));
  assert.equal(plain(find('.next blockquote').textContent), 'Le plateau n’était pas prêt.');
  assert.ok(button('Le spectacle a eu lieu'), 'confirming after all ends it');
});

it('the producer says that a commune’s transfer arrived', async () => {
  let settled = '';
  const known = { invoices: [invoice()], file: file({ path: 'public', status: 'played', may: ['invoice.read', 'invoice.settle'], next: { act: 'settle_invoice', by: 'buyer', until: '2027-06-14T00:00:00.000Z' } }) };
  const { element, button } = await mount(serverOf(known, { billing: { invoices: () => known.invoices, settle: ({ id }) => { settled = id; return invoice({ paidAt: '2027-06-01T10:00:00.000Z' }); } } }));
  setTimeout(() => { button('Le virement est arrivé').click(); });
  await oneEvent(element, 'flow-file-changed');
  assert.equal(settled, 'inv_1');
});

it('the producer takes a part of an invoice back with a reason; both sides read the credit note, and keep every paper in each of its forms (INV-03, ES-12)', async () => {
  const asked: object[] = [];
  const note = { id: 'crd_1', number: 'AFS-00001-2027-0001', issuedDay: '2027-05-20', total: { minor: 20_050, currency: 'EUR' as const }, reason: 'Une seule partie a été jouée.', fileId: 'fil_7', xmlFileId: 'fil_8', ublFileId: 'fil_9' };
  const [before, after] = [invoice({ xmlFileId: 'fil_3', ublFileId: 'fil_4' }), invoice({ xmlFileId: 'fil_3', ublFileId: 'fil_4', left: { minor: 106_550, currency: 'EUR' }, credits: [note] })];
  let invoices = [before];
  const { element, button, text, find } = await mount(serverOf({ file: file({ path: 'public', status: 'played', may: ['invoice.read', 'invoice.credit'] }) }, {
    billing: { invoices: () => invoices, credit: (input) => { asked.push(input); if (asked.length === 1) return Promise.reject(refusal('credit_too_large')); invoices = [after]; return after; } },
  }));
  const kept = (): string[] => [...element.shadowRoot!.querySelectorAll('.papers button')].map(({ textContent }) => plain(textContent));
  assert.deepEqual(kept().slice(0, 3), ['PDF', 'XML (EN 16931)', 'UBL (Peppol)']);
  assert.equal((find('.papers [name=amount]') as HTMLInputElement).value, '1266', 'all that is left stands there first');
  for (const amount of ['2000', '200,50']) {
    (find('.papers [name=amount]') as HTMLInputElement).value = amount;
    (find('.papers [name=reason]') as HTMLInputElement).value = 'Une seule partie a été jouée.';
    button('Établir l’avoir').click();
    await waitUntil(() => text().includes(amount === '2000' ? 'plus que ce qui reste' : 'AFS-00001-2027-0001'));
  }
  assert.deepEqual(asked, [200_000, 20_050].map((minor) => ({ id: 'inv_1', amount: { minor, currency: 'EUR' }, reason: 'Une seule partie a été jouée.' })));
  for (const said of ['Une seule partie a été jouée.', '-200,50 €', 'Reste de la facture : 1 065,50 €']) assert.include(text(), said);
  await waitUntil(() => !find('.papers [name=reason]').closest('details')!.open);
  assert.equal((find('.papers [name=reason]') as HTMLInputElement).value, '');
  assert.equal((find('.papers [name=amount]') as HTMLInputElement).value, '1065,50');
  assert.lengthOf(kept().filter((label) => label === 'UBL (Peppol)'), 2);
  const buyer = await mount(serverOf({ invoices: [after], file: file({ side: 'buyer', path: 'public', status: 'played', may: ['invoice.read'] }) }));
  assert.include(buyer.text(), 'AFS-00001-2027-0001');
  assert.notInclude(buyer.text(), 'Établir un avoir');
});

it('the producer contests an invoice until its day, and takes that back; the buyer reads what was said and answered (INV-02)', async () => {
  const asked: object[] = [];
  const contest = { reason: 'Notre adresse a changé.', at: '2027-05-16T10:00:00.000Z', status: 'open' as const, words: '', closedAt: null };
  const own = file({ path: 'public', status: 'played', may: ['invoice.read', 'invoice.contest'] });
  let contests: NonNullable<Parameters<typeof serverOf>[0]>['contests'] = [{ invoiceId: 'inv_1', contest: null, until: '2027-05-30' }];
  const { button, text, find } = await mount(serverOf({ invoices: [invoice()], file: own }, {
    contests: {
      ofBooking: () => contests ?? [],
      contest: (input) => { asked.push(input); if (asked.length === 1) return Promise.reject(refusal('contest_late', { until: '2027-05-30' })); contests = [{ invoiceId: 'inv_1', contest, until: null }]; return null; },
      withdraw: (input) => { asked.push(input); contests = [{ invoiceId: 'inv_1', contest: { ...contest, status: 'withdrawn', closedAt: '2027-05-17T10:00:00.000Z' }, until: null }]; return null; },
    },
  }));
  assert.include(text(), 'jusqu’au dim. 30 mai 2027');
  (find('.papers [name=reason]') as HTMLInputElement).value = 'Notre adresse a changé.';
  button('Contester cette facture').click();
  await waitUntil(() => text().includes('délai pour contester'));
  (find('.papers [name=reason]') as HTMLInputElement).value = 'Notre adresse a changé.';
  button('Contester cette facture').click();
  await waitUntil(() => text().includes('Contestée'));
  button('Renoncer à contester').click();
  await waitUntil(() => text().includes('Contestation retirée'));
  assert.deepEqual(asked, [{ id: 'inv_1', reason: 'Notre adresse a changé.' }, { id: 'inv_1', reason: 'Notre adresse a changé.' }, { id: 'inv_1' }]);

  const seen = await mount(serverOf({ invoices: [invoice()], file: file({ side: 'buyer', path: 'public', status: 'played', may: ['invoice.read'] }), contests: [{ invoiceId: 'inv_1', contest: { ...contest, status: 'refused', words: 'Le contrat le dit.', closedAt: '2027-05-17T10:00:00.000Z' }, until: null }] }));
  for (const said of ['Contestation refusée', 'Notre adresse a changé.', 'Le contrat le dit.']) assert.include(seen.text(), said);
  assert.notInclude(seen.text(), 'Renoncer');
});

it('an invoice that waits for the mandate says so, points to where it is given, and is issued by one press (INV-02)', async () => {
  const asked: string[] = [];
  const known = { file: file({ path: 'public', status: 'played', may: ['invoice.read', 'invoice.issue'], next: { act: 'issue_invoice', by: 'artist', until: null } }) };
  const { button, text, find } = await mount(serverOf(known, { billing: { invoices: () => [], issue: ({ bookingId }) => { asked.push(bookingId); return asked.length === 1 ? Promise.reject(refusal('mandate_missing')) : { issued: 1 }; } } }));
  assert.include(text(), 'Une facture attend votre mandat de facturation');
  assert.equal(find('.next a').getAttribute('href'), '/accounts');
  button('Établir la facture').click();
  await waitUntil(() => text().includes('Donnez d’abord votre mandat'));
  button('Établir la facture').click();
  await waitUntil(() => asked.length === 2);
});

it('both sides see how long an invoice has, and to the cent what being late costs (PUB-06)', async () => {
  const page = (over: Parameters<typeof invoice>[0], side: 'artist' | 'buyer') => mount(serverOf({ invoices: [invoice(over)], file: file({ side, path: 'public', status: 'played', may: ['invoice.read'], next: { act: 'settle_invoice', by: 'buyer', until: '2027-06-14T00:00:00.000Z' } }) }));
  const running = await page({ days: 12, chorus: { process: 'A1', seller: '73282932000074', buyer: '21290134500011', order: 'BC-7', commitment: 'EJ-118', serviceCode: 'CULTURE', market: '', iban: 'FR7630006000011234567890189', rib: 'banque 30006' } }, 'buyer');
  for (const said of ['Pour le comptable public', 'Cadre de facturationA1', 'SIRET de l’acheteur21290134500011', 'BC-7', 'EJ-118', 'CULTURE', 'FR76 3000 6000', 'RIBbanque 30006', 'Aucun acompte n’est possible']) assert.include(running.text(), said);
  assert.notInclude(running.text(), 'Numéro de marché');
  assert.include(running.text(), 'Il reste 12 jours sur les trente, jusqu’au');
  const euros = (minor: number) => ({ minor, currency: 'EUR' as const });
  for (const side of ['artist', 'buyer'] as const) {
    const { text } = await page({ days: -20, overdue: true, late: { rateBps: 1_015, interest: euros(704), fixed: euros(4_000), total: euros(4_704), owed: euros(4_704) } }, side);
    for (const said of ['En retard de 20 jours, depuis le', '7,04 € d’intérêts au taux de 10,15 %', '40,00 € de frais', '47,04 € en plus']) assert.include(text(), said);
  }
});

it('each thing that happens is read at once, from what was shown on', async () => {
  let reads = 0;
  let asked: string | null | undefined;
  const news: { seq: number; topic: string; at: string }[] = [{ seq: 3, topic: 'hold.placed', at: '2027-02-01T10:00:00.000Z' }];
  const { text } = await mount(serverOf({}, { dossier: {
    file: () => { reads += 1; return reads === 1 ? file() : file({ holds: [{ id: 'hld_1', day: '2027-05-14', rank: 1, expiresAt: '2027-02-15T10:00:00.000Z', status: 'live' }] }); },
    follow: ({ lastEventId }) => { asked = lastEventId; return news.map((entry) => ({ id: String(entry.seq), data: entry })) as never; },
  } }));
  await waitUntil(() => text().includes('Option de rang 1'));
  assert.equal(asked, '2');
});

it('a part that cannot be read leaves the rest, and says so', async () => {
  const { text, find } = await mount(serverOf({}, { matching: { score: () => Promise.reject(new Error('down')) } }));
  assert.include(text(), 'Une partie du dossier n’a pas pu être lue');
  assert.ok(find('.next'));
});

it('a dead link says what to do', async () => {
  const { text } = await mount(serverOf({}, { dossier: { file: () => Promise.reject(refusal('link_dead')) } }));
  assert.include(text(), 'Ce lien n’est plus valable');
});

const euros = (minor: number) => ({ minor, currency: 'EUR' as const });
const ahead = { day: '2027-05-14', startTime: '20:30', artistConfirmedAt: null, buyerConfirmedAt: null, playedAt: null, contestedBy: null, contest: '', contestedAt: null };
const underContract = file({ side: 'buyer', status: 'contracted', steps: steps('balance'), show: ahead, may: ['contract.read', 'payment.read', 'booking.cancel'], next: { act: 'wait', by: null, until: null } });
const plan = {
  path: 'secured' as const, cause: 'organiser' as const, daysBefore: 68, rateBps: 3_000, price: euros(120_000), held: euros(37_980), underWay: euros(0), otherwise: null, indemnity: euros(36_000), kept: euros(36_000), owed: euros(0), refund: euros(1_980),
  commission: euros(3_600), commissionVat: euros(720), booker: euros(0), payout: euros(31_680), providerPrice: euros(1_131),
};
const choose = (find: (selector: string) => HTMLElement, cause: string) => {
  (find('.cancel') as HTMLDetailsElement).open = true;
  find(`[value=${cause}]`).click();
  find('.cancel form').dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
};

it('who cancels sees first who gets what, to the cent, and only that is done (ES-01)', async () => {
  const sent: unknown[] = [];
  const { find, button, text, type } = await mount(serverOf({ me: holder('pay'), file: underContract }, { refunds: { simulate: () => plan, cancel: (input) => { sent.push(input); return { status: 'done' }; } } }));
  choose(find, 'organiser');
  await waitUntil(() => find('.plan'));
  assert.include(text(), 'Il reste 68 jours avant le spectacle : le contrat prévoit 30 % du prix hors taxes.');
  assert.include(plain(find('.plan').textContent), 'Réservé aujourd’hui379,80 €Rendu à l’organisateur19,80 €Indemnité de l’artiste360,00 €dont commission de Flow Stage36,00 €dont TVA sur la commission7,20 €Versé à l’artiste316,80 €');
  assert.include(text(), 'Le prestataire de paiement prend 11,31 € sur ce qui a été payé, à son tarif, et ne les rend pas : Flow Stage les supporte, personne d’autre ne les paie.');
  assert.isEmpty(sent, 'a simulation does nothing');
  type('reason', 'La salle ferme.');
  button('Annuler définitivement').click();
  await waitUntil(() => sent.length === 1);
  assert.deepEqual(sent[0], { bookingId: 'bkg_1', cause: 'organiser', reason: 'La salle ferme.', seen: { kept: 36_000, owed: 0, refund: 1_980 } });
});

it('a producer reads what a bank asks, until when, and shows what happened', async () => {
  const sent: unknown[] = [];
  const { text, type, button } = await mount(serverOf({ file: { ...underContract, side: 'artist', status: 'settled' }, contested: [contestedPayment()] }, { disputes: { argue: (what) => { sent.push(what); return { id: 'evd_1' }; } } }));
  assert.include(text(), 'conteste un paiement de 886,20 €. Dites ou montrez ce qui s’est passé avant le');
  type('text', 'La salle était pleine.');
  button('Ajouter').click();
  await waitUntil(() => sent.length === 1);
  const lost = await mount(serverOf({ file: { ...underContract, side: 'artist', status: 'settled' }, contested: [contestedPayment({ status: 'lost' })] }));
  assert.include(lost.text(), 'La banque a donné raison au payeur pour 886,20 €');
});

it('while a debit is with the bank both outcomes are shown, and what was cancelled says that it waits', async () => {
  const waits = { ...plan, underWay: euros(88_620), kept: euros(120_000), refund: euros(6_600), indemnity: euros(120_000), otherwise: { indemnity: euros(120_000), kept: euros(37_980), owed: euros(82_020), refund: euros(0) } };
  const { find, text } = await mount(serverOf({ me: holder('pay'), file: underContract }, { refunds: { simulate: () => waits } }));
  choose(find, 'organiser');
  await waitUntil(() => find('.plan'));
  assert.include(text(), '886,20 € sont encore chez la banque, qui répond sous six jours ouvrés.');
  assert.include(text(), 'S’il n’arrive pas');
  assert.include(plain(find('.plan').textContent), 'Encore dû à l’artiste, hors de Flow Stage820,20 €');
  const done = await mount(serverOf({ file: { ...underContract, status: 'cancelled' }, account: cancelledWaiting }));
  assert.include(done.text(), 'Annulé. La somme sera partagée dès que la banque aura répondu');
});

it('figures that no longer hold are shown anew before anything is done', async () => {
  let asked = 0;
  const changed = { ...plan, daysBefore: 60, rateBps: 5_000, kept: euros(37_980), refund: euros(0), owed: euros(22_020), indemnity: euros(60_000) };
  const { find, button, text, type } = await mount(serverOf({ me: holder('pay'), file: underContract }, { refunds: { simulate: () => { asked += 1; return asked === 1 ? plan : changed; }, cancel: () => Promise.reject(refusal('cancellation_changed')) } }));
  choose(find, 'organiser');
  await waitUntil(() => find('.plan'));
  type('reason', 'La salle ferme.');
  button('Annuler définitivement').click();
  await waitUntil(() => text().includes('prévoit 50 %'));
  assert.include(text(), 'Les montants ont changé');
  assert.include(text(), 'Encore dû à l’artiste, hors de Flow Stage220,20 €');
});

it('force majeure waits for the other side, who reads what it gives before agreeing', async () => {
  const sent: unknown[] = [];
  const asked = { ...deposited, cancellation: { ...cancelled.cancellation!, cause: 'force_majeure' as const, by: 'artist' as const, reason: 'La route est coupée.', status: 'asked' as const, doneAt: null } };
  const force = { ...plan, cause: 'force_majeure' as const, rateBps: 0, indemnity: euros(0), kept: euros(0), refund: euros(37_980), commission: euros(0), commissionVat: euros(0), booker: euros(0), payout: euros(0) };
  const { find, button, text } = await mount(serverOf({ file: underContract, account: asked }, { refunds: { simulate: () => force, cancel: (input) => { sent.push(input); return { status: 'done' }; } } }));
  assert.include(text(), 'Les Vagues Lentes demande l’annulation pour force majeure');
  assert.include(text(), 'La route est coupée.');
  assert.notOk(find('.cancel'), 'one answers, and cancels nothing besides');
  button('Voir qui reçoit quoi').click();
  await waitUntil(() => find('.plan'));
  assert.include(plain(find('.plan').textContent), 'Rendu à l’organisateur379,80 €');
  button('Accepter l’annulation').click();
  await waitUntil(() => sent.length === 1);
  assert.deepInclude(sent[0] as object, { cause: 'force_majeure', seen: { kept: 0, owed: 0, refund: 37_980 } });
});

it('what a cancellation gave to whom stays to be read by both', async () => {
  const { text } = await mount(serverOf({ file: file({ status: 'cancelled', steps: steps('balance', 'stopped'), show: ahead, may: ['contract.read', 'payment.read'], next: { act: 'nothing', by: null, until: null } }), account: cancelled }));
  assert.include(text(), 'L’organisateur annule · Compagnie du Marais');
  assert.include(text(), 'Rendu à l’organisateur19,80 €Indemnité de l’artiste360,00 €');
});

const contested = { ...ahead, contestedBy: 'buyer' as const, contest: 'Vingt minutes de concert.', contestedAt: '2027-05-15T08:10:00.000Z' };
const disputed = (side: 'artist' | 'buyer') => file({ side, status: 'contracted', steps: steps('show'), show: contested, may: ['contract.read', 'payment.read', 'dispute.argue'], next: { act: 'confirm_show', by: 'buyer', until: null } });

it('a dispute says what is frozen and what each side said, and takes the reader’s own word (ES-20)', async () => {
  const sent: unknown[] = [];
  const { find, text, type, button } = await mount(serverOf({ file: disputed('artist'), account: frozen, dispute: dispute() }, { disputes: { argue: (input) => { sent.push(input); return { id: 'evd_3' }; } } }));
  assert.include(plain(find('.frozen').textContent), '1 266,00 € sont gelés');
  assert.include(text(), 'Le régisseur a noté les heures');
  assert.include(text(), 'feuille-de-route.pdf');
  button('Ajouter au litige').click();
  assert.isEmpty(sent, 'nothing was said nor shown');
  type('text', 'Le courant a sauté.');
  button('Ajouter au litige').click();
  await waitUntil(() => sent.length === 1);
  assert.deepEqual(sent[0], { bookingId: 'bkg_1', text: 'Le courant a sauté.' });
});

it('both sides read the same decision, and what each got (ES-20)', async () => {
  const known = { account: decided, dispute: dispute({ status: 'decided', decidedAt: '2027-05-20T10:00:00.000Z', decision: 'La moitié du spectacle a été jouée.', release: euros(63_300), refund: euros(63_300), held: euros(0) }) };
  const read = await Promise.all((['artist', 'buyer'] as const).map(async (side) => {
    const { find } = await mount(serverOf({ ...known, file: file({ side, status: 'settled', steps: steps('release', 'stopped'), show: contested, may: ['contract.read', 'payment.read'], next: { act: 'nothing', by: null, until: null } }) }));
    assert.include(plain(find('.next').textContent), 'Le litige est tranché');
    return plain(find('.decision').textContent);
  }));
  assert.equal(read[0], read[1]);
  assert.include(read[0], 'La moitié du spectacle a été jouée.');
  assert.include(read[0], 'Libéré pour l’artiste633,00 €Rendu à l’organisateur633,00 €');
});

it('who holds a link opens every entry and the proofs in the file itself', async () => {
  await define('flow-ledger');
  const { element, find } = await mount(serverOf({ me: holder('pay'), file: underContract }));
  (find('.accounts') as HTMLDetailsElement).open = true;
  await waitUntil(() => element.shadowRoot!.querySelector('flow-ledger')?.shadowRoot?.querySelector('.proof'), 'the accounts', { timeout: 3_000 });
});

it('the artist reads what its booker has of the money, and why no more; without one nothing is said (FEE-01, ES-01)', async () => {
  const read = { contract: { ...contract, status: 'signed' as const }, file: file({ status: 'contracted', steps: steps('balance'), may: ['contract.read', 'payment.read'], next: { act: 'nothing', by: null, until: null } }) };
  const { find, text } = await mount(serverOf({ ...read, money: { ...money, booker: bookersPart } }));
  await waitUntil(() => find('.booker'));
  assert.include(text(), 'Agence de la Lisière, agent : 10 % des cachets de 720,00 €, soit 72,00 € et 14,40 € de TVA (86,40 €). Convenu à 15 %, ramené à ce que la loi permet (Code du travail art. L7121-13). Retenu sur le versement après le spectacle.');
  const without = await mount(serverOf({ ...read, money }));
  await waitUntil(() => without.find('.figures'));
  assert.notOk(without.find('.booker'));
});

it('the market stands beside the offer while both talk, and looks at the price that is typed (AI-04)', async () => {
  await define('flow-market');
  const asked: unknown[] = [];
  const { find, button, type, element } = await mount(serverOf({}, { market: { price: (input) => { asked.push(input); return usual; } } }));
  await waitUntil(() => element.shadowRoot!.querySelector('flow-market')?.shadowRoot?.querySelector('.market'));
  button('Faire une offre').click();
  await waitUntil(() => find('[name=price]'));
  type('price', '750');
  await waitUntil(() => asked.some((one) => (one as { price?: number }).price === 75_000), 'the typed price', { timeout: 3_000 });
  assert.deepEqual(asked[0], { bookingId: 'bkg_1' });
  const { find: inSigned } = await mount(serverOf({ file: file({ status: 'agreed', next: { act: 'wait', by: null, until: null } }) }));
  assert.isNull(inSigned('flow-market'));
});

it('once a show was played, how it went stands in its file; not while it is to come or contested (PR-16)', async () => {
  await define('flow-reviews');
  const show = { day: '2027-05-14', startTime: '20:30', artistConfirmedAt: null, buyerConfirmedAt: null, playedAt: '2027-05-15T08:00:00.000Z', contestedBy: null, contest: '', contestedAt: null };
  const played = { status: 'played', next: { act: 'wait', by: null, until: null } } as const;
  const { element } = await mount(serverOf({ file: file({ ...played, show }) }));
  await waitUntil(() => element.shadowRoot!.querySelector('flow-reviews')?.shadowRoot?.textContent.includes('L’avis de Compagnie du Marais'));
  for (const other of [{ ...show, playedAt: null }, { ...show, contestedBy: 'buyer' as const }]) assert.isNull((await mount(serverOf({ file: file({ ...played, show: other }) }))).find('flow-reviews'));
});
