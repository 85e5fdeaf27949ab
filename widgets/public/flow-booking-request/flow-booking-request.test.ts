import { assert, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import { refusal } from '../../core/fake-api.ts';
import { makeSite, pageSettings } from '../../core/site.ts';
import { openForm, receipt, wholly } from './flow-booking-request.harness.ts';

afterEach(() => { sessionStorage.clear(); });
const away = (): Promise<never> => Promise.reject(new TypeError('Failed to fetch'));

it('a request is sent once it is whole, and the page hears of it (EM-01, CL-09)', async () => {
  const form = await openForm();
  await form.type(wholly);
  setTimeout(() => { void form.send(); });
  const heard = await oneEvent(document, 'flow-request-sent');
  assert.deepEqual(heard.detail, { reference: 'DEM-7', artist: 'les-vagues-lentes', day: '2027-06-14' });
  await form.until('Référence DEM-7');
  await form.until('arrivera à zoe@example.org');
  assert.isBelow(form.widget.offsetHeight, 500, 'the room of the questions is given back');
  const [request] = form.sent;
  assert.deepInclude(request, { artist: 'les-vagues-lentes', asker: 'private', occasion: 'Mariage', showDay: '2027-06-14', budget: { minor: 120_050, currency: 'EUR' }, organisation: '', website: '', locale: 'fr' });
  assert.match(request!.key, /^[\w-]{16,64}$/);
  assert.equal(sessionStorage.length, 0);
});

it('the place is the partner’s own unless the visitor says otherwise', async () => {
  const form = await openForm();
  await waitUntil(() => form.field('place').value === 'Théâtre');
  await form.type(wholly);
  await form.send();
  assert.deepInclude(form.sent[0], { place: 'Théâtre', city: 'Besançon', insee: '25056' });
});

it('a place that comes while somebody types is still filled in, and does not say who asks', async () => {
  let arrive: (value?: unknown) => void = () => undefined;
  const form = await openForm({ kind: 'municipality', after: new Promise((resolve) => { arrive = resolve; }) });
  await form.type({ occasion: 'Mariage' });
  arrive();
  await waitUntil(() => form.field('place').value === 'Théâtre');
  assert.equal(form.root.querySelector<HTMLInputElement>('[name=asker]:checked')?.value, 'private');
});

it('what is missing is said in words, at its place, and the keyboard is led to the first', async () => {
  const form = await openForm();
  await form.send();
  assert.lengthOf(form.sent, 0);
  await form.until('5 réponses sont à corriger.');
  assert.equal(form.root.activeElement?.id, 'showDay');
  assert.equal(form.field('email').getAttribute('aria-invalid'), 'true');
  assert.include(form.root.querySelector(`#${form.field('email').getAttribute('aria-describedby')!.split(' ')[1]!}`)!.textContent, 'nom@exemple.fr');
  await form.type({ ...wholly, budget: 'beaucoup' });
  await form.until('Un nombre, de 0 à 1 000 000.');
  await form.type({ budget: '1200' });
  assert.isNull(form.root.querySelector('.fault'));
});

it('who asks decides the questions: a commune names itself and hears how it pays', async () => {
  const form = await openForm({ kind: 'municipality' });
  await form.until('Sur devis et bon de commande');
  await form.type({ ...wholly, organisation: 'Mairie d’Exemple' });
  await form.send();
  assert.deepInclude(form.sent[0], { asker: 'commune', organisation: 'Mairie d’Exemple' });
});

it('a campsite asks for a season, from a day until a later one (EM-01)', async () => {
  const form = await openForm({ season: true, kind: 'camping' });
  assert.isNull(form.root.querySelector('[name=asker]'));
  await form.type({ ...wholly, organisation: 'L’Anse', seasonUntil: '2027-06-01', shows: '12' });
  await form.send();
  await form.until('Une date après la première.');
  await form.type({ seasonUntil: '2027-08-31' });
  await form.send();
  assert.deepInclude(form.sent[0], { asker: 'camping', seasonUntil: '2027-08-31', shows: 12 });
});

it('a day chosen elsewhere on the page is taken up, for the same artist alone', async () => {
  const form = await openForm();
  const choose = (artist: string, day: string) => { document.dispatchEvent(new CustomEvent('flow-date-selected', { detail: { artist, day } })); };
  choose('nora-solveig', '2027-07-01');
  choose('les-vagues-lentes', '2027-06-20');
  await waitUntil(() => form.field('showDay').value === '2027-06-20');
  await form.until('Déjà pris ce jour-là.');
});

it('a commune is found as it is typed, by keyboard; one of Switzerland pays in francs', async () => {
  const form = await openForm();
  form.field('city').focus();
  await waitUntil(() => form.field('city').getAttribute('role') === 'combobox');
  await form.type({ ...wholly, city: 'Anne' });
  await form.until('2 communes trouvées');
  const key = async (name: string) => {
    form.field('city').dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
    await form.widget.updateComplete;
  };
  await key('ArrowDown');
  await key('ArrowDown');
  assert.equal(form.root.querySelector(`#${form.field('city').getAttribute('aria-activedescendant')!}`)!.textContent.replaceAll(/\s+/g, ' '), 'Annemasse-Genève1200 CH');
  await key('Enter');
  assert.equal(form.field('city').value, 'Annemasse-Genève');
  assert.equal(form.field('place').value, '', 'the partner’s place does not follow to another town');
  await form.send();
  assert.deepInclude(form.sent[0], { city: 'Annemasse-Genève', place: '', budget: { minor: 120_050, currency: 'CHF' } });
});

it('a request typed while the server is away is kept, and sent again by itself, as the same one', async () => {
  let there = false;
  const form = await openForm({ take: () => (there ? receipt : away()) });
  await form.type(wholly);
  setTimeout(() => { void form.send(); });
  await oneEvent(document, 'flow-request-kept');
  await form.until('Votre demande est gardée');
  assert.include(sessionStorage.getItem('flow-draft:les-vagues-lentes')!, '"waiting":true');
  there = true;
  window.dispatchEvent(new Event('online'));
  await form.until('Demande envoyée');
  assert.lengthOf(new Set(form.sent.map(({ key }) => key)), 1);
  assert.isAtLeast(form.sent.length, 2);
  assert.equal(sessionStorage.length, 0);
});

it('a kept request outlives a reload of the page', async () => {
  const before = await openForm({ take: away });
  await before.type(wholly);
  await before.send();
  await before.until('Votre demande est gardée');
  before.widget.remove();
  const after = await openForm();
  await after.until('Demande envoyée');
  assert.equal(after.sent[0]?.key, before.sent[0]?.key);
  assert.equal(after.sent[0]?.occasion, 'Mariage');
});

it('a kept request can be changed before it goes', async () => {
  const form = await openForm({ take: away });
  await form.type(wholly);
  await form.send();
  await form.until('Votre demande est gardée');
  form.press('Modifier');
  await waitUntil(() => form.root.querySelector('form'));
  assert.equal(form.field('occasion').value, 'Mariage');
});

it('what was typed is there again after a reload, unless the page forbids it', async () => {
  const first = await openForm();
  await first.type({ occasion: 'Fête de quartier' });
  first.widget.remove();
  const second = await openForm();
  assert.equal(second.field('occasion').value, 'Fête de quartier');
  second.widget.remove();
  sessionStorage.clear();
  const silent = await openForm({ noDraft: true });
  await silent.type({ occasion: 'Fête de quartier' });
  assert.equal(sessionStorage.length, 0);
  silent.widget.remove();
});

it('a field that the server refuses is named, and nothing typed is lost', async () => {
  const form = await openForm({ take: () => Promise.reject(refusal('input_invalid', { field: 'email' })) });
  await form.type(wholly);
  await form.send();
  await waitUntil(() => form.root.querySelector('#email-fault'));
  assert.equal(form.root.activeElement?.id, 'email');
  assert.equal(form.field('occasion').value, 'Mariage');
});

it('a day that was taken meanwhile is said at the day; another refusal beside the button', async () => {
  let reason = 'date_taken';
  const form = await openForm({ take: () => Promise.reject(refusal(reason)) });
  await form.type(wholly);
  await form.send();
  await waitUntil(() => form.root.querySelector('#showDay-fault'));
  reason = 'rate_limited';
  await form.type({ showDay: '2027-06-15' });
  await form.send();
  await form.until('Réessayez dans une minute.');
  assert.isFalse(form.root.querySelector<HTMLButtonElement>('[type=submit]')!.disabled);
});

it('what only machines fill is sent as they filled it', async () => {
  const form = await openForm();
  assert.equal(form.field('website').closest('[aria-hidden=true]')!.getBoundingClientRect().width, 1);
  form.field('website').value = 'https://spam.example';
  await form.type(wholly);
  await form.send();
  assert.equal(form.sent[0]?.website, 'https://spam.example');
});

it('two presses send one request', async () => {
  const form = await openForm({ take: () => new Promise((resolve) => { setTimeout(resolve, 50, receipt); }) });
  await form.type(wholly);
  form.root.querySelector('form')!.requestSubmit();
  form.root.querySelector('form')!.requestSubmit();
  await form.until('Demande envoyée');
  assert.lengthOf(form.sent, 1);
});

it('three calm steps: each says how far one is, the keyboard is led to its heading, and going back loses nothing (EM-01)', async () => {
  const form = await openForm({ steps: '' });
  const heading = () => form.root.querySelector('h3')!.textContent.replaceAll(/\s+/g, ' ').trim();
  assert.equal(heading(), 'Étape 1 sur 3 Quand et où');
  form.press('Continuer');
  await form.until('Une date à venir.');
  assert.equal(form.root.activeElement?.id, 'showDay', 'only this step is looked at');
  await form.type({ showDay: '2027-06-14' });
  form.press('Continuer');
  await form.until('Étape 2 sur 3');
  assert.equal(heading(), 'Étape 2 sur 3 La soirée');
  assert.equal(form.root.activeElement?.localName, 'h3');
  await form.type({ occasion: 'Mariage', budget: '1200' });
  form.press('Retour');
  await form.until('Étape 1 sur 3');
  assert.equal(form.field('showDay').value, '2027-06-14');
  form.press('Continuer');
  await form.until('Étape 2 sur 3');
  assert.equal(form.field('occasion').value, 'Mariage');
  form.press('Continuer');
  await form.until('Étape 3 sur 3');
  await form.type({ contactName: 'Zoé Martin', email: 'zoe@example.org' });
  form.press('Envoyer la demande');
  await form.until('Demande envoyée');
  assert.deepInclude(form.sent[0], { showDay: '2027-06-14', occasion: 'Mariage', contactName: 'Zoé Martin' });
});

it('a reload comes back to the step one was at', async () => {
  const before = await openForm({ steps: '' });
  await before.type({ showDay: '2027-06-14' });
  before.press('Continuer');
  await before.until('Étape 2 sur 3');
  await before.type({ occasion: 'Mariage' });
  before.widget.remove();
  const after = await openForm({ steps: '' });
  await after.until('Étape 2 sur 3');
  assert.equal(after.field('occasion').value, 'Mariage');
});

it('a refusal of an answer given before leads back to its step', async () => {
  const form = await openForm({ steps: '', take: () => Promise.reject(refusal('date_taken')) });
  await form.type({ showDay: '2027-06-14' });
  form.press('Continuer');
  await form.until('Étape 2 sur 3');
  await form.type({ occasion: 'Mariage', budget: '1200' });
  form.press('Continuer');
  await form.until('Étape 3 sur 3');
  await form.type({ contactName: 'Zoé', email: 'zoe@example.org' });
  form.press('Envoyer la demande');
  await form.until('Étape 1 sur 3');
  await waitUntil(() => form.root.activeElement?.id === 'showDay');
});

it('what the page knows is filled in until the visitor types', async () => {
  const form = await openForm({ known: { budget: '900', name: 'Zoé Martin', email: 'zoe@example.org', occasion: 'Bal' } });
  assert.deepEqual(['budget', 'contactName', 'email', 'occasion'].map((name) => form.field(name).value), ['900', 'Zoé Martin', 'zoe@example.org', 'Bal']);
  form.widget.budget = '950';
  await waitUntil(() => form.field('budget').value === '950');
  await form.type({ occasion: 'Mariage' });
  form.widget.occasion = 'Concert';
  await form.widget.updateComplete;
  assert.equal(form.field('occasion').value, 'Mariage');
});

it('what is usual is said with how much it is made of, and nothing where there is too little', async () => {
  const usual = { low: { minor: 95_000, currency: 'EUR' as const }, high: { minor: 135_000, currency: 'EUR' as const }, deals: 23, artists: 9, months: 24 };
  const form = await openForm({ usual });
  await form.until('D’ordinaire de 950 EUR à 1 350 EUR par représentation, hors taxes : la moitié centrale de 23 accords de 9 artistes comparables, sur 24 mois.');
  form.widget.remove();
  sessionStorage.clear();
  assert.isNull((await openForm()).root.querySelector('.usual'));
});

it('the work that keeps robots out is done while somebody types, and goes with the request', async () => {
  const challenge: NonNullable<Parameters<typeof openForm>[0]>['challenge'] = () => ({ parameters: { algorithm: 'PBKDF2/SHA-256', nonce: '00', salt: '00', cost: 10, keyLength: 32, keyPrefix: '0' }, signature: 'signed' });
  const form = await openForm({ challenge });
  await form.type(wholly);
  await form.send();
  await form.until('Demande envoyée');
  const { challenge: asked, solution } = JSON.parse(atob(form.sent[0]!.proof!)) as { challenge: { signature: string }; solution: { derivedKey: string } };
  assert.equal(asked.signature, 'signed');
  assert.match(solution.derivedKey, /^0[0-9a-f]{63}$/);
});

it('a request goes without the work where nobody hands it out, and does it anew when the server does not take it', async () => {
  const without = await openForm({ challenge: away });
  await without.type(wholly);
  await without.send();
  await without.until('Demande envoyée');
  assert.equal(without.sent[0]?.proof, '');
  without.widget.remove();
  let asked = 0;
  const anew = await openForm({ challenge: () => { asked += 1; return null; }, take: () => (asked < 2 ? Promise.reject(refusal('proof_invalid')) : receipt) });
  await anew.type(wholly);
  await anew.send();
  await anew.until('Demande envoyée');
  assert.lengthOf(anew.sent, 2);
});

it('a public body says that it is one, and hears how it pays', async () => {
  const form = await openForm({ asker: 'venue' });
  await form.type({ ...wholly, organisation: 'Régie des Trois-Sources' });
  form.field('publicBody').click();
  await form.until('Sur devis et bon de commande');
  await form.send();
  assert.deepInclude(form.sent[0], { asker: 'venue', organisation: 'Régie des Trois-Sources', publicBody: true });
});

it('a receipt leads to where the request can be followed: on our page, where this one has nothing', async () => {
  const form = await openForm();
  await form.type(wholly);
  await form.send();
  await form.until('Suivre la demande');
  assert.include(form.root.querySelector<HTMLAnchorElement>('a.button')!.href, '/e/flow-contract-status?');
  assert.include(form.root.querySelector<HTMLAnchorElement>('a.button')!.href, 'reference=DEM-7');
});

it('a day that is none is as if it had not been said, by an attribute, an event or the keyboard (EM-01)', async () => {
  const form = await openForm({ known: { occasion: 'Mariage' } });
  form.widget.setAttribute('day', 'garbage');
  await form.widget.updateComplete;
  assert.equal(form.widget.answers.showDay, '');
  form.widget.setAttribute('day', '2027-06-15');
  await form.widget.updateComplete;
  assert.equal(form.field('showDay').value, '2027-06-15');
  form.widget.removeAttribute('day');
  await form.widget.updateComplete;
  document.dispatchEvent(new CustomEvent('flow-date-selected', { detail: { artist: 'les-vagues-lentes', day: '2027-02-31' } }));
  await form.widget.updateComplete;
  for (const showDay of ['12027-06-14', '9999-12-31']) {
    form.widget.answer({ showDay });
    await form.widget.updateComplete;
    await new Promise((resolve) => { setTimeout(resolve, 30); });
    assert.isOk(form.root.querySelector('form'), showDay);
  }
});

it('nothing is asked of nobody: the form comes with the name of the artist (EM-01)', async () => {
  const form = await openForm();
  form.widget.artist = '';
  await form.widget.updateComplete;
  assert.isNull(form.root.querySelector('form'));
  assert.isOk(form.root.querySelector('.bone'));
  form.widget.artist = 'les-vagues-lentes';
  await form.widget.updateComplete;
  assert.isOk(form.root.querySelector('form'));
});

it('a sign that our papers cannot print is said at its field, before it is sent and when the server says so (CL-09)', async () => {
  const form = await openForm();
  await form.type({ ...wholly, occasion: 'Mariage 🎉' });
  await form.send();
  assert.lengthOf(form.sent, 0);
  assert.match(form.root.querySelector('#occasion-fault')!.textContent, /imprimer.+Retirez-le/);
  const refused = await openForm({ take: () => Promise.reject(refusal('text_unprintable', { field: 'place' })) });
  await refused.type(wholly);
  await refused.send();
  await refused.until('Retirez-le');
  assert.match(refused.root.querySelector('#place-fault')!.textContent, /imprimer/);
});

it('large text stays within its column, word beside word, in every language (NF-13)', async () => {
  const form = await openForm();
  for (const locale of ['fr', 'nl', 'de', 'en'] as const) {
    form.widget.site = await makeSite({ ...pageSettings(), lang: locale });
    for (const [width, size] of [[640, 32], [320, 24], [320, 32], [700, 24]] as const) {
      Object.assign(form.widget.style, { width: `${width}px`, fontSize: `${size}px` });
      form.widget.requestUpdate();
      await form.widget.updateComplete;
      const edge = form.widget.getBoundingClientRect().right + 1;
      for (const one of form.root.querySelectorAll('.flow *:not(.sr, .sr *)')) {
        assert.isAtMost(one.getBoundingClientRect().right, edge, `${one.localName}.${one.className} at ${width} px and ${size} px in ${locale}`);
        if (one.matches('.askers label')) assert.isAtMost(one.scrollWidth, one.clientWidth, `${one.textContent.trim()} at ${width} px and ${size} px in ${locale}`);
      }
    }
  }
});
