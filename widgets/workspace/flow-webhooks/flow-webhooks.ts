import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { duration, instant } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import type { OwnKey } from '../../core/words.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, failure, field, onSubmit, outcome, success, word } from '../../parts/desk.ts';
import { copyable } from '../../parts/snippet.ts';
import { styles } from './flow-webhooks.styles.ts';

type Out = inferRouterOutputs<AppRouter>['webhooks'];
type Known = Out['endpoints'];
type Endpoint = Known['endpoints'][number];
type Delivery = Out['log']['deliveries'][number];
type Topics = inferRouterInputs<AppRouter>['webhooks']['create']['topics'];

/** Under which heading a fact is offered, by the first part of its name. */
const GROUPS: readonly (readonly [OwnKey, readonly string[]])[] = [
  ['hookGroup_request', ['request', 'match']], ['hookGroup_offer', ['hold', 'offer']], ['hookGroup_contract', ['party', 'quote', 'purchase', 'contract', 'envelope']],
  ['hookGroup_payment', ['payment', 'mandate', 'escrow', 'payout', 'chargeback']], ['hookGroup_show', ['show', 'booking', 'cancellation', 'dispute']], ['hookGroup_invoice', ['invoice']],
];

/** How often the log is read again after something was sent, and how long it is waited each time: a little longer than an endpoint may take. */
const [LOOKS, LOOK_MS] = [10, 1_200];

/** The addresses of an organisation that are told what happens to its bookings: what each hears, its secret once, and the log of what was sent. */
export class FlowWebhooks extends LitElement {
  static override styles = [...desk, styles];

  /** The endpoint whose log is open. */
  @property() endpoint = '';
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private adding = false;
  /** What is asked about an endpoint before it is done: `change:<id>`, `rotate:<id>`, `delete:<id>`. */
  @state() private asked = '';
  @state() private secret: { readonly id: string; readonly text: string } | null = null;
  @state() private failedOnly = false;
  @state() private older: readonly Delivery[] = [];
  @state() private more = false;

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [this.#server()] as const,
    task: ([api]): Promise<Known> => api.webhooks.endpoints.query(),
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  readonly #log = new Task(this, {
    args: () => [this.#server(), this.endpoint, this.failedOnly] as const,
    task: async ([api, id, failed]) => (id ? api.webhooks.log.query({ id, failed }) : null),
    onComplete: (log) => { [this.older, this.more] = [[], log?.more ?? false]; },
  });

