import { define } from '../../../widgets/registry.ts';
import { parameter } from '../../page.ts';
import { joinPage } from '../frame.ts';

/* A booking's file inside a partner's page: opened with a code, told to the page around it by name of event alone. */
const door = document.querySelector('flow-frame');
door?.setAttribute('reference', parameter('reference'));
document.documentElement.lang = parameter('lang') || 'fr';
const tell = await joinPage();
document.addEventListener('flow-file-changed', () => { tell('acted'); });
door?.addEventListener('flow-file-opened', (event) => {
  const file = document.createElement('flow-file');
  file.setAttribute('booking-id', (event as CustomEvent<{ bookingId: string }>).detail.bookingId);
  file.setAttribute('site-key', parameter('key'));
  file.toggleAttribute('framed', true);
  door.append(file);
  for (const tag of ['flow-file', 'flow-ledger', 'flow-market', 'flow-reviews', 'flow-claims']) void define(tag);
});
await define('flow-frame');
