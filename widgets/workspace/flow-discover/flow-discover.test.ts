import { assert, fixture, html } from '@open-wc/testing';
import type { Api } from '../../core/api.ts';
import { discoverSpeech } from '../../core/discover-words.ts';
import { refusal } from '../../core/fake-api.ts';
import { LOCALES } from '../../core/messages.ts';
import { remembered } from '../../core/own.ts';
import { waitUntil } from '../../core/patience.ts';
import { blocked, named, told } from '../../parts/reasons.ts';
import { define } from '../../registry.ts';
import { addressOf, queryOf } from './address.ts';
import { chipsOf } from './chips.ts';
import { artist, artists, asked, askedText, cards, discoverServer, everyCriterion, exceptional, found, kept, place, refusing, score, variety } from './flow-discover.fixture.ts';
import type { FlowDiscover } from './flow-discover.ts';
import { noFilters, noQuery, type Filters, type Query, type Words } from './model.ts';
import { varietyDid, varietyWords } from './ranking.ts';

const plain = (node: Element | null | undefined): string => (node?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();

/** Any control of a form, and a dialog. */
type Any = HTMLInputElement & HTMLTextAreaElement & HTMLFormElement & HTMLSelectElement & HTMLDialogElement & HTMLAnchorElement;

async function mount(api: Api, { view = 'swipe', search = '' } = {}) {
  await define('flow-discover');
  remembered.write('flow-discover-view', view);
  history.replaceState(null, '', location.pathname + search);
  const element = await fixture<FlowDiscover>(html`<flow-discover .api=${api}></flow-discover>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('.toolbar, [role=alert]'));
  const find = (selector: string): Any => root.querySelector<Any>(selector) ?? assert.fail(`There is no ${selector}`);
  return {
    element, root, find, text: () => plain(root.querySelector('.flow')), card: () => plain(root.querySelector('article h2')), status: () => plain(root.querySelector('.said [role=status]')),
    labelled: (label: string) => [...root.querySelectorAll('button')].find((button) => plain(button) === label || button.ariaLabel === label)!,
    key: (key: string) => find('article.large').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true })),
  };
}

afterEach(() => { history.replaceState(null, '', location.pathname); remembered.write('flow-discover-view', ''); });

const full: Filters = {
  genres: ['jazz', 'bal folk, trad'], near: { name: 'Lyon', insee: '69123', lat: 45.76, lng: 4.84, km: 80 }, fee: { min: 80_000, max: 200_000, currency: 'CHF' }, capacity: { min: 0, max: 300 }, days: { from: '2027-03-01', until: '2027-03-31', weekdays: [5, 6] },
  lineUp: { min: 2, max: null }, kinds: ['club', 'cultural_centre'], levels: ['emerging'], settings: ['seated', 'standing'], audiences: ['families'], lyrics: ['fr', 'none'], family: true, outdoor: true, verified: true, ratingMin: 3.5, answerHoursMax: 48,
};

it('an address says a whole search and is read back as it was; what does not fit is as if it were not said (MA-10, MA-12)', () => {
  const query: Query = { seen: 'artist', filters: full, sort: 'distance', card: 'launch', variety: 40, all: true };
  assert.deepEqual(queryOf(addressOf(query)), query);
  assert.equal(addressOf(noQuery), '');
  assert.deepEqual(queryOf(''), noQuery);
  assert.deepEqual(queryOf('?seen=everybody&sort=luck&kind=moon club&km=5&near=Lyon&lat=up&fee=x-y&from=2027-02-30&until=2027-03-01&stage=0-&rating=9&hours=-1&card=moon&variety=101&tab=matches'), { ...noQuery, filters: { ...noFilters, kinds: ['club'] } });
});

it('every filter that is set is a chip, and its removal takes that one away alone (MA-10)', async () => {
  const words: Words = { say: await discoverSpeech('fr'), locale: 'fr' };
  const query: Query = { ...noQuery, seen: 'artist', filters: full };
  const chips = chipsOf(query, 'artist', words);
  assert.lengthOf(chips, 22);
  for (const { label, without, key } of chips) {
    assert.notMatch(label, /\b(f|chip|kind|level|setting|audience|lyrics)_/, key);
    const left = chipsOf(without, 'artist', words).map((one) => one.label);
    assert.deepEqual(left, chips.map((one) => one.label).filter((other) => other !== label && !(key === 'days' && other === 'vendredi et samedi')), key);
  }
  assert.include(chips.map(({ label }) => label), 'Lyon, 80 km');
  assert.include(chips.map(({ label }) => label), 'cachet 800 CHF à 2 000 CHF'.replaceAll(' CHF', '\u00a0CHF').replace('2 000', '2\u202f000'));
});

for (const locale of LOCALES) it(`every criterion, group, reason and blocker is said in ${locale}, with its figures and without a code (MA-05)`, async () => {
  const words: Words = { say: await discoverSpeech(locale), locale };
  for (const [group, , criteria] of everyCriterion) {
    assert.notMatch(words.say(`g_${group}` as 'g_fill'), /^g_/);
    for (const [criterion, figures] of Object.entries(criteria)) {
      assert.notEqual(named(words, criterion), criterion);
      const said = told(words, { criterion, code: figures === null ? 'unknown' : criterion, figures: figures ?? {} });
      assert.isNotEmpty(said, criterion);
      assert.notMatch(said, /\{|\}|NaN|undefined|Invalid|\b[sc]_|_amp|2027-|\bbr\b/, `${criterion}: ${said}`);
      if (figures === null) assert.equal(said, words.say('notKnown'));
    }
  }
  const figures = { min: 900_000, max: 900_000, currency: 'EUR', budgetMin: 0, budgetMax: 160_000, budgetCurrency: 'CHF', of: 'place' };
  for (const code of ['no_common_day', 'exclusivity', 'apart', 'licence_lapsed', 'fee_out_of_reach']) {
    assert.notMatch(blocked(words, { code, figures }), /\{|NaN|^[a-z_]+$/, code);
    assert.notMatch(words.say(`n_${code}` as 'n_apart', { n: 12 }), /^n_/);
  }
});

it('figures are put in words as the trade does: money in its currency, days by name, what is not known as such (MA-05)', async () => {
  const words: Words = { say: await discoverSpeech('fr'), locale: 'fr' };
  const said = (criterion: string, figures: Record<string, string | number>): string => told(words, { criterion, code: criterion, figures }).replaceAll(/[\u00a0\u202f]/g, ' ');
  assert.equal(said('fee', { min: 120_000, max: 180_000, currency: 'EUR', budgetMin: 0, budgetMax: 150_050, budgetCurrency: 'CHF' }), 'cachet 1 200 € à 1 800 €, budget jusqu’à 1 500,50 CHF');
  assert.equal(said('weekday', { day: '2027-06-12' }), 'ce serait un samedi');
  assert.include(said('ticket', { artist: 2_000, place: 1_500, currency: 'CHF', placeCurrency: 'EUR' }), '20 CHF');
  assert.include(said('ticket', { artist: 2_000, place: 1_500, currency: 'CHF', placeCurrency: 'EUR' }), '15 €');
  assert.include(said('funding', { left: 160_000, fee: 80_000, currency: 'CHF', feeCurrency: 'EUR' }), '800 €');
  assert.equal(said('common_dates', { free: 1, possible: 3, shows: 1, asked: 0, day: '2027-06-12' }), '1 date libre des deux côtés ; 2 à confirmer ; la meilleure : sam. 12 juin 2027');
  assert.equal(said('genre', { ownGenre: 'jazz', wantedGenre: 'jazz' }), 'jazz des deux côtés');
  assert.equal(said('terms', { days: 45 }), 'payé en 45 jours');
  assert.equal(said('technical', { stageWanted: 20, stage: 24, missing: 'piano drums' }), 'scène : 20 m² demandés, 24 m² sur place ; manque : piano et batterie');
  assert.equal(said('exclusivity', {}), 'aucune exclusivité ne l’empêche');
  assert.equal(said('language', { sung: 'br', wanted: 'none' }), 'chanté : breton ; souhaité : instrumental');
  assert.equal(said('growth', { percent: 18 }), 'audience +18 % en six mois');
  assert.equal(told(words, { criterion: 'moon_phase', code: 'moon_phase', figures: {} }), '');
});

it('one result stands as cards, a list and a grid, and the view is remembered (MA-11, MA-12, MA-13)', async () => {
  const { root, find, labelled, text, card } = await mount(discoverServer());
  assert.include(card(), 'Les Vagues Lentes');
  assert.isNotNull(root.querySelector('article audio'));
  assert.equal(plain(find('.count')), '5 propositions sur 132 · Écartés : 12 indisponibles ces jours-ci et 3 hors budget.');
  labelled('Liste').click();
  await waitUntil(() => root.querySelectorAll('.list > li').length === 5);
  assert.include(plain(find('.list > li')), 'chanson, folk · 4 sur scène');
  assert.include(text(), 'On sait 31 % de ce qui compte.');
  labelled('Grille').click();
  await waitUntil(() => root.querySelectorAll('.grid > li').length === 5);
  assert.equal(remembered.read('flow-discover-view'), 'grid');
  const again = await mount(discoverServer(), { view: remembered.read('flow-discover-view') });
  assert.isNotNull(again.root.querySelector('.grid'));
});

it('a card that is pressed opens its explanation: sides, chance, groups and, once they are opened, every criterion, unknown as unknown (MA-05)', async () => {
  const asks: unknown[] = [];
  const { root, find } = await mount(discoverServer(found(), { pair: (input) => { asks.push(input); return score(87); } }), { view: 'list', search: '?outdoor=1' });
  find('.open').focus();
  find('.open').click();
  await waitUntil(() => root.querySelector<HTMLDialogElement>('.drawer')?.open);
  const said = plain(find('.drawer'));
  assert.include(said, 'Pour vous 90, pour eux 81.');
  assert.include(said, '3 sur 10 aboutissent à une signature.');
  assert.include(said, 'Coût complet : tout compris 1 824,50 € (210 km de route, 5 personnes), pour un budget 1 600 €');
  assert.lengthOf(root.querySelectorAll('.drawer .groups tr'), 7);
  assert.include(said, 'Les 47 critères en détail');
  assert.lengthOf(asks, 0);
  find('.drawer summary').click();
  await waitUntil(() => root.querySelectorAll('.drawer .criteria li').length === 47);
  assert.deepEqual(asks, [{ orgId: artists[0]!.orgId, filters: { ...noFilters, outdoor: true }, locale: 'fr' }]);
  assert.equal(plain(find('.drawer .all [role=status]')), 'Les 47 critères en détail');
  assert.isNull(root.querySelector('.drawer .all .notice'));
  assert.equal([...root.querySelectorAll('.criteria .unknown')].map((one) => plain(one.querySelector('em'))).join(), 'inconnu,inconnu');
  find('.drawer').close();
  await waitUntil(() => !root.querySelector('.drawer'));
  assert.equal(root.activeElement?.className, 'plain open');
});

it('criteria that cannot be read are asked for again; that a score has changed, or that there is nothing to say any more, is said (MA-05)', async () => {
  let answer = (): ReturnType<typeof score> | null => { throw new Error('down'); };
  const { root, find, labelled } = await mount(discoverServer(found(), { pair: () => answer() }), { view: 'grid' });
  const open = async (): Promise<void> => {
    find('.open').click();
    await waitUntil(() => root.querySelector<HTMLDialogElement>('.drawer')?.open);
    find('.drawer summary').click();
  };
  await open();
  await waitUntil(() => root.querySelector('.drawer .all [role=alert]'));
  answer = () => score(71);
  labelled('Réessayer').click();
  await waitUntil(() => root.querySelector('.drawer .criteria'));
  assert.equal(plain(find('.drawer .all .notice')), 'Depuis cette liste, le score est passé de 87 à 71 : un profil ou une date a changé.');
  find('.drawer').close();
  await waitUntil(() => !root.querySelector('.drawer'));
  answer = () => null;
  await open();
  await waitUntil(() => plain(root.querySelector('.drawer .all')).includes('Le détail n’existe plus'));
});

it('the criteria stay open from card to card, each read for its own (MA-05, MA-11)', async () => {
  const asks: string[] = [];
  const { root, find, key } = await mount(discoverServer(found(), { pair: ({ orgId }) => { asks.push(orgId); return score(artists.find((one) => one.orgId === orgId)?.score.score ?? 0); } }));
  assert.lengthOf(asks, 0);
  find('.beside summary').click();
  await waitUntil(() => root.querySelector('.beside .criteria'));
  key('p');
  await waitUntil(() => asks.length === 2 && root.querySelector('.beside .criteria'));
  assert.deepEqual(asks, [artists[0]!.orgId, artists[1]!.orgId]);
  assert.isNull(root.querySelector('.beside .all .notice'));
});

it('how strongly variety counts is said in a word and as a figure, stands in the address, and what it did is said (MA-23)', async () => {
  const asks: unknown[] = [];
  const { root, find, text, element } = await mount(discoverServer((input) => { const { diversity } = input as { diversity?: number }; asks.push(diversity); return found({ variety: diversity === undefined ? null : { ...variety, strength: diversity } }); }), { view: 'list' });
  assert.deepEqual(asks, [undefined]);
  assert.equal(plain(find('.ranking summary')), 'Classement : barème Tournée, variété aucune');
  find('.ranking summary').click();
  await waitUntil(() => root.querySelector('#variety'));
  const move = (value: string, type: 'input' | 'change'): void => { find('#variety').value = value; find('#variety').dispatchEvent(new Event(type, { bubbles: true })); };
  move('50', 'input');
  await element.updateComplete;
  assert.equal(plain(find('.variety output')), 'nettement, 50 %');
  assert.equal(find('#variety').getAttribute('aria-valuetext')?.replaceAll(/\s/g, ' '), 'nettement, 50 %');
  assert.lengthOf(asks, 1);
  move('50', 'change');
  await waitUntil(() => asks.length === 2 && text().includes('17 places sur 24'));
  assert.equal(asks[1], 0.5);
  assert.equal(location.search, '?variety=50');
  assert.include(plain(find('.count')), 'Variété : 17 places sur 24 ont changé d’occupant ; 5 propositions viennent de plus loin. Les dix premières perdent 1,3 points en moyenne. Parmi elles : 5 régions au lieu de 2, 4 familles de styles au lieu de 3.');
  assert.include(plain(find('#variety-how')), 'jusqu’à 5 points de plus');
  find('[name=sort]').value = 'distance';
  find('[name=sort]').dispatchEvent(new Event('change'));
  await waitUntil(() => find('#variety').disabled);
  assert.include(plain(find('#variety-how')), 'que sur le tri par adéquation');
});

it('variety is said as what it did, in every language: nothing, or how much', async () => {
  for (const locale of LOCALES) {
    const words: Words = { say: await discoverSpeech(locale), locale };
    assert.isNotEmpty(varietyDid({ ...variety, moved: 0 }, words));
    assert.notMatch(varietyDid(variety, words), /\{|NaN/);
    assert.lengthOf(new Set([0, 30, 60, 90, 100].map((n) => varietyWords(words, n))), 5);
  }
});

it('a scorecard may be chosen, each says what it weighs for either side, and a commune reads its one (MA-01, MA-02, MA-04)', async () => {
  const asks: unknown[] = [];
  const { root, find, text } = await mount(discoverServer((input) => { const { card = 'touring' } = input as { card?: string }; asks.push(card); return found({ card }); }), { view: 'list' });
  find('.ranking summary').click();
  await waitUntil(() => root.querySelector('.cards [name=card]'));
  assert.equal(find('.cards [name=card]:checked').value, 'touring');
  assert.include(plain(find('.cards')), '47 critères en 7 groupes');
  const rows = [...root.querySelectorAll('.cards > div:first-of-type .weights tr')].map((one) => [...one.children].map(plain).join(' '));
  assert.include(rows, 'Remplissage 25 25');
  assert.include(rows, 'Cachet et marché 2,9 –');
  find('.cards [value=launch]').click();
  await waitUntil(() => asks.at(-1) === 'launch' && text().includes('barème Essentiel'));
  assert.equal(location.search, '?card=launch');
  find('.cards [value=touring]').click();
  await waitUntil(() => asks.at(-1) === 'touring' && asks.length === 3);
  assert.equal(location.search, '');
  const town = await mount(discoverServer(found({ card: 'municipal' }), { cards: () => ({ seen: 'place', cards: [{ ...cards.cards[0]!, card: 'municipal' }] }) }), { view: 'list' });
  town.find('.ranking summary').click();
  await waitUntil(() => town.root.querySelector('.cards .weights'));
  assert.isNull(town.root.querySelector('.cards [name=card]'));
  const down = await mount(discoverServer(found(), { cards: () => { throw new Error('down'); } }), { view: 'list' });
  down.find('.ranking summary').click();
  await waitUntil(() => down.root.querySelector('.ranking [role=alert] button'));
});

it('keys do what buttons do: pass, like, favourite, hide, and back (MA-11)', async () => {
  const done: unknown[] = [];
  const note = (input: { orgId: string }, made: object) => { done.push(made); return { orgId: input.orgId, verdict: null, favourite: false, hidden: false, superLikes: 3, match: null, ...made }; };
  const { key, card, status } = await mount(discoverServer(found(), {
    choose: (input) => note(input, { verdict: input.verdict }), keep: (input) => note(input, { favourite: input.favourite }), hide: (input) => note(input, { hidden: input.hidden }),
  }));
  const soon = async (name: string): Promise<void> => { await waitUntil(() => card().includes(name), name); };
  key('ArrowLeft');
  await soon('Nora Solveig');
  assert.equal(status(), 'Passé : Les Vagues Lentes.');
  key('z');
  await soon('Les Vagues Lentes');
  key('L');
  await soon('Nora Solveig');
  key('f');
  await waitUntil(() => status() === 'Favori : Nora Solveig.');
  key('h');
  await soon('Trio Alouette');
  key('x');
  await waitUntil(() => done.length === 5);
  assert.deepEqual(done, [{ verdict: 'pass' }, { verdict: null }, { verdict: 'like' }, { favourite: true }, { hidden: true }]);
});

it('a finger that moves a card far enough chooses, and not before (MA-11)', async () => {
  const { find, card } = await mount(discoverServer());
  const move = (by: number): void => {
    const article = find('article.large');
    article.setPointerCapture = () => undefined;
    article.hasPointerCapture = () => true;
    for (const [type, x] of [['pointerdown', 200], ['pointermove', 200 + by], ['pointerup', 200 + by]] as const) article.dispatchEvent(new PointerEvent(type, { pointerId: 1, pointerType: 'touch', clientX: x, bubbles: true }));
  };
  move(-40);
  assert.equal(find('article.large').style.transform, '');
  assert.include(card(), 'Les Vagues Lentes');
  move(-120);
  await waitUntil(() => card().includes('Nora Solveig'));
});

it('a choice that the server refuses is taken back, said, and can be done again (MA-11)', async () => {
  let refuses = true;
  const { root, key, card, find } = await mount(discoverServer(found(), {
    choose: (input) => { if (refuses) throw refusal('rate_limited'); return { orgId: input.orgId, verdict: input.verdict, favourite: false, hidden: false, superLikes: 3, match: null }; },
  }));
  key('p');
  await waitUntil(() => root.querySelector('.said [role=alert]'));
  assert.include(card(), 'Les Vagues Lentes');
  assert.include(plain(find('.said [role=alert]')), 'Ce choix n’a pas été enregistré (Les Vagues Lentes).');
  refuses = false;
  find('.said [role=alert] button').click();
  await waitUntil(() => card().includes('Nora Solveig'));
  await waitUntil(() => !root.querySelector('.said [role=alert]'));
  const refused = await mount(discoverServer(found(), refusing('super_likes_spent')));
  refused.key('f');
  await waitUntil(() => refused.root.querySelector('.said [role=alert]'));
  assert.equal(refused.labelled('Favori').ariaPressed, 'false');
});

it('a super like asks for a message and says how many are left; none left leads to the plans (MA-11)', async () => {
  const sent: unknown[] = [];
  const { root, key, find, card } = await mount(discoverServer(found(), {
    choose: (input) => { sent.push([input.verdict, input.message]); return { orgId: input.orgId, verdict: input.verdict, favourite: false, hidden: false, superLikes: 2, match: null }; },
  }));
  key('ArrowUp');
  await waitUntil(() => root.querySelector<HTMLDialogElement>('#super')?.open);
  assert.include(plain(find('#super')), 'Il vous reste 3 Super Likes.');
  assert.equal(find('#super textarea').maxLength, 1_000);
  find('#super textarea').value = ' Venez jouer en juin. ';
  find('#super form').requestSubmit();
  await waitUntil(() => card().includes('Nora'));
  assert.deepEqual(sent, [['super_like', 'Venez jouer en juin.']]);
  key('s');
  await waitUntil(() => root.querySelector<HTMLDialogElement>('#super')?.open);
  assert.include(plain(find('#super')), 'Il vous reste 2 Super Likes.');
  const none = await mount(discoverServer(found(), { matches: () => ({ matches: [], superLikes: 0 }) }));
  none.key('s');
  await waitUntil(() => none.root.querySelector('#super a'));
  assert.isNull(none.root.querySelector('#super textarea'));
});

it('a like that is mutual says so, how long is left, and where to write (MA-11)', async () => {
  const { root, key, find } = await mount(discoverServer(found({ found: [...artists].slice(1) })));
  key('ArrowRight');
  await waitUntil(() => root.querySelector<HTMLDialogElement>('#match')?.open);
  assert.include(plain(find('#match')), 'Nora Solveig vous aime aussi');
  assert.include(plain(find('#match')), 'Il reste 30 jours');
  assert.match(find('#match a').href, /\/matches\?id=mat_/);
});

it('filters go into the address at once, and the way back brings them back (MA-10, MA-12)', async () => {
  const inputs: Filters[] = [];
  const { root, find, labelled, element } = await mount(discoverServer(({ filters }) => { inputs.push(filters); return found(); }), { view: 'list', search: '?tab=x&genre=jazz&outdoor=1' });
  assert.deepEqual(inputs.at(-1), { ...noFilters, genres: ['jazz'], outdoor: true });
  find('.filters-open').click();
  await waitUntil(() => root.querySelector<HTMLDialogElement>('#filters')?.open);
  const set = (name: string, value: string): void => {
    const control = find(`#filters [name=${name}]`);
    control.value = value;
    control.dispatchEvent(new Event('change', { bubbles: true }));
  };
  set('feeMax', '2000');
  await element.updateComplete;
  set('from', '2027-03-05');
  await element.updateComplete;
  find('#filters [name=weekdays][value="6"]').click();
  await element.updateComplete;
  set('answerHoursMax', '24');
  await waitUntil(() => inputs.at(-1)?.answerHoursMax === 24);
  assert.deepEqual(inputs.at(-1), { ...noFilters, genres: ['jazz'], outdoor: true, fee: { min: null, max: 200_000, currency: 'EUR' }, days: { from: '2027-03-05', until: '2027-03-05', weekdays: [6] }, answerHoursMax: 24 });
  assert.include(location.search, 'tab=x');
  assert.deepEqual(queryOf(location.search).filters, inputs.at(-1)!);
  history.back();
  await waitUntil(() => inputs.at(-1)?.answerHoursMax === 0);
  assert.equal(inputs.at(-1)?.days?.weekdays.join(), '6');
  find('#filters').close();
  await waitUntil(() => !root.querySelector('#filters'));
  labelled('Retirer le filtre En plein air').click();
  await waitUntil(() => inputs.at(-1)?.outdoor === false);
  assert.notInclude(location.search, 'outdoor');
  await waitUntil(() => root.activeElement === root.querySelector('.filters-open'));
});

