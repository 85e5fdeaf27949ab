import { html, nothing, type TemplateResult } from 'lit';
import { conflictOf, dayOf, hours, isUnpriced, kilos, km, number, percent, sum, type Bench } from './bench.ts';
import { byDay, logisticsOf, nameOf, relaxed, savedPart } from './known.ts';

/** What the tour comes to, in one strip. While the server reckons, the figures say so and stay those of before. */
export function figures(bench: Bench, reckoning: boolean): TemplateResult {
  const { words, tour, scenario } = bench;
  const { say } = words;
  const { sums, inOrder, pointToPoint } = tour;
  const costs = logisticsOf(tour);
  const stops = byDay(tour.stops);
  const even = sums.breaksEven === null ? undefined : stops[Math.max(0, Math.min(stops.length, sums.breaksEven) - 1)];
  // Wished for each artist; the strip counts all.
  const wanted = scenario.limits.wantedShows * bench.plan.artists.length;
  const unpriced = bench.stops.filter(isUnpriced).length;
  const saved = (against: typeof inOrder): string => { const part = savedPart(costs, against.logisticsMinor); return part === null ? '–' : percent(words, part); };
  const rows: readonly (readonly [string, unknown, unknown?])[] = [
    [say('tourFigShows'), number(words, sums.shows), wanted > sums.shows ? html`<span class="warn">${say('tourFewer', { n: wanted })}</span>` : undefined],
    [say('tourFigMargin'), sum(words, sums.marginMinor)],
    [say('tourFigRevenue'), sum(words, sums.revenueMinor), html`${say('tourCommission', { sum: sum(words, sums.commissionMinor) })}${unpriced > 0 ? html`<br>${say('tourUnpriced', { n: unpriced })}` : nothing}`],
    [say('tourFigCosts'), sum(words, costs), sums.sharedMinor > 0 ? say('tourSharedSaves', { sum: sum(words, sums.sharedMinor) }) : undefined],
    [say('tourFigRoad'), km(words, sums.metres), hours(words, sums.minutes)],
    [say('tourFigNights'), number(words, sums.nights)],
    [say('tourFigCarbon'), kilos(words, sums.grams)],
    [say('tourFigInOrder'), saved(inOrder), say('tourFigInOrderHow')],
    [say('tourFigPointToPoint'), saved(pointToPoint), say('tourFigPointToPointHow')],
    [say('tourFigEven'), even ? dayOf(words, even.day) : '–', sums.shows === 0 ? undefined : even ? even.city : say('tourNever')],
  ];
  return html`<dl class="strip" aria-busy=${reckoning ? 'true' : 'false'}>${rows.map(([name, value, note]) => html`<div><dt>${name}</dt><dd class="num">${value}</dd>${note ? html`<dd class="small muted">${note}</dd>` : nothing}</div>`)}</dl>
    <p class="reckoning small muted" aria-live="polite">${reckoning ? say('tourReckoning') : ''}</p>`;
}

/** What is wrong with the tour, each with what would lift it. */
export function conflicts(bench: Bench): TemplateResult | typeof nothing {
  const { tour, words, scenario, still } = bench;
  if (tour.conflicts.length === 0) return nothing;
  return html`<section class="notice bad conflicts" aria-labelledby="conflicts"><h2 id="conflicts">${words.say('tourConflicts', { n: tour.conflicts.length })}</h2><ul>${tour.conflicts.slice(0, 20).map((conflict) => {
    const way = still ? null : relaxed(conflict, scenario);
    const stop = conflict.stops.findLast((one) => one !== null);
    return html`<li><span>${conflictOf(bench, conflict)}</span><span class="row">${way ? html`<button type="button" class="small-button" @click=${() => { bench.edit(way.edit, words.say('tourRelaxed')); }}>${words.say(`relax_${way.name as 'drive'}`)}</button>` : nothing}
      ${stop && !still ? html`<button type="button" class="small-button" data-stop=${nameOf(stop)} aria-haspopup="dialog" @click=${() => { bench.open(stop); }}>${words.say('tourSeeDate')}</button>` : nothing}</span></li>`;
  })}</ul></section>`;
}
