import { openWorkspace } from '../page.ts';

await openWorkspace('page_matching', 'flow-matching');
