import { assert, fixture, html, waitUntil } from '@open-wc/testing';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { free, pastDue, planServer, starter } from './flow-plan.fixture.ts';
import type { FlowPlan } from './flow-plan.ts';

async function mount(api: Api, code = '') {
  await define('flow-plan');
  const element = await fixture<FlowPlan>(html`<flow-plan code=${code} .lookMs=${20} .api=${api}></flow-plan>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('.plans, [role=alert]'));
  const article = (plan: string) => root.querySelector<HTMLElement>(`article[aria-labelledby=${plan}]`)!;
  const press = async (within: ParentNode, label: string) => {
    const found = [...within.querySelectorAll('button')].find((one) => one.textContent.replaceAll(/\s+/g, ' ').includes(label));
    if (!found) throw new Error(`no button ${label}`);
    found.click();
    await element.updateComplete;
  };
  return { element, root, article, press, text: (of: Element | ShadowRoot = root) => of.textContent.replaceAll(/\s+/g, ' ') };
}

it('a newcomer sees every plan with its price, and needs a card before it pays (BI-01, BI-04)', async () => {
  const { article, press, text } = await mount(planServer(() => free));
  assert.include(text(), 'Vous avez Booker, gratuit.');
  assert.include(text(article('booker_starter')), '99 € par mois');
  assert.include(text(article('booker_enterprise')), 'Sur devis');
  await press(article('booker_starter'), 'Choisir');
  assert.include(text(article('booker_starter')), '118,80 €');
  assert.equal(article('booker_starter').querySelector('a')?.getAttribute('href'), '/frame/pay?plan=1');
});

it('an upgrade shows the exact sum due today, and pays that sum and no other (BI-15)', async () => {
  const asked: unknown[] = [];
  let now = starter;
  const { root, article, press, text } = await mount(planServer(() => now, { take: (input) => { asked.push(input); now = { ...starter, charging: true }; return now; } }));
  await press(article('booker_professional'), 'Choisir');
  for (const said of ['149,50 €', '−49,50 €', 'TVA 20 %', '20,00 €', '120,00 €']) assert.include(text(article('booker_professional')), said);
  await press(article('booker_professional'), 'Payer 120,00 € avec Visa •••• 4242');
  await waitUntil(() => text().includes('Le paiement est en cours'));
  assert.deepEqual(asked, [{ plan: 'booker_professional', due: { minor: 12_000, currency: 'EUR' } }]);
  now = { ...starter, plan: 'booker_professional', usage: { artists: 3, most: 15 } };
  await waitUntil(() => root.querySelector('.lead')?.textContent.includes('Booker Professionnel'));
  assert.notInclude(text(), 'Le paiement est en cours');
});

it('a sum that has changed is said, and nothing is paid', async () => {
  const { article, press, text } = await mount(planServer(() => starter, { take: () => Promise.reject(refusal('plan_sum_changed')) }));
  await press(article('booker_agency'), 'Choisir');
  await press(article('booker_agency'), 'Payer');
  await waitUntil(() => text().includes('Le montant a changé'));
});

it('the portfolio is drawn against its limit, and a full one says how to go on', async () => {
  const { root, text } = await mount(planServer(() => pastDue));
  const meter = root.querySelector('[role=meter]')!;
  assert.deepEqual(['aria-valuenow', 'aria-valuemax'].map((name) => meter.getAttribute(name)), ['5', '5']);
  assert.lengthOf(meter.querySelectorAll('.taken'), 5);
  assert.include(text(), 'Toutes les places sont prises');
});

it('a refused charge says how much, which try, and when the next one is; it can be paid at once', async () => {
  let paid = 0;
  const { root, press, text } = await mount(planServer(() => pastDue, { payNow: () => { paid += 1; return { ...starter }; } }));
  for (const said of ['118,80 €', 'essai 1 sur 3', '8 mars 2027']) assert.include(text(root.querySelector('[role=alert]')!), said);
  await press(root, 'Payer maintenant');
  await waitUntil(() => !root.querySelector('[role=alert]'));
  assert.equal(paid, 1);
});

it('leaving says what stays before it is done, and may be taken back', async () => {
  let cancelled = 0;
  const { root, article, press, text } = await mount(planServer(() => starter, { cancel: () => { cancelled += 1; return { ...starter, state: 'cancelled' }; }, resume: () => starter }));
  await press(article('booker_free'), 'Arrêter la formule');
  assert.include(text(article('booker_free')), 'Vos artistes, dossiers et documents restent');
  assert.equal(cancelled, 0);
  await press(article('booker_free').querySelector('article > .row:last-of-type')!, 'Arrêter');
  await waitUntil(() => text().includes('Rien ne sera plus prélevé'));
  await press(root, 'Continuer la formule');
  await waitUntil(() => text().includes('La prochaine échéance'));
});

it('a trial begins without a card', async () => {
  const { article, press, text } = await mount(planServer(() => free, { try: ({ plan }) => ({ ...free, plan, state: 'trial', until: '2027-03-07', usage: { artists: 1, most: 5 } }) }));
  await press(article('booker_starter'), 'Essayer 30 jours');
  await waitUntil(() => text().includes('Votre essai court jusqu’au'));
  assert.include(text(), 'Sans carte');
});

it('a code that came with the link waits in its field (BI-11)', async () => {
  const codes: string[] = [];
  const { root, press, text } = await mount(planServer(() => free, { code: ({ code }) => { codes.push(code); return free; } }), '01OTHER');
  assert.include(text(), '/plan?code=01ABCDEF');
  await press(root, 'Utiliser le code');
  await waitUntil(() => text().includes('Le code est pris en compte'));
  assert.deepEqual(codes, ['01OTHER']);
});

it('who may not decide sees all and presses nothing', async () => {
  const { root, text } = await mount(planServer(() => ({ ...starter, mayEdit: false })));
  assert.include(text(), 'Un responsable de votre organisation');
  assert.isEmpty([...root.querySelectorAll('.plans button')]);
});
