import { define } from '../../widgets/registry.ts';
import { open } from '../page.ts';

/* What the mail about a change of account leads to, `/stop#t=…`. The token leaves the address at once. */
document.querySelector('flow-iban-stop')?.setAttribute('token', new URLSearchParams(location.hash.slice(1)).get('t') ?? '');
history.replaceState(null, '', location.pathname);
await open('stopTitle');
await define('flow-iban-stop');
