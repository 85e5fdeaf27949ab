import { html, nothing, type TemplateResult } from 'lit';
import { weekdays } from '../../core/format.ts';
import { coded, sung } from '../../parts/figures.ts';
import { AUDIENCES, KINDS, LEVELS, LYRICS, SETTINGS, type Filters, type Seen, type Words } from './model.ts';

/** What the panel of filters is drawn from. */
interface Panel {
  readonly filters: Filters;
  /** Whom the search is among: a hall has no line-up, and an artist no kind of hall. */
  readonly seen: Seen;
  readonly words: Words;
  /** The field of a commune. */
  readonly place: TemplateResult;
  /** The field of one style more, with what it proposes. */
  readonly genre: TemplateResult;
  readonly change: (filters: Filters) => void;
}

const RATINGS = [3, 3.5, 4, 4.5];
const HOURS = [4, 12, 24, 48, 72, 168];
const days = [1, 2, 3, 4, 5, 6, 7];

/** The filters, as a form that says each change at once. */
export function panel({ filters, seen, words, place, genre, change }: Panel): TemplateResult {
  const { say, locale } = words;
  const { near, fee, capacity, lineUp } = filters;
  const box = (name: string, value: string, label: string, checked: boolean): TemplateResult => html`<label class="check"><input type="checkbox" name=${name} value=${value} .checked=${checked}><span>${label}</span></label>`;
  const boxes = (name: 'kinds' | 'levels' | 'settings' | 'audiences' | 'lyrics', all: readonly string[], label: (one: string) => string): TemplateResult =>
    html`<details ?open=${filters[name].length > 0}><summary>${say(`f_${name}`)}</summary><fieldset><legend class="sr">${say(`f_${name}`)}</legend><div class="boxes">${all.map((one) => box(name, one, label(one), (filters[name] as readonly string[]).includes(one)))}</div></fieldset></details>`;
  const range = (name: string, label: string, { min, max }: Filters['capacity'], more: unknown = nothing): TemplateResult => html`<fieldset><legend>${label}</legend><div class="range">
      <label><span>${say('f_min')}</span><input type="number" name="${name}Min" min="0" step="1" inputmode="numeric" .value=${min === null ? '' : String(min)}></label>
      <label><span>${say('f_max')}</span><input type="number" name="${name}Max" min="0" step="1" inputmode="numeric" .value=${max === null ? '' : String(max)}></label>${more}</div></fieldset>`;
  const choice = (name: string, label: string, values: readonly number[], chosen: number, said: (n: number) => string): TemplateResult => html`<label class="field"><span>${label}</span><select name=${name}>
      <option value="0" ?selected=${chosen === 0}>${say('f_any')}</option>
      ${(values.includes(chosen) || chosen === 0 ? values : [chosen, ...values]).map((n) => html`<option value=${n} ?selected=${n === chosen}>${said(n)}</option>`)}</select></label>`;
  const whole = (minor: number | null): number | null => (minor === null ? null : Math.round(minor / 100));
  const week = weekdays(locale);
  return html`<form @change=${(event: Event) => { change(read(event.currentTarget as HTMLFormElement, filters)); }} @submit=${(event: Event) => { event.preventDefault(); }}>
    <section><h3>${say('f_what')}</h3>
      <div class="field"><span id="genre-label">${say('f_genres')}</span>${genre}<small id="genre-how">${say('f_genreHow')}</small></div>
      ${seen === 'place' ? boxes('kinds', KINDS, (one) => coded(words, 'kind', one)) : nothing}
      ${boxes('levels', LEVELS, (one) => coded(words, 'level', one))}${boxes('settings', SETTINGS, (one) => coded(words, 'setting', one))}${boxes('audiences', AUDIENCES, (one) => coded(words, 'audience', one))}
      ${seen === 'artist' ? boxes('lyrics', LYRICS, (one) => sung(words, one)) : nothing}
      ${box('family', '1', say('f_family'), filters.family)}${box('outdoor', '1', say('f_outdoor'), filters.outdoor)}</section>
    <section><h3>${say('f_where')}</h3>
      <div class="field"><label for="near">${say('f_near')}</label>${place}<small id="near-how">${say('cityHow')}</small></div>
      <label class="field"><span>${say('f_km')}</span><input type="number" name="km" min="1" max="2000" step="1" inputmode="numeric" .value=${String(near?.km ?? 50)} ?disabled=${near === null}></label>
      <fieldset><legend>${say('f_days')}</legend><div class="range">
        <label><span>${say('f_from')}</span><input type="date" name="from" .value=${filters.days?.from ?? ''}></label>
        <label><span>${say('f_until')}</span><input type="date" name="until" min=${filters.days?.from ?? nothing} .value=${filters.days?.until ?? ''}></label></div></fieldset>
      <fieldset ?disabled=${filters.days === null}><legend>${say('f_weekdays')}</legend><div class="boxes">${days.map((at) => box('weekdays', String(at), week[at - 1]?.long ?? '', filters.days?.weekdays.includes(at) ?? false))}</div></fieldset></section>
    <section><h3>${say('f_size')}</h3>
      ${range('fee', say(`f_fee_${seen}`), { min: whole(fee.min), max: whole(fee.max) }, html`<label><span>${say('f_currency')}</span><select name="currency">${(['EUR', 'CHF'] as const).map((one) => html`<option ?selected=${fee.currency === one}>${one}</option>`)}</select></label>`)}
      ${range('capacity', say(`f_capacity_${seen}`), capacity)}
      ${seen === 'artist' ? range('lineUp', say('f_lineUp'), lineUp) : nothing}</section>
    <section><h3>${say('f_trust')}</h3>
      ${choice('ratingMin', say('f_rating'), RATINGS, filters.ratingMin, (n) => say('f_stars', { n }))}
      ${choice('answerHoursMax', say('f_answer'), HOURS, filters.answerHoursMax, (n) => (n < 48 ? say('f_hours', { n }) : say('days', { n: Math.round(n / 24) })))}
      ${box('verified', '1', say('f_verified'), filters.verified)}</section></form>`;
}

