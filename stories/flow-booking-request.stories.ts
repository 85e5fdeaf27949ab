import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import type { Asker } from '../widgets/public/flow-booking-request/answers.ts';
import type { FlowBookingRequest } from '../widgets/public/flow-booking-request/flow-booking-request.ts';
import { define } from '../widgets/registry.ts';
import { availability, down, narrow, on, partner, places, server, silent, twice, unknown } from './world.ts';

const answers = { calendar: { availability }, partners: { partner: () => partner }, profiles: { places: () => places } };
const usual = { low: { minor: 95_000, currency: 'EUR' as const }, high: { minor: 135_000, currency: 'EUR' as const }, deals: 23, artists: 9, months: 24 };
const quiet = { challenge: () => null, priceRange: () => usual };
const receipt = () => ({ reference: 'refu2p4n2m6zuuc7svurobpzatjqk', artist: 'Les Vagues Lentes', showDay: '2027-06-12', email: 'zoe@example.org' });
const listening = server({ ...answers, booking: { ...quiet, sendRequest: receipt } });
const form = (api: Api, asker: Asker | '' = '', season = false, steps: 'one' | '' = 'one'): TemplateResult =>
  html`<flow-booking-request artist="les-vagues-lentes" day="2027-06-12" asker=${asker} ?season=${season} no-draft steps=${steps} status-href="https://example.org/suivi" .api=${api}></flow-booking-request>`;

/** Fills the form as a visitor would, and sends it. */
async function send(canvas: HTMLElement, filled: boolean): Promise<void> {
  const root = canvas.querySelector<FlowBookingRequest>('flow-booking-request')?.shadowRoot;
  for (let turn = 0; turn < 100 && !root?.querySelector('#email'); turn += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
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
/** Goes through the steps as a visitor would, up to `last`. */
const stepped = (last: number, more: (inner: TemplateResult) => TemplateResult = (inner) => inner): Story => ({ render: () => more(form(listening, '', false, '')), play: async ({ canvasElement }) => {
  const root = canvasElement.querySelector<FlowBookingRequest>('flow-booking-request')?.shadowRoot;
  for (let step = 1; step < last; step += 1) {
    for (const [name, value] of Object.entries({ occasion: 'Mariage de Zoé', budget: '1 200' })) {
      const field = root?.querySelector<HTMLInputElement>(`#${name}`);
      if (field) { field.value = value; field.dispatchEvent(new InputEvent('input', { bubbles: true })); }
    }
    root?.querySelector<HTMLButtonElement>('[type=submit]')?.click();
    await new Promise((resolve) => { setTimeout(resolve, 400); });
  }
} });
export const TheFirstStep = stepped(1);
export const TheSecondStep = stepped(2);
export const TheThirdStep = stepped(3);
export const TheSecondStepInGerman = stepped(2, (inner) => on({ theme: 'host', lang: 'de' }, inner));
export const TheSecondStepDark = stepped(2, (inner) => on({ theme: 'dark' }, inner));
export const TheSecondStepNarrow = stepped(2, narrow);
export const FromRightToLeft = stepped(2, (inner) => html`<div dir="rtl">${inner}</div>`);
export const WhoAsks = seen(() => form(listening));
export const AVenueAsks = seen(() => form(listening, 'venue'));
export const ATownAsks = seen(() => form(listening, 'commune'));
export const ASeasonOfACampsite = seen(() => form(listening, '', true));
export const AnswersToCorrect = acted(() => form(listening, 'private'), false);
export const Sending = acted(() => form(server({ ...answers, booking: { ...quiet, sendRequest: silent } }), 'private'), true);
export const Sent = acted(() => form(listening, 'private'), true);
export const KeptWhileTheServerIsDown = acted(() => form(server({ ...answers, booking: { ...quiet, sendRequest: down } }), 'private'), true);
export const ServerDownFromTheStart = seen(() => form(server({ calendar: { availability: down }, partners: { partner: down } }), 'private'));
export const StillLoading = seen(() => form(server({ calendar: { availability: silent }, partners: { partner: silent } })));
export const Withdrawn = seen(() => form(server({ calendar: { availability: unknown }, partners: { partner: () => partner } })));
export const InEnglish = seen(() => on({ theme: 'host', lang: 'en' }, form(listening)));
export const Dark = acted(() => on({ theme: 'dark' }, form(listening)), false);
export const HighContrast = acted(() => on({ theme: 'contrast' }, form(listening)), false);
export const Narrow = seen(() => narrow(form(listening)));
export const TwiceTheText = seen(() => twice(form(listening)));