it('a place and a style are proposed as they are typed, and searched by (MA-10)', async () => {
  const inputs: Filters[] = [];
  const { root, find, labelled } = await mount(discoverServer(({ filters }) => { inputs.push(filters); return found(); }), { view: 'list' });
  find('.filters-open').click();
  await waitUntil(() => root.querySelector('#near'));
  const type = (selector: string, value: string): void => { const input = find(selector); input.value = value; input.dispatchEvent(new InputEvent('input', { bubbles: true })); };
  type('#near', 'lyo');
  await waitUntil(() => root.querySelector('[role=option]'));
  find('[role=option]').dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
  await waitUntil(() => inputs.at(-1)?.near?.insee === '69123');
  assert.deepEqual(inputs.at(-1)?.near, { name: 'Lyon', insee: '69123', lat: 45.76, lng: 4.84, km: 50 });
  type('#genre', 'ja');
  await waitUntil(() => root.querySelector('datalist option'));
  find('#genre').value = 'Jazz';
  labelled('Ajouter un style').click();
  await waitUntil(() => inputs.at(-1)?.genres.join() === 'jazz');
  await waitUntil(() => root.querySelector('.toolbar + .chips'));
  assert.include(plain(find('.toolbar + .chips')), 'jazz×Lyon, 50 km');
});

