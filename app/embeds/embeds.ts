import { openWorkspace } from '../page.ts';

await openWorkspace('page_embeds', 'flow-embeds');
