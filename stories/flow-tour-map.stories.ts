import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect, waitFor } from 'storybook/test';
import type { Api } from '../widgets/core/api.ts';
import type { Draw } from '../widgets/parts/drawing.ts';
import { drawMap } from '../widgets/parts/map.ts';
import { draw as drawing } from '../widgets/parts/map-svg.ts';
import type { FlowTourMap } from '../widgets/public/flow-tour-map/flow-tour-map.ts';
import { define } from '../widgets/registry.ts';
import { down, narrow, on, server, silent, tour, twice, unknown } from './world.ts';

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
