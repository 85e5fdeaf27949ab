import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect, waitFor } from 'storybook/test';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import type { Draw } from '../widgets/parts/drawing.ts';
import { drawMap } from '../widgets/parts/map.ts';
import { draw as drawing } from '../widgets/parts/map-svg.ts';
import type { FlowTourMap } from '../widgets/public/flow-tour-map/flow-tour-map.ts';
import { define } from '../widgets/registry.ts';
import { down, longWord, narrow, on, places, server, silent, tour, twice, unknown } from './world.ts';

const noMap: Draw = () => Promise.reject(new Error('There is no graphics card here.'));
const map = (api: Api, draw: Draw = drawing): TemplateResult => html`<flow-tour-map artist="les-vagues-lentes" .api=${api} .draw=${draw}></flow-tour-map>`;
const some = server({ programme: { tour: () => tour } });

/** Where an artist plays, on a map and as a list. */
export default {
  title: 'Public/Tour map',
  component: 'flow-tour-map',
  loaders: [() => define('flow-site'), () => define('flow-tour-map')],
} satisfies Meta<FlowTourMap>;

type Story = StoryObj<FlowTourMap>;
const seen = (shown: () => TemplateResult): Story => ({ render: shown });
export const OnTheGraphicsCard = seen(() => html`<flow-tour-map artist="les-vagues-lentes" .api=${some}></flow-tour-map>`);
export const Drawn = seen(() => map(some));
export const ListAlone = seen(() => map(some, noMap));
export const NothingAnnounced = seen(() => map(server({ programme: { tour: () => ({ ...tour, shows: [] }) } })));
export const InEnglish = seen(() => on({ theme: 'host', lang: 'en' }, map(some)));
export const Dark = seen(() => on({ theme: 'dark' }, map(some)));
export const HighContrast = seen(() => on({ theme: 'contrast' }, map(some)));
export const Narrow = seen(() => narrow(map(some)));
export const TwiceTheText = seen(() => twice(map(some)));
export const StillLoading = seen(() => map(server({ programme: { tour: silent } })));
export const Withdrawn = seen(() => map(server({ programme: { tour: unknown } })));
export const ServerDown = seen(() => map(server({ programme: { tour: down } })));

/** However the box changes, every mark stays in sight. */
const resized = (draw?: Draw): Story => ({
  render: () => html`<div data-column>${map(some, draw)}</div>`,
  play: async ({ canvasElement }) => {
    const column = canvasElement.querySelector<HTMLElement>('[data-column]');
    const root = (): ShadowRoot | null | undefined => canvasElement.querySelector('flow-tour-map')?.shadowRoot;
    for (const width of ['720px', '300px', '460px']) {
      if (column) column.style.width = width;
      await waitFor(async () => {
        const box = root()?.querySelector('.map')?.getBoundingClientRect();
        const pins = [...root()?.querySelectorAll('.map .pin') ?? []].map((pin) => pin.getBoundingClientRect());
        await expect(pins.length).toBeGreaterThan(1);
        for (const { left, right, top, bottom } of pins) await expect(box && left >= box.left && right <= box.right && top >= box.top && bottom <= box.bottom, `a mark is out of sight at ${width}`).toBe(true);
      }, { timeout: 8_000 });
    }
  },
});
export const ResizedOnTheGraphicsCard = resized(drawMap);
export const ResizedDrawn = resized();

/** A tour with dates behind it, whose form takes what it is sent. */
const been = [{ ...tour.shows[0]!, id: 'shw_0', day: '2027-05-08', city: 'Dijon', place: 'La Vapeur', lat: 47.32, lng: 5.04 }, ...tour.shows];
const asking = (take: () => Promise<never> | { artist: string; city: string; fans: number } = () => ({ artist: 'Les Vagues Lentes', city: 'Annecy', fans: 12 }), artists = tour.artists) => server({
  programme: { tour: () => ({ ...tour, shows: been, artists }) }, profiles: { places: () => places }, booking: { challenge: () => null }, nearby: { ask: take },
});
const past = html`<flow-tour-map artist="les-vagues-lentes" past .api=${asking()} .draw=${drawing}></flow-tour-map>`;
export const WithPastDates = seen(() => past);
export const WithPastDatesOnTheGraphicsCard = seen(() => html`<flow-tour-map artist="les-vagues-lentes" past .api=${asking()}></flow-tour-map>`);

