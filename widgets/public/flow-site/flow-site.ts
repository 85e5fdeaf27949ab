import { ContextProvider } from '@lit/context';
import { LitElement, css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { makeSite, pageSettings, pageSite, siteContext, type Theme } from '../../core/site.ts';

/**
 * Stands around widgets that need another key, language, time zone or theme than the page's own. It shows nothing itself.
 *
 * @slot - The widgets, and anything else.
 */
export class FlowSite extends LitElement {
  static override styles = css`:host { display: contents !important }`;

  /** The publishable key, `pk_…`. */
  @property() key = pageSettings().key;
  /** The language: `fr`, `en`, `nl` or `de`. */
  @property() override lang = pageSettings().lang;
  /** The reader's time zone, `Europe/Paris`. */
  @property({ attribute: 'time-zone' }) timeZone = pageSettings().timeZone;
  /** `host`, `auto`, `light`, `dark` or `contrast`. */
  @property() theme: Theme = pageSettings().theme;
  /** Resolves once the site that the widgets inside will stand on is there. @internal */
  made: Promise<void> = Promise.resolve();

  readonly #site = new ContextProvider(this, { context: siteContext, initialValue: pageSite() });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#make();
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (this.isConnected && old !== value) this.#make();
  }

  override render() {
    return html`<slot></slot>`;
  }

  #make(): void {
    const { key, lang, timeZone, theme } = this;
    // What it does not say, the page does.
    const said = Object.fromEntries(Object.entries({ key, lang, timeZone, theme }).filter(([, one]) => one));
    const made = makeSite({ ...pageSettings(), ...said }).then((site) => {
      // The last one asked for, not the last to arrive.
      if (this.made === made) this.#site.setValue(site);
    });
    this.made = made;
  }
}

declare global {
  interface HTMLElementTagNameMap { 'flow-site': FlowSite }
}
