import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { html, nothing, type TemplateResult } from 'lit';
import type { AppRouter } from '../../../server/app-router.ts';
import { day, rate } from '../../core/format.ts';
import type { Site } from '../../core/site.ts';
import type { Acts } from '../../parts/acts.ts';
import { button, field, onSubmit, outcome } from '../../parts/desk.ts';

/** What a mandate pays its booker, as one side reads it. */
export type Terms = inferRouterOutputs<AppRouter>['bookers']['terms'][number];
type Proposal = NonNullable<Terms['current']>;
type Asked = inferRouterInputs<AppRouter>['bookers']['propose'];
type Answer = inferRouterInputs<AppRouter>['bookers']['answer']['answer'];

/** The page that the terms stand on. */
export interface TermsDesk {
  readonly site: Site;
  readonly acts: Acts;
  /** The mandate for which a proposal is being written, and in which capacity; null for none. */
  readonly writing: { readonly id: string; readonly capacity: Asked['capacity'] } | null;
  readonly write: (writing: TermsDesk['writing']) => void;
  readonly propose: (act: string, asked: Asked) => void;
  readonly answer: (act: string, id: string, answer: Answer) => void;
}

const capacities = ['agent', 'producer', 'provider'] as const;

function what({ capacity, bps, wageBps }: Proposal, { sayOwn: say, locale }: Site): string {
  const figures = { capacity: say(`booker_${capacity}`), rate: rate(bps, locale) };
  return capacity === 'agent' ? say('termsWhatAgent', { ...figures, wage: rate(wageBps, locale) }) : say('termsWhat', figures);
}

/** What holds, what is proposed and waits for an answer, and the form that proposes. */
export function termsOf(terms: Terms, desk: TermsDesk): TemplateResult {
  const { site, acts, writing } = desk;
  const { sayOwn: say, locale } = site;
  const { representationId: id, side, current, proposed } = terms;
  const act = `terms:${id}`;
  return html`<div class="stack small-gap terms">
    <p class="small">${current ? say('termsSince', { what: what(current, site), day: day(current.answeredAt ?? current.proposedAt, locale) }) : say('termsNone')}</p>
    ${proposed ? html`<div class="notice stack small-gap"><p>${say('termsProposed', { who: proposed.proposedBy === 'artist' ? terms.artist : terms.booker, day: day(proposed.proposedAt, locale), what: what(proposed, site) })}</p>
      ${proposed.missions ? html`<p class="small"><strong>${say('termsMissions')}</strong> ${proposed.missions}<br><strong>${say('termsReporting')}</strong> ${proposed.reporting}</p>` : nothing}
      <p class="small muted">${say('termsMeans')}</p>
      <p class="row">${(proposed.proposedBy === side ? ['withdraw'] as const : ['agree', 'decline'] as const).map((one) => button(acts, site, { act: `${act}:${one}`, label: say(`terms_${one}`), kind: one === 'agree' ? 'primary' : 'plain', press: () => { desk.answer(`${act}:${one}`, proposed.id, one); } }))}</p>
      ${(['withdraw', 'agree', 'decline'] as const).map((one) => outcome(acts, site, `${act}:${one}`))}</div>` : nothing}
    ${writing?.id === id ? form(terms, desk, writing.capacity) : html`<p><button type="button" class="plain" @click=${() => { desk.write({ id, capacity: (proposed ?? current)?.capacity ?? 'provider' }); }}>${say(current ? 'termsOther' : 'termsPropose')}</button></p>`}</div>`;
}

function form(terms: Terms, desk: TermsDesk, capacity: Asked['capacity']): TemplateResult {
  const { site, acts } = desk;
  const { sayOwn: say, locale } = site;
  const { representationId: id, cap, capCareer } = terms;
  const before = terms.proposed ?? terms.current;
  const agent = capacity === 'agent';
  const act = `terms:${id}:propose`;
  const hundredth = (typed: string | undefined): number => Math.round(Number(typed ?? 0) * 100);
  return html`<form class="terms" @submit=${onSubmit((values) => { desk.propose(act, {
    representationId: id, capacity, bps: hundredth(values['rate']), wageBps: agent ? hundredth(values['wage']) : 10_000, career: values['career'] === 'on',
    missions: values['missions'] ?? '', reporting: values['reporting'] ?? '', permit: values['permit'] ?? '',
  }); })}>
    <fieldset><legend>${say('termsCapacity')}</legend><div class="row">${capacities.map((one) => html`<label class="check"><input type="radio" name="capacity" value=${one} .checked=${one === capacity} @change=${() => { desk.write({ id, capacity: one }); }}><span>${say(`booker_${one}`)}</span></label>`)}</div></fieldset>
    ${agent && cap ? html`<p class="notice"><span>${say('termsCap', { rate: rate(cap.bps, locale), career: rate(capCareer?.bps ?? cap.bps, locale), source: cap.source })}</span></p>` : nothing}
    <div class="fields">
      ${field({ label: say(agent ? 'termsRateAgent' : 'termsRate') }, html`<input name="rate" type="number" required min="0" max="50" step="0.01" .value=${before ? String(before.bps / 100) : ''}>`)}
      ${agent ? html`${field({ label: say('termsWage'), hint: say('termsWageHow') }, html`<input name="wage" type="number" required min="0" max="100" step="0.01" .value=${before?.capacity === 'agent' ? String(before.wageBps / 100) : ''}>`)}
        ${field({ label: say('termsMissions'), wide: true }, html`<textarea name="missions" required maxlength="2000" .value=${before?.missions ?? ''}></textarea>`)}
        ${field({ label: say('termsReporting'), wide: true }, html`<textarea name="reporting" required maxlength="1000" .value=${before?.reporting ?? ''}></textarea>`)}
        ${field({ label: say('termsPermit'), hint: say('termsPermitHow'), optional: say('optional') }, html`<input name="permit" maxlength="60" .value=${before?.permit ?? ''}>`)}
        <label class="check"><input type="checkbox" name="career" ?checked=${before?.career === true}><span>${say('termsCareer')}</span></label>` : nothing}</div>
    <p class="small muted">${say('termsMeans')}</p>
    ${outcome(acts, site, act)}
    <div class="row">${button(acts, site, { act, label: say('termsSend'), kind: 'primary' })}<button type="button" class="plain" @click=${() => { desk.write(null); }}>${say('cancel')}</button></div></form>`;
}
