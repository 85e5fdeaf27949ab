import { define } from '../../widgets/registry.ts';
import { inDevelopment, open, parameter, showClock } from '../page.ts';

/* Signing in, and what the links of our mails ask for: `#magic=`, `#verify=`, `#reset=`. */
document.querySelector('flow-sign-in')?.setAttribute('next', parameter('next') || '/');
await open('signInTitle');
await define('flow-sign-in');
if (await inDevelopment()) await showClock();
