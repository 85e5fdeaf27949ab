import { openWorkspace } from '../page.ts';

await openWorkspace('page_press-kit', 'flow-press-kit');
