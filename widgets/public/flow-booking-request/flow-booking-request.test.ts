import { assert, oneEvent, waitUntil } from '@open-wc/testing';
import { refusal } from '../../core/fake-api.ts';
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
  assert.equal(form.root.activeElement?.id, 'occasion');
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
