import { assert, fixture, html } from '@open-wc/testing';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { waitUntil } from '../../core/patience.ts';
import { define } from '../../registry.ts';
import { roadServer, week } from './flow-roadbook.fixture.ts';
import type { FlowRoadbook } from './flow-roadbook.ts';

async function mount(api: Api, { token = '', scenario = '', today = '2027-05-07' }) {
  await define('flow-roadbook');
  const element = await fixture<FlowRoadbook>(html`<flow-roadbook .api=${api} .token=${token} scenario=${scenario} today=${today}></flow-roadbook>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('h1, [role=alert]'));
  return { element, root, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}
const away = { open: () => Promise.reject(new Error('down')) };

it('today comes first, the days to come below it, those gone by are folded away (TO-20)', async () => {
  const { root, text } = await mount(roadServer(), { token: 'order' });
  const titles = [...root.querySelectorAll('article h3')].map((one) => one.textContent);
  assert.deepEqual(titles, ['vendredi 7 mai 2027', 'samedi 8 mai 2027', 'dimanche 9 mai 2027', 'lundi 10 mai 2027', 'jeudi 6 mai 2027']);
  assert.equal(root.querySelector('article.now h3')?.textContent, 'vendredi 7 mai 2027');
  assert.equal(root.querySelector('details article h3')?.textContent, 'jeudi 6 mai 2027');
  assert.match(text(), /Départ 10 h 44, arrivée 16 h ?Nantes → Brest ?297 km · 4 h 31 · dont 45 min de pause/);
  assert.match(text(), /≈ 812 km · 9 h · dont 45 min de pause · frontière FR – BE Trajet hors limites/);
  assert.match(text(), /Nuit à Brest, 5 personnes · Hébergement partagé avec Fanfare Ø/);
});

it('days at home between two journeys are one card of each artist, and today among them is today (TO-20)', async () => {
  const rest = (artist: string, day: string) => ({ artist, day, kind: 'home' as const, drives: [], show: null, bed: null, shared: [] });
  const [first] = week().book.days;
  const api = roadServer({ open: () => week({ artists: [{ ...week().book.artists[0]! }, { ...week().book.artists[0]!, id: 'org_fanfare', name: 'Fanfare Ø' }], days: [{ ...first!, bed: { ...first!.bed!, people: 1 } }, rest('org_vagues', '2027-05-07'), rest('org_vagues', '2027-05-08'), rest('org_fanfare', '2027-05-08'), rest('org_vagues', '2027-05-09'), rest('org_fanfare', '2027-05-09'), rest('org_fanfare', '2027-05-11')] }) });
  const { root } = await mount(api, { token: 'home' });
  const cards = [...root.querySelectorAll('article')].map((one) => one.textContent.replaceAll(/\s+/g, ' ').trim());
  assert.deepEqual(cards.slice(0, 4), ['vendredi 7 mai 2027Les Vagues Lentes · À la maison Nuit à la maison', 'sam. 8 mai 2027 – dim. 9 mai 2027Les Vagues Lentes · À la maison 2 nuits à la maison', 'sam. 8 mai 2027 – dim. 9 mai 2027Fanfare Ø · À la maison 2 nuits à la maison', 'mardi 11 mai 2027Fanfare Ø · À la maison Nuit à la maison']);
  assert.include(cards[4], 'Nuit à Brest, 1 personne');
  assert.notInclude(cards[4], '1 personnes');
});

it('a thumb calls, writes and finds the way; where nobody is known that is said', async () => {
  const { root } = await mount(roadServer(), { token: 'call' });
  const hrefs = [...root.querySelectorAll<HTMLAnchorElement>('article.now .call a')].map((one) => one.getAttribute('href'));
  assert.deepEqual(hrefs, ['tel:+33298000000', 'mailto:regie@ete.example', 'geo:48.390000,-4.486000?q=48.390000,-4.486000(L%E2%80%99%C3%89t%C3%A9%20%3C%26%3E%20%22Fin%22%20%F0%9F%8E%AA)']);
  const unknown = [...root.querySelectorAll('article')].find((one) => one.textContent.includes('Café de la Bourse'))!;
  assert.include(unknown.textContent, 'Contact à demander');
  assert.lengthOf(unknown.querySelectorAll('dl div'), 2);
});

it('what was read is shown without a network, and says when it is from; back online it is read again (TO-24)', async () => {
  await mount(roadServer(), { token: 'offline' });
  const { root, text, element } = await mount(roadServer(away), { token: 'offline' });
  assert.match(text(), /Hors connexion : voici ce qui a été lu le ven\. 7 mai 2027, /);
  assert.lengthOf(root.querySelectorAll('article'), 5);
  element.api = roadServer({ open: () => week({ plan: 'Été' }) });
  dispatchEvent(new Event('online'));
  await waitUntil(() => text().includes('· Été') && !text().includes('Hors connexion'));
});

it('nothing is kept of another link; a dead one is said, and leaves nothing behind', async () => {
  await mount(roadServer(), { token: 'dead' });
  const other = await mount(roadServer(away), { token: 'another' });
  assert.isNotNull(other.root.querySelector('[role=alert]'));
  const dead = await mount(roadServer({ open: () => { throw refusal('link_dead'); } }), { token: 'dead' });
  assert.isNotNull(dead.root.querySelector('[role=alert]'));
  const after = await mount(roadServer(away), { token: 'dead' });
  assert.lengthOf(after.root.querySelectorAll('article'), 0);
});

it('whoever plans downloads it with prices or without, gives a link to a crew, and takes it back (TO-19)', async () => {
  const asked: object[] = [];
  const { root, text } = await mount(roadServer({
    share: (input) => { asked.push(input); return { id: 'rbl_2', name: input.name ?? '', artist: '', createdAt: '2027-05-07T10:00:00.000Z', url: 'https://flow.example/roadbook#t=secret', until: '2027-05-18T22:00:00.000Z' }; },
    revoke: (input) => { asked.push(input); return { revoked: 1 }; },
  }), { scenario: 'tsc_1' });
  await waitUntil(() => root.querySelector('.links'));
  assert.deepEqual([...root.querySelectorAll<HTMLAnchorElement>('.tools a')].map((one) => one.getAttribute('href')!.replace(/&org=.*/, '')), ['/tours/tsc_1/roadbook.pdf?lang=fr', '/tours/tsc_1/roadbook.ics?lang=fr', '/tours/tsc_1/roadbook.gpx?lang=fr', '/tours/tsc_1/roadbook.pdf?lang=fr&money=no']);
  root.querySelector<HTMLInputElement>('[name=name]')!.value = 'Camion 2';
  root.querySelector('form')!.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
  await waitUntil(() => text().includes('https://flow.example/roadbook#t=secret'));
  assert.lengthOf(root.querySelectorAll('.links li'), 2);
  root.querySelector<HTMLButtonElement>('.links li button')!.click();
  await waitUntil(() => text().includes('Le lien n’ouvre plus rien.'));
  assert.deepEqual(asked, [{ scenarioId: 'tsc_1', artist: null, name: 'Camion 2' }, { id: 'rbl_1' }]);
  assert.lengthOf(root.querySelectorAll('.links li'), 1);
});

it('a year of many artists is taken along as a calendar, and says why not on paper (TO-19)', async () => {
  const { root, text } = await mount(roadServer({ book: () => week({ days: Array.from({ length: 401 }, (_, n) => ({ ...week().book.days[2]!, artist: `org_${n}` })) }) }), { scenario: 'tsc_1' });
  assert.deepEqual([...root.querySelectorAll<HTMLAnchorElement>('.tools a')].map((one) => one.pathname), ['/tours/tsc_1/roadbook.ics', '/tours/tsc_1/roadbook.gpx']);
  assert.include(text(), 'plus de 400 jours');
});

it('a crew sees neither links nor prices; nothing planned says so, and a tour that is over too', async () => {
  const crew = await mount(roadServer(), { token: 'plain' });
  assert.isNull(crew.root.querySelector('form'));
  assert.notInclude(crew.text(), '€');
  assert.include((await mount(roadServer({ open: () => week({ days: [] }) }), { token: 'empty' })).text(), 'Aucune date n’est encore prévue');
  assert.include((await mount(roadServer(), { token: 'over', today: '2027-06-01' })).text(), 'La tournée est terminée.');
});
