import { openWorkspace, parameter } from '../page.ts';

// Mails about a match and a super like lead here; what they tell of has its own page.
if (['matches', 'admirers'].includes(parameter('tab'))) location.replace('/matches');
else await openWorkspace('page_discover', 'flow-discover');
