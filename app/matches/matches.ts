import { openWorkspace } from '../page.ts';

await openWorkspace('page_matches', 'flow-matches');
