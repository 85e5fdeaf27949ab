import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { account, all, expected, keptStatement, payout, payoutsServer, seller } from '../widgets/workspace/flow-payouts/flow-payouts.fixture.ts';
import type { FlowPayouts } from '../widgets/workspace/flow-payouts/flow-payouts.ts';

/** What is paid out to a producer, what is to come, where it goes, and what the tax office asks before. */
export default {
  title: 'Workspace/Payouts',
  component: 'flow-payouts',
  loaders: [() => define('flow-payouts')],
  render: ({ api, payout: open }) => html`<flow-payouts payout=${open} .api=${api}></flow-payouts>`,
} satisfies Meta<FlowPayouts>;

type Story = StoryObj<FlowPayouts>;
const seen = (api: Api, open = '', ...presses: readonly string[]): Story => ({
  args: { api, payout: open },
  ...(presses.length > 0 && { play: async ({ canvasElement }) => {
    const page = canvasElement.querySelector('flow-payouts')?.shadowRoot;
    for (const press of presses) {
      const found = (): HTMLElement | undefined => [...page?.querySelectorAll<HTMLElement>('button, input[type=radio]') ?? []].find((one) => one.textContent.trim() === press || one.getAttribute('value') === press);
      for (let tries = 0; tries < 100 && !found(); tries += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
      if (!found()) throw new Error(`nothing to press: ${press}`);
      found()?.click();
    }
  } }),
});
const unanswered = seller({ kind: null, tin: '', ibanHolder: '', noVat: false, missing: ['kind'] });

export const Usual = seen(payoutsServer());
export const Nothing = seen(payoutsServer(() => all({ payouts: [], expected: [], months: [], account: account({ iban: '' }), seller: unanswered })));
export const EveryState = seen(payoutsServer(() => all({
  expected: [expected(), expected({ bookingId: 'bkg_3', state: 'unpaid', at: null }), expected({ bookingId: 'bkg_4', state: 'contested', at: null, artist: 'Nora Solveig' })],
  payouts: [payout({ id: 'pyo_5', state: 'waiting', missing: ['postcode', 'birthDate', 'tin'], paidAt: null }), payout({ id: 'pyo_4', state: 'sent', paidAt: null }), payout({ id: 'pyo_3', state: 'failed', paidAt: null }), payout()],
  seller: seller({ kind: 'individual', missing: ['postcode', 'birthDate', 'tin'] }),
})));
export const TwoCurrencies = seen(payoutsServer(() => all({ months: [...all().months, ...all().months.map(({ month, amount }) => ({ month, amount: { minor: Math.round(amount.minor / 3), currency: 'CHF' as const } }))] })));
export const Statement = seen(payoutsServer(), 'pyo_1');
export const KeptForALostDispute = seen(payoutsServer(() => all({ payouts: [payout({ amount: { minor: 74_220, currency: 'EUR' }, kept: { minor: 37_980, currency: 'EUR' } }), payout({ id: 'pyo_2', state: 'withheld', amount: { minor: 0, currency: 'EUR' }, kept: { minor: 112_200, currency: 'EUR' }, paidAt: null })] }), { statement: () => keptStatement }), 'pyo_1');
export const StatementLoading = seen(payoutsServer(all, { statement: () => new Promise(() => undefined) as never }), 'pyo_1');
export const StatementGone = seen(payoutsServer(all, { statement: () => Promise.reject(refusal('not_found')) }), 'pyo_1');
export const ChangeOfAccount = seen(payoutsServer(all, { requestIbanCode: () => ({ sentTo: 'a•••@e•••.org' }) }), '', 'Changer de compte', 'Recevoir un code');
export const ChangeUnderWay = seen(payoutsServer(() => all({ account: account({ pending: { id: 'ibc_1', masked: 'BE68 •••• 7034', useAt: '2027-05-23T10:00:00.000Z' } }) })));
export const HeldByTheProvider = seen(payoutsServer(() => all({ account: account({ elsewhere: true, iban: '', state: 'missing', wants: ['external_account', 'individual.verification.document'] }) })));
export const ProviderSilent = seen(payoutsServer(() => all({ account: account({ elsewhere: true, iban: '' }) })));
export const AskedOfAPerson = seen(payoutsServer(() => all({ seller: unanswered })), '', 'individual');
export const PublicBody = seen(payoutsServer(() => all({ seller: seller({ kind: null, excluded: true }) })));
export const ForABooker = seen(payoutsServer(() => all({ account: null, seller: null, expected: [expected(), expected({ bookingId: 'bkg_5', artist: 'Nora Solveig' })] })));
export const YearsThatWereReported = seen(payoutsServer(all, { letters: () => [{ id: 'fil_2', year: 2026, sentAt: '2027-03-04T09:00:00.000Z' }, { id: 'fil_1', year: 2026, sentAt: '2027-01-10T05:25:00.000Z' }] }));
export const Operator = seen(payoutsServer(all, {}, { operator: true, org: false }));
export const OperatorCorrects = seen(payoutsServer(all, { reports: () => [{ ref: 'FR2026-732829320-2', kind: 'DPI402', sellers: 1, madeAt: '2027-03-04T09:00:00.000Z' }, { ref: 'FR2026-732829320-1', kind: 'DPI401', sellers: 212, madeAt: '2027-01-12T09:00:00.000Z' }], fileReport: () => ({ made: 0, incomplete: 3 }) }, { operator: true, org: false }), '', 'Établir les rectifications');
export const StillLoading = seen(payoutsServer(() => new Promise(() => undefined)));
export const ServerDown = seen(payoutsServer(() => { throw new Error('down'); }));
export const NotForThisRole = seen(payoutsServer(() => { throw refusal('role_too_low'); }));
