import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { kit, kitServer } from './flow-press-kit.fixture.ts';
import type { FlowPressKit } from './flow-press-kit.ts';

async function mount(api: Api, send: FlowPressKit['send'] = () => Promise.resolve()) {
  await define('flow-press-kit');
  const element = await fixture<FlowPressKit>(html`<flow-press-kit .api=${api} .send=${send}></flow-press-kit>`);
  const root = element.shadowRoot!;
  const button = (label: string) => [...root.querySelectorAll('button')].find((one) => one.textContent.trim() === label)!;
  await waitUntil(() => root.querySelector('form, [role=alert]'));
  return { element, root, button, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('says what is missing, and publishes once nothing is (PR-03)', async () => {
  let own = kit({ missing: ['genres', 'photo'] });
  const { element, button, text } = await mount(kitServer(() => own, { publishEpk: () => { own = kit({ publishedAt: '2027-02-05T10:00:00.000Z' }); return own; } }, 'pk_trio'));
  assert.include(text(), 'il manque : un style, une photo');
  assert.isTrue(button('Publier').disabled);
  own = kit();
  element.api = kitServer(() => own, { publishEpk: () => { own = kit({ publishedAt: '2027-02-05T10:00:00.000Z' }); return own; } }, 'pk_trio');
  await waitUntil(() => !button('Publier').disabled);
  button('Publier').click();
  await waitUntil(() => text().includes('Le dossier est public'));
  assert.include(text(), 'data-key="pk_trio"');
  assert.include(text(), '<flow-epk artist="les-vagues-lentes" style="display:block;--flow-room:clamp(');
});

it('files go one after the other, in the order chosen, and one that fails says why', async () => {
  const sent: string[] = [];
  const { root, text } = await mount(kitServer(() => kit()), ({ file, kind }, progress) => {
    sent.push(`${kind} ${file.name}`);
    progress(0.5);
    return file.name === 'notes.jpg' ? Promise.reject(refusal('media_unreadable', { name: 'notes' })) : Promise.resolve();
  });
  const input = root.querySelector<HTMLInputElement>('input[type=file]')!;
  const files = new DataTransfer();
  for (const name of ['a.jpg', 'notes.jpg', 'b.jpg']) files.items.add(new File(['x'], name, { type: 'image/jpeg' }));
  input.files = files.files;
  input.dispatchEvent(new Event('change'));
  await waitUntil(() => sent.length === 3 && text().includes('« notes »'));
  assert.deepEqual(sent, ['photo a.jpg', 'photo notes.jpg', 'photo b.jpg']);
});

it('keeps what is typed, as the server takes it', async () => {
  const kept: object[] = [];
  const { root, text } = await mount(kitServer(() => kit(), { updateEpk: (input) => { kept.push(input); return kit(); } }));
  const set = (name: string, value: string) => { root.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = value; };
  set('feeMin', '1 000');
  set('feeMax', '2000,50');
  set('tagline_en', '');
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('C’est enregistré'));
  assert.deepInclude(kept[0]!, { fee: { min: { minor: 100_000, currency: 'EUR' }, max: { minor: 200_050, currency: 'EUR' } }, tagline: { fr: 'Trio de jazz au long cours' }, genres: ['jazz'] });
});

it('styles are offered and shown in the reader’s language, and kept by the name that all languages share (PR-13)', async () => {
  const asked: object[] = [];
  const kept: object[] = [];
  const own = kit({ genres: ['fanfare', 'polka du Jura'], genreLabels: { 'fanfare': { fr: 'fanfare', en: 'marching band', nl: 'fanfare', de: 'Blaskapelle' }, 'polka du Jura': {} } });
  const { element, root, text } = await mount(kitServer(() => own, { genres: (input) => { asked.push(input); return ['Gypsy-Jazz']; }, updateEpk: (input) => { kept.push(input); return own; } }));
  element.site = { ...element.site, locale: 'de' };
  element.requestUpdate();
  await element.updateComplete;
  const chips = () => [...root.querySelectorAll('.chips li')].map((chip) => chip.firstChild?.nextSibling?.textContent ?? '');
  assert.deepEqual(chips(), ['Blaskapelle', 'polka du Jura']);
  assert.include(root.querySelector('.preview')!.textContent, 'Blaskapelle');
  const input = root.querySelector<HTMLInputElement>('[name=genre]')!;
  input.value = 'Gyps';
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await waitUntil(() => root.querySelector('#genres option'));
  assert.equal(root.querySelector<HTMLOptionElement>('#genres option')!.value, 'Gypsy-Jazz');
  assert.deepEqual(asked, [{ q: 'Gyps', locale: 'de' }]);
  input.value = 'Gypsy-Jazz';
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  await element.updateComplete;
  assert.deepEqual(chips(), ['Blaskapelle', 'polka du Jura', 'Gypsy-Jazz']);
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => kept.length === 1 && text().includes('C’est enregistré'));
  assert.deepInclude(kept[0]!, { genres: ['fanfare', 'polka du Jura', 'Gypsy-Jazz'] });
});

it('a town that is not in the list is said, not dropped', async () => {
  const { root, text } = await mount(kitServer(() => kit()));
  root.querySelector<HTMLInputElement>('[name=place]')!.value = 'Nullepart';
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('choisissez dans la liste'));
});

it('the preview shows what is typed before it is kept', async () => {
  const { element, root } = await mount(kitServer(() => kit()));
  root.querySelector<HTMLInputElement>('[name=name]')!.value = 'Les Vagues Rapides';
  root.querySelector('form')!.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await element.updateComplete;
  assert.include(root.querySelector('.preview')!.textContent, 'Les Vagues Rapides');
});

it('films, quotes and links are kept as they are typed, the empty lines left out (PR-03)', async () => {
  const kept: object[] = [];
  const begun = kit({ quotes: [{ text: 'Superbe.', source: 'Le Journal' }] });
  const { root, text } = await mount(kitServer(() => begun, { updateEpk: (input) => { kept.push(input); return begun; } }));
  const set = (name: string, value: string) => { root.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = value; };
  set('film_url_0', 'https://youtu.be/dQw4w9WgXcQ');
  set('film_title_0', 'En scène');
  set('link_url_0', 'https://trio.example/disques');
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('C’est enregistré'));
  assert.deepInclude(kept[0]!, { videos: [{ url: 'https://youtu.be/dQw4w9WgXcQ', title: 'En scène' }], quotes: [{ text: 'Superbe.', source: 'Le Journal' }], links: [{ url: 'https://trio.example/disques', label: 'trio.example' }] });
});

it('documents and films of one’s own go up like photos', async () => {
  const sent: string[] = [];
  const { root } = await mount(kitServer(() => kit()), ({ file, kind }) => { sent.push(`${kind} ${file.name}`); return Promise.resolve(); });
  for (const [accept, name] of [['application/pdf', 'rider.pdf'], ['video/mp4', 'live.mp4']] as const) {
    const input = root.querySelector<HTMLInputElement>(`input[accept="${accept}"]`)!;
    const files = new DataTransfer();
    files.items.add(new File(['x'], name));
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
  }
  await waitUntil(() => sent.length === 2);
  assert.sameMembers(sent, ['document rider.pdf', 'video live.mp4']);
});
