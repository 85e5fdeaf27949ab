import { assert, fixture, html, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { PublicRouter } from '../../../server/public-router.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import type { FlowEpk } from './flow-epk.ts';

/** Two seconds of silence, which a browser plays to its end. */
const silence = (): string => {
  const bytes = new Uint8Array(44 + 16_000);
  const view = new DataView(bytes.buffer);
  const put = (at: number, text: string): void => { for (let i = 0; i < text.length; i += 1) bytes[at + i] = text.charCodeAt(i); };
  put(0, 'RIFF'); put(8, 'WAVEfmt '); put(36, 'data');
  for (const [at, value] of [[4, bytes.length - 8], [16, 16], [24, 8_000], [28, 8_000], [40, 16_000]] as const) view.setUint32(at, value, true);
  for (const [at, value] of [[20, 1], [22, 1], [32, 1], [34, 8]] as const) view.setUint16(at, value, true);
  bytes.fill(128, 44);
  return URL.createObjectURL(new Blob([bytes], { type: 'audio/wav' }));
};

const media = { alt: 'Trois musiciens', smallUrl: null, width: 600 as number | null, height: 400 as number | null, durationSeconds: null as number | null, size: null as number | null, sources: [] as { type: string; srcset: string }[] };
const epk = {
  artist: 'les-vagues-lentes', name: 'Les Vagues Lentes', genres: ['jazz'], lineUp: 3, city: 'Besançon', durationMinutes: 80, tagline: { fr: 'Trio au long cours' }, bio: { en: 'Only in English.' } as Partial<Record<'fr' | 'en' | 'nl' | 'de', string>>,
  quotes: [] as { text: string; source: string }[], links: [] as { label: string; url: string }[], videos: [] as { title: string; url: string; provider: 'peertube' | 'file' | 'elsewhere'; host: string; embed: string | null }[], technical: '', audience: { min: 60, max: 400 }, upcoming: [], rating: null as { stars: number; count: number } | null, reviews: [] as { stars: number; words: string; reply: string; by: string; city: string; day: string }[],
  media: [
    { ...media, id: 'med_1', kind: 'photo', title: 'Le trio', url: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' }, { ...media, id: 'med_2', kind: 'photo', title: 'La salle', url: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' },
    { ...media, id: 'med_3', kind: 'audio', title: 'Estran', url: 'data:audio/wav;base64,not-a-sound', width: null, height: null, durationSeconds: 187 },
  ] as (typeof media & { id: string; kind: 'photo' | 'audio' | 'video' | 'document'; title: string; url: string })[],
};

const sounds: typeof epk = { ...epk, media: ['Estran', 'Marée'].map((title, i) => ({ ...media, id: `med_${i}`, kind: 'audio' as const, title, url: silence(), durationSeconds: 2 })) };

async function mount(answer: () => Promise<typeof epk> | typeof epk, form = false, show = '') {
  await define('flow-epk');
  if (form) document.body.append(Object.assign(document.createElement('flow-booking-request'), { id: 'form' }));
  document.querySelector('#form')?.setAttribute('artist', 'les-vagues-lentes');
  const api = fakeApi<PublicRouter>({ profiles: { epk: answer } });
  const widget = await fixture<FlowEpk>(html`<flow-epk artist="les-vagues-lentes" show=${show} .api=${api}><a href="mailto:a@b.example">Écrire</a></flow-epk>`);
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

it('offers each photo in the formats and widths that there are, and keeps its place', async () => {
  const sources = [{ type: 'image/avif', srcset: 'data:image/avif,a 480w, data:image/avif,b 960w' }, { type: 'image/webp', srcset: 'data:image/webp,a 480w' }, { type: 'image/jpeg', srcset: 'data:image/jpeg,a 480w' }];
  const { root } = await mount(() => ({ ...epk, media: epk.media.map((piece) => ({ ...piece, sources: piece.kind === 'photo' ? sources : [] })) }));
  const picture = root.querySelector('picture')!;
  assert.deepEqual([...picture.querySelectorAll('source')].map(({ type, srcset }) => [type, srcset]), [['image/avif', 'data:image/avif,a 480w, data:image/avif,b 960w'], ['image/webp', 'data:image/webp,a 480w']]);
  assert.equal(picture.querySelector('img')!.srcset, 'data:image/jpeg,a 480w');
  assert.deepEqual([picture.querySelector('img')!.getAttribute('width'), picture.querySelector('img')!.getAttribute('height')], ['600', '400']);
});

it('shows the parts that are asked for, in their order', async () => {
  const { root } = await mount(() => ({ ...epk, quotes: [{ text: 'Superbe.', source: 'Le Journal' }], technical: 'Piano.' }), false, 'press audio');
  assert.deepEqual([...root.querySelectorAll('section > h3')].map(({ textContent }) => textContent), ['La presse', 'Écouter']);
  assert.isNull(root.querySelector('img'));
  assert.equal(root.querySelector('h2')!.textContent, 'Les Vagues Lentes');
});

it('reads the nearest language that there is', async () => {
  const { root } = await mount(() => ({ ...epk, bio: { de: 'Auf Deutsch.', nl: 'In het Nederlands.' } }));
  assert.equal(root.querySelector<HTMLElement>('.bio')!.lang, 'nl');
});

it('plays one recording after the other, and the arrows lead through them', async () => {
  // Nobody touched this page, and a browser lets nothing sound on it: what plays is told by hand.
  const real = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'play')!;
  const played: HTMLMediaElement[] = [];
  HTMLMediaElement.prototype.play = function begin(this: HTMLMediaElement) {
    played.push(this);
    Object.defineProperty(this, 'paused', { configurable: true, value: false });
    this.dispatchEvent(new Event('play'));
    return Promise.resolve();
  };
  const { root, button } = await mount(() => sounds);
  button('Écouter Estran')!.focus();
  button('Écouter Estran')!.click();
  await waitUntil(() => button('Suspendre Estran'), 'the first did not begin', { timeout: 5_000 });
  const press = (key: string, more: KeyboardEventInit = {}): boolean => root.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true, ...more }));
  assert.isFalse(press('ArrowRight'));
  assert.isFalse(press('ArrowDown'));
  assert.equal(root.activeElement, button('Écouter Marée'));
  // What leads nowhere, and what belongs to the page, is left to it.
  for (const key of ['ArrowDown', 'ArrowRight', 'PageDown', 'Home', 'End', ' ']) assert.isTrue(press(key), key);
  assert.isTrue(press('ArrowUp', { altKey: true }));
  played[0]!.dispatchEvent(new Event('ended'));
  await waitUntil(() => button('Suspendre Marée'), 'the second did not begin by itself', { timeout: 5_000 });
  assert.deepEqual(played.map(({ src }) => src), sounds.media.map(({ url }) => url));
  const slider = root.querySelector<HTMLInputElement>('.seek')!;
  assert.equal(slider.getAttribute('aria-label'), 'Position dans Marée');
  assert.equal(slider.getAttribute('aria-valuetext'), '0:00 / 0:02');
  Object.defineProperty(HTMLMediaElement.prototype, 'play', real);
});