/** What a form asks. What it does not hold, styles and the place among them, stays as it was; of a range that is upside down the ends change places. */
function read(form: HTMLFormElement, before: Filters): Filters {
  const said = new FormData(form);
  const one = (name: string): string => { const value = said.get(name); return typeof value === 'string' ? value.trim() : ''; };
  const some = <T extends string>(name: string, known: readonly T[], instead: readonly T[]): T[] =>
    (form.elements.namedItem(name) ? known.filter((word) => said.getAll(name).includes(word)) : [...instead]);
  const number = (name: string, times: number, most: number): number | null => {
    const value = Number(one(name));
    return one(name) === '' || !Number.isFinite(value) || value < 0 ? null : Math.min(most, Math.round(value * times));
  };
  const range = (name: string, times: number, most: number): Filters['capacity'] => {
    const [min, max] = [number(`${name}Min`, times, most), number(`${name}Max`, times, most)];
    return min !== null && max !== null && min > max ? { min: max, max: min } : { min, max };
  };
  // One day alone is that day.
  const [from, until] = [one('from') || one('until'), one('until') || one('from')];
  const km = Math.min(2_000, Math.max(1, Number(one('km')) || 50));
  const lineUp = range('lineUp', 1, 250);
  return {
    ...before,
    near: before.near && form.elements.namedItem('km') ? { ...before.near, km } : before.near,
    days: from && until ? { from, until: until < from ? from : until, weekdays: said.getAll('weekdays').map(Number) } : null,
    fee: { ...range('fee', 100, 1_000_000_000), currency: one('currency') === 'CHF' ? 'CHF' : 'EUR' },
    capacity: range('capacity', 1, 1_000_000),
    lineUp: form.elements.namedItem('lineUpMin') ? { min: lineUp.min || null, max: lineUp.max || null } : before.lineUp,
    kinds: some('kinds', KINDS, before.kinds), levels: some('levels', LEVELS, before.levels), settings: some('settings', SETTINGS, before.settings), audiences: some('audiences', AUDIENCES, before.audiences), lyrics: some('lyrics', LYRICS, before.lyrics),
    family: one('family') === '1', outdoor: one('outdoor') === '1', verified: one('verified') === '1',
    ratingMin: Number(one('ratingMin')) || 0, answerHoursMax: Number(one('answerHoursMax')) || 0,
  };
}
