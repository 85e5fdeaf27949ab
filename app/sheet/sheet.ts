import { openWorkspace } from '../page.ts';

await openWorkspace('page_sheet', 'flow-sheet');
