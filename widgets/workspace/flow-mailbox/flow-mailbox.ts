import { consume } from '@lit/context';
import { Task } from '@lit/task';
import { LitElement, css, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { instant } from '../../core/format.ts';
import { read } from '../../core/own.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { desk, field } from '../../parts/desk.ts';

interface Mail { readonly id: string; readonly to: string; readonly subject: string; readonly createdAt: string; readonly text: string; readonly html: string }

/** Development: every mail that was written, with its text and the link in it. */
export class FlowMailbox extends LitElement {
  static override styles = [...desk, css`
    :host { min-height: 480px }
    .head { display: flex; flex-wrap: wrap; gap: 16px; align-items: end } .head > label { flex: 0 1 420px }
    li { border-top: 1px solid var(--line) }
    summary { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0; padding: 12px 0; font-weight: 400; list-style-position: outside }
    summary strong { font-weight: 600 }
    .text { padding: 0 0 20px; display: grid; gap: 16px }
    .codes { font-size: 26px; letter-spacing: .08em }
    @container flow (min-width: 720px) { summary { grid-template-columns: minmax(0, 1fr) 280px 240px; gap: 16px } }`];

  /** Reads the mails. Tests and stories put a fake here. */
  @property({ attribute: false }) mails: () => Promise<readonly Mail[]> = () => read('/dev/mails');
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private to = '';

  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, { args: () => [this.mails] as const, task: ([mails]) => mails(), onComplete: this.#presence.arrived, onError: this.#presence.failed });

  override render() {
    const { sayOwn: say } = this.site;
    return this.#presence.stand(html`<div class="stack">
      <h1>${say('mailbox')}</h1>
      <p class="muted">${say('mailboxHow')}</p>
      ${this.#all.value ? this.#list(this.#all.value) : this.#all.render({ ...this.#presence.states(64, 64, 64), complete: () => nothing })}
    </div>`);
  }

  #list(mails: readonly Mail[]) {
    const { sayOwn: say } = this.site;
    const readers = [...new Set(mails.map(({ to }) => to))].sort();
    const shown = mails.filter(({ to }) => !this.to || to === this.to);
    return html`
      <div class="head">
        ${field({ label: say('mailTo') }, html`<select @change=${(event: Event) => { this.to = (event.currentTarget as HTMLSelectElement).value; }}>
          <option value="">${say('everybody')}</option>${readers.map((to) => html`<option value=${to} ?selected=${to === this.to}>${to}</option>`)}</select>`)}
        <button type="button" @click=${() => { void this.#all.run(); }}>${say('refresh')}</button>
      </div>
      ${shown.length === 0 ? html`<div class="empty"><h2>${say('noMail')}</h2><p>${say('noMailHow')}</p></div>` : html`<ol>${shown.map((mail, i) => this.#mail(mail, i === 0))}</ol>`}`;
  }

  #mail(mail: Mail, open: boolean) {
    const { sayOwn: say, locale, timeZone } = this.site;
    const links = mail.text.match(/https?:\/\/[^\s<>)]+/g) ?? [];
    const code = /(?:^|\n)\s*(\d{6}|\d{3}\s\d{3})\s*(?:\n|$)/.exec(mail.text)?.[1];
    return html`<li><details ?open=${open}>
      <summary><strong>${mail.subject}</strong><span class="muted">${mail.to}</span><time class="muted" datetime=${mail.createdAt}>${instant(mail.createdAt, locale, timeZone)}</time></summary>
      <div class="text">
        ${code ? html`<p class="codes"><span class="sr">${say('code')} </span>${code}</p>` : nothing}
        <pre class="words">${mail.text}</pre>
        ${[...new Set(links)].map((link) => html`<p><a class="button primary" href=${link}>${say('openLink')}</a></p>`)}
      </div></details></li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap { 'flow-mailbox': FlowMailbox }
}
