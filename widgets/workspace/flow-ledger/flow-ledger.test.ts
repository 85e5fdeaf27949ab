import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { AppRouter } from '../../../server/app-router.ts';
import { fakeApi } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { cancelled, decided, deposited, frozen, nothingPaid, takenBack } from './flow-ledger.fixture.ts';
import type { FlowLedger } from './flow-ledger.ts';

async function mount(answer: typeof deposited, inside = false) {
  await define('flow-ledger');
  const element = await fixture<FlowLedger>(html`<flow-ledger booking-id="bkg_1" ?inside=${inside} .api=${fakeApi<AppRouter>({ refunds: { account: () => answer } })}></flow-ledger>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('.sums'));
  return { element, root, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('shows every entry with the balance it left, that they sum to zero, and that what is held is what is due (ES-03)', async () => {
  const { root, text } = await mount(deposited);
  assert.include(text(), 'Somme des 2 écritures : 0,00 €');
  assert.include(text(), 'Réservé d’après les écritures : 379,80 €. D’après les paiements, moins ce qui est parti : 379,80 €. Les deux comptes sont égaux.');
  assert.lengthOf(root.querySelectorAll('.proof.good'), 2);
  assert.include(text(), '+379,80 €');
  assert.include(text(), '-379,80 €');
});

it('says in the reader’s language what is held and due, each with its date and reason, and whose each account is', async () => {
  const { text } = await mount(deposited);
  assert.include(text(), 'Réservé Acompte payé par l’organisateurmer. 3 février 2027');
  assert.include(text(), 'À payer Solde à payer, avant le ven. 16 avril 2027');
  assert.include(text(), 'Réservé pour ce dossierescrow:bkg_1');
});

it('draws each part of the whole as long as it is', async () => {
  const { root } = await mount(decided);
  const parts = [...root.querySelectorAll<HTMLElement>('.money i')];
  assert.deepEqual(parts.map((part) => [part.className, part.style.flexGrow]), [['released', '0.5'], ['refunded', '0.5']]);
  assert.deepEqual([...root.querySelectorAll('.sums > div')].map((sum) => sum.textContent.replaceAll(/\s+/g, ' ').trim()), ['Versé633,00 €', 'Rendu633,00 €', 'Réservé0,00 €', 'À payer0,00 €']);
});

it('a dispute is said to freeze what is held, and its decision is the reason of what follows', async () => {
  assert.include((await mount(frozen)).text(), '1 266,00 € sont gelés');
  const { text } = await mount(decided);
  assert.include(text(), 'Versé Décision du litige');
  assert.include(text(), 'Rendu Décision du litige');
});

it('a cancellation and a bank that takes money back are said in words', async () => {
  assert.include((await mount(cancelled)).text(), 'Versé Indemnité d’annulation');
  assert.include((await mount(takenBack)).text(), 'La banque de l’organisateur conteste un paiement');
});

it('does not hide a sum that is not zero, nor a difference', async () => {
  const { root, text } = await mount({ ...deposited, proofs: { ...deposited.proofs, sum: { minor: 1, currency: 'EUR' }, sumIsZero: false, due: { minor: 37_979, currency: 'EUR' }, heldIsDue: false } });
  assert.lengthOf(root.querySelectorAll('.proof.bad'), 2);
  assert.include(text(), 'La somme des 2 écritures n’est pas nulle. Prévenez-nous');
  assert.include(text(), 'Les deux comptes diffèrent. Prévenez-nous.');
});

it('says what will be here before there is anything', async () => {
  const { root, text } = await mount(nothingPaid);
  assert.include(text(), 'Aucun mouvement pour l’instant');
  assert.notOk(root.querySelector('.proof'));
});

it('inside a file it does not say again where one is', async () => {
  const { root } = await mount(deposited, true);
  assert.notOk(root.querySelector('h1'));
});

it('on a phone nothing scrolls sideways with every letter twice as large, and no amount is cut (NF-13)', async () => {
  const { element, root } = await mount(decided);
  element.style.cssText = 'display: block; width: 343px';
  // Sizes are in pixels, so each is doubled by itself, as a browser does that enlarges text alone.
  const sizes = [...root.querySelectorAll<HTMLElement>('*')].map((one) => [one, Number.parseFloat(getComputedStyle(one).fontSize)] as const);
  for (const [one, size] of sizes) one.style.fontSize = `${size * 2}px`;
  const edge = element.getBoundingClientRect().right + 1;
  // A caption that is read aloud alone takes no room.
  const wide = [...root.querySelectorAll('td, h1, h2, h3, p, dd')].filter((one) => !one.closest('thead') && one.getBoundingClientRect().right > edge);
  assert.isEmpty(wide.map((one) => one.textContent));
});
