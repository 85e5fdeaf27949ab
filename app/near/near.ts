import { define } from '../../widgets/registry.ts';
import { open } from '../page.ts';

/* What our mails about a wish lead to, `/near#t=…`. The token leaves the address at once. */
document.querySelector('flow-wish')?.setAttribute('token', new URLSearchParams(location.hash.slice(1)).get('t') ?? '');
history.replaceState(null, '', location.pathname);
await open('wishTitle');
await define('flow-wish');
