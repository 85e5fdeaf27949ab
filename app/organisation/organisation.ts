import { openWorkspace } from '../page.ts';

await openWorkspace('page_organisation', 'flow-organisation');