it('films ask nobody before a click, and say whom they will ask', async () => {
  const { root, button } = await mount(() => ({ ...epk, videos: [
    { title: 'En scène', url: 'https://peertube.invalid/w/estran', provider: 'peertube', host: 'peertube.invalid', embed: 'https://peertube.invalid/videos/embed/estran' },
    { title: 'Reportage', url: 'https://tele.invalid/12', provider: 'elsewhere', host: 'tele.invalid', embed: null }] }));
  assert.isNull(root.querySelector('iframe, video'));
  const [film, far] = [...root.querySelectorAll('.film')];
  assert.include(film!.textContent, 'peertube.invalid sera contacté');
  assert.isNull(far!.querySelector('button'));
  assert.equal(far!.querySelector('a')!.href, 'https://tele.invalid/12');
  assert.equal(far!.querySelector('a')!.getAttribute('aria-label'), 'Reportage, Voir sur tele.invalid');
  button('Lire la vidéo En scène')!.click();
  await waitUntil(() => root.querySelector('iframe'));
  const frame = root.querySelector('iframe')!;
  assert.equal(frame.src, 'https://peertube.invalid/videos/embed/estran?autoplay=1');
  assert.equal(frame.title, 'En scène');
  assert.notInclude(frame.getAttribute('sandbox'), 'allow-top-navigation');
  assert.equal(root.activeElement, frame);
});

it('a film whose frame the page refuses is a link', async () => {
  const { root } = await mount(() => ({ ...epk, videos: [{ title: 'En scène', url: 'https://peertube.invalid/w/estran', provider: 'peertube', host: 'peertube.invalid', embed: 'https://peertube.invalid/videos/embed/estran' }] }));
  document.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', { effectiveDirective: 'frame-src', violatedDirective: 'frame-src', blockedURI: 'https://peertube.invalid/videos/embed/estran', documentURI: location.href, disposition: 'enforce', originalPolicy: '', statusCode: 200 }));
  await waitUntil(() => root.textContent.includes('n’affiche pas les vidéos de peertube.invalid'));
  assert.isNull(root.querySelector('.film button'));
  assert.equal(root.querySelector<HTMLAnchorElement>('.film a')!.href, 'https://peertube.invalid/w/estran');
});

it('documents can be taken along, with their weight', async () => {
  const { root } = await mount(() => ({ ...epk, media: [{ ...media, id: 'med_9', kind: 'document', title: 'Fiche technique', url: 'https://media.invalid/fil_9', width: null, height: null, size: 240_000 }] }));
  const line = root.querySelector('.papers li')!;
  assert.equal(line.querySelector('a')!.textContent, 'Fiche technique');
  assert.match(line.textContent.replaceAll(/\s+/g, ' '), /PDF, 240 ko/);
});