  override render() {
    const { sayOwn: say } = this.site;
    const { value } = this.#all;
    return this.#presence.stand(html`<div class="stack"><h1>${say('page_webhooks')}</h1><p class="lead">${say('hooksHow')}</p>
      ${value ? this.#list(value) : this.#all.render({ ...this.#presence.states(200, 160), complete: () => nothing })}</div>`);
  }

  #list(known: Known) {
    const { sayOwn: say } = this.site;
    if (known.endpoints.length === 0) return html`<div class="empty"><h2>${say('hooksEmpty')}</h2><p>${say('hooksEmptyHow')}</p></div>${this.#form(known)}`;
    return html`<div>${known.endpoints.map((endpoint) => this.#entry(endpoint, known))}</div>
      ${this.adding ? this.#form(known) : html`<div><button type="button" @click=${() => { [this.adding, this.asked] = [true, '']; this.#acts.clear(); }}>${say('hookAdd')}</button></div>`}`;
  }

  #entry(endpoint: Endpoint, known: Known): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale, timeZone } = site;
    const { id, offAt } = endpoint;
    const at = (iso: string): string => instant(iso, locale, timeZone);
    const ask = (what: string, label: string): TemplateResult => html`<button type="button" class="plain" aria-expanded=${this.asked === `${what}:${id}` ? 'true' : 'false'}
      @click=${() => { this.asked = this.asked === `${what}:${id}` ? '' : `${what}:${id}`; this.#acts.clear(); }}>${label}</button>`;
    return html`<article aria-labelledby=${id}>
      <div><h2 id=${id}>${endpoint.url}</h2>
        <p class="row small"><span class="tag ${offAt ? 'warn' : 'good'}">${offAt ? say(endpoint.gone ? 'hookGone' : endpoint.failing ? 'hookFailing' : 'hookIsOff', { at: at(offAt) }) : say('hookOn')}</span><span class="muted">${say('hookHears', { n: endpoint.topics.length })}</span>
          ${endpoint.waiting ? html`<span class="muted">${say('hookWaiting', { n: endpoint.waiting })}</span>` : nothing}${endpoint.failed ? html`<span class="tag bad">${say('hookFailed', { n: endpoint.failed })}</span>` : nothing}</p>
        ${endpoint.previousUntil ? html`<p class="small muted">${say('hookPrevious', { at: at(endpoint.previousUntil) })}</p>` : nothing}</div>
      ${this.secret?.id === id ? this.#shownOnce(this.secret.text) : nothing}
      <div class="row">
        ${offAt ? nothing : button(this.#acts, site, { act: `test:${id}`, label: say('hookTest'), press: () => { this.#send(`test:${id}`, id, (api) => api.webhooks.test.mutate({ id })); } })}
        <button type="button" aria-expanded=${this.endpoint === id ? 'true' : 'false'} @click=${() => { [this.endpoint, this.failedOnly] = [this.endpoint === id ? '' : id, false]; }}>${say(this.endpoint === id ? 'hookLogShut' : 'hookLogOpen')}</button>
        ${button(this.#acts, site, { act: `turn:${id}`, label: say(offAt ? 'hookOnDo' : 'hookOffDo'), kind: 'plain', press: () => { this.#do(`turn:${id}`, (api) => api.webhooks.turn.mutate({ id, on: offAt !== null })); } })}
        ${ask('change', say('change'))}${ask('rotate', say('hookRotate'))}${ask('delete', say('hookDelete'))}</div>
      ${['test', 'turn'].map((act) => outcome(this.#acts, site, `${act}:${id}`))}${success(this.#acts, `test:${id}`, say('hookTested'))}
      ${this.asked === `change:${id}` ? this.#form(known, endpoint) : nothing}
      ${this.asked === `rotate:${id}` ? this.#sure(`rotate:${id}`, 'hookRotateMeans', 'hookRotateDo', () => { this.#reveal(`rotate:${id}`, (api) => api.webhooks.rotate.mutate({ id })); }) : nothing}
      ${this.asked === `delete:${id}` ? this.#sure(`delete:${id}`, 'hookDeleteMeans', 'removeDo', () => { this.#do(`delete:${id}`, (api) => api.webhooks.remove.mutate({ id })); }) : nothing}
      ${this.endpoint === id ? this.#journal(endpoint, known) : nothing}
    </article>`;
  }

  #sure(act: string, means: OwnKey, label: OwnKey, press: () => void): TemplateResult {
    const { site } = this;
    const { sayOwn: say } = site;
    return html`<div class="stack small-gap"><p>${say(means)}</p>${outcome(this.#acts, site, act)}
      <div class="row">${button(this.#acts, site, { act, label: say(label), kind: label === 'removeDo' ? 'danger' : 'primary', press })}<button type="button" class="plain" @click=${() => { this.asked = ''; }}>${say('cancel')}</button></div></div>`;
  }

