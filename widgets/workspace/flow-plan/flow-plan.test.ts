import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { free, hall, pastDue, planServer, starter } from './flow-plan.fixture.ts';
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
  assert.include(text(), '/sign-up?referral=01ABCDEF');
  assert.include(text(), '50 % de moins pendant 3 mois');
  await press(root, 'Utiliser le code');
  await waitUntil(() => text().includes('Le code est pris en compte'));
  assert.deepEqual(codes, ['01OTHER']);
});

it('who may not decide sees all and presses nothing', async () => {
  const { root, text } = await mount(planServer(() => ({ ...starter, mayEdit: false })));
  assert.include(text(), 'Un responsable de votre organisation');
  assert.isEmpty([...root.querySelectorAll('.plans button')]);
});

it('whom one brought is named, with whether they paid; once nothing is given for it nothing is promised (BI-11)', async () => {
  const brought = [{ name: 'Les Vagues', at: '2027-01-20T10:00:00.000Z', paid: true }, { name: 'La Criée', at: '2027-02-01T10:00:00.000Z', paid: false }];
  const { text } = await mount(planServer(() => ({ ...starter, referral: { code: '01ABCDEF', gives: null, brought } })));
  assert.match(text(), /Les Vagues a payé.*La Criée n’a pas encore payé/);
  assert.notInclude(text(), '01ABCDEF');
});

it('a plan on quote is asked for by a form that says what was asked before (BI-04)', async () => {
  const asked: unknown[] = [];
  let now = free;
  const quotes = { ask: (input: unknown) => { asked.push(input); now = { ...free, quotes: [{ plan: 'booker_enterprise' as const, askedAt: '2027-02-05T10:00:00.000Z', assigned: null }] }; return { sent: true as const }; } };
  const { article, press, text } = await mount(planServer(() => now, {}, quotes));
  await press(article('booker_enterprise'), 'Demander un devis');
  article('booker_enterprise').querySelector('textarea')!.value = 'Quarante artistes';
  article('booker_enterprise').querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('Votre demande est partie'));
  assert.deepEqual(asked, [{ plan: 'booker_enterprise', message: 'Quarante artistes' }]);
  await waitUntil(() => text().includes('Votre demande du ven. 5 février 2027'));
});

it('a public body asks for a quote where others pay by card, and finds its credit notes (PUB-07)', async () => {
  const asked: unknown[] = [];
  const { root, article, press, text } = await mount(planServer(() => hall, {}, { ask: (input) => { asked.push(input); return { sent: true as const }; } }));
  assert.isNull(root.querySelector('a[href*="/frame/pay"]'));
  assert.include(text(article('venue_premium')), '49 € par mois');
  for (const said of ['AAB-2027-0001', 'AAB-2027-0002', 'arrêté, rien n’est dû']) assert.include(text(), said);
  await press(article('venue_premium'), 'Demander un devis');
  root.querySelector('textarea')!.value = 'Pour la saison';
  root.querySelector<HTMLFormElement>('article form')!.requestSubmit();
  await waitUntil(() => asked.length > 0);
  assert.deepEqual(asked, [{ plan: 'venue_premium', message: 'Pour la saison' }]);
});

it('what was agreed by quote, and a certification, stand at the top with their dates (BI-04, BI-13)', async () => {
  const { text } = await mount(planServer(() => ({
    ...starter, quotes: [{ plan: 'booker_enterprise', askedAt: '2027-02-03T10:00:00.000Z', assigned: { month: { minor: 90_000, currency: 'EUR' }, since: '2027-03-05', until: '2028-03-05' } }],
    certified: { until: '2028-01-01', contracts: 112, turnover: { minor: 20_510_000, currency: 'EUR' } },
  })));
  for (const said of ['Booker Entreprise vous est attribuée du ven. 5 mars 2027 au dim. 5 mars 2028', 'Certifié Flow Stage jusqu’au sam. 1 janvier 2028', '112 contrats']) assert.include(text(), said);
});

it('each paid plan says what it gives more than the free one, and how many Super Likes come with it, and names nothing that cannot be used (BI-05, BI-06, BI-10, MA-30)', async () => {
  const artist = { ...free, plan: 'artist_free' as const, usage: null, plans: [{ ...free.plans[0]!, plan: 'artist_free' as const, artistsMax: null }, { ...free.plans[1]!, plan: 'artist_pro' as const, artistsMax: null }] };
  const { article, text } = await mount(planServer(() => artist));
  assert.include(text(article('artist_pro')), 'Vos chiffres sur 12 et 24 mois');
  assert.notInclude(text(article('artist_free')), 'chiffres');
  assert.include(text(article('artist_pro')), '10 Super Likes par mois');
  assert.notMatch(text(article('artist_free')), /super/i);
  assert.notMatch(text(), /pour le moment/i);
  const venue = await mount(planServer(() => hall));
  assert.include(venue.text(venue.article('venue_premium')), 'votre saison qui vient');
  const booker = await mount(planServer(() => free));
  assert.include(booker.text(booker.article('booker_starter')), 'jusqu’à 5 artistes');
  assert.include(booker.text(booker.article('booker_starter')), 'Les chiffres de tous vos artistes');
});

it('a plan of a family that we give nothing more to yet says so (BI-16)', async () => {
  const technician = { ...free, plan: 'person_free' as const, usage: null, plans: [{ ...free.plans[1]!, plan: 'technician_free' as const, artistsMax: null }] };
  const { article, text } = await mount(planServer(() => technician));
  assert.include(text(article('technician_free')), 'rien de plus que la formule gratuite pour le moment');
});
