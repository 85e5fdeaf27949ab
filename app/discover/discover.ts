import { openWorkspace } from '../page.ts';

await openWorkspace('page_discover', 'flow-discover');
