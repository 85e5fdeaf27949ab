import { assert, fixture, html } from '@open-wc/testing';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { waitUntil } from '../../core/patience.ts';
import { define } from '../../registry.ts';
import { audit, damaged, desk, emptyServer, learned, matchingOf, models, quiet, waiting } from './flow-matching.fixture.ts';
import type { FlowMatching } from './flow-matching.ts';

const plain = (node: Element | null | undefined): string => (node?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
type Any = HTMLInputElement & HTMLFormElement & HTMLDialogElement;

async function mount(api: Api) {
  await define('flow-matching');
  const element = await fixture<FlowMatching>(html`<flow-matching .api=${api}></flow-matching>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('#served, [role=alert]'));
  const find = (selector: string): Any => root.querySelector<Any>(selector) ?? assert.fail(`There is no ${selector}`);
  return {
    root, find, text: () => plain(root.querySelector('.flow')), section: (id: string) => plain(root.querySelector(`section[aria-labelledby=${id}]`)),
    card: (name: string) => root.querySelector(`article[aria-labelledby="card-${name}"]`)!,
    labelled: (label: string, inside: ParentNode = root) => [...inside.querySelectorAll('button')].find((button) => plain(button).startsWith(label))!,
  };
}

it('what serves is said with since when, its figures, its curve in points and in figures, and why each version serves or does not (MA-18, AI-13)', async () => {
  const { card } = await mount(matchingOf());
  const place = card('touring:place');
  const said = plain(place);
  for (const one of ['Tournée, côté lieux', 'Version 4, depuis le', 'Appris de 12 480 interactions, dont 913 issues connues', 'Mesuré sur 311 issues', 'Perte logarithmique0,512', 'AUC0,804', 'Erreur de calibration0,031', '77 %', 'toujours la plus fréquente : 58 % ; visé : 89 %', '35 signatures sur 42 négociations (83 %). Visé : plus de 80 %.']) assert.include(said, one);
  assert.lengthOf(place.querySelectorAll('circle'), 10);
  assert.include(place.querySelector('.curve')?.getAttribute('aria-label')?.replaceAll(/\s/g, ' '), '93 %: 90 %');
  assert.lengthOf(place.querySelectorAll('figure tbody tr'), 10);
  assert.deepEqual([...place.querySelectorAll('.versions .tag')].map(plain), ['écartée', 'sert', 'retirée']);
  assert.include(plain(place.querySelector('.versions')), 'pas mieux que ce qui servait');
  assert.include(plain(place.querySelector('.versions')), '0,523 ; avant : 0,561');
  assert.include(plain(card('touring:artist')), 'Trop peu d’issues pour mesurer : 12, il en faut 50.');
  assert.include(plain(card('launch:artist')), 'Poids publiés, depuis le début');
  assert.include(plain(card('launch:artist')), 'Rien n’a encore été appris');
});

it('an older version serves again once its effect was read and a reason given; that it failed is said in place (MA-18)', async () => {
  const asked: unknown[] = [];
  let now = learned;
  let fails = true;
  const { root, find, card, labelled, text } = await mount(matchingOf({
    served: () => [now], compare: (input) => { asked.push(input); return [{ criterion: 'genre', now: 21.4, then: 5 }, { criterion: 'fee', now: 5, then: 5.01 }]; },
    rollBack: (input) => { if (fails) throw refusal('model_damaged', { version: '3' }); asked.push(input); now = { ...learned, version: 3 }; return null; },
  }));
  labelled('Servir la version 3', card('touring:place')).click();
  await waitUntil(() => root.querySelector('#roll table'));
  assert.isTrue(find('#roll').open);
  assert.include(plain(find('#roll')), 'Servir la version 3 ? (Tournée, côté lieux)');
  assert.include(plain(find('#roll')), 'Dans la demi-minute');
  assert.deepEqual([...root.querySelectorAll('#roll tbody tr')].map((row) => [...row.children].map(plain).join(' ')), ['Style 21,4 5']);
  find('#roll input').value = 'La version 4 oublie les distances';
  find('#roll form').requestSubmit();
  await waitUntil(() => root.querySelector('#roll [role=alert]'));
  assert.include(plain(find('#roll [role=alert]')), 'La version 3 de ce modèle est endommagée');
  fails = false;
  find('#roll form').requestSubmit();
  await waitUntil(() => text().includes('C’est fait : Version 3 sert.'));
  assert.deepEqual(asked, [{ scorecard: 'touring:place', version: 3 }, { scorecard: 'touring:place', version: 3, reason: 'La version 4 oublie les distances' }]);
  await waitUntil(() => plain(card('touring:place')).includes('Version 3, depuis'));
  assert.isNull(root.querySelector('#roll'));
  labelled('Revenir aux poids publiés', card('touring:place')).click();
  await waitUntil(() => plain(root.querySelector('#roll')).includes('Plus aucune chance n’est annoncée'));
});

it('what a rollback would change can be asked for again when it could not be read (MA-18)', async () => {
  let down = true;
  const { root, find, card, labelled } = await mount(matchingOf({ compare: () => { if (down) throw new Error('down'); return []; } }));
  labelled('Revenir', card('touring:place')).click();
  await waitUntil(() => root.querySelector('#roll [role=alert]'));
  down = false;
  labelled('Réessayer', find('#roll')).click();
  await waitUntil(() => plain(root.querySelector('#roll')).includes('Aucun poids ne change.'));
});

it('a damaged model is an alert that says what serves instead (MA-18)', async () => {
  const { find, card, labelled } = await mount(matchingOf({ models: () => [damaged, ...models] }));
  assert.include(plain(find('.notice.bad')), 'Modèle endommagé : Tournée, côté lieux, version 6');
  assert.isUndefined(labelled('Servir la version 6', card('touring:place')));
});

it('who is shown too much or too little is said against their share, nothing of few, and nothing is judged of too few lists (MA-23)', async () => {
  const { root, section } = await mount(matchingOf());
  const groups = [...root.querySelectorAll('.groups li')].map(plain);
  assert.include(groups, 'Département 75 46 % du regard, 29 % des artistes (121) surexposé : 1,56 fois sa part');
  assert.isTrue(groups.some((one) => one.startsWith('Département 35') && one.endsWith('sous-exposé : 0,44 fois sa part')));
  assert.isTrue(groups.some((one) => one.startsWith('Belgique') && one.endsWith('sous-exposé : 0,74 fois sa part')));
  assert.isTrue(groups.some((one) => one.startsWith('Département 44') && one.endsWith('à sa part')));
  assert.include(section('shown'), '4 902 présentations en 214 listes, pour 411 artistes publiés');
  assert.include(section('shown'), '6 groupes tus (24 artistes) : de moins de 5, on reconnaîtrait quelqu’un.');
  assert.include(section('shown'), '2 autres groupes');
  const few = await mount(matchingOf({ audit: () => ({ ...audit, lists: 12 }) }));
  assert.include(few.section('shown'), 'Moins de 30 listes : trop peu pour juger.');
  assert.notInclude(few.section('shown'), 'surexposé');
});

it('each step from first sight to the show stands against what is aimed at (MA-27)', async () => {
  const { root } = await mount(matchingOf());
  const steps = [...root.querySelectorAll('.funnel li')].map(plain);
  assert.match(steps[0]!, /^Aimés, parmi les présentationsen dessous 16 % \(2 310 sur 14 206\) ?visé : 25 %$/);
  assert.include(steps[1], 'atteint');
  assert.include(steps[4], 'rien à compter');
});

it('a match that waits is approved, or refused with a reason; turned off, those that wait are made at once (MA-24)', async () => {
  const asked: unknown[] = [];
  let now = desk;
  const { root, find, section, labelled } = await mount(matchingOf({}, {
    desk: () => now, decide: (input) => { asked.push(input); now = { ...now, waiting: [] }; return null; }, lookFirst: (input) => { asked.push(input); now = quiet; return null; },
  }));
  assert.include(section('approvals'), 'décidé par Olga Ferrand');
  assert.include(section('approvals'), '1 en attente');
  labelled('Refuser').click();
  await waitUntil(() => root.querySelector<HTMLDialogElement>('#refuse')?.open);
  assert.isFalse(find('#refuse form').checkValidity());
  find('#refuse input').value = 'Un compte d’essai';
  find('#refuse form').requestSubmit();
  await waitUntil(() => section('approvals').includes('Aucun match n’attend.'));
  labelled('Approuver tout de même').click();
  await waitUntil(() => asked.length === 2);
  assert.deepEqual(asked, [{ id: waiting.id, approve: false, reason: 'Un compte d’essai' }, { id: desk.decided[0]!.id, approve: true }]);
  await waitUntil(() => !root.querySelector('button[aria-busy=true]'));
  find('.turn input').value = 'C’est rodé';
  find('.turn form').requestSubmit();
  await waitUntil(() => section('approvals').includes('Personne ne valide'));
  assert.deepEqual(asked.at(-1), { on: false, reason: 'C’est rodé' });
});

it('before anything happened each part says so (MA-23, MA-24, MA-27)', async () => {
  const { section, root } = await mount(emptyServer());
  assert.include(section('shown'), 'Aucun artiste n’a été montré');
  assert.include(section('journal'), 'Rien n’a encore été fait à la main.');
  assert.include(section('approvals'), 'Personne ne valide');
  assert.lengthOf(root.querySelectorAll('section[aria-labelledby=served] article'), 6);
});

it('whoever is none of ours reads that there is nothing here', async () => {
  const { find } = await mount(matchingOf({ served: () => { throw refusal('not_found'); } }));
  assert.include(plain(find('[role=alert]')), 'n’existe');
});
