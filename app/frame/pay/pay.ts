import { actAs } from '../../../widgets/core/api.ts';
import { NAMES, remembered } from '../../../widgets/core/own.ts';
import { joinFile } from '../../../widgets/core/pay-frame.ts';
import { define } from '../../../widgets/registry.ts';
import { open, parameter } from '../../page.ts';
import { dress } from '../frame.ts';

/** The card, in a frame of our own origin: what is to pay comes from the booking's page around it, and from nobody else. */
async function payBooking(): Promise<void> {
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
}

/** The card of a plan, opened by itself from the page of the plan: whoever is signed in saves it for the organisation that they act for. */
async function savePlanCard(): Promise<void> {
  await open('planCard');
  actAs({ org: remembered.read(NAMES.organisation) });
  document.querySelector('main')?.append(document.createElement('flow-plan-card'));
  await define('flow-plan-card');
}

// Inside another page it is always a booking's.
await (parameter('plan') && window.parent === window ? savePlanCard() : payBooking());
