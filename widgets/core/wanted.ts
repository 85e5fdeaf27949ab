import { html, type TemplateResult } from 'lit';
import { announce } from './events.ts';
import type { Site } from './site.ts';

/* What happened on this page, for widgets that load only when they near the viewport. */
const days = new Map<string, string>();

/** The day that a visitor chose of an artist; empty when there is none. */
export const wantedDay = (artist: string): string => days.get(artist) ?? '';

/** Keeps the day for a form that is not there yet, and tells the page. @fires flow-date-selected */
export function want(from: EventTarget, artist: string, day: string): void {
  days.set(artist, day);
  announce(from, 'flow-date-selected', { artist, day });
}

/** The form of this page for an artist: one for that artist, else one that belongs to nobody else. */
export const requestForm = (artist: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`flow-booking-request[artist="${CSS.escape(artist)}"]`);

/** Leads the visitor to the form for an artist, unless the page does something of its own. @fires flow-request-opened */
export async function openRequest(from: EventTarget, artist: string): Promise<void> {
  const form = requestForm(artist);
  if (!announce(from, 'flow-request-opened', { artist, day: wantedDay(artist) }) || !form) return;
  form.scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth', block: 'start' });
  await customElements.whenDefined(form.localName);
  await (form as HTMLElement & { updateComplete?: Promise<unknown> }).updateComplete;
  form.focus({ preventScroll: true });
}

/** Our own page with the form for an artist, for a page that has none; empty where there is no key to open it. */
export function hostedForm({ server, key, locale }: Site, own: string, artist: string, day = ''): string {
  const asked = new URLSearchParams({ key: own || key, artist, day, lang: locale });
  return own || key ? `${server}/e/flow-booking-request?${asked.toString()}` : '';
}

let reference = '';

/** Notes the request that was sent on this page, for a status that loads later, and tells the page. @fires flow-request-sent */
export function sent(from: EventTarget, detail: { reference: string; artist: string; day: string }): void {
  ({ reference } = detail);
  announce(from, 'flow-request-sent', detail);
}

/** A reference in groups of four, to be read aloud or copied by hand; copied by the clipboard it stays one word. */
export const grouped = (whole: string): readonly TemplateResult[] => (whole.match(/^ref|.{1,4}/g) ?? []).map((part) => html`<span>${part}</span>`);

/** The reference of the last request sent on this page; empty when there is none. */
export const sentReference = (): string => reference;
