import { consume } from '@lit/context';
import { Task } from '@lit/task';
import { LitElement, css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { instant } from '../../core/format.ts';
import { read, send } from '../../core/own.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, onSubmit, outcome } from '../../parts/desk.ts';

interface Clock { readonly now: string; readonly realNow: string }

/** Development: the trade's clock, and the way to move it forward. The clocks of codes, links and sessions stay real. */
export class FlowClock extends LitElement {
  static override styles = [...desk, css`
    .flow { border-top: 1px dashed var(--edge); padding: 8px 16px; font-size: 13px; background: var(--surface) }
    .bar { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center }
    button { min-height: 32px; padding: 4px 10px; font-size: 13px }
    form { display: flex; flex-wrap: wrap; gap: 8px; align-items: center }
    input { min-height: 32px; width: auto; padding: 2px 8px; font-size: 13px }
    strong { font-variant-numeric: tabular-nums }`];

  /** Reads and moves the clock. Tests and stories put a fake here. */
  @property({ attribute: false }) doors: { read: () => Promise<Clock>; move: (to: Record<string, unknown>) => Promise<Clock> } = {
    read: () => read<Clock>('/dev/clock'), move: (to) => send<Clock>('/dev/clock', to),
  };
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#clock.run());
  readonly #clock = new Task(this, { args: () => [this.doors] as const, task: ([doors]) => doors.read(), onComplete: this.#presence.arrived, onError: this.#presence.failed });

  override render() {
    const { site } = this;
    const { sayOwn: say, locale, timeZone } = site;
    const clock = this.#clock.value;
    return this.#presence.stand(html`<section class="bar" aria-label=${say('development')}>
      <strong class="tag warn">${say('development')}</strong>
      ${clock ? html`<span>${say('tradeClock')} <strong><time datetime=${clock.now}>${instant(clock.now, locale, timeZone)}</time></strong></span>` : say('loading')}
      ${[1, 7, 28].map((days) => button(this.#acts, site, { act: `d${days}`, label: say('addDays', { n: days }), press: () => { this.#move(`d${days}`, { days }); } }))}
      <form @submit=${onSubmit(({ to }) => { if (to) this.#move('to', { to: `${to}T12:00:00.000Z` }); })}>
        <label><span class="sr">${say('clockTo')}</span><input type="date" name="to" required min=${clock?.now.slice(0, 10) ?? ''}></label>
        ${button(this.#acts, site, { act: 'to', label: say('clockGo') })}
      </form>
      <a href="/mailbox">${say('mailbox')}</a>
      ${['d1', 'd7', 'd28', 'to'].map((act) => outcome(this.#acts, site, act))}
    </section>`);
  }

  #move(act: string, to: Record<string, unknown>): void {
    void this.#acts.run(act, async () => {
      await this.doors.move(to);
      await this.#clock.run();
      this.dispatchEvent(new CustomEvent('flow-clock-moved', { bubbles: true, composed: true }));
    });
  }
}

declare global {
  interface HTMLElementTagNameMap { 'flow-clock': FlowClock }
}
