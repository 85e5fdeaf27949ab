import { html, type TemplateResult } from 'lit';
import { field } from '../../parts/desk.ts';
import { sum, type Words } from './bench.ts';
import type { ArtistRow, Begun, Said } from './model.ts';

/** An artist of a tour, as the server is told: what is not said is as the press kit says. */
export type Cast = Begun['artists'][number];
/** What carries so many people, by the names of the server's table of vehicles. */
const VEHICLES = ['car', 'van', 'van_trailer', 'coach', 'truck', 'train'] as const satisfies readonly ArtistRow['vehicle'][];

/** Who tours, with how many and in what: the press kit's own figures stand there to be changed. `chosen` has those who are in already, with what they said. */
export function castField({ say, locale }: Pick<Words, 'say' | 'locale'>, artists: readonly ArtistRow[], chosen: ReadonlyMap<string, { readonly people: number; readonly vehicle: ArtistRow['vehicle']; readonly said?: Said | undefined }>): TemplateResult {
  return html`<fieldset aria-describedby="wrong"><legend>${say('toursWho')}</legend><ul class="cast" @change=${showOwn}>${artists.map(({ id, name, city, people, crew, vehicle, floorMinor, currency }) => {
    const own = chosen.get(id);
    return html`<li class=${own === undefined ? '' : 'in'}><label class="check"><input type="checkbox" name="artist" value=${id} ?checked=${own !== undefined}><span>${name}<small> ${[city, say('toursPeople', { n: own?.people ?? people })].filter(Boolean).join(', ')}</small></span></label>
      <div class="inline" role="group" aria-label=${name}>${field({ label: say('toursPeopleField') }, html`<input type="number" name="people:${id}" min=${Math.max(1, crew)} max="250" step="1" value=${own?.people ?? people}>`)}
        ${field({ label: say('toursVehicle') }, html`<select name="vehicle:${id}">${VEHICLES.map((one) => html`<option value=${one} ?selected=${one === (own?.vehicle ?? vehicle)}>${say(`vehicle_${one}`)}</option>`)}</select>`)}</div>
      <details class="terms" ?open=${own?.said?.perKmMinor !== undefined || own?.said?.floorMinor !== undefined}><summary>${say('toursTerms')}<span class="sr">, ${name}</span></summary><div class="inline">${field({ label: say('toursPerKm', { currency }), hint: say('toursPerKmHow') }, html`<input type="number" name="perKm:${id}" min="0" max="100" step="0.01" inputmode="decimal" value=${units(own?.said?.perKmMinor)}>`)}
        ${field({ label: say('toursFloor', { currency }), hint: say('toursFloorHow', { sum: sum({ locale, currency }, floorMinor) }) }, html`<input type="number" name="floor:${id}" min="0" max="1000000" step="0.01" inputmode="decimal" value=${units(own?.said?.floorMinor)}>`)}</div></details></li>`;
  })}</ul></fieldset>`;
}

const units = (minor: number | undefined): string => (minor === undefined ? '' : String(minor / 100));
/** What a field says in minor units, or nothing where it is left empty. */
function minorOf(said: FormDataEntryValue | null): number | undefined {
  return typeof said !== 'string' || said.trim() === '' || Number.isNaN(Number(said)) ? undefined : Math.round(Number(said) * 100);
}

/** Who is in shows with how many and in what. A class says it, for WebKit does not draw again what hangs on `:has(:checked)`. */
function showOwn({ target }: Event): void {
  if (target instanceof HTMLInputElement && target.name === 'artist') target.closest('li')?.classList.toggle('in', target.checked);
}

/** Whom a form has chosen. What is as the press kit says is left to it, so that it may change. */
export function castFrom(form: HTMLFormElement, artists: readonly ArtistRow[]): readonly Cast[] {
  const data = new FormData(form);
  return data.getAll('artist').flatMap((id): Cast[] => {
    const row = artists.find((one) => one.id === id);
    if (!row) return [];
    const people = Number(data.get(`people:${row.id}`)) || row.people;
    const vehicle = VEHICLES.find((one) => one === data.get(`vehicle:${row.id}`)) ?? row.vehicle;
    const [perKmMinor, floorMinor] = [minorOf(data.get(`perKm:${row.id}`)), minorOf(data.get(`floor:${row.id}`))];
    return [{ id: row.id, ...(people !== row.people && { people }), ...(vehicle !== row.vehicle && { vehicle }), ...(perKmMinor !== undefined && { perKmMinor }), ...(floorMinor !== undefined && { floorMinor }) }];
  });
}