it('a search in one’s own words becomes chips; what was understood is marked, and what was not is said (MA-15, AI-08)', async () => {
  const texts: unknown[] = [];
  const { root, find, element } = await mount(discoverServer(found(), { ask: (input) => { texts.push(input); return asked; } }), { view: 'list' });
  const ask = (text: string): void => { find('#text').value = text; find('.ask form').requestSubmit(); };
  ask(askedText);
  await waitUntil(() => root.querySelector('mark'));
  assert.deepEqual(texts, [{ text: askedText, locale: 'fr' }]);
  assert.deepEqual([...root.querySelectorAll('mark')].map(plain), asked.parts.map(({ text }) => text));
  assert.equal(plain(find('.read .words')), askedText);
  assert.include(plain(find('.read')), 'Non compris : un peu barré.');
  await element.updateComplete;
  assert.deepEqual(queryOf(location.search).filters, asked.filters);
  assert.lengthOf(root.querySelectorAll('.toolbar + .chips li'), 6);
  const nothing = await mount(discoverServer(found(), { ask: () => ({ filters: noFilters, seen: null, parts: [], unknown: ['blabla'] }) }), { view: 'list', search: '?genre=jazz' });
  nothing.find('#text').value = 'blabla';
  nothing.find('.ask form').requestSubmit();
  await waitUntil(() => nothing.text().includes('Rien n’a été compris'));
  assert.include(location.search, 'genre=jazz');
});

