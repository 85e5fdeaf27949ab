import { openWorkspace } from '../page.ts';

await openWorkspace('page_calendar', 'flow-calendar');
