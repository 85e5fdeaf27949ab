import { openWorkspace } from '../page.ts';

await openWorkspace('page_prices', 'flow-prices', 'flow-quotes', 'flow-revenue');
