import { assert, fixture, html } from '@open-wc/testing';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { waitUntil } from '../../core/patience.ts';
import { define } from '../../registry.ts';
import { five, night, nightsServer } from './flow-nights.fixture.ts';
import type { FlowNights } from './flow-nights.ts';

async function mount(api: Api, days: readonly string[] = []) {
  await define('flow-nights');
  const element = await fixture<FlowNights>(html`<flow-nights .api=${api} .days=${days}></flow-nights>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('form'));
  return {
    element, root, text: () => root.textContent.replaceAll(/\s+/g, ' '),
    add: async (day: string) => { root.querySelector<HTMLInputElement>('[name=day]')!.value = day; root.querySelector('form')!.dispatchEvent(new SubmitEvent('submit', { cancelable: true })); await element.updateComplete; },
    press: (label: string) => { [...root.querySelectorAll('button')].find((one) => one.textContent.trim() === label)!.click(); },
  };
}
const dayOf = (i: number) => `2099-05-${String(i + 10)}`;

it('for each day the five best places, with score, distance and reasons in words with their figures (MA-05, MA-21)', async () => {
  const asked: object[] = [];
  const { root, press, add, text } = await mount(nightsServer({ nights: (input) => { asked.push(input); return { nights: input.days.map((day, i) => (i === 1 ? night(day) : night(day, ...five))) }; } }));
  assert.include(text(), 'Aucune date choisie');
  await add('2099-05-14');
  await add('2099-05-13');
  press('Trouver les lieux');
  await waitUntil(() => root.querySelector('.places'));
  assert.deepEqual(asked, [{ days: ['2099-05-13', '2099-05-14'], locale: 'fr' }]);
  assert.equal(root.querySelectorAll('section').length, 2);
  const first = [...root.querySelectorAll('section:first-of-type .places > li')];
  assert.lengthOf(first, 5);
  assert.match(first[0]!.textContent.replaceAll(/\s+/g, ' '), /88 sur 100.*Le Hangar à Sel.*salle.*La Rochelle.*à 142 km.*600 places.*budget de 900 € à 1 800 €.*Pour\s*Cachet et budget : cachet 800 € à 1 200 €, budget 900 € à 1 800 €.*Style : jazz des deux côtés.*Contre\s*Distance : 142,4 km entre les deux/);
  assert.include(text(), 'Aucun lieu possible ce jour-là (41 examinés)');
});

it('ten days at most; a day twice, or one that has passed, is said (MA-21)', async () => {
  const { root, add, text } = await mount(nightsServer(), Array.from({ length: 9 }, (_, i) => dayOf(i)));
  await add(dayOf(0));
  assert.include(text(), 'Cette date est déjà choisie');
  await add('2020-01-01');
  assert.include(text(), 'Choisissez une date à venir');
  await add(dayOf(9));
  assert.isTrue(root.querySelector<HTMLInputElement>('[name=day]')!.disabled);
  assert.include(text(), '10 dates sur 10');
  root.querySelector<HTMLButtonElement>('.chips button')!.click();
  await waitUntil(() => !root.querySelector<HTMLInputElement>('[name=day]')!.disabled);
});

it('a like stands under every day of the place; a match leads to its contact (MA-16, MA-21)', async () => {
  const asked: object[] = [];
  const days = [dayOf(0), dayOf(2)];
  const { root, press } = await mount(nightsServer({ nights: () => ({ nights: days.map((day) => night(day, ...five)) }), choose: (input) => { asked.push(input); return { orgId: input.orgId, verdict: 'like', favourite: false, hidden: false, superLikes: 0, match: { id: 'mat_7', status: 'open', expiresAt: '2099-06-01T00:00:00.000Z' } }; } }), days);
  press('Trouver les lieux');
  await waitUntil(() => root.querySelector('.places'));
  assert.equal(root.querySelectorAll('a[href="/matches"]').length, 2);
  press('Aimer Le Hangar à Sel');
  await waitUntil(() => root.querySelectorAll('a[href="/matches"]').length === 4);
  assert.deepEqual(asked, [{ orgId: 'org_1', verdict: 'like' }]);
});

it('what was found for other days says that it is old', async () => {
  const { press, add, text, root } = await mount(nightsServer(), [dayOf(0)]);
  press('Trouver les lieux');
  await waitUntil(() => root.querySelector('.places'));
  assert.notInclude(text(), 'Les dates ont changé');
  await add(dayOf(1));
  assert.include(text(), 'Les dates ont changé');
});

it('a booker without an artist is told whom to choose, and a server that is away is said', async () => {
  const booker = await mount(nightsServer({ nights: () => { throw refusal('seeker_sideless'); } }), [dayOf(0)]);
  booker.press('Trouver les lieux');
  await waitUntil(() => booker.text().includes('choisissez-le en haut de page'));
  const away = await mount(nightsServer({ nights: () => Promise.reject(new Error('down')) }), [dayOf(0)]);
  away.press('Trouver les lieux');
  await waitUntil(() => away.root.querySelector('[role=alert]'));
});
