import { define } from '../../widgets/registry.ts';
import { inDevelopment, open, showClock } from '../page.ts';

await open('mailbox');
await define('flow-mailbox');
if (await inDevelopment()) await showClock();
