import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { accountsServer, aimed, asked, commission, franchised, metersAt, paidLate, running, unboxed, waiting } from '../widgets/workspace/flow-accounts/flow-accounts.fixture.ts';
import type { FlowAccounts } from '../widgets/workspace/flow-accounts/flow-accounts.ts';

/** The books of an organisation: what it is owed, files for its accountant, its bank, its thresholds. */
export default {
  title: 'Workspace/Accounts',
  component: 'flow-accounts',
  loaders: [() => define('flow-accounts')],
  render: ({ api, view }) => html`<flow-accounts view=${view} .api=${api}></flow-accounts>`,
} satisfies Meta<FlowAccounts>;

type Story = StoryObj<FlowAccounts>;
const seen = (api: Api, view = 'open', file = ''): Story => ({
  args: { api, view },
  ...(file && { play: async ({ canvasElement }) => {
    const page = canvasElement.querySelector('flow-accounts')?.shadowRoot;
    const input = (): HTMLInputElement | null | undefined => page?.querySelector<HTMLInputElement>('[type=file]');
    for (let tries = 0; tries < 100 && !input(); tries += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
    const held = new DataTransfer();
    held.items.add(new File(['x'], file));
    const found = input();
    if (!found) throw new Error('no place for a file');
    found.files = held.files;
    found.dispatchEvent(new Event('change'));
    for (let tries = 0; tries < 100 && !page?.querySelector('.scroll, [role=alert]'); tries += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
  } }),
});

export const OverdueAndRunning = seen(accountsServer());
export const Invoices = seen(accountsServer(), 'invoices');
export const NoInvoices = seen(accountsServer({ papers: () => ({ year: 2027, since: 2027, until: 2027, papers: [] }) }), 'invoices');
export const InTime = seen(accountsServer({ open: () => [running] }));
export const InterestOwed = seen(accountsServer({ open: () => [paidLate, running] }));
export const NothingOwed = seen(accountsServer({ open: () => [] }));
export const MandateAsked = seen(accountsServer({ open: () => [], mandate: () => asked }));
export const InvoicesWaitForTheMandate = seen(accountsServer({ mandate: () => asked, waiting: () => waiting }));
export const InvoicesWaitToBeIssued = seen(accountsServer({ waiting: () => waiting }));
export const CommissionOverdue = seen(accountsServer({ owing: () => [commission] }));
export const Exports = seen(accountsServer(), 'exports');
export const BankMatches = seen(accountsServer(), 'bank');
export const BankEmpty = seen(accountsServer({ bank: () => ({ statements: [], lines: [] }) }), 'bank');
export const BankTableToConfirm = seen(accountsServer(), 'bank', 'releve.csv');
export const BankFileRefused = seen(accountsServer({ preview: () => Promise.reject(refusal('bank_line_invalid', { line: '7', field: 'day' })) }), 'bank', 'releve.csv');
export const FarFromThreshold = seen(accountsServer(), 'meters');
export const NearThreshold = seen(accountsServer({ meters: () => metersAt(3_100_000, 'near') }), 'meters');
export const AboveThresholdTolerated = seen(accountsServer({ meters: () => metersAt(3_900_000, 'tolerated') }), 'meters');
export const AboveThreshold = seen(accountsServer({ meters: () => metersAt(5_200_000, 'over') }), 'meters');
export const ChargingTax = seen(accountsServer({ meters: () => metersAt(9_000_000, 'over', { franchise: false }) }), 'meters');
export const NoThresholdKnown = seen(accountsServer({ meters: () => metersAt(0, 'far', { meters: [] }) }), 'meters');
export const ReturnOfTax = seen(accountsServer(), 'declarations');
export const ReturnUnderFranchise = seen(accountsServer({ declared: () => franchised }), 'declarations');
export const ReturnWithoutForm = seen(accountsServer({ declared: () => unboxed }), 'declarations');
export const ObjectiveUnderWay = seen(accountsServer(), 'objective');
export const ObjectiveNone = seen(accountsServer({ objective: () => aimed(null) }), 'objective');
export const StillLoading = seen(accountsServer({ bank: () => new Promise(() => undefined) as never }), 'bank');
export const ServerDown = seen(accountsServer({ open: () => { throw new Error('down'); } }));
