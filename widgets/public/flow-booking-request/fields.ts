import { html, nothing, type TemplateResult } from 'lit';
import type { Site } from '../../core/site.ts';
import type { PublicKey, RequestKey, Say } from '../../core/words.ts';
import type { Answers, Fault, Question } from './answers.ts';

/** A form, as those who draw its questions see it. */
export interface Form {
  readonly site: Site;
  /** What it speaks with: the words of a request are there once somebody uses it. */
  readonly say: Say<PublicKey | RequestKey>;
  readonly answers: Answers;
  readonly faults: ReadonlyMap<Question, Fault>;
  /** Takes what somebody answered. */
  readonly answer: (some: Partial<Answers>) => void;
}

/** How a question is put: what kind of line, and what helps the one who fills it. */
export interface Put {
  readonly type?: string;
  readonly mode?: string;
  readonly fill?: string;
  readonly hint?: unknown;
  readonly example?: string;
  readonly optional?: boolean;
  readonly wide?: boolean;
  readonly min?: string;
  readonly max?: number;
  readonly unit?: string;
}

/** A question with its label, its control, and what helps or is wrong. */
export function question({ say, faults }: Form, name: Question, label: string, { hint, optional, wide }: Put, control: unknown): TemplateResult {
  const fault = faults.get(name);
  return html`<div class=${wide ? 'wide' : ''}><label for=${name}>${label}${optional ? html` <span class="small muted">(${say('optional')})</span>` : nothing}</label>${control}
    ${hint ? html`<p class="small muted" id="${name}-hint">${hint}</p>` : nothing}${fault ? html`<p class="small fault" id="${name}-fault">${say(fault.words, fault.figures)}</p>` : nothing}</div>`;
}

/** Takes what is typed into a field, or whether it is ticked, under the field's name. */
export const typed = ({ answer }: Form) => ({ target }: Event): void => {
  const { name, value, checked, type } = target as HTMLInputElement;
  answer({ [name]: type === 'checkbox' ? checked : value });
};

/** A question that a line answers. */
export function line(form: Form, name: Question, label: string, put: Put = {}): TemplateResult {
  const { type = 'text', mode, fill, example, min, max, unit, optional } = put;
  const input = html`<input id=${name} name=${name} type=${type} .value=${form.answers[name]} inputmode=${mode ?? nothing} autocomplete=${fill ?? 'off'} placeholder=${example ?? nothing} min=${min ?? nothing}
    maxlength=${max ?? nothing} aria-required=${optional ? 'false' : 'true'} aria-invalid=${form.faults.has(name) ? 'true' : 'false'} aria-describedby="${name}-hint ${name}-fault" @input=${typed(form)}>`;
  return question(form, name, label, put, unit ? html`<div class="unit">${input}<b>${unit}</b></div>` : input);
}
