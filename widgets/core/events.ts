/**
 * What widgets tell the page, each by a `CustomEvent` that bubbles and crosses shadow roots. Details are small, and hold
 * nothing that is private: the host's scripts read them. A fact has the name it has everywhere: `request.sent`, `flow-request-sent`.
 */
export interface FlowEvents {
  /** What the widget shows is there, for the first time. */
  'flow-ready': { tag: string };
  /** It is another height now. */
  'flow-resized': { tag: string; height: number };
  /** Something failed. `code` is a row of docs/errors.md, `unreachable` or `internal`. */
  'flow-error': { tag: string; code: string };
  /** A free or flexible day was chosen. A request on the page for the same artist takes it up. */
  'flow-date-selected': { artist: string; day: string };
  /** Somebody wants to ask for this artist. Cancel it to open something of your own. */
  'flow-request-opened': { artist: string; day: string };
  /** The server has the request. */
  'flow-request-sent': { reference: string; artist: string; day: string };
  /** The server could not be reached; the request is kept, and goes out by itself. */
  'flow-request-kept': { artist: string };
  /** Somebody asked the artist to play near them: a fan, or who organises shows. */
  'flow-near-asked': { artist: string; asker: 'fan' | 'organiser' };
  /** A step of the booking is done, or is the one now. */
  'flow-step-changed': { reference: string; step: string; state: string };
}

declare global {
  interface HTMLElementEventMap extends FlowEventMap {}
  interface DocumentEventMap extends FlowEventMap {}
}

type FlowEventMap = { [Name in keyof FlowEvents]: CustomEvent<FlowEvents[Name]> };

/** Tells the page. False when a listener cancelled it. */
export const announce = <Name extends keyof FlowEvents>(from: EventTarget, name: Name, detail: FlowEvents[Name]): boolean =>
  from.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable: true, detail }));
