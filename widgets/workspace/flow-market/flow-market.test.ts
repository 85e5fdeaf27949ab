import { assert, fixture, html } from '@open-wc/testing';
import type { AppRouter } from '../../../server/app-router.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import { waitUntil } from '../../core/patience.ts';
import { define } from '../../registry.ts';
import { closed, dates, farBelow, likely, noBetter, noDates, notLearned, tooFew, usual } from './flow-market.fixture.ts';
import type { MarketPrice } from '../../parts/market.ts';
import type { FlowMarket, MarketChance, MarketDates } from './flow-market.ts';

type Answer<T> = T | ((asked: { price?: number | undefined }) => T);

async function mount({ price = usual, chance = likely, found = dates, seen = () => undefined }: { price?: Answer<MarketPrice>; chance?: MarketChance; found?: MarketDates; seen?: (what: string) => void } = {}) {
  await define('flow-market');
  const api = fakeApi<AppRouter>({ market: {
    price: (asked) => { seen(`price ${asked.price ?? '-'}`); return typeof price === 'function' ? price(asked) : price; }, chance: () => chance, bestDates: () => { seen('dates'); return found; },
  } });
  const element = await fixture<FlowMarket>(html`<flow-market booking-id="bkg_1" .api=${api}></flow-market>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('.market, [role=alert]'));
  return { element, root, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('says the range, of how many deals it is made and when, where the price lies, and what weekends and festivals do (AI-04)', async () => {
  const { text, root } = await mount();
  for (const words of [
    'De 1 000 € à 1 500 €', 'la médiane à 1 250 €', 'Prix regardé : 1 200 €', 'Ce prix est dans la fourchette.', 'Environ 45 % des affaires comparables se font à ce prix ou moins.',
    '36 affaires conclues par 12 artistes avec 15 organisateurs, entre avril 2025 et janvier 2027.', 'Élargi, faute d’affaires assez proches : notoriété, régions.', 'Vendredi et samedi : +10 %', '40 affaires contre 36 autres, certitude 97 %', 'Festivals : +20 %', 'incertain (84 %) : peut être un hasard',
  ]) assert.include(text(), words);
  assert.equal(root.querySelectorAll('svg .half').length, 1);
  assert.equal(root.querySelectorAll('svg .here').length, 1);
});

it('asks whether a price far from the market is meant (AI-04)', async () => {
  const { text, root } = await mount({ price: farBelow });
  assert.include(text(), 'Ce prix est 40 % sous le marché. Est-ce voulu ?');
  assert.isNotNull(root.querySelector('.notice.warn'));
});

it('says why nothing is told: of too few deals, and of too few bookings to learn from (AI-04, AI-13)', async () => {
  const { text, root } = await mount({ price: tooFew, chance: notLearned, found: noDates });
  assert.include(text(), 'il en faut 8, de 5 artistes et de 5 organisateurs autres que vous, sur 24 mois');
  assert.include(text(), '92 dossiers clos sur les 200');
  assert.isNull(root.querySelector('svg'));
  assert.isNull(root.querySelector('details'));
});

it('a chance comes with its factors in points and with how well it foretold, beside what is claimed elsewhere (AI-06, AI-13)', async () => {
  const { text } = await mount();
  for (const words of ['62 %', 'Le prix, face au marché', '+14 points', '−6 points', '+1 point', 'Sur les 67 derniers : 84 % de prévisions justes (61 % en misant toujours sur l’issue la plus courante ; 89 % annoncés ailleurs), score de Brier 0,118']) assert.include(text(), words);
  assert.include((await mount({ chance: noBetter })).text(), 'ne prévoit pas mieux que la moyenne');
  assert.notInclude((await mount({ chance: closed })).text(), 'Chances de conclure');
});

it('the best dates open by the keyboard, each with its reasons (AI-06)', async () => {
  const { root, text } = await mount();
  const summary = root.querySelector('summary')!;
  summary.focus();
  assert.equal(root.activeElement, summary);
  summary.click();
  assert.isTrue(root.querySelector('details')!.open);
  for (const words of ['samedi, jour très demandé (+25)', 'veille de jour férié (+12)', 'mercredi, jour peu demandé (−15)', '2 spectacles à moins de 50 km et 2 jours (−10)', 'dans 10 jours : il en faudrait 14 (−8)']) assert.include(text(), words);
});

it('another price is looked at without the panel going away, and dates are asked for once', async () => {
  const seen: string[] = [];
  const { element, root, text } = await mount({ price: ({ price }) => (price === 75_000 ? farBelow : usual), seen: (what) => { seen.push(what); } });
  element.price = 75_000;
  await element.updateComplete;
  assert.isNotNull(root.querySelector('svg'));
  await waitUntil(() => text().includes('Est-ce voulu'));
  assert.deepEqual(seen.sort(), ['dates', 'price -', 'price 75000']);
});

it('a server that is away is said, and tried again', async () => {
  await define('flow-market');
  let away = true;
  const api = fakeApi<AppRouter>({ market: { price: () => { if (away) throw refusal('internal'); return usual; }, chance: () => likely, bestDates: () => dates } });
  const element = await fixture<FlowMarket>(html`<flow-market booking-id="bkg_1" .api=${api}></flow-market>`);
  await waitUntil(() => element.shadowRoot!.querySelector('[role=alert]'));
  away = false;
  element.shadowRoot!.querySelector<HTMLButtonElement>('[role=alert] button')!.click();
  await waitUntil(() => element.shadowRoot!.querySelector('.market'));
});
