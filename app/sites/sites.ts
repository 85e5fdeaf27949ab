import { openWorkspace } from '../page.ts';

await openWorkspace('page_sites', 'flow-sites');
