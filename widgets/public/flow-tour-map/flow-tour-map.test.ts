import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { PublicRouter } from '../../../server/public-router.ts';
import { fakeApi } from '../../core/fake-api.ts';
import type { Draw, Drawing, Drawn } from '../../parts/drawing.ts';
import { MAP_WORDS } from '../../parts/map-words.ts';
import { define } from '../../registry.ts';
import type { FlowTourMap } from './flow-tour-map.ts';

const show = { id: 'shw_1', title: 'Brass de Nuit', artist: 'brass-de-nuit', startTime: '21:00', timeZone: 'Europe/Paris', place: 'Quai', country: 'FR', ticketUrl: '', free: false, status: 'planned' as const, genres: [] };
const at = (id: string, day: string, city: string, lat: number | null, lng: number | null) => ({ ...show, id, day, city, lat, lng });
const api = fakeApi<PublicRouter>({ programme: { tour: () => ({ name: 'Brass de Nuit', today: '2027-06-01', shows: [
  at('shw_1', '2027-06-12', 'Lyon', 45.76, 4.84), at('shw_2', '2027-06-13', 'Lyon', 45.76, 4.84), at('shw_3', '2027-06-20', 'Nantes', 47.22, -1.55), at('shw_4', '2027-07-01', 'Ailleurs', null, null),
], artists: [{ slug: 'brass-de-nuit', name: 'Brass de Nuit' }] }) } });

/** A map of which nothing is asked. */
const stands: Drawn = { remove: () => undefined, show: () => undefined };

async function mount(draw: Draw) {
  await define('flow-tour-map');
  const widget = await fixture<FlowTourMap>(html`<flow-tour-map artist="brass-de-nuit" .api=${api} .draw=${draw}></flow-tour-map>`);
  await waitUntil(() => widget.shadowRoot!.querySelector('.shows'));
  return widget;
}

it('the map and the list say the same: two dates in one town are one mark (EM-01)', async () => {
  let drawing: Drawing | undefined;
  const widget = await mount((given) => {
    drawing = given;
    return Promise.resolve(stands);
  });
  await waitUntil(() => drawing);
  assert.deepEqual(drawing?.points.map(({ mark, label }) => [mark, label.replaceAll(/\s/g, ' ')]), [[1, 'Lyon, sam. 12 juin, dim. 13 juin'], [2, 'Nantes, dim. 20 juin']]);
  assert.deepEqual([...widget.shadowRoot!.querySelectorAll('.shows > li')].map((line) => line.querySelector('.mark')?.textContent ?? ''), ['1', '1', '2', '']);
  assert.isAtLeast(drawing!.box.getBoundingClientRect().height, 300);
});

it('a mark pressed on the map is found in the list', async () => {
  let drawing: Drawing | undefined;
  const widget = await mount((given) => {
    drawing = given;
    return Promise.resolve(stands);
  });
  await waitUntil(() => drawing);
  drawing!.choose(2);
  await widget.updateComplete;
  assert.include(widget.shadowRoot!.querySelector('.chosen')!.textContent, 'Nantes');
  assert.include(widget.shadowRoot!.querySelector('section > [role=status]')!.textContent, 'Nantes');
});

it('where no map can be had the list says it all', async () => {
  const widget = await mount(() => Promise.reject(new Error('There is no graphics card here.')));
  await waitUntil(() => !widget.shadowRoot!.querySelector('.map'));
  assert.lengthOf(widget.shadowRoot!.querySelectorAll('.shows > li'), 4);
  assert.isNull(widget.shadowRoot!.querySelector('.mark'));
});

it('the map goes with the element', async () => {
  let gone = false;
  const widget = await mount(() => Promise.resolve({ ...stands, remove: () => { gone = true; } }));
  await waitUntil(() => widget.shadowRoot!.querySelector('.map'));
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  widget.remove();
  await waitUntil(() => gone);
});

it('the map speaks the language of the page, and waits for a name (EM-01)', async () => {
  await define('flow-tour-map');
  let drawing: Drawing | undefined;
  const draw: Draw = (given) => { drawing = given; return Promise.resolve(stands); };
  const widget = await fixture<FlowTourMap>(html`<flow-tour-map .api=${api} .draw=${draw}></flow-tour-map>`);
  widget.site = { ...widget.site, locale: 'de' };
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  assert.isNull(widget.shadowRoot!.querySelector('.shows'));
  widget.artist = 'brass-de-nuit';
  await waitUntil(() => drawing);
  assert.equal(drawing!.locale, 'de');
  for (const [locale, words] of Object.entries(MAP_WORDS)) {
    assert.isNotEmpty(words['Map.Title']);
    assert.isTrue(Object.entries(words).every(([name, said]) => said && (locale === 'fr' || said !== MAP_WORDS.fr[name])), locale);
  }
  assert.equal(MAP_WORDS.de['CooperativeGesturesHandler.MacHelpText'], '⌘ + Mausrad vergrößert die Karte');
});

it('every stop is a button of the list, which finds it on the map; the next date and the past ones say so (TO-12)', async () => {
  await define('flow-tour-map');
  let drawing: Drawing | undefined;
  const shown: number[] = [];
  const draw: Draw = (given) => { drawing = given; return Promise.resolve({ ...stands, show: (mark: number) => { shown.push(mark); } }); };
  const dates = [at('shw_0', '2027-05-20', 'Rennes', 48.11, -1.68), { ...at('shw_1', '2027-06-12', 'Lyon', 45.76, 4.84), status: 'cancelled' as const }, at('shw_2', '2027-06-13', 'Nantes', 47.22, -1.55), at('shw_3', '2027-06-20', 'Brest', 48.39, -4.49)];
  const asked: unknown[] = [];
  const widget = await fixture<FlowTourMap>(html`<flow-tour-map artist="brass-de-nuit" past .draw=${draw} .api=${fakeApi<PublicRouter>({ programme: { tour: (input) => { asked.push(input); return { name: 'Brass de Nuit', today: '2027-06-01', shows: dates, artists: [] }; } } })}></flow-tour-map>`);
  const root = widget.shadowRoot!;
  await waitUntil(() => drawing);
  assert.deepEqual(asked, [{ artist: 'brass-de-nuit', past: true }]);
  // Nobody travels to a date that was cancelled.
  assert.deepEqual(drawing!.legs, [{ from: [-1.68, 48.11], to: [-1.55, 47.22], past: false }, { from: [-1.55, 47.22], to: [-4.49, 48.39], past: false }]);
  assert.deepEqual(drawing!.points.map(({ past }) => past), [true, false, false, false]);
  assert.deepEqual([...root.querySelectorAll('.shows > li')].map((one) => [one.querySelector('.title')!.textContent.replaceAll(/\d/g, ''), one.className]), [['Lyon', 'gone'], ['Nantes Prochaine date', ''], ['Brest', ''], ['Rennes', 'been']]);
  const buttons = [...root.querySelectorAll<HTMLButtonElement>('.shows button.mark')];
  assert.lengthOf(buttons, 4);
  buttons[2]!.focus();
  buttons[2]!.click();
  await widget.updateComplete;
  assert.equal(buttons[2]!.getAttribute('aria-pressed'), 'true');
  assert.equal(buttons[2]!.getAttribute('aria-label')?.replaceAll(/\s/g, ' '), '4. Montrer sur la carte : Brest, dimanche 20 juin 2027');
  await waitUntil(() => shown.length);
  assert.deepEqual(shown, [4]);
});