  #shownOnce(secret: string): TemplateResult {
    const { sayOwn: say } = this.site;
    return html`<section class="notice warn stack small-gap" aria-label=${say('hookSecret')}><h3>${say('hookSecret')}</h3><p role="status">${say('hookSecretHow')}</p>${copyable(secret, this.site)}
      <p><button type="button" class="plain" @click=${() => { this.secret = null; }}>${say('hookSecretKept')}</button></p></section>`;
  }

  #form(known: Known, endpoint?: Endpoint): TemplateResult {
    const { site } = this;
    const { sayOwn: say } = site;
    const act = endpoint ? `change:${endpoint.id}` : 'add';
    const grouped = GROUPS.map(([name, firsts]) => [name, known.topics.filter((topic) => firsts.includes(topic.split('.')[0] ?? ''))] as const);
    const rest = known.topics.filter((topic) => !grouped.some(([, topics]) => topics.includes(topic)));
    const tick = (event: Event, on: boolean): void => {
      for (const box of (event.currentTarget as HTMLElement).closest('form')?.querySelectorAll<HTMLInputElement>('[type=checkbox]') ?? []) box.checked = on;
    };
    return html`<form @submit=${onSubmit((values, form) => {
      const topics = [...form.querySelectorAll<HTMLInputElement>('[type=checkbox]:checked')].map(({ value }) => value) as Topics;
      const box = form.querySelector<HTMLInputElement>('[type=checkbox]');
      if (topics.length === 0 && box) {
        box.setCustomValidity(say('hookChoose'));
        box.reportValidity();
        return;
      }
      const input = { url: values['url'] ?? '', topics };
      if (endpoint) this.#do(act, (api) => api.webhooks.update.mutate({ id: endpoint.id, ...input }));
      else this.#reveal(act, (api) => api.webhooks.create.mutate(input));
    })} @change=${(event: Event) => { (event.currentTarget as HTMLElement).querySelector<HTMLInputElement>('[type=checkbox]')?.setCustomValidity(''); }}>
      ${endpoint ? nothing : html`<h2>${say('hookNew')}</h2>`}
      ${field({ label: say('hookUrl'), hint: say('hookUrlHow') }, html`<input name="url" type="url" required maxlength="500" placeholder="https://" autocomplete="off" .value=${endpoint?.url ?? ''}>`)}
      <fieldset><legend>${say('hookTopics')}</legend>
        <p class="row"><button type="button" class="plain" @click=${(event: Event) => { tick(event, true); }}>${say('hookAll')}</button><button type="button" class="plain" @click=${(event: Event) => { tick(event, false); }}>${say('hookNone')}</button></p>
        <div class="groups">${[...grouped, ['hookGroup_other', rest] as const].map(([name, topics]) => (topics.length === 0 ? nothing : html`<fieldset><legend>${say(name)}</legend>
          ${topics.map((topic) => html`<label class="check"><input type="checkbox" value=${topic} .checked=${endpoint?.topics.includes(topic) ?? false}><span>${this.#named(topic)}<code>${topic}</code></span></label>`)}</fieldset>`))}</div></fieldset>
      ${outcome(this.#acts, site, act)}
      <div class="row">${button(this.#acts, site, { act, label: say(endpoint ? 'save' : 'hookDo'), kind: 'primary' })}
        ${endpoint || this.adding ? html`<button type="button" class="plain" @click=${() => { [this.asked, this.adding] = ['', false]; }}>${say('cancel')}</button>` : nothing}</div></form>`;
  }

  #journal({ id, failed, offAt }: Endpoint, { pauses, tries }: Known): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const waits = new Intl.ListFormat(locale, { type: 'conjunction' }).format(pauses.map((seconds) => duration(Math.round(seconds / 60))));
    const all = `replay-all:${id}`;
    const list = (deliveries: readonly Delivery[]): TemplateResult => (deliveries.length === 0 ? html`<p>${say(this.failedOnly ? 'hookLogNone' : 'hookLogEmpty')}</p>` : html`
      <ol>${deliveries.map((delivery) => this.#line(delivery, id, offAt !== null))}</ol>
      ${this.more ? html`${outcome(this.#acts, site, 'more')}<p>${button(this.#acts, site, { act: 'more', label: say('hookMore'), press: () => { this.#further(deliveries.at(-1)?.id ?? ''); } })}</p>` : nothing}`);
    const { value, error } = this.#log;
    return html`<section class="log" aria-label=${say('hookLog')}><h3>${say('hookLog')}</h3><p class="small muted">${say('hookLogKept', { pauses: waits, n: tries })}</p>
      <div class="row between"><div class="views" role="group" aria-label=${say('hookLog')}>${([false, true]).map((one) => html`<button type="button" aria-pressed=${this.failedOnly === one ? 'true' : 'false'} @click=${() => { this.failedOnly = one; }}>${say(one ? 'hookLogFailed' : 'hookLogAll')}</button>`)}</div>
        <span class="row"><button type="button" class="plain" @click=${() => { void this.#log.run(); }}>${say('refresh')}</button>
        ${failed && !offAt ? button(this.#acts, site, { act: all, label: say('hookReplayAll'), press: () => { this.#send(all, id, (api) => api.webhooks.replayFailed.mutate({ id })); } }) : nothing}</span></div>
      ${outcome(this.#acts, site, all)}${success(this.#acts, all, say('hookReplayed'))}
      ${error ? html`${failure(site, error)}` : value ? list([...value.deliveries, ...this.older]) : html`<div class="bone" .style=${'height:120px'} role="status" aria-busy="true"><span class="sr">${site.say('loading')}</span></div>`}</section>`;
  }

  #line(delivery: Delivery, endpointId: string, isOff: boolean): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale, timeZone } = site;
    const at = (iso: string): string => instant(iso, locale, timeZone);
    const { id, topic, state: how, nextAt, tries } = delivery;
    const act = `replay:${id}`;
    const last = tries.at(-1);
    return html`<li>
      <div class="row between"><strong>${this.#named(topic)}</strong><span class="tag ${{ waiting: 'warn', delivered: 'good', failed: 'bad' }[how]}">${how === 'failed' && !last ? say('hookStateOff') : say(`hookState_${how}`)}</span></div>
      <p class="small muted">${at(delivery.createdAt)}${tries.length ? ` · ${say('hookTries', { n: tries.length })}` : ''}${last ? ` · ${this.#result(last)}` : ''}${nextAt ? ` · ${tries.length && how === 'waiting' ? say('hookNext', { at: at(nextAt) }) : say('hookSoon')}` : ''}</p>
      <details><summary>${say('hookDetails')}</summary><div class="stack small-gap">
        ${tries.length ? html`<div class="scroll" tabindex="0" role="region" aria-label=${say('hookDetails')}><table><thead><tr><th scope="col">${say('hookAt')}</th><th scope="col">${say('hookResult')}</th><th scope="col">${say('hookTook')}</th><th scope="col">${say('hookAnswer')}</th></tr></thead>
          <tbody>${tries.map((one) => html`<tr><td>${at(one.at)}</td><td>${this.#result(one)}</td><td class="num">${say('hookMs', { n: one.ms })}</td><td>${one.answer}</td></tr>`)}</tbody></table></div>` : nothing}
        <p class="small muted">${say('hookEvent')} <code>${delivery.eventId}</code></p><p class="small muted">${say('hookBody')}</p><pre><code>${delivery.body}</code></pre></div></details>
      ${how === 'waiting' || isOff ? nothing : html`<p>${button(this.#acts, site, { act, label: say('hookReplay'), kind: 'plain', press: () => { this.#send(act, endpointId, (api) => api.webhooks.replay.mutate({ id })); } })}</p>`}
      ${outcome(this.#acts, site, act)}${success(this.#acts, act, say('hookReplayed'))}</li>`;
  }

  #result = ({ outcome: how, status }: Delivery['tries'][number]): string => word(this.site.sayOwn, `hookOutcome_${how}`, { status: status === null ? '' : String(status) });

  /** A fact in the reader's words, and by its own name where we have none yet. */
  /** What a fact is called; some names begin with whoever did it. */
  #named = (topic: string): string => word(this.site.sayOwn, `topic_${topic.replaceAll('.', '_')}`, { who: this.site.sayOwn('hookSide') }).replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase(this.site.locale)) || topic;

  #further(before: string): void {
    void this.#acts.run('more', async () => {
      const next = await this.#server().webhooks.log.query({ id: this.endpoint, failed: this.failedOnly, before });
      [this.older, this.more] = [[...this.older, ...next.deliveries], next.more];
    });
  }

  #do(act: string, work: (api: TRPCClient<AppRouter>) => Promise<unknown>): void {
    void this.#acts.run(act, async () => {
      await work(this.#server());
      await this.#all.run();
    }).then((done) => { if (done) [this.adding, this.asked] = [false, '']; });
  }

  /** What answers with a secret: it is shown until the reader has it. */
  #reveal(act: string, work: (api: TRPCClient<AppRouter>) => Promise<Out['create']>): void {
    this.#do(act, async (api) => {
      const { endpoint, secret } = await work(api);
      this.secret = { id: endpoint.id, text: secret };
    });
  }

  /** Something leaves now: the log opens, and is read again until it has arrived or was refused. */
  #send(act: string, id: string, work: (api: TRPCClient<AppRouter>) => Promise<unknown>): void {
    void this.#acts.run(act, () => work(this.#server())).then(async (done) => {
      if (!done) return;
      this.endpoint = id;
      for (let looks = 0; looks < LOOKS && this.isConnected && this.endpoint === id; looks += 1) {
        await this.#log.run();
        if (!this.#log.value?.deliveries.some(({ state: how, tries }) => how === 'waiting' && tries.length === 0)) break;
        await new Promise((resolve) => { setTimeout(resolve, LOOK_MS); });
      }
      await this.#all.run();
    });
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-webhooks': FlowWebhooks }
}
