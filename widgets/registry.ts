import { isOwnPage, openPage } from './core/site.ts';

/** Every tag of anybody's page, and where its class lives. Nothing else calls `customElements.define`. */
const TAGS: Record<string, () => Promise<CustomElementConstructor>> = {
  'flow-site': async () => (await import('./public/flow-site/flow-site.ts')).FlowSite,
  'flow-epk': async () => (await import('./public/flow-epk/flow-epk.ts')).FlowEpk,
  'flow-availability': async () => (await import('./public/flow-availability/flow-availability.ts')).FlowAvailability,
  'flow-booking-request': async () => (await import('./public/flow-booking-request/flow-booking-request.ts')).FlowBookingRequest,
  'flow-programme': async () => (await import('./public/flow-programme/flow-programme.ts')).FlowProgramme,
  'flow-tour-map': async () => (await import('./public/flow-tour-map/flow-tour-map.ts')).FlowTourMap,
  'flow-contract-status': async () => (await import('./public/flow-contract-status/flow-contract-status.ts')).FlowContractStatus,
};

/** Defines one tag, once, even when two bundles share a page. A `<flow-site>`, and its words, go before the widgets it stands around. */
export async function define(tag: string): Promise<void> {
  if (customElements.get(tag)) return;
  // What is for people who are signed in is on our own pages alone: a partner's cannot even load it.
  const load = TAGS[tag] ?? (isOwnPage() ? (await import('./own-tags.ts')).OWN_TAGS[tag] : undefined);
  if (!load) return;
  if (tag !== 'flow-site' && document.querySelector('flow-site')) {
    await define('flow-site');
    await Promise.all([...document.querySelectorAll('flow-site')].map((site) => site.made));
  }
  const [element] = await Promise.all([load(), openPage()]);
  if (!customElements.get(tag)) customElements.define(tag, element);
}
