/** The first wait and the longest one, in milliseconds; each wait is twice the one before. */
const FIRST_MS = 2_000;
const LONGEST_MS = 60_000;

/** Tries again, later and later, and at once when the browser says that it is online again. */
export class Backoff {
  readonly #again: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waitMs = FIRST_MS;

  constructor(again: () => void) {
    this.#again = again;
  }

  /** Waits for its turn. A spread of a fifth keeps the visitors of one page from all coming back in the same second. */
  wait(): void {
    this.#stop();
    this.#timer = setTimeout(this.#now, this.#waitMs * (0.9 + Math.random() / 5));
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_MS);
    addEventListener('online', this.#now);
  }

  /** It worked, or nobody wants it any more. */
  settle(): void {
    this.#stop();
    this.#waitMs = FIRST_MS;
  }

  readonly #now = (): void => { this.#stop(); this.#again(); };

  #stop(): void {
    clearTimeout(this.#timer);
    removeEventListener('online', this.#now);
  }
}
