import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * What somebody is doing on a page, one act at a time: `send`, `accept`… A second press while one is under way does nothing, so
 * nothing is done twice.
 */
export class Acts implements ReactiveController {
  /** The act under way. */
  busy = '';
  /** The act that failed last, and how. */
  failed: { readonly act: string; readonly error: unknown } | null = null;
  /** The act that was done last. */
  done = '';

  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void { this.busy = ''; }

  /** Does `work` under the name `act`. True when it went well. */
  async run(act: string, work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    [this.busy, this.failed, this.done] = [act, null, ''];
    this.#host.requestUpdate();
    try {
      await work();
      this.done = act;
      return true;
    } catch (error) {
      this.failed = { act, error };
      return false;
    } finally {
      this.busy = '';
      this.#host.requestUpdate();
    }
  }

  /** How `act` failed, if it was the last to. */
  errorOf(act: string): unknown {
    return this.failed?.act === act ? this.failed.error : null;
  }

  /** Forgets how the last act ended. */
  clear(): void {
    [this.failed, this.done] = [null, ''];
    this.#host.requestUpdate();
  }
}
