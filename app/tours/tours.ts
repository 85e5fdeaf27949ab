import { openWorkspace, parameter } from '../page.ts';

const planner = document.querySelector('flow-tour-planner');
planner?.setAttribute('plan-id', parameter('plan'));
planner?.setAttribute('scenario-id', parameter('scenario'));
await openWorkspace('page_tours', 'flow-tour-planner');
