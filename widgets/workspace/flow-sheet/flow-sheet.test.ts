import { assert, fixture, html } from '@open-wc/testing';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { waitUntil } from '../../core/patience.ts';
import { define } from '../../registry.ts';
import { artist, place, sheetServer, whole } from './flow-sheet.fixture.ts';
import type { FlowSheet } from './flow-sheet.ts';

async function mount(api: Api) {
  await define('flow-sheet');
  const element = await fixture<FlowSheet>(html`<flow-sheet .api=${api}></flow-sheet>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('form, .notice'));
  const group = (name: string) => root.querySelector<HTMLElement>(`[aria-labelledby=g-${name}]`)!;
  return {
    element, root, group, text: () => root.textContent.replaceAll(/\s+/g, ' '),
    type: (name: string, value: string) => { root.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = value; },
    check: (name: string, value: string) => { root.querySelector<HTMLInputElement>(`[name=${name}][value="${value}"]`)!.click(); },
    send: (name: string) => { group(name).querySelector('form')!.requestSubmit(); },
  };
}

it('says how whole the profile is, which level that is, and the next best thing to do (PR-01)', async () => {
  const { root, text } = await mount(sheetServer(() => artist()));
  assert.include(text(), 'Profil complet à 75 %');
  assert.include(text(), 'À partir de 80 %, vous êtes proposé aux autres');
  assert.equal(root.querySelector('.next a')!.getAttribute('href'), '/press-kit');
  assert.equal(root.querySelector('.next a')!.textContent, 'Ajouter une photo');
  assert.deepEqual([...root.querySelectorAll('.levels .reached strong')].map((one) => one.textContent.replaceAll(/\s/g, ' ')), ['Basique, 30 %', 'Complet, 70 %']);
  const mobility = [...root.querySelectorAll<HTMLButtonElement>('.then button')].find((one) => one.textContent.includes('jusqu’où'))!;
  mobility.click();
  assert.equal(root.activeElement, root.querySelector('[name=mobilityKm]'));
});

it('a group is kept by itself, as the server takes it; what is emptied is taken back (PR-10, MA-06)', async () => {
  const kept: object[] = [];
  const { type, check, send, text } = await mount(sheetServer(() => artist(), { update: (patch) => { kept.push(patch); return artist({ level: 'headliner' }, { complete: whole(90, ['mobility']) }); } }));
  type('level', '');
  type('family', 'no');
  check('settings', 'seated');
  check('lyrics', 'br');
  type('influences', 'Barbara , Brassens,');
  send('play');
  await waitUntil(() => kept.length === 1 && text().includes('C’est enregistré'));
  assert.deepEqual(kept[0], { level: null, family: false, settings: ['seated'], audiences: [], lyrics: ['fr'], influences: ['Barbara', 'Brassens'] });
  assert.include(text(), 'Profil complet à 90 %');
  assert.include(text(), 'Vous êtes proposé aux autres');
});

it('amounts are typed as people type them, and what is none is said', async () => {
  const kept: object[] = [];
  const { type, send, group } = await mount(sheetServer(() => artist(), { update: (patch) => { kept.push(patch); return artist(); } }));
  type('ticket', 'cher');
  send('money');
  await waitUntil(() => group('money').querySelector('[role=alert]'));
  assert.lengthOf(kept, 0);
  type('ticket', '18,50');
  type('depositPercent', '30');
  send('money');
  await waitUntil(() => kept.length === 1);
  assert.deepEqual(kept[0], { ticket: { minor: 1_850, currency: 'EUR' }, depositPercent: 30 });
});

it('figures from elsewhere say when they were read', async () => {
  const kept: object[] = [];
  const { send, text } = await mount(sheetServer(() => artist(), { update: (patch) => { kept.push(patch); return artist({ figuresAt: '2027-02-20' }); } }));
  assert.match(text(), /Relevés le .*15 janv/);
  send('reach');
  await waitUntil(() => /Relevés le .*20 févr/.test(text()));
  assert.deepInclude(kept[0]!, { listeners: 12_400, listenersPercent: 71, followers: 3_200, engagement: null, figuresAt: '2027-01-15' });
});

it('a place is asked other things, its season in twelve months or none (PR-11)', async () => {
  const kept: object[] = [];
  const { root, group, send, text } = await mount(sheetServer(() => place(), { update: (patch) => { kept.push(patch); return place(); } }));
  assert.isNull(root.querySelector('[name=listeners]'));
  assert.include(text(), 'Type de lieu');
  const months = [...group('season').querySelectorAll<HTMLInputElement>('[name=season]')];
  assert.lengthOf(months, 12);
  months[3]!.value = '';
  send('season');
  await waitUntil(() => group('season').querySelector('[role=alert]'));
  assert.lengthOf(kept, 0);
  months[3]!.value = '90';
  send('season');
  await waitUntil(() => kept.length === 1);
  assert.deepEqual(kept[0], { fillPercent: 74, season: [40, 50, 60, 90, 80, 60, 20, 10, 70, 80, 75, 50] });
});

it('what a place says of itself in words goes to its page, and counts (PR-11)', async () => {
  const kept: object[] = [];
  let own = place({}, { complete: whole(90, ['words']) });
  const { root, text, send } = await mount(sheetServer(() => own, {}, { updateVenue: (patch) => { kept.push(patch); own = place(); return null as never; } }));
  root.querySelector<HTMLButtonElement>('.next button')!.click();
  assert.equal(root.activeElement, root.querySelector('[name=about_fr]'));
  root.querySelector<HTMLTextAreaElement>('[name=about_en]')!.value = 'A small theatre.';
  send('about');
  await waitUntil(() => text().includes('Profil complet à 100 %'));
  assert.deepEqual(kept, [{ about: { fr: 'Un théâtre à l’italienne.', en: 'A small theatre.' } }]);
});

it('a promise not to play near is noted and taken back', async () => {
  const asked: object[] = [];
  const { root, type, text } = await mount(sheetServer(() => artist(), {
    promise: (input) => { asked.push(input); return artist({}, { promises: [...artist().promises, { id: 'exc_2', place: 'Nantes', km: 30, from: '2027-07-01', until: '2027-07-31' }] }); },
    unpromise: (input) => { asked.push(input); return artist({}, { promises: [] }); },
  }));
  assert.include(text(), 'Besançon, 60 km autour');
  type('place', 'Nan');
  root.querySelector('[name=place]')!.dispatchEvent(new InputEvent('input'));
  await waitUntil(() => root.querySelector('#places option'));
  type('place', 'Nantes (44000)');
  type('km', '30');
  type('from', '2027-07-01');
  type('until', '2027-07-31');
  root.querySelector<HTMLFormElement>('[aria-labelledby=g-promises] form')!.requestSubmit();
  await waitUntil(() => text().includes('Nantes, 30 km autour'));
  assert.isNull(root.querySelector('[aria-labelledby=g-promises] form'), 'two at most');
  root.querySelector<HTMLButtonElement>('[aria-label="Retirer l’exclusivité autour de Nantes"]')!.click();
  await waitUntil(() => text().includes('Aucune exclusivité'));
  assert.deepEqual(asked, [{ insee: '44109', km: 30, from: '2027-07-01', until: '2027-07-31' }, { id: 'exc_2' }]);
});

it('a booker is told whose sheet it is, and a server that is away is said', async () => {
  const booker = await mount(sheetServer(() => Promise.reject(refusal('not_found'))));
  assert.include(booker.text(), 'choisissez-le en haut de page');
  const away = await mount(sheetServer(() => Promise.reject(new Error('down'))));
  assert.isNotNull(away.root.querySelector('[role=alert]'));
});

for (const locale of ['fr', 'en', 'nl', 'de'] as const) it(`every thing has its name and its reason in ${locale}`, async () => {
  for (const own of [artist(), place()]) {
    const { element, root } = await mount(sheetServer(() => own));
    element.site = { ...element.site, locale };
    await element.updateComplete;
    await waitUntil(() => root.querySelector('form'));
    const bare = [...root.querySelectorAll('.fields > .field, fieldset')].filter((one) => !one.closest('.months') && !one.querySelector('[name^=about], [name=place], [name=km], [name=from], [name=until]')).filter((one) => (one.querySelector('span, legend')?.textContent.trim() ?? '') === '' || (one.querySelector('small')?.textContent.trim() ?? '') === '');
    assert.deepEqual(bare.map((one) => one.querySelector('[name]')?.getAttribute('name')), []);
    assert.deepEqual([...root.querySelectorAll('option, .check span')].filter((one) => one.textContent.trim() === ''), []);
  }
});
