import { connect, WindowMessenger, type Methods, type RemoteProxy } from 'penpal';
import type { Locale } from './messages.ts';
import type { Theme } from './site.ts';

/** How the host page wants our frame to look. No colour of the host is sent: a frame that asks for a signature looks like us. */
export interface Look {
  readonly locale: Locale;
  readonly theme: Theme;
}

/** What the widget on the partner's page answers. Nothing of the file passes: it is read in the frame alone. */
export type HostSide = {
  /** How to look. */
  look: () => Look;
  /** The height of the frame's content, in CSS pixels. */
  resized: (height: number) => void;
  /** Something was signed, paid or answered: the steps are to be read again. */
  acted: () => void;
  /** The reader is done. */
  closed: () => void;
};

/** What our page in the frame answers. */
export type FrameSide = {
  looked: (look: Look) => void;
};

/** Heights that a frame may take, in CSS pixels: what it says is clamped to them. */
const SHORTEST = 240;
const TALLEST = 6_000;

/** A channel that stands: the other side's methods, and how to leave. */
export interface Joined<Other extends Methods> {
  readonly other: Promise<RemoteProxy<Other>>;
  readonly leave: () => void;
}

/** The host's side. Only a message from `origin`, out of this very frame, is heard; the frame's height follows its content. */
export function joinFrame(frame: HTMLIFrameElement, origin: string, answers: Omit<HostSide, 'resized'>): Joined<FrameSide> {
  const methods: HostSide = {
    ...answers,
    resized: (height) => {
      if (Number.isFinite(height)) frame.style.height = `${Math.round(Math.min(TALLEST, Math.max(SHORTEST, height)))}px`;
    },
  };
  if (!frame.contentWindow) throw new TypeError('The frame is not in the page.');
  const joined = connect<FrameSide>({ messenger: new WindowMessenger({ remoteWindow: frame.contentWindow, allowedOrigins: [origin] }), methods, timeout: 20_000 });
  return { other: joined.promise, leave: () => { joined.destroy(); } };
}

/**
 * The side of our page in the frame. `origins` comes from the server, which took it from the partner's list: never from the
 * address of the frame. Tells the host the height of the content whenever it changes by a pixel or more.
 */
export function joinHost(origins: readonly string[], answers: FrameSide): Joined<HostSide> {
  const joined = connect<HostSide>({ messenger: new WindowMessenger({ remoteWindow: window.parent, allowedOrigins: [...origins] }), methods: answers, timeout: 20_000 });
  let told = 0;
  const watch = new ResizeObserver(() => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (Math.abs(height - told) < 1) return;
    told = height;
    void joined.promise.then((host) => host.resized(height)).catch(() => undefined);
  });
  watch.observe(document.documentElement);
  return { other: joined.promise, leave: () => { watch.disconnect(); joined.destroy(); } };
}
