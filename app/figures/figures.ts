import { openWorkspace } from '../page.ts';

await openWorkspace('page_figures', 'flow-figures', 'flow-guidance');
