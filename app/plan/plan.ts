import { openWorkspace, parameter } from '../page.ts';

document.querySelector('flow-plan')?.setAttribute('code', parameter('code'));
await openWorkspace('page_plan', 'flow-plan');
