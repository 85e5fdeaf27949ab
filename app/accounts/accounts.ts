import { openWorkspace, parameter } from '../page.ts';

const view = parameter('view');
if (view) document.querySelector('flow-accounts')?.setAttribute('view', view);
await openWorkspace('page_accounts', 'flow-accounts');
