import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { artist, place, sheetServer, whole } from '../widgets/workspace/flow-sheet/flow-sheet.fixture.ts';
import type { FlowSheet } from '../widgets/workspace/flow-sheet/flow-sheet.ts';

/** What an organisation says of itself to be matched. */
export default {
  title: 'Workspace/Match sheet',
  component: 'flow-sheet',
  loaders: [() => define('flow-sheet')],
  render: ({ api }) => html`<flow-sheet .api=${api}></flow-sheet>`,
} satisfies Meta<FlowSheet>;

type Story = StoryObj<FlowSheet>;
const seen = (api: Api): Story => ({ args: { api } });

export const Artist = seen(sheetServer(() => artist()));
export const Place = seen(sheetServer(() => place()));
export const JustBegun = seen(sheetServer(() => artist({ level: null, lyrics: [], influences: [], ticket: null, leadDays: null, crew: null, listeners: null, listenersPercent: null, followers: null, figuresAt: null }, { promises: [], complete: whole(10, ['genres', 'fee', 'home', 'words', 'photo', 'audience', 'technical', 'level', 'settings', 'audiences', 'mobility']) })));
export const Booker = seen(sheetServer(() => Promise.reject(refusal('not_found'))));
export const StillLoading = seen(sheetServer(() => new Promise(() => undefined)));
export const ServerDown = seen(sheetServer(() => Promise.reject(new Error('down'))));
