import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import type { Step } from '../widgets/parts/steps.ts';
import type { FlowContractStatus } from '../widgets/public/flow-contract-status/flow-contract-status.ts';
import { define } from '../widgets/registry.ts';
import { down, narrow, on, server, silent, twice, unknown } from './world.ts';

const secured = ['request', 'hold', 'offer', 'agreement', 'contract', 'deposit', 'balance', 'show', 'release'] as const;
const town = ['request', 'hold', 'offer', 'agreement', 'order', 'contract', 'show', 'invoice', 'payment'] as const;
/** A way of which so many steps are done. */
const way = (names: readonly Step['step'][], done: number, state: Step['state'] = 'now'): Step[] =>
  names.map((step, at) => ({ step, state: at < done ? 'done' : at === done ? state : 'to_come' }));
const at = (steps: Step[]): Api => server({ dossier: { steps: () => ({ steps }) } });
const status = (api: Api, reference = 'refu2p4n2m6zuuc7svurobpzatjqk'): TemplateResult => html`<flow-contract-status reference=${reference} .api=${api}></flow-contract-status>`;

/** Where a booking stands, on somebody's page: the names of the steps, and nothing else. */
export default {
  title: 'Public/Contract status',
  component: 'flow-contract-status',
  loaders: [() => define('flow-site'), () => define('flow-contract-status')],
} satisfies Meta<FlowContractStatus>;

type Story = StoryObj<FlowContractStatus>;
const seen = (shown: () => TemplateResult): Story => ({ render: shown });
export const JustAsked = seen(() => status(at(way(secured, 1))));
export const ContractAwaited = seen(() => status(at(way(secured, 4))));
export const PaidOut = seen(() => status(at(way(secured, 9))));
export const ATown = seen(() => status(at(way(town, 4))));
export const Stopped = seen(() => status(at(way(secured, 2, 'stopped'))));
export const NoReferenceYet = seen(() => status(at([]), ''));
export const InEnglish = seen(() => on({ theme: 'host', lang: 'en' }, status(at(way(secured, 4)))));
export const InGermanNarrow = seen(() => on({ theme: 'dark', lang: 'de' }, narrow(status(at(way(town, 4))))));
export const InDutch = seen(() => on({ theme: 'host', lang: 'nl' }, status(at(way(secured, 4)))));
export const RightToLeft = seen(() => html`<div dir="rtl">${status(at(way(secured, 4)))}</div>`);
export const Dark = seen(() => on({ theme: 'dark' }, status(at(way(secured, 4)))));
export const HighContrast = seen(() => on({ theme: 'contrast' }, status(at(way(secured, 4)))));
export const Narrow = seen(() => narrow(status(at(way(town, 4)))));
export const TwiceTheText = seen(() => twice(status(at(way(secured, 4)))));
export const StillLoading = seen(() => status(server({ dossier: { steps: silent } })));
export const UnknownReference = seen(() => status(server({ dossier: { steps: unknown } })));
export const ServerDown = seen(() => status(server({ dossier: { steps: down } })));
