import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';

/** What may be chosen: the words that stand in the field, and the thing that they name. */
export interface Choice<T> { readonly words: string; readonly thing: T }

/**
 * A field that proposes as one types, on the browser's own list, which keyboards and screen readers know. `find` is asked
 * a moment after the last key; the answer to what was typed before is thrown away.
 */
export class TypeAhead<T> implements ReactiveController {
  choices: readonly Choice<T>[] = [];
  readonly #host: ReactiveControllerHost;
  readonly #find: (typed: string) => Promise<readonly Choice<T>[]>;
  readonly #id: string;
  #turn = 0;

  constructor(host: ReactiveControllerHost, id: string, find: (typed: string) => Promise<readonly Choice<T>[]>) {
    this.#host = host;
    this.#id = id;
    this.#find = find;
    host.addController(this);
  }

  hostDisconnected(): void { this.#turn += 1; }

  /** What the words in the field name, if anything. */
  named = (words: string): T | undefined => this.choices.find((choice) => choice.words.toLowerCase() === words.trim().toLowerCase())?.thing;

  /** The list that a field names by `list=`. */
  list = (): TemplateResult => html`<datalist id=${this.#id}>${this.choices.map(({ words }) => html`<option value=${words}></option>`)}</datalist>`;

  /** Asks for what begins like `typed`. A question that fails proposes nothing. */
  ask(typed: string): void {
    this.#turn += 1;
    const mine = this.#turn;
    if (typed.trim().length < 2 || this.named(typed) !== undefined) return;
    setTimeout(() => {
      if (mine !== this.#turn) return;
      this.#find(typed.trim()).then((found) => {
        if (mine !== this.#turn) return;
        this.choices = found;
        this.#host.requestUpdate();
      }, () => undefined);
    }, 200);
  }
}
