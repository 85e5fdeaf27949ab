import { assert, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { PublicRouter } from '../../../server/public-router.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import type { FlowEpk } from './flow-epk.ts';

const media = { alt: 'Trois musiciens', smallUrl: null, width: 600, height: 400, durationSeconds: null };
const epk = {
  artist: 'les-vagues-lentes', name: 'Les Vagues Lentes', genres: ['jazz'], lineUp: 3, city: 'Besançon', durationMinutes: 80, tagline: { fr: 'Trio au long cours' }, bio: { en: 'Only in English.' },
  quotes: [], links: [], technical: '', audience: { min: 60, max: 400 }, upcoming: [],
  media: [
    { ...media, id: 'med_1', kind: 'photo' as const, title: 'Le trio', url: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' }, { ...media, id: 'med_2', kind: 'photo' as const, title: 'La salle', url: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' },
    { ...media, id: 'med_3', kind: 'audio' as const, title: 'Estran', url: 'data:audio/wav;base64,not-a-sound', width: null, height: null, durationSeconds: 187 },
  ],
};

async function mount(answer: () => Promise<typeof epk> | typeof epk, form = false) {
  await define('flow-epk');
  if (form) document.body.append(Object.assign(document.createElement('flow-booking-request'), { id: 'form' }));
  document.querySelector('#form')?.setAttribute('artist', 'les-vagues-lentes');
  const api = fakeApi<PublicRouter>({ profiles: { epk: answer } });
  const widget = await fixture<FlowEpk>(html`<flow-epk artist="les-vagues-lentes" .api=${api}><a href="mailto:a@b.example">Écrire</a></flow-epk>`);
  const root = widget.shadowRoot!;
  await waitUntil(() => root.querySelector('article, [role=alert]'));
  return { widget, root, button: (name: string) => [...root.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent).trim() === name) };
}
afterEach(() => { document.querySelector('#form')?.remove(); });

it('says who plays, and reserves the room of each photo (EM-01, PR-12)', async () => {
  const { root } = await mount(() => epk);
  const text = root.querySelector('article')!.textContent.replaceAll(/\s+/g, ' ');
  for (const part of ['Les Vagues Lentes', 'jazz', 'Trio au long cours', '3 sur scène', '1 h 20', 'de 60 à 400 personnes', 'Besançon']) assert.include(text, part);
  const [first, second] = [...root.querySelectorAll('img')];
  assert.equal(first!.loading, 'eager');
  assert.equal(second!.loading, 'lazy');
  for (const image of [first!, second!]) assert.isAbove(image.getBoundingClientRect().height, 50);
  assert.equal(first!.alt, 'Trois musiciens');
});

it('a text in another language is said to be in it', async () => {
  const { root } = await mount(() => epk);
  assert.equal(root.querySelector<HTMLElement>('.bio')!.lang, 'en');
  assert.equal(root.querySelector<HTMLElement>('.tagline')!.lang, 'fr');
});

it('nothing is fetched of a recording until it is played, and one that cannot be played says so', async () => {
  const { root, button } = await mount(() => epk);
  assert.isNull(root.querySelector('audio, .seek'));
  button('Écouter Estran')!.click();
  await waitUntil(() => root.textContent.includes('ne peut pas être lu ici'));
});

it('asks for a date only where the page has somewhere to ask', async () => {
  assert.isUndefined((await mount(() => epk)).button('Demander une date'));
  const { widget, root } = await mount(() => epk);
  widget.requestHref = 'demande.html';
  await widget.updateComplete;
  assert.equal(root.querySelector<HTMLAnchorElement>('a.primary')!.getAttribute('href'), 'demande.html');
});

it('tells the page that somebody wants a date, and lets it do something of its own', async () => {
  const { button } = await mount(() => epk, true);
  document.addEventListener('flow-request-opened', (event) => { event.preventDefault(); }, { once: true });
  setTimeout(() => { button('Demander une date')!.click(); });
  const heard = await oneEvent(document, 'flow-request-opened');
  assert.deepEqual(heard.detail, { artist: 'les-vagues-lentes', day: '' });
});

it('an artist who is gone is said calmly, beside the page’s own link', async () => {
  const { root } = await mount(() => Promise.reject(refusal('not_found')));
  assert.include(root.querySelector('[role=alert]')!.textContent, 'Cette page n’');
  assert.lengthOf(root.querySelector('slot')!.assignedElements(), 1);
});

it('comes by itself once the server is back', async () => {
  let there = false;
  const { root } = await mount(() => (there ? epk : Promise.reject(new TypeError('Failed to fetch'))));
  assert.include(root.querySelector('[role=alert]')!.textContent, 'Nous réessayons');
  there = true;
  window.dispatchEvent(new Event('online'));
  await waitUntil(() => root.querySelector('article'));
});

it('fires flow-ready once, when it is there', async () => {
  await define('flow-epk');
  let ready = 0;
  const hear = (): void => { ready += 1; };
  document.addEventListener('flow-ready', hear);
  const { widget } = await mount(() => epk);
  await waitUntil(() => ready);
  widget.artist = 'nora-solveig';
  await widget.updateComplete;
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  assert.equal(ready, 1);
  document.removeEventListener('flow-ready', hear);
});