it('writes the artist for search engines where the page wants it, and nowhere else', async () => {
  const { widget } = await mount(() => ({ ...epk, links: [{ label: 'Leur site', url: 'https://trio.invalid/' }], tagline: { fr: '</script><b>' } }));
  assert.isNull(widget.querySelector('script'));
  widget.jsonLd = true;
  widget.artist = 'les-vagues-lentes-2';
  await waitUntil(() => widget.querySelector('script'));
  const text = widget.querySelector('script')!.text;
  assert.notInclude(text, '</script>');
  assert.deepInclude(JSON.parse(text), { '@type': 'MusicGroup', name: 'Les Vagues Lentes', sameAs: ['https://trio.invalid/'], genre: ['jazz'] });
});

it('hands its address on, and says so', async () => {
  const { root, button } = await mount(() => epk);
  const real = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
  let copied = '';
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: (text: string) => { copied = text; return Promise.resolve(); } } });
  Object.defineProperty(navigator, 'share', { configurable: true, value: () => Promise.reject(new DOMException('', 'NotAllowedError')) });
  button('Partager')!.click();
  await waitUntil(() => root.querySelector('.said')!.textContent === 'Lien copié.');
  assert.equal(copied, location.href.split('#')[0]);
  if (real) Object.defineProperty(navigator, 'clipboard', real); else Reflect.deleteProperty(navigator, 'clipboard');
  Reflect.deleteProperty(navigator, 'share');
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

it('an attribute that a page takes away is as if it had never been said', async () => {
  const { widget, root } = await mount(() => epk, false, 'bio');
  widget.removeAttribute('show');
  await widget.updateComplete;
  assert.lengthOf(root.querySelectorAll('img'), 2);
});

it('nothing is asked before a name is there, and nothing is said to be missing (EM-01)', async () => {
  await define('flow-epk');
  const asked: string[] = [];
  const api = fakeApi<PublicRouter>({ profiles: { epk: ({ artist }) => { asked.push(artist); return epk; } } });
  const widget = await fixture<FlowEpk>(html`<flow-epk .api=${api}></flow-epk>`);
  const root = widget.shadowRoot!;
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  assert.lengthOf(root.querySelectorAll('.bone'), 4);
  assert.deepEqual(asked, []);
  widget.artist = 'les-vagues-lentes';
  await waitUntil(() => root.querySelector('article'));
  assert.deepEqual(asked, ['les-vagues-lentes']);
});

it('a name of one long word stays within the page, at any size of text (NF-13)', async () => {
  const { widget, root } = await mount(() => ({ ...epk, name: 'Donaudampfschifffahrtskapelle', tagline: { fr: 'Donaudampfschifffahrtsgesellschaftskapelle' }, quotes: [{ text: 'Donaudampfschifffahrtsgesellschaftskapellmeister', source: 'Donaudampfschifffahrtsgesellschaftszeitung' }], technical: 'Donaudampfschifffahrtsgesellschaftskapellmeister', links: [{ label: 'Donaudampfschifffahrtsgesellschaftskapelle', url: 'https://a.example' }] }));
  root.querySelector('details')!.open = true;
  widget.style.width = '320px';
  for (const size of ['16px', '32px']) {
    widget.style.fontSize = size;
    for (const one of root.querySelectorAll('.flow *:not(source)')) assert.isAtMost(one.getBoundingClientRect().right, widget.getBoundingClientRect().right + 1, `${one.localName}.${one.className} at ${size}`);
  }
});

it('the mean of the reviews stands with the facts, and what organisers say after the press; without one neither does (PR-16)', async () => {
  const reviews = [{ stars: 4, words: 'Salle debout.', reply: 'Merci.', by: 'La Halle', city: 'Rennes', day: '2027-02-13' }, { stars: 5, words: 'Encore.', reply: '', by: '', city: 'Arbois', day: '2026-12-05' }];
  const { root } = await mount(() => ({ ...epk, rating: { stars: 4.7, count: 12 }, reviews }), false, 'press');
  assert.include(root.querySelector('.facts')!.textContent, '4,7 sur 5 (avis : 12)');
  const said = [...root.querySelectorAll('section blockquote')].map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim());
  assert.deepEqual(said, ['★★★★☆Salle debout.La Halle, Rennes, février 2027Réponse de l’artisteMerci.', '★★★★★Encore.Arbois, décembre 2026']);
  assert.equal(root.querySelector('[role=img]')!.ariaLabel, '4 sur 5');
  const { root: none } = await mount(() => epk);
  assert.notInclude(none.textContent, 'Avis');
  assert.notInclude(none.textContent, 'sur 5');
});
