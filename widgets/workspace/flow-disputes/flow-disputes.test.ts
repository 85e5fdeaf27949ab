import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { contested, notice, openDispute, tableOf } from './flow-disputes.fixture.ts';
import type { FlowDisputes } from './flow-disputes.ts';

const plain = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();

async function mount(api: Api) {
  await define('flow-disputes');
  const element = await fixture<FlowDisputes>(html`<flow-disputes .api=${api}></flow-disputes>`);
  const root = element.shadowRoot!;
  const input = (name: string) => root.querySelector<HTMLInputElement>(`[name=${name}]`)!;
  const type = (name: string, value: string) => { input(name).value = value; input(name).dispatchEvent(new InputEvent('input', { bubbles: true })); };
  const button = (label: string) => [...root.querySelectorAll('button')].find((one) => plain(one.textContent).includes(label))!;
  await waitUntil(() => root.querySelector('section, [role=alert]'));
  return { root, input, type, button, text: () => plain(root.textContent) };
}

it('shows what each side says, and what a decision would give before it is made (ES-20)', async () => {
  const asked: unknown[] = [];
  const decided: unknown[] = [];
  let left = [openDispute];
  const { input, type, button, text } = await mount(tableOf({}, {
    open: () => left, decide: (what) => { decided.push(what); left = []; return { bookingId: 'bkg_1' }; },
    simulate: (what) => { asked.push(what); return { held: what.release, underWay: { minor: 0, currency: 'EUR' }, otherwise: null, release: what.release, refund: what.refund, commission: what.release, commissionVat: what.release, booker: { minor: 0, currency: 'EUR' }, payout: { minor: 56_100, currency: 'EUR' } }; },
  }));
  assert.include(text(), 'Les Vagues Lentes pour Compagnie du Marais');
  assert.include(text(), 'L’autoroute était fermée');
  type('release', '633');
  assert.equal(input('refund').value, '633', 'both parts are all that is held');
  button('Simuler').click();
  await waitUntil(() => text().includes('561,00 €'));
  assert.deepEqual(asked[0], { bookingId: 'bkg_1', release: { minor: 63_300, currency: 'EUR' }, refund: { minor: 63_300, currency: 'EUR' } });
  assert.isEmpty(decided);
  type('words', 'La moitié a été jouée.');
  button('Trancher ainsi').click();
  await waitUntil(() => text().includes('C’est tranché'));
  assert.deepEqual(decided[0], { bookingId: 'bkg_1', release: { minor: 63_300, currency: 'EUR' }, refund: { minor: 63_300, currency: 'EUR' }, words: 'La moitié a été jouée.' });
  assert.include(text(), 'Aucun litige ouvert');
});

it('what was simulated is not decided once an amount was changed, and more than is held is said at its field', async () => {
  const { root, input, type, button } = await mount(tableOf());
  button('Simuler').click();
  await waitUntil(() => root.querySelector('.given'));
  type('refund', '100,50');
  await waitUntil(() => !root.querySelector('.given'));
  assert.equal(input('release').value, '1165,50');
  type('release', '1 266,01');
  assert.include(input('release').validationMessage, 'Un montant entre 0 et');
});

it('a decision that no longer adds up is said in words, and the dispute stays', async () => {
  const { root, type, button, text } = await mount(tableOf({}, { decide: () => Promise.reject(refusal('decision_sum')) }));
  button('Simuler').click();
  await waitUntil(() => root.querySelector('.given'));
  type('words', 'Tout à l’artiste.');
  button('Trancher ainsi').click();
  await waitUntil(() => text().includes('Les deux parts doivent faire'));
  assert.include(text(), 'Compagnie du Marais');
});

it('notices of the provider that wait are acted on again by one press', async () => {
  let waiting = [notice];
  const { button, text } = await mount(tableOf({ open: [] }, { waiting: () => waiting, replay: () => { waiting = []; return { done: 1 }; } }));
  assert.include(text(), 'payment.captured');
  button('Rejouer tous les messages').click();
  await waitUntil(() => text().includes('1 message traité.'));
  assert.include(text(), 'tout ce que le prestataire a dit a été traité');
});

it('whoever is none of our people learns nothing', async () => {
  const { text } = await mount(tableOf({}, { open: () => Promise.reject(refusal('not_found')) }));
  assert.notInclude(text(), 'Compagnie du Marais');
});

it('a decision while a debit is with the bank counts both, and waits for it', async () => {
  const waiting = { ...openDispute, held: { minor: 37_980, currency: 'EUR' as const }, underWay: { minor: 88_620, currency: 'EUR' as const } };
  const { input, text } = await mount(tableOf({ open: [waiting] }));
  assert.include(text(), '886,20 € sont encore chez la banque');
  assert.equal(input('release').value, '1266', 'what is shared is what is held and what may come');
  const decided = await mount(tableOf({ open: [{ ...waiting, decidedAt: '2027-05-16T10:00:00.000Z', decision: 'La moitié a été jouée.', release: { minor: 63_300, currency: 'EUR' }, refund: { minor: 63_300, currency: 'EUR' } }] }));
  assert.include(decided.text(), 'Litige tranché. Un paiement de 886,20 €');
  assert.notOk(decided.root.querySelector('form'), 'what is decided is not decided again');
});

it('a bank is answered with words and what the producer showed, once, before its day', async () => {
  const sent: unknown[] = [];
  let there = [contested];
  const { input, type, button, text } = await mount(tableOf({ open: [], contested: () => there }, { answerBank: (what) => { sent.push(what); there = [{ ...contested, status: 'answered', answer: 'Le spectacle a eu lieu.' }]; return null; } }));
  for (const said of ['886,20 €', 'service non rendu', 'La banque attend notre réponse jusqu’au', 'feuille-de-presence.pdf']) assert.include(text(), said);
  assert.include(input('words').value, 'Contrat n° LV-2027-000012', 'what we know is there to begin with');
  type('words', 'Le spectacle a eu lieu.');
  button('Répondre à la banque').click();
  await waitUntil(() => text().includes('C’est noté'));
  assert.deepEqual(sent[0], { id: 'cbk_1', words: 'Le spectacle a eu lieu.', proofId: null });
  assert.include(text(), 'La réponse part vers la banque');
  const late = await mount(tableOf({ open: [], contested: () => [{ ...contested, late: true }] }));
  assert.notOk(late.root.querySelector('textarea'), 'after its day nobody is heard');
});
