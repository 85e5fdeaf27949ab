import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Chosen, Found, Standing, Verdict } from './model.ts';

/** What somebody does with a card. */
export type Deed = { readonly kind: 'verdict'; readonly verdict: Verdict | null; readonly message: string } | { readonly kind: 'favourite'; readonly on: boolean } | { readonly kind: 'hidden'; readonly on: boolean };

/** What was done last, to be said and undone. */
interface Done { readonly found: Found; readonly deed: Deed; readonly before: Standing; readonly undone: boolean }

/** What was made of cards: at once on the page, then on the server; what the server refuses is as if it had not been, and is said. */
export class Choices implements ReactiveController {
  /** What was done last. */
  done: Done | null = null;
  /** What was refused last, and how to do it again. */
  failed: { readonly found: Found; readonly error: unknown; readonly again: () => void } | null = null;
  /** Super likes that are left; null before it is known. */
  superLikes: number | null = null;
  readonly #host: ReactiveControllerHost;
  readonly #send: (found: Found, deed: Deed) => Promise<Chosen>;
  readonly #matched: (found: Found, match: NonNullable<Chosen['match']>) => void;
  readonly #standing = new Map<string, Standing>();
  /** Cards that are done with, in their order. */
  #past: Done[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  /** `send` tells the server; `matched` is told when a like was mutual. */
  constructor(host: ReactiveControllerHost, send: (found: Found, deed: Deed) => Promise<Chosen>, matched: (found: Found, match: NonNullable<Chosen['match']>) => void) {
    this.#host = host;
    this.#send = send;
    this.#matched = matched;
    host.addController(this);
  }

  hostDisconnected(): void { this.done = null; }

  /** How a card stands now. */
  of = (found: Found): Standing => this.#standing.get(found.orgId) ?? { choice: found.choice, match: found.match };

  /** Whether somebody decided on this card since it came. */
  decided = ({ orgId }: Found): boolean => this.#past.some(({ found, deed }) => found.orgId === orgId && (deed.kind === 'verdict' || deed.kind === 'hidden'));

  canUndo = (): boolean => this.#past.length > 0;

  /** The cards came anew from the server, which knows best. */
  fresh(): void {
    this.#past = [];
    this.#standing.clear();
  }

  /** Does it, on the page at once. One after the other for the server. */
  do(found: Found, deed: Deed): void {
    const before = this.of(found);
    const did = { found, deed, before, undone: false };
    this.#past = [...this.#past, did];
    this.#tell(did, after(before, deed), () => { this.#past = this.#past.filter((one) => one !== did); }, () => { this.do(found, deed); });
  }

  /** Takes the last deed back. */
  undo(): void {
    const last = this.#past.at(-1);
    if (!last) return;
    const { found, deed, before } = last;
    this.#past = this.#past.slice(0, -1);
    const back: Deed = deed.kind === 'verdict' ? { kind: 'verdict', verdict: before.choice.verdict, message: '' } : { kind: deed.kind, on: before.choice[deed.kind] };
    this.#tell({ found, deed: back, before: this.of(found), undone: true }, before, () => { this.#past = [...this.#past, last]; }, () => { this.undo(); });
  }

  #tell(did: Done, standing: Standing, revert: () => void, again: () => void): void {
    const { found, deed, before } = did;
    this.#standing.set(found.orgId, standing);
    [this.done, this.failed] = [did, null];
    this.#host.requestUpdate();
    this.#turn = this.#turn.then(() => this.#send(found, deed)).then((chosen) => {
      this.superLikes = chosen.superLikes;
      // What somebody did since is not undone by an older answer.
      if (this.#standing.get(found.orgId) === standing) this.#standing.set(found.orgId, { choice: { verdict: chosen.verdict, favourite: chosen.favourite, hidden: chosen.hidden }, match: chosen.match });
      if (chosen.match && !before.match) this.#matched(found, chosen.match);
    }, (error: unknown) => {
      if (this.#standing.get(found.orgId) === standing) this.#standing.set(found.orgId, before);
      revert();
      this.done = this.done === did ? null : this.done;
      this.failed = { found, error, again: () => { this.failed = null; again(); } };
    }).then(() => { this.#host.requestUpdate(); });
  }
}

const after = ({ choice, match }: Standing, deed: Deed): Standing => ({
  match, choice: deed.kind === 'verdict' ? { ...choice, verdict: deed.verdict } : { ...choice, [deed.kind]: deed.on },
});
