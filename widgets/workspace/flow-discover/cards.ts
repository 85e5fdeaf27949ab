import { html, nothing, type TemplateResult } from 'lit';
import { amounts, away, coded, hours, number, people } from '../../parts/figures.ts';
import { titled } from '../../parts/reasons.ts';
import { scoreOf } from './explain.ts';
import type { Found, Standing, Words } from './model.ts';

/** Facts in a row: what stands between two never begins a line. */
export const inRow = (all: readonly string[]): string => all.join('\u00a0· ');

/** What is known of somebody, in a few facts. */
export function facts({ seen, lineUp, capacity, money, placeKind, level, km, answerHours, rating, verified, genres }: Found, words: Words): string[] {
  const { say } = words;
  const crowd = people(words, capacity);
  return [
    placeKind ? coded(words, 'kind', placeKind) : '', genres.slice(0, 3).join(', '), lineUp === null ? '' : say('factLineUp', { n: lineUp }),
    crowd && say(seen === 'artist' ? 'factCrowd' : 'factPlaces', { range: crowd }), amounts(words, money), level ? coded(words, 'level', level) : '', km === null ? '' : away(words, km),
    answerHours === null ? '' : say('factAnswer', { hours: hours(words, answerHours) }), rating ? say('factRating', { stars: number(words, rating.stars), n: rating.count }) : '', verified ? say('factVerified') : '',
  ].filter(Boolean);
}

/** A photo, or the room of one. */
export const photo = ({ picture, name }: Found, words: Words, eager = false): TemplateResult => (picture
  ? html`<img class="photo" src=${picture.url} alt=${picture.alt || name} width="640" height="480" loading=${eager ? 'eager' : 'lazy'} draggable="false">` : html`<div class="photo none"><span class="small muted">${words.say('noPhoto')}</span></div>`);

/** What was made of somebody, as marks. */
export function marks({ choice, match }: Standing, { say }: Words): TemplateResult | typeof nothing {
  const all = [match ? 'match' as const : choice.verdict, choice.favourite ? 'favourite' as const : null, choice.hidden ? 'hidden' as const : null].filter((one) => one !== null);
  return all.length === 0 ? nothing : html`<p class="row marks">${all.map((one) => html`<span class="tag ${one === 'pass' || one === 'hidden' ? '' : one === 'match' ? 'good' : 'now'}">${say(`is_${one}`)}</span>`)}</p>`;
}

const first = ({ score }: Found, words: Words): TemplateResult | typeof nothing => {
  const [good] = score.for;
  return good ? html`<p class="small">${titled(words, good)}</p>` : nothing;
};

/** A card of the swipe view: photo, sound, facts, score. The buttons are the page's. */
export const large = (found: Found, words: Words): TemplateResult => html`
  ${photo(found, words, true)}
  <div class="body"><h2>${found.name} <span class="muted">${found.city}</span></h2>
    ${found.tagline ? html`<p>${found.tagline}</p>` : nothing}
    <p class="small muted">${inRow(facts(found, words))}</p>
    ${scoreOf(found.score, words)}${first(found, words)}
    ${found.sound ? html`<audio controls preload="none" src=${found.sound.url} aria-label=${words.say('listen', { title: found.sound.title })}></audio>` : nothing}</div>`;

/** A row of the list. */
export const row = (found: Found, standing: Standing, words: Words, open: () => void): TemplateResult => html`
  ${photo(found, words)}
  <div class="body"><h2><button type="button" class="plain open" aria-haspopup="dialog" @click=${open}>${found.name}</button> <span class="muted">${found.city}</span></h2>
    <p class="small muted">${inRow(facts(found, words))}</p>${first(found, words)}${marks(standing, words)}</div>
  ${scoreOf(found.score, words)}`;

/** A photo of the grid. */
export const tile = (found: Found, standing: Standing, words: Words, open: () => void): TemplateResult => html`
  ${photo(found, words)}
  <div class="body"><h2><button type="button" class="plain open" aria-haspopup="dialog" @click=${open}>${found.name}</button></h2>
    <p class="small muted">${inRow([found.city, ...facts({ ...found, genres: found.genres.slice(0, 1), capacity: { min: null, max: null }, answerHours: null, rating: null, verified: false, level: null, km: null }, words).slice(0, 2)].filter(Boolean))}</p>
    <p class="small"><strong class="num">${found.score.score}</strong> <span class="muted">/ 100</span></p>${marks(standing, words)}</div>`;
