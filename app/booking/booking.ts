import { pageSite } from '../../widgets/core/site.ts';
import { openWorkspace, parameter } from '../page.ts';

const file = document.querySelector('flow-file');
file?.setAttribute('booking-id', parameter('id'));
await openWorkspace('fileTitleOwn', 'flow-file', 'flow-market', 'flow-reviews', 'flow-claims');
// Shown where the file cannot be.
file?.append(Object.assign(document.createElement('a'), { href: '/', textContent: pageSite().sayOwn('notFoundDo') }));