it('a search is kept, told of or not, opened again and deleted once one is sure (MA-10)', async () => {
  let all = [kept('Jazz près de Lyon', asked.filters)];
  const acts: unknown[] = [];
  const { root, find, labelled, status } = await mount(discoverServer(found(), {
    searches: () => all,
    createSearch: (input) => { acts.push(input); const made = kept(input.name, input.filters); all = [...all, made]; return made; },
    editSearch: (input) => { acts.push(input); return all[0]!; },
    deleteSearch: (input) => { acts.push(input); all = all.filter(({ id }) => id !== input.id); return input; },
  }), { view: 'list', search: '?outdoor=1' });
  await waitUntil(() => root.querySelector('.searches li'));
  assert.include(plain(find('.searches li')), 'jazz · Lyon, 50 km · cachet jusqu’à 2 000 € · 3 sur scène');
  find('.keep input').value = 'Dehors';
  find('.keep').requestSubmit();
  await waitUntil(() => root.querySelectorAll('.searches li').length === 2);
  assert.equal(status(), 'Recherche gardée : Dehors.');
  find('.searches li input').click();
  await waitUntil(() => acts.length === 2);
  await waitUntil(() => !find('.searches li input').disabled);
  labelled('Retirer Dehors').click();
  await waitUntil(() => root.querySelector('.searches .danger'));
  find('.searches .danger').click();
  await waitUntil(() => root.querySelectorAll('.searches li').length === 1);
  assert.deepEqual(acts, [{ name: 'Dehors', seen: 'artist', filters: { ...noFilters, outdoor: true }, sort: 'score', alert: true }, { id: kept('Jazz près de Lyon').id, alert: false }, { id: 'srh_dehors' }]);
  find('.searches li a').click();
  await waitUntil(() => root.querySelector('.toolbar + .chips')?.textContent.includes('Lyon'));
  assert.deepEqual(queryOf(location.search).filters, asked.filters);
});

