/** What the page at which a bank leads back says to the frame that opened its window. It carries nothing: the provider alone is asked what became of the attempt. */
export const BACK = 'flow-bank-back';

/** A window for a bank that would not be asked inside a frame. */
export interface BankWindow {
  readonly go: (address: string) => void;
  /** Once the bank has led back to our own page, or the window was closed before. */
  readonly left: Promise<'back' | 'closed'>;
  readonly close: () => void;
}

/** How often it is seen whether a window was closed, in milliseconds: no event tells it. */
const LOOK_MS = 500;

/** Opens it, empty: inside the click itself, or the browser takes it for an advertisement. Null where the browser keeps it shut. */
export function openBank(): BankWindow | null {
  const popup = window.open('about:blank', 'flow-bank', 'popup,width=480,height=760');
  if (!popup) return null;
  const left = new Promise<'back' | 'closed'>((resolve) => {
    const end = (how: 'back' | 'closed'): void => {
      clearInterval(look);
      removeEventListener('message', hear);
      resolve(how);
    };
    const hear = (event: MessageEvent): void => {
      if (event.origin === location.origin && event.source === popup && event.data === BACK) end('back');
    };
    const look = setInterval(() => { if (popup.closed) end('closed'); }, LOOK_MS);
    addEventListener('message', hear);
  });
  return { left, go: (address) => { popup.location.href = address; }, close: () => { popup.close(); } };
}
