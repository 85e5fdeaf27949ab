import { define } from '../../widgets/registry.ts';
import { inDevelopment, open, showClock } from '../page.ts';

await open('signUpTitle');
await define('flow-sign-up');
if (await inDevelopment()) await showClock();
