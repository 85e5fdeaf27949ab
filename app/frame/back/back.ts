import { openPage, pageSite } from '../../../widgets/core/site.ts';
import { localeOf } from '../../../widgets/core/messages.ts';
import { NAMES, remembered } from '../../../widgets/core/own.ts';
import { BACK } from '../../../widgets/parts/card/bank-window.ts';

/* Where a bank leads back to, in the window of its own: it tells the card's frame that opened it, of our own origin, and nobody else. */
const opener = window.opener as Window | null;
opener?.postMessage(BACK, location.origin);
window.close();
// A window that was opened by hand stays: it says what to do.
document.documentElement.lang = localeOf(remembered.read(NAMES.language) || navigator.language);
await openPage();
const words = document.querySelector('p');
if (words) words.textContent = pageSite().sayOwn('payBack');