it('nobody found says which filter to loosen, and how many could not be (MA-10)', async () => {
  const inputs: Filters[] = [];
  const { root, text } = await mount(discoverServer(({ filters }) => { inputs.push(filters); return filters.days ? found({ found: [], met: 15, eligible: 0, blocked: { no_common_day: 12, fee_out_of_reach: 3 } }) : found(); }), { view: 'list', search: addressOf({ ...noQuery, filters: { ...noFilters, genres: ['jazz'], days: { from: '2027-03-05', until: '2027-03-06', weekdays: [] }, fee: { min: null, max: 10_000, currency: 'EUR' } } }) });
  assert.include(text(), 'Écartés : 12 indisponibles ces jours-ci et 3 hors budget.');
  const ways = [...root.querySelectorAll<HTMLButtonElement>('.empty button')];
  assert.deepEqual(ways.map(plain), ['retirer « du ven. 5 mars au sam. 6 mars 2027 »', 'retirer « cachet jusqu’à 100 € »', 'retirer « jazz »']);
  ways[0]!.click();
  await waitUntil(() => root.querySelector('.list'));
  const near = await mount(discoverServer(found({ found: [], met: 0, eligible: 0, blocked: {} })), { search: '?near=Lyon&insee=69123&lat=45.76&lng=4.84&km=50' });
  assert.include(near.text(), 'chercher jusqu’à 100 km');
  const yet = await mount(discoverServer(found({ found: [], met: 0, eligible: 0, blocked: {} })));
  assert.include(yet.text(), 'Il n’y a encore personne à proposer.');
});

