import { openWorkspace, parameter } from '../page.ts';

document.querySelector('flow-webhooks')?.setAttribute('endpoint', parameter('id'));
await openWorkspace('page_webhooks', 'flow-webhooks');
