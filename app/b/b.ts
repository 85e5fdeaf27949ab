import { actAs } from '../../widgets/core/api.ts';
import { NAMES, remembered } from '../../widgets/core/own.ts';
import { define } from '../../widgets/registry.ts';
import { inDevelopment, open, showClock } from '../page.ts';

/* The file of whoever holds a link of a mail, `/b#t=…`. The token leaves the address at once; it lives as long as the tab. */
const token = new URLSearchParams(location.hash.slice(1)).get('t');
if (token) {
  remembered.write(NAMES.link, token, 'session');
  history.replaceState(null, '', location.pathname);
}
actAs({ link: remembered.read(NAMES.link, 'session'), org: '' });
// Another link opened in the same tab changes the fragment alone.
addEventListener('hashchange', () => { location.reload(); });
await open('fileTitleOwn');
await Promise.all(['flow-file', 'flow-ledger', 'flow-market', 'flow-reviews'].map(define));
if (await inDevelopment()) await showClock();
