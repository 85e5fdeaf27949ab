import { openWorkspace } from '../page.ts';

await openWorkspace('page_inbox', 'flow-inbox');
