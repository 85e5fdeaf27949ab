import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { PublicRouter } from '../../../server/public-router.ts';
import { fakeApi } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import type { FlowBookingRequest } from './flow-booking-request.ts';

type Outputs = inferRouterOutputs<PublicRouter>;
type Challenge = NonNullable<Outputs['booking']['challenge']>;
type Sent = inferRouterInputs<PublicRouter>['booking']['sendRequest'];
interface Receipt { readonly reference: string; readonly artist: string; readonly showDay: string; readonly email: string }

/** What a visitor does with the form, in their words. */
export interface Form {
  readonly widget: FlowBookingRequest;
  readonly root: ShadowRoot;
  /** Everything that reached the server, in order. */
  readonly sent: Sent[];
  readonly type: (answers: Readonly<Record<string, string>>) => Promise<void>;
  readonly field: (name: string) => HTMLInputElement;
  readonly send: () => Promise<void>;
  readonly press: (words: string) => void;
  readonly until: (words: string) => Promise<void>;
}

/** How the server takes requests, whose page it is, and how the form stands there. */
interface Given {
  readonly take?: (request: Sent) => Receipt | Promise<Receipt>;
  readonly kind?: 'venue' | 'camping' | 'municipality';
  readonly own?: boolean;
  readonly asker?: string;
  readonly season?: boolean;
  readonly noDraft?: boolean;
  /** Everything on one page, as most tests need it. */
  readonly steps?: 'one' | '';
  readonly challenge?: () => Challenge | null | Promise<Challenge | null>;
  readonly usual?: Outputs['booking']['priceRange'];
  readonly known?: Readonly<Record<string, string>>;
  /** The server says whose page it is only then. */
  readonly after?: Promise<unknown>;
}

export const receipt = { reference: 'DEM-7', artist: 'Les Vagues Lentes', showDay: '2027-06-14', email: 'zoe@example.org' };
export const wholly = { occasion: 'Mariage', showDay: '2027-06-14', budget: '1 200,50', contactName: 'Zoé Martin', email: 'zoe@example.org' };
const place = { name: 'Théâtre', city: 'Besançon', insee: '25056', capacity: 320 };

export async function openForm({ take = () => receipt, kind = 'venue', own = true, asker = '', season = false, noDraft = false, steps = 'one', challenge = () => null, usual = null, known = {}, after = Promise.resolve() }: Given = {}): Promise<Form> {
  await define('flow-booking-request');
  const sent: Sent[] = [];
  const api = fakeApi<PublicRouter>({
    calendar: { availability: ({ artist, from }) => ({ artist, name: 'Les Vagues Lentes', today: '2027-06-01', timeZone: 'Europe/Paris', days: [{ day: from, state: from === '2027-06-20' ? 'busy' : 'free' }] }) },
    partners: { partner: () => after.then(() => ({ name: 'Théâtre', kind, place: own ? place : null })) },
    profiles: { places: () => [{ insee: '74010', name: 'Annecy', postcode: '74000', country: 'FR', population: 1, lat: null, lng: null }, { insee: '', name: 'Annemasse-Genève', postcode: '1200', country: 'CH', population: 1, lat: null, lng: null }] },
    booking: { challenge, priceRange: () => usual, sendRequest: (request) => {
      sent.push(request);
      return take(request);
    } },
  });
  const widget = await fixture<FlowBookingRequest>(html`<flow-booking-request artist="les-vagues-lentes" asker=${asker} ?season=${season} ?no-draft=${noDraft} steps=${steps} .budget=${known['budget'] ?? ''} .name=${known['name'] ?? ''} .email=${known['email'] ?? ''} .occasion=${known['occasion'] ?? ''} .api=${api}></flow-booking-request>`);
  const root = widget.shadowRoot ?? assert.fail('it has not been shown');
  await waitUntil(() => root.querySelector('.kicker')?.textContent);
  if (steps === 'one') await waitUntil(() => root.querySelector('[name=email], h3[tabindex]:not(.progress *)'));
  const field = (name: string): HTMLInputElement => root.querySelector<HTMLInputElement>(`[name="${name}"]`) ?? assert.fail(`there is no ${name}`);
  const said = (): string => root.textContent.replaceAll(/[\s\u00a0\u202f]+/g, ' ');
  return {
    widget, root, sent, field,
    type: async (answers) => {
      for (const [name, value] of Object.entries(answers)) {
        field(name).value = value;
        field(name).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      }
      await widget.updateComplete;
    },
    send: async () => {
      root.querySelector('form')?.requestSubmit();
      await new Promise((resolve) => { setTimeout(resolve, 60); });
      await widget.updateComplete;
    },
    press: (words) => { (([...root.querySelectorAll('button')].find((one) => one.textContent.trim() === words)) ?? assert.fail(`there is no "${words}"`)).click(); },
    until: (words) => waitUntil(() => said().includes(words), `"${words}" in "${said()}"`),
  };
}
