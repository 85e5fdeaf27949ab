import { openWorkspace } from '../page.ts';

await openWorkspace('page_operations', 'flow-operations', 'flow-claims');
