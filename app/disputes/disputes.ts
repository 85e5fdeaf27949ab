import { openWorkspace } from '../page.ts';

await openWorkspace('page_disputes', 'flow-disputes');
