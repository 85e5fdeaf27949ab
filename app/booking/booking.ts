import { openWorkspace, parameter } from '../page.ts';

document.querySelector('flow-file')?.setAttribute('booking-id', parameter('id'));
await openWorkspace('fileTitleOwn', 'flow-file');
