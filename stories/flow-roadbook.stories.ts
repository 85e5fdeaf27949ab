import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { roadServer, week } from '../widgets/workspace/flow-roadbook/flow-roadbook.fixture.ts';
import type { FlowRoadbook } from '../widgets/workspace/flow-roadbook/flow-roadbook.ts';

/** The roadbook of a tour: what a crew opens on a phone, and what whoever plans it gives them. */
export default {
  title: 'Workspace/Roadbook',
  component: 'flow-roadbook',
  loaders: [() => define('flow-roadbook')],
  render: ({ api, token, scenario, today }) => html`<flow-roadbook .api=${api} .token=${token} scenario=${scenario} today=${today}></flow-roadbook>`,
} satisfies Meta<FlowRoadbook>;

type Story = StoryObj<FlowRoadbook>;
const crew = (api: Api, token: string, today = '2027-05-07'): Story => ({ args: { api, token, scenario: '', today } });

export const Crew = crew(roadServer(), 'story-today');
export const BeforeTheTour = crew(roadServer(), 'story-before', '2027-05-01');
export const AfterTheTour = crew(roadServer(), 'story-after', '2027-06-01');
const home = (day: string) => ({ artist: 'org_vagues', day, kind: 'home' as const, drives: [], show: null, bed: null, shared: [] });
export const DaysAtHome = crew(roadServer({ open: () => week({ days: [...week().book.days, ...['2027-05-11', '2027-05-12', '2027-05-13'].map(home)] }) }), 'story-home');
export const NothingPlanned = crew(roadServer({ open: () => week({ days: [] }) }), 'story-empty');
export const Planner: Story = { args: { api: roadServer(), token: '', scenario: 'tsc_1', today: '2027-05-07' } };
export const DeadLink = crew(roadServer({ open: () => { throw refusal('link_dead'); } }), 'story-dead');
export const StillLoading = crew(roadServer({ open: () => new Promise(() => undefined) }), 'story-loading');
export const ServerDown = crew(roadServer({ open: () => Promise.reject(new Error('down')) }), 'story-down');
