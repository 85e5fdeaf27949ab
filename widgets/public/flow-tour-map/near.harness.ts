import { assert, fixture, html } from '@open-wc/testing';
import type { inferRouterInputs } from '@trpc/server';
import type { PublicRouter } from '../../../server/public-router.ts';
import { fakeApi } from '../../core/fake-api.ts';
import { waitUntil } from '../../core/patience.ts';
import type { Draw } from '../../parts/drawing.ts';
import { define } from '../../registry.ts';
import type { FlowTourMap } from './flow-tour-map.ts';

type Asked = inferRouterInputs<PublicRouter>['nearby']['ask'];
interface Receipt { readonly artist: string; readonly city: string; readonly fans: number }
interface Given { readonly take?: (wish: Asked) => Receipt | Promise<Receipt>; readonly artists?: readonly string[]; readonly shows?: boolean }

const noMap: Draw = () => Promise.reject(new Error('There is no graphics card here.'));
const dijon = { insee: '21231', name: 'Dijon', postcode: '21000', country: 'FR', population: 1, lat: 47.32, lng: 5.04 };
const nice = { ...dijon, insee: '06088', name: 'Nice', postcode: '06000', lat: 43.7, lng: 7.27 };
const show = { title: 'Les Vagues Lentes', startTime: '20:30', timeZone: 'Europe/Paris', place: 'Salle', country: 'FR', ticketUrl: '', free: false, status: 'planned' as const, genres: [] };
const shows = [
  { ...show, id: 'shw_0', artist: 'les-vagues-lentes', day: '2027-05-14', city: 'Dijon', lat: 47.32, lng: 5.04, status: 'cancelled' as const },
  { ...show, id: 'shw_1', artist: 'les-vagues-lentes', day: '2027-06-14', city: 'Besançon', lat: 47.24, lng: 6.02, ticketUrl: 'https://example.org/billets' },
  { ...show, id: 'shw_2', artist: 'nora-solveig', title: 'Nora Solveig', day: '2027-07-01', city: 'Beaune', lat: 47.02, lng: 4.84 },
];

/** What a visitor does with the form of a date near, in their words. */
export async function openMap({ take = ({ artist }) => ({ artist, city: 'Dijon', fans: 3 }), artists = ['les-vagues-lentes'], shows: some = true }: Given = {}) {
  await define('flow-tour-map');
  const sent: Asked[] = [];
  const api = fakeApi<PublicRouter>({
    programme: { tour: () => ({ name: 'Les Vagues Lentes', today: '2027-05-01', shows: some ? shows : [], artists: artists.map((slug) => ({ slug, name: slug })) }) },
    profiles: { places: ({ q }) => (q.startsWith('Ni') ? [nice] : q.startsWith('Di') ? [dijon, nice] : []) },
    booking: { challenge: () => null }, nearby: { ask: (wish) => { sent.push(wish); return take(wish); } },
  });
  const widget = await fixture<FlowTourMap>(html`<flow-tour-map artist="les-vagues-lentes" .api=${api} .draw=${noMap}></flow-tour-map>`);
  const root = widget.shadowRoot ?? assert.fail('it has not been shown');
  await waitUntil(() => root.querySelector('.shows, .notice'));
  const text = (): string => root.textContent.replaceAll(/\s+/g, ' ');
  const find = (words: string): HTMLButtonElement => [...root.querySelectorAll('button')].find((one) => one.textContent.trim() === words) ?? assert.fail(`there is no "${words}"`);
  const field = (id: string): HTMLInputElement => root.querySelector<HTMLInputElement>(`#near-${id}`) ?? assert.fail(`there is no ${id}`);
  const until = (words: string): Promise<void> => waitUntil(() => text().includes(words), `"${words}" in "${text()}"`);
  return {
    widget, root, sent, text, until, field,
    press: (words: string) => { find(words).click(); },
    open: async () => { find('Jouer près de chez moi').click(); await waitUntil(() => root.querySelector('.asking')); },
    choose: async (label: string) => { [...root.querySelectorAll('label')].find((one) => one.textContent.includes(label))?.querySelector('input')?.click(); await widget.updateComplete; },
    type: async (answers: Readonly<Record<string, string>>) => {
      for (const [id, value] of Object.entries(answers)) { field(id).value = value; field(id).dispatchEvent(new Event(field(id).tagName === 'SELECT' ? 'change' : 'input', { bubbles: true })); }
      await widget.updateComplete;
    },
    town: async (name: string) => {
      await waitUntil(() => root.querySelector('#near-town'));
      field('town').value = name;
      field('town').dispatchEvent(new InputEvent('input', { bubbles: true }));
      await waitUntil(() => root.querySelector('[role=listbox]:not([hidden]) [role=option]'));
      field('town').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
      field('town').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
      await widget.updateComplete;
    },
  };
}
