import { define } from '../../widgets/registry.ts';
import { inDevelopment, open, parameter, showClock } from '../page.ts';

await open('signUpTitle');
document.querySelector('flow-sign-up')?.setAttribute('referral', parameter('referral'));
await define('flow-sign-up');
if (await inDevelopment()) await showClock();
