import { openWorkspace } from '../page.ts';

await openWorkspace('page_nights', 'flow-nights');