it('whoever is not proposed to others reads what is missing and where to fill it in; the find of the day can be declined (MA-05)', async () => {
  const wishes: unknown[] = [];
  const { root, find, labelled, text } = await mount(discoverServer(found({ seeker: { ...found().seeker, completePercent: 64, missing: ['capacity', 'genres'] } }), { exceptional: () => exceptional, setWishes: (input) => { wishes.push(input); return input; } }), { view: 'grid' });
  assert.include(text(), 'complet à 64 %');
  assert.include(text(), 'Il manque : la jauge et les styles.');
  assert.equal(find('.notice a').getAttribute('href'), '/sheet');
  await waitUntil(() => root.querySelector('.exceptional'));
  assert.include(plain(find('.exceptional')), 'Ondes Hautes obtient 97 sur 100 avec vous. En premier : Jauge.');
  labelled('Ne plus en recevoir').click();
  await waitUntil(() => text().includes('Vous ne recevrez plus'));
  assert.deepEqual(wishes, [{ exceptional: false, mails: true }]);
});

it('what was found stays while it is sought anew, and a server that is down can be asked again; offline is said (MA-10)', async () => {
  let down = true;
  const { root, text, find } = await mount(discoverServer(() => { if (down) throw refusal('not_found'); return found(); }));
  assert.include(plain(find('[role=alert]')), 'n’existe');
  down = false;
  const up = await mount(discoverServer(() => { if (down) throw new Error('down'); return found({ seen: 'place', found: [place('Le Bateau Ivre', 84)] }); }), { view: 'list' });
  down = true;
  up.find('[name=sort]').value = 'distance';
  up.find('[name=sort]').dispatchEvent(new Event('change'));
  await waitUntil(() => up.root.querySelector('[part=problem]'));
  assert.include(up.text(), 'Le Bateau Ivre');
  assert.include(up.text(), 'théâtre');
  assert.include(up.text(), 'vient de la recherche d’avant');
  window.dispatchEvent(new Event('offline'));
  assert.isNotEmpty(text());
  assert.isNotNull(root);
});

