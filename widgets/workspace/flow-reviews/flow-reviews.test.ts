import { assert, fixture, html } from '@open-wc/testing';
import type { AppRouter } from '../../../server/app-router.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import { waitUntil } from '../../core/patience.ts';
import { define } from '../../registry.ts';
import { answered, hidden, notPlayed, observer, onlyTheirs, over, review, shown, toWrite, toWriteAsBuyer, waiting } from './flow-reviews.fixture.ts';
import type { FlowReviews, Reviews } from './flow-reviews.ts';

type Server = Parameters<typeof fakeApi<AppRouter>>[0]['reviews'];

/** What a screen reader says; French sets a narrow blank before a colon. */
const spoken = ({ ariaLabel }: Element) => ariaLabel?.replaceAll(/\s+/g, ' ');

async function mount(first: Reviews, acts: Server = {}, after: Reviews = first) {
  await define('flow-reviews');
  let reads = 0;
  const api = fakeApi<AppRouter>({ reviews: { ofBooking: () => { reads += 1; return reads === 1 ? first : after; }, ...acts } });
  const element = await fixture<FlowReviews>(html`<flow-reviews booking-id="bkg_1" name="La Halle" .api=${api}></flow-reviews>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('.all, [role=alert]'));
  const radios = (name: string) => [...root.querySelectorAll<HTMLInputElement>(`input[name=${name}]`)];
  return { element, root, radios, text: () => root.textContent.replaceAll(/\s+/g, ' '), press: (label: string) => { [...root.querySelectorAll('button')].find(({ textContent }) => textContent.includes(label))!.click(); } };
}

it('stars are five radio buttons of one group, that the keyboard reaches, and each says what it means (PR-16, NF-13)', async () => {
  const { element, root, radios } = await mount(toWrite);
  const group = radios('stars');
  assert.deepEqual(group.map(spoken), ['1 sur 5 : décevant', '2 sur 5 : moyen', '3 sur 5 : correct', '4 sur 5 : bien', '5 sur 5 : excellent']);
  assert.equal(group[0]!.closest('fieldset')!.querySelector('legend')!.textContent, 'Note d’ensemble');
  // The browser's own: arrows go through a group of radio buttons, as the journey does. What is drawn over them must not take them away.
  assert.deepEqual([...new Set(group.map(({ type, name, tabIndex, disabled }) => `${type} ${name} ${tabIndex} ${disabled}`))], ['radio stars 0 false']);
  group[2]!.focus();
  assert.equal(root.activeElement, group[2]!);
  assert.notEqual(getComputedStyle(group[2]!).display, 'none');
  group[2]!.click();
  await element.updateComplete;
  const full = [...group[2]!.closest('.pick')!.querySelectorAll('svg')].map((one) => getComputedStyle(one).fill !== 'none');
  assert.deepEqual(full, [true, true, true, false, false]);
  // Parts may be left out, and are until somebody says otherwise.
  assert.deepEqual(['welcome', 'technical', 'agreed'].map((part) => radios(part).find(({ checked }) => checked)?.value), ['', '', '']);
});

it('what is written goes as it is meant; without stars nothing is sent (PR-16)', async () => {
  const sent: unknown[] = [];
  const { root, radios, press, text } = await mount(toWrite, { write: (input) => { sent.push(input); return null; } }, waiting);
  press('Envoyer mon avis');
  assert.deepEqual(sent, []);
  radios('stars')[3]!.click();
  radios('welcome')[4]!.click();
  root.querySelector('textarea')!.value = '  Une équipe attentive.  ';
  root.querySelector<HTMLInputElement>('input[name=attendance]')!.value = '180';
  press('Envoyer mon avis');
  await waitUntil(() => text().includes('Votre avis attend'));
  assert.deepEqual(sent, [{ bookingId: 'bkg_1', stars: 4, words: 'Une équipe attentive.', attendance: 180, parts: { welcome: 5, technical: null, agreed: null } }]);
  assert.include(text(), 'il se montre quand La Halle a écrit aussi, au plus tard après le');
  assert.equal(root.activeElement?.id, 'said');
  // It is there to be changed.
  assert.equal(radios('stars').find(({ checked }) => checked)?.value, '4');
  assert.equal(root.querySelector('textarea')!.value, 'Une équipe attentive,\net une salle qui écoute.');
});

it('each side is asked of the other, and told who will read it (PR-16)', async () => {
  const artist = (await mount(toWrite)).text();
  for (const words of ['Comment s’est passée cette date avec La Halle ?', 'L’accueil', 'Les moyens techniques', 'Capacité indiquée par le lieu : 250.', 'ou après le']) assert.include(artist, words);
  const buyer = (await mount(toWriteAsBuyer)).text();
  for (const words of ['Comment était La Halle ?', 'Le spectacle lui-même', 'dossier de presse public de La Halle']) assert.include(buyer, words);
  assert.notInclude(buyer, 'Capacité');
});

it('a refusal is said beside the form, and what was typed stays (PR-16)', async () => {
  const { root, radios, press } = await mount(toWrite, { write: () => { throw refusal('attendance_absurd', { most: '500' }); } });
  radios('stars')[3]!.click();
  root.querySelector<HTMLInputElement>('input[name=attendance]')!.value = '499';
  press('Envoyer mon avis');
  await waitUntil(() => root.querySelector('[role=alert]'));
  assert.include(root.querySelector('[role=alert]')!.textContent, 'indiquez 500 au plus');
  assert.equal(root.querySelector<HTMLInputElement>('input[name=attendance]')!.value, '499');
  assert.equal(radios('stars').find(({ checked }) => checked)?.value, '4');
});

it('once both are shown, each reads, answers once and reports (PR-16)', async () => {
  const said: unknown[] = [];
  const { root, text, press } = await mount(shown, { reply: (input) => { said.push(input); return null; }, report: (input) => { said.push(input); return null; } });
  for (const words of ['L’avis de La Halle', 'Salle debout au rappel.', '210 personnes sont venues.', 'Votre avis']) assert.include(text(), words);
  assert.deepEqual([...root.querySelectorAll('article > .said > p > [role=img]')].map(spoken), ['5 sur 5 : excellent', '4 sur 5 : bien']);
  assert.isNull(root.querySelector('input[name=stars]'));
  const [reply, report] = [...root.querySelectorAll('details')];
  reply!.open = true;
  reply!.querySelector('textarea')!.value = 'Merci.';
  press('Publier ma réponse');
  await waitUntil(() => said.length === 1);
  report!.open = true;
  report!.querySelector('textarea')!.value = 'Étranger au spectacle.';
  await waitUntil(() => !report!.querySelector('button')!.disabled);
  press('Signaler à l’équipe');
  await waitUntil(() => said.length === 2);
  assert.deepEqual(said, [{ bookingId: 'bkg_1', words: 'Merci.' }, { bookingId: 'bkg_1', what: 'review', reason: 'Étranger au spectacle.' }]);
});

for (const [name, state, words, none] of [
  ['an answer, and a report that was not followed', answered, ['Réponse de La Halle', 'Merci, revenez quand vous voulez.', 'Vous l’avez signalé, et notre équipe l’a gardé : Chacun dit sa version.', 'Signaler cette réponse'], 'Répondre à cet avis'],
  ['one side alone', onlyTheirs, ['Vous n’avez pas donné d’avis.', 'Signalé : notre équipe le lit.'], 'Signaler cet avis'],
  ['what was taken down', hidden, ['Cet avis a été retiré par notre équipe.', 'que vous seul voyez encore : Propos injurieux.', 'Des voleurs.', 'Cette réponse a été retirée'], 'Répondre'],
  ['the time is over', over, ['Le délai s’est terminé le', 'sans avis'], 'Envoyer'],
  ['before the show', notPlayed, ['Les avis se donnent après le spectacle'], 'Envoyer'],
  ['who only looks', observer, ['Un responsable de votre organisation peut le faire.'], 'Envoyer'],
] as const) it(`says how it stands: ${name} (PR-16)`, async () => {
  const { text } = await mount(state);
  for (const one of words) assert.include(text(), one);
  assert.notInclude(text(), none);
});

it('a reminder is switched off where the review is written (PR-16)', async () => {
  const asked: unknown[] = [];
  const { root } = await mount(toWrite, { remind: (input) => { asked.push(input); return null; } }, { ...toWrite, mails: false });
  root.querySelector<HTMLInputElement>('input[type=checkbox]')!.click();
  await waitUntil(() => asked.length === 1);
  assert.deepEqual(asked, [{ bookingId: 'bkg_1', mails: false }]);
});

it('news of the booking are read without what is typed going away', async () => {
  const { element, root, text } = await mount(toWrite, {}, { ...toWrite, capacity: 90 });
  root.querySelector('textarea')!.value = 'À moitié écrit';
  element.news = 7;
  await waitUntil(() => text().includes('le lieu : 90'));
  assert.equal(root.querySelector('textarea')!.value, 'À moitié écrit');
});

it('a server that is away is said', async () => {
  await define('flow-reviews');
  const api = fakeApi<AppRouter>({ reviews: { ofBooking: () => { throw refusal('internal'); } } });
  const element = await fixture<FlowReviews>(html`<flow-reviews booking-id="bkg_1" name=${review().words} .api=${api}></flow-reviews>`);
  await waitUntil(() => element.shadowRoot!.querySelector('[role=alert]'));
});
