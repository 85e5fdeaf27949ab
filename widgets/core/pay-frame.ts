import { connect, WindowMessenger } from 'penpal';
import type { Joined } from './frame.ts';
import type { Locale } from './messages.ts';
import type { Theme } from './site.ts';

/* The channel between a booking's page and the page that takes the card, `/frame/pay`: both of our own origin. */

/** What the frame is to pay, and in whose name. */
export interface ToPay {
  readonly bookingId: string;
  /** The token of a mail's link, or of an opened frame; empty for a person who is signed in. */
  readonly link: string;
  /** The organisation acted for; empty with a link. */
  readonly org: string;
  /** Inside a partner's page: the last click needs a code. */
  readonly framed: boolean;
  readonly locale: Locale;
  readonly theme: Theme;
}

/** What the booking's page answers. */
export type FileSide = {
  toPay: () => ToPay;
  resized: (height: number) => void;
  /** The provider took the payment or the card: the file is to be read again. */
  paid: () => void;
  closed: () => void;
};

/** The frame answers nothing: it asks and tells. */
type Silent = Record<string, never>;

/** The side of the booking's page: nobody but the frame's own document, of our own origin, is heard. */
export function joinPay(frame: HTMLIFrameElement, answers: Omit<FileSide, 'resized'>): Joined<Silent> {
  if (!frame.contentWindow) throw new TypeError('The frame is not in the page.');
  const joined = connect<Silent>({
    messenger: new WindowMessenger({ remoteWindow: frame.contentWindow, allowedOrigins: [location.origin] }), timeout: 20_000,
    methods: { ...answers, resized: (height: number) => { if (Number.isFinite(height)) frame.style.height = `${Math.min(2_000, Math.max(200, Math.round(height)))}px`; } },
  });
  return { other: joined.promise, leave: () => { joined.destroy(); } };
}

/** The side of the frame: it speaks to a page of our own origin, or to nobody. */
export function joinFile(): Joined<FileSide> {
  const joined = connect<FileSide>({ messenger: new WindowMessenger({ remoteWindow: window.parent, allowedOrigins: [location.origin] }), methods: {}, timeout: 20_000 });
  const watch = new ResizeObserver(() => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    void joined.promise.then((file) => file.resized(height)).catch(() => undefined);
  });
  watch.observe(document.documentElement);
  return { other: joined.promise, leave: () => { watch.disconnect(); joined.destroy(); } };
}
