import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Say } from '../core/words.ts';

/** A commune that can be picked. */
export interface Place {
  readonly insee: string;
  readonly name: string;
  readonly postcode: string;
  readonly country: string;
  /** Where it lies, in degrees of WGS 84, where the server knows. */
  readonly lat?: number | null;
  readonly lng?: number | null;
}

/** The list under the field, in the form's own shadow root. */
const SHEET = `
.picker { position: relative }
.options { position: absolute; z-index: 5; inset: 100% 0 auto; margin-top: 2px; background: var(--ground); border: 1px solid var(--edge); border-radius: var(--radius); max-height: 260px; overflow-y: auto }
.options[hidden] { display: none }
.options li { display: flex; justify-content: space-between; gap: 12px; padding: 10px 12px; min-height: 44px; cursor: pointer }
.options li[aria-selected=true], .options li:hover { background: var(--accent); color: var(--on-accent) }
.options li:hover span, .options li[aria-selected=true] span { color: inherit }`;

/** How long typing must rest before the communes are asked for, in milliseconds. */
const REST_MS = 180;

/** A field that finds a commune by its name or postcode while it is typed: a combobox with a list, by keyboard, pointer and screen reader. */
export class PlacePicker implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #find: (typed: string) => Promise<readonly Place[]>;
  readonly #picked: (name: string, place: Place | null) => void;
  #options: readonly Place[] = [];
  #open = false;
  #active = -1;
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `picked` is told each change: what is typed, and the commune once it is one. The style of the list goes into the host's root. */
  constructor(host: ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment }, find: (typed: string) => Promise<readonly Place[]>, picked: (name: string, place: Place | null) => void) {
    const root = host.renderRoot as ShadowRoot;
    this.#host = host;
    this.#find = find;
    this.#picked = picked;
    host.addController(this);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
  }

  /** The control alone; its label is the form's. `described` is the id of its hint. */
  control({ id, value, say, described }: { id: string; value: string; say: Say; described: string }): TemplateResult {
    const open = this.#open && this.#options.length > 0;
    return html`
      <div class="picker" @focusout=${this.#leave}>
        <input id=${id} name=${id} role="combobox" aria-label=${say('city')} aria-autocomplete="list" aria-expanded=${open ? 'true' : 'false'} aria-controls="${id}-options" autocomplete="off" maxlength="60"
          aria-activedescendant=${open && this.#active >= 0 ? `${id}-${this.#active}` : nothing} aria-describedby=${described} .value=${value} @input=${this.#type} @keydown=${this.#key}>
        <ul class="options" id="${id}-options" role="listbox" aria-label=${say('cityHow')} ?hidden=${!open}>
          ${this.#options.map((place, at) => html`<li id="${id}-${at}" role="option" aria-selected=${at === this.#active ? 'true' : 'false'} @pointerdown=${(event: Event) => { event.preventDefault(); }} @pointerup=${() => { this.#pick(place); }}>${place.name}<span class="muted num">${place.postcode}${place.country === 'FR' ? '' : ` ${place.country}`}</span></li>`)}
        </ul>
        <span class="sr" role="status">${this.#open ? (open ? say('cityFound', { n: this.#options.length }) : say('cityNone')) : ''}</span>
      </div>`;
  }

  readonly #type = (event: Event): void => {
    const typed = (event.target as HTMLInputElement).value;
    this.#picked(typed, null);
    this.seek(typed);
  };

  /** Looks for the communes of what is typed, once typing rests. */
  seek(typed: string): void {
    clearTimeout(this.#timer);
    const turn = this.#turn += 1;
    if (typed.trim().length < 2) { this.#close(); return; }
    this.#timer = setTimeout(() => {
      this.#find(typed.trim()).then((found) => {
        if (turn !== this.#turn) return;
        this.#options = found;
        this.#open = true;
        this.#active = -1;
        this.#host.requestUpdate();
      }, () => {
        // The name that was typed is sent as it stands.
        this.#close();
      });
    }, REST_MS);
  }

  readonly #key = (event: KeyboardEvent): void => {
    const { length } = this.#options;
    if (!this.#open || !length) return;
    const picked = this.#options[this.#active];
    if (event.key === 'ArrowDown') this.#active = (this.#active + 1) % length;
    else if (event.key === 'ArrowUp') this.#active = (this.#active - 1 + length) % length;
    else if (event.key === 'Escape') this.#close();
    else if (event.key === 'Enter' && picked) this.#pick(picked);
    else return;
    event.preventDefault();
    this.#host.requestUpdate();
  };

  readonly #leave = (): void => {
    const [first, second] = this.#options;
    if (this.#open && first && !second) this.#pick(first);
    else this.#close();
  };

  #pick(place: Place): void {
    this.#close();
    this.#picked(place.name, place);
  }

  #close(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.#open = false;
    this.#host.requestUpdate();
  }
}
