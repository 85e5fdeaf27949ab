import { actAs } from '../../../widgets/core/api.ts';
import { joinFile } from '../../../widgets/core/pay-frame.ts';
import { define } from '../../../widgets/registry.ts';
import { dress } from '../frame.ts';

/* The card, in a frame of our own origin: what is to pay comes from the booking's page around it, and from nobody else. */
document.documentElement.classList.add('framed', 'paying');
const joined = joinFile();
const asked = await joined.other.then((file) => file.toPay());
dress(asked);
actAs({ link: asked.link, org: asked.org });
const pay = document.createElement('flow-pay');
pay.setAttribute('booking-id', asked.bookingId);
pay.toggleAttribute('framed', asked.framed);
// The page around may leave before it answers: it reads the file again when it comes back.
pay.addEventListener('flow-paid', () => { joined.other.then((file) => file.paid()).catch(() => undefined); });
pay.addEventListener('flow-pay-closed', () => { joined.other.then((file) => file.closed()).catch(() => undefined); });
document.querySelector('main')?.append(pay);
await define('flow-pay');
