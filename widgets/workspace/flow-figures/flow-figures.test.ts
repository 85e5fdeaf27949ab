import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { figuresServer, recent, stage, sums, year } from './flow-figures.fixture.ts';
import type { FlowFigures } from './flow-figures.ts';

async function mount(api: Api) {
  await define('flow-figures');
  const element = await fixture<FlowFigures>(html`<flow-figures .api=${api}></flow-figures>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('dl, .notice'));
  const plain = (node: Element) => node.textContent.replaceAll(/\s+/g, ' ').trim();
  return { element, root, text: () => root.textContent.replaceAll(/\s+/g, ' '), rows: (selector: string) => [...root.querySelectorAll(`${selector} tbody tr`)].map(plain), figures: () => [...root.querySelectorAll('.totals > div')].map(plain) };
}

it('an artist that pays reads a year: figures beside the year before, months drawn and in a table, and what is wanted (BI-05, AN-05, AN-06)', async () => {
  const { root, rows, figures, text } = await mount(figuresServer());
  assert.deepEqual(figures(), [
    'Demandes43un an avant : 31', 'Répondues28sur 43un an avant : 20', 'Contrats signés14sur 43un an avant : 10', 'Demandes devenues contrats32,55 %sur 43un an avant : 32,25 %',
    'Première réponse, médiane18 h 50sur 28un an avant : 18 h 50', 'De la demande au concert, médiane96 jourssur 43un an avant : 96 jours', 'Cachets convenus, hors taxe16 800 €sur 14 · médiane 1 200 €un an avant : 12 000 €',
  ]);
  assert.lengthOf(root.querySelectorAll('figure rect.requests'), 12);
  assert.include(root.querySelector('figure svg')!.getAttribute('aria-label'), 'avril 2026');
  const months = rows('.wide');
  assert.lengthOf(months, 12);
  assert.include(months[0], 'mars 2027');
  assert.include(months[6], 'septembre 2026 9un an avant : 8');
  assert.include(text(), 'samedi19');
  assert.include(text(), 'moins de 50 km188');
  assert.include(text(), 'Une salle, un festival219');
  assert.notInclude(text(), 'La saison qui vient');
  // One artist alone is no list of artists.
  assert.notInclude(text(), 'Artistes');
});

it('the free plan shows thirty days, what more a paid one shows, and the way there; no share is claimed of three (BI-05, BI-06)', async () => {
  const { root, figures, text } = await mount(figuresServer(recent()));
  assert.include(figures()[0], 'Demandes3');
  assert.include(figures()[3], '–sur 3');
  assert.include(text(), 'Au-dessous de 5, ni part ni médiane');
  assert.include(text(), 'Ce que les formules payantes montrent');
  assert.equal(root.querySelector('.more a')!.getAttribute('href'), '/plan');
  assert.isNull(root.querySelector('select'));
  assert.isNull(root.querySelector('figure'));
  const venue = await mount(figuresServer(recent({ side: 'buyer', kind: 'venue', plan: 'venue_premium' })));
  assert.include(venue.text(), 'votre saison qui vient');
  const nobody = await mount(figuresServer(recent({ side: 'buyer', kind: 'person', plan: null })));
  assert.notInclude(nobody.text(), 'formules payantes');
});

it('whoever puts shows on reads the season to come, and which requests were its own (BI-06)', async () => {
  const { rows, text, figures } = await mount(figuresServer(stage));
  assert.include(figures()[0], 'dont 9 de vous');
  assert.include(figures()[1], 'sur 9');
  const season = rows('[aria-labelledby=season]');
  assert.lengthOf(season, 12);
  assert.match(season[1]!, /^avril 2027 ?112981 100 €1 300 €$/);
  assert.include(text(), 'Nora Solveig134');
});

it('the time is chosen, and both tables are saved as files (AN-06, BI-06)', async () => {
  const asked: unknown[] = [];
  const file = { name: 'a.csv', mime: 'text/csv', base64: btoa('a') };
  const server = figuresServer(stage, { figuresFile: (input) => { asked.push(input); return file; }, seasonFile: (input) => { asked.push(input); return file; } });
  const { root } = await mount(server);
  const select = root.querySelector('select')!;
  select.value = '24';
  select.dispatchEvent(new Event('change'));
  await waitUntil(() => root.querySelector('[aria-labelledby=months] button'));
  root.querySelector<HTMLButtonElement>('[aria-labelledby=months] button')!.click();
  await waitUntil(() => asked.length === 1 && !root.querySelector('button:disabled'));
  root.querySelector<HTMLButtonElement>('[aria-labelledby=season] button')!.click();
  await waitUntil(() => asked.length === 2);
  assert.deepEqual(asked, [{ months: 24, locale: 'fr' }, { locale: 'fr' }]);
  select.value = '0';
  select.dispatchEvent(new Event('change'));
  await waitUntil(() => !root.querySelector('.wide') && root.querySelector('dl'));
  assert.include(root.querySelector('.totals')!.textContent, '6');
});

it('a year without a request says so, and draws nothing (AN-06)', async () => {
  const none = { ...year, all: sums(0), before: sums(0), months: year.months.map((one) => ({ ...one, ...sums(0), before: sums(0) })), wanted: { weekdays: [], months: [], askers: [], artists: [], towns: [], distances: [], pages: [] } };
  const { root, text } = await mount(figuresServer(none));
  assert.include(text(), 'Aucune demande pendant cette période');
  assert.isNull(root.querySelector('figure'));
});

it('what may not be read is said (AN-06)', async () => {
  assert.include((await mount(figuresServer(() => Promise.reject(refusal('plan_needed'))))).text(), 'formule payante');
});

it('on a phone nothing stands out sideways (NF-13)', async () => {
  await define('flow-figures');
  const box = await fixture<HTMLElement>(html`<div .style=${'width:343px'}><flow-figures .api=${figuresServer(stage)}></flow-figures></div>`);
  const { shadowRoot } = box.querySelector('flow-figures')!;
  await waitUntil(() => shadowRoot!.querySelector('[aria-labelledby=season]'));
  const wide = [...shadowRoot!.querySelectorAll('section, table, td, th, dd')].filter((one) => one.getBoundingClientRect().right > box.getBoundingClientRect().right + 1 && !one.closest('thead'));
  assert.deepEqual(wide.map((one) => one.outerHTML.slice(0, 120)), []);
});
