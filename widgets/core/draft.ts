import { toJson } from './json.ts';

/**
 * What a visitor has typed into one form: kept for the tab, so that a reload loses nothing, until `drop`. Where storage is
 * refused, or not wanted, it lives in memory, and the browser asks before the page is left.
 */
export class Draft<T> {
  readonly #name: string;
  #stored: boolean;
  #warning = false;

  constructor(name: string, stored: boolean) {
    this.#name = `flow-draft:${name}`;
    this.#stored = stored;
  }

  read(): T | null {
    if (!this.#stored) return null;
    try {
      return JSON.parse(sessionStorage.getItem(this.#name) ?? 'null') as T | null;
    } catch {
      return null;
    }
  }

  write(typed: T): void {
    if (this.#stored) {
      try {
        sessionStorage.setItem(this.#name, toJson(typed));
        return;
      } catch {
        this.#stored = false;
      }
    }
    if (!this.#warning) addEventListener('beforeunload', ask);
    this.#warning = true;
  }

  /** It was sent, or the form is gone. */
  drop(): void {
    removeEventListener('beforeunload', ask);
    this.#warning = false;
    try {
      sessionStorage.removeItem(this.#name);
    } catch {
      // Where storage is refused there is nothing to take out of it.
    }
  }
}

const ask = (event: BeforeUnloadEvent): void => { event.preventDefault(); };