it('a booker without an artist is told how one gives a mandate, and is not asked to try again (MA-10)', async () => {
  const { root, text } = await mount(discoverServer(() => { throw refusal('seeker_sideless'); }));
  await waitUntil(() => root.querySelector('h1'));
  assert.include(text(), 'Le mandat se donne depuis l’organisation de l’artiste');
  assert.deepEqual([...root.querySelectorAll('button, input')].map(plain), []);
});

it('whoever is in the same town is not 0 km away', async () => {
  const { text } = await mount(discoverServer(found({ found: [artist('Les Voisins', 84, { km: 0.2 })] })), { view: 'list' });
  assert.include(text(), 'à moins de 1 km');
});

it('those who were passed are seen again when that is asked, and only then (MA-10, MA-11)', async () => {
  const passed = artist('Trio Alouette', 74, { choice: { verdict: 'pass', favourite: false, hidden: false } });
  const { labelled, text, card } = await mount(discoverServer(({ all }) => found({ found: all ? [passed] : [] , eligible: 1, met: 1, blocked: {} })), { search: '?genre=jazz' });
  assert.include(text(), 'Aucune proposition');
  const again = await mount(discoverServer(found({ found: [passed] })), {});
  assert.include(again.text(), 'Vous avez tout vu');
  again.labelled('Avec ceux que vous avez passés ou masqués').click();
  await waitUntil(() => again.card().includes('Trio Alouette'));
  assert.equal(location.search, '?all=1');
  assert.isUndefined(labelled('Trio Alouette'));
  assert.equal(card(), '');
});