type Step = (root: ShadowRoot) => void | Promise<void>;
const rootOf = (canvas: HTMLElement): ShadowRoot => canvas.querySelector('flow-tour-map')!.shadowRoot!;
const there = async <T extends Element>(root: ShadowRoot, selector: string): Promise<T> => waitFor(() => root.querySelector<T>(selector) ?? Promise.reject(new Error(`no ${selector}`)), { timeout: 8_000 });

/** The form of a date near, opened, and what a visitor does with it. */
const near = (shown: () => TemplateResult, ...steps: readonly Step[]): Story => ({
  render: shown,
  play: async ({ canvasElement }) => {
    await waitFor(async () => expect(canvasElement.querySelector('flow-tour-map')?.shadowRoot?.querySelector('.near > button')).toBeTruthy(), { timeout: 8_000 });
    const root = rootOf(canvasElement);
    root.querySelector<HTMLButtonElement>('.near > button')?.click();
    await there(root, '.asking');
    for (const step of steps) await step(root);
  },
});
const town: Step = async (root) => {
  const field = await there<HTMLInputElement>(root, '#near-town');
  field.value = 'Annecy';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  (await there<HTMLElement>(root, '[role=option]')).dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
  await there(root, '#near-dates p');
};
const invites: Step = async (root) => {
  root.querySelector<HTMLInputElement>('.askers [value=organiser]')?.click();
  await there(root, '#near-kind');
};
const opts: Step = async (root) => {
  root.querySelector<HTMLInputElement>('.check input')?.click();
  await there(root, '#near-email');
};
const fill = (answers: Readonly<Record<string, string>>): Step => (root) => {
  for (const [id, value] of Object.entries(answers)) {
    const field = root.querySelector<HTMLInputElement>(`#near-${id}`);
    if (!field) continue;
    field.value = value;
    field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input', { bubbles: true }));
  }
};
const sends = (until: string): Step => async (root) => {
  root.querySelector<HTMLButtonElement>('.asking [type=submit]')?.click();
  await there(root, until);
};
const whole = fill({ kind: 'bar', organisation: 'Le Zinc', name: 'Jo Exemple', email: 'jo@zinc.example', period: 'un jeudi de mai', message: 'Soixante places et un piano.' });
const form = (api = asking()): TemplateResult => map(api);
export const NearForm = near(() => form());
export const NearADate = near(() => form(), town);
export const NearToBeTold = near(() => form(), town, opts);
export const NearOrganiser = near(() => form(), invites, town, whole);
export const NearFaults = near(() => form(), invites, sends('.fault'));
export const NearSeveralArtists = near(() => form(asking(undefined, [...tour.artists, { slug: 'long', name: longWord }])), town);
export const NearCounted = near(() => form(), town, sends('.asking .notice.good h2'));
export const NearSent = near(() => form(), invites, town, whole, sends('.asking .notice.good h2'));
export const NearKept = near(() => form(asking(down)), town, sends('.asking .notice.warn'));
export const NearRefused = near(() => form(asking(() => Promise.reject(refusal('rate_limited')))), town, sends('.asking [role=alert]'));
export const NearDark = near(() => on({ theme: 'dark' }, form()), invites, town);
export const NearHighContrast = near(() => on({ theme: 'contrast' }, form()), invites, town);
export const NearNarrow = near(() => narrow(form()), invites, town, whole);
export const NearTwiceTheText = near(() => twice(form()), town);
export const NearInEnglish = near(() => on({ lang: 'en' }, form()), invites, town);
export const NearInDutch = near(() => on({ lang: 'nl' }, form()), invites, town);
export const NearInGermanNarrow = near(() => narrow(on({ lang: 'de' }, form())), invites, town, fill({ organisation: longWord, name: longWord, message: longWord }));
