import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import type { Asker } from '../widgets/public/flow-booking-request/answers.ts';
import type { FlowBookingRequest } from '../widgets/public/flow-booking-request/flow-booking-request.ts';
import { define } from '../widgets/registry.ts';
import { availability, down, narrow, on, partner, places, server, silent, twice, unknown } from './world.ts';

const answers = { calendar: { availability }, partners: { partner: () => partner }, profiles: { places: () => places } };
const receipt = () => ({ reference: 'refu2p4n2m6zuuc7svurobpzatjqk', artist: 'Les Vagues Lentes', showDay: '2027-06-12', email: 'zoe@example.org' });
const listening = server({ ...answers, booking: { sendRequest: receipt } });
const form = (api: Api, asker: Asker | '' = '', season = false): TemplateResult =>
  html`<flow-booking-request artist="les-vagues-lentes" day="2027-06-12" asker=${asker} ?season=${season} no-draft status-href="https://example.org/suivi" .api=${api}></flow-booking-request>`;

/** Fills the form as a visitor would, and sends it. */
async function send(canvas: HTMLElement, filled: boolean): Promise<void> {
  const root = canvas.querySelector<FlowBookingRequest>('flow-booking-request')?.shadowRoot;
  const said: Record<string, string> = { occasion: 'Mariage de Zoé', budget: '1 200', contactName: 'Zoé Martin', email: 'zoe@example.org' };
  for (const [name, value] of Object.entries(filled ? said : {})) {
    const field = root?.querySelector<HTMLInputElement>(`#${name}`);
    if (!field) continue;
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  root?.querySelector<HTMLButtonElement>('[type=submit]')?.click();
  await new Promise((resolve) => { setTimeout(resolve, 300); });
}

/** Asking an artist for a date, on somebody's page. */
export default {
  title: 'Public/Booking request',
  component: 'flow-booking-request',
  loaders: [() => define('flow-site'), () => define('flow-booking-request')],
} satisfies Meta<FlowBookingRequest>;

type Story = StoryObj<FlowBookingRequest>;
const seen = (shown: () => TemplateResult): Story => ({ render: shown });
const acted = (shown: () => TemplateResult, filled: boolean): Story => ({ render: shown, play: ({ canvasElement }) => send(canvasElement, filled) });
export const APersonAsks = seen(() => form(listening, 'private'));
export const WhoAsks = seen(() => form(listening));
export const AVenueAsks = seen(() => form(listening, 'venue'));
export const ATownAsks = seen(() => form(listening, 'commune'));
export const ASeasonOfACampsite = seen(() => form(listening, '', true));
export const AnswersToCorrect = acted(() => form(listening, 'private'), false);
export const Sending = acted(() => form(server({ ...answers, booking: { sendRequest: silent } }), 'private'), true);
export const Sent = acted(() => form(listening, 'private'), true);
export const KeptWhileTheServerIsDown = acted(() => form(server({ ...answers, booking: { sendRequest: down } }), 'private'), true);
export const ServerDownFromTheStart = seen(() => form(server({ calendar: { availability: down }, partners: { partner: down } }), 'private'));
export const StillLoading = seen(() => form(server({ calendar: { availability: silent }, partners: { partner: silent } })));
export const Withdrawn = seen(() => form(server({ calendar: { availability: unknown }, partners: { partner: () => partner } })));
export const InEnglish = seen(() => on({ theme: 'host', lang: 'en' }, form(listening)));
export const Dark = acted(() => on({ theme: 'dark' }, form(listening)), false);
export const HighContrast = acted(() => on({ theme: 'contrast' }, form(listening)), false);
export const Narrow = seen(() => narrow(form(listening)));
export const TwiceTheText = seen(() => twice(form(listening)));
