import { openWorkspace, parameter } from '../page.ts';

document.querySelector('flow-ledger')?.setAttribute('booking-id', parameter('id'));
await openWorkspace('ledgerTitle', 'flow-ledger', 'flow-claims');
