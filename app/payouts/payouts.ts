import { openWorkspace, parameter } from '../page.ts';

document.querySelector('flow-payouts')?.setAttribute('payout', parameter('id'));
await openWorkspace('page_payouts', 'flow-payouts', 'flow-claims');
