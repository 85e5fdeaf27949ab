import type { inferRouterOutputs } from '@trpc/server';
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import type { AppRouter } from '../../server/app-router.ts';
import { day, money, month } from '../core/format.ts';
import type { Site } from '../core/site.ts';

/** What deals like one were made for, or why nothing is told. */
export type MarketPrice = inferRouterOutputs<AppRouter>['market']['price'];
type Market = NonNullable<MarketPrice['market']>;

/** From here on a difference is more than chance. */
const sure = 90;

/** How a range of prices looks. */
export const marketLook = css`
.range { font-size: 20px } .range strong { white-space: nowrap }
svg.prices { display: block; width: 100%; max-width: 560px; height: 28px; overflow: visible }
.axis { stroke: var(--line); stroke-width: 2 } .half { fill: var(--edge) } .middle { stroke: var(--ground); stroke-width: 2 } .here { stroke: var(--accent); stroke-width: 3 } .here.far { stroke: var(--warn) }
.effects { display: grid; gap: 6px; margin: 0; padding: 0; list-style: none }`;

/** The range of prices with of how much it is, where the price that is looked at lies, and what a weekend or a festival adds; or how much there is too little of to tell. */
export function priceTold(told: MarketPrice, { sayOwn: say, locale }: Site): TemplateResult {
  const { market, price, position, why } = told;
  if (!market) return html`<p class="muted">${say('marketTooFew', { deals: why?.deals ?? 0, artists: why?.artists ?? 0, buyers: why?.buyers ?? 0, months: why?.months ?? 0 })}</p>`;
  const [low, median, high] = [market.low, market.median, market.high].map((amount) => money(amount, locale, true));
  const far = position?.verdict.startsWith('far') ?? false;
  return html`
    <p class="range">${say('marketRange', { low: low ?? '', high: high ?? '' })}</p>
    ${bar(market, price?.minor ?? 0, far)}
    <p>${say('marketMedian', { median: median ?? '' })}${price && position ? html` ${say('marketPrice', { price: money(price, locale, true) })}` : nothing}</p>
    ${position ? html`<p class=${far ? 'notice warn' : ''}><span>${say(`market_${position.verdict}`, { percent: Math.abs(position.percent) })} ${say('marketBelow', { percent: position.below })}</span></p>` : nothing}
    <p class="small muted">${say('marketOf', { n: market.deals, artists: market.artists, buyers: market.buyers, from: month(`${market.from}-01`, locale), until: month(`${market.until}-01`, locale) })} ${say('marketHow', { day: day(market.asOf, locale) })}
      ${market.widened.length > 0 ? say('marketWidened', { traits: market.widened.map((trait) => say(`marketTrait_${trait}`)).join(', ') }) : nothing}</p>
    ${market.effects.length > 0 ? html`<ul class="effects">${market.effects.map((effect) => html`<li class=${effect.here ? '' : 'muted'}>${say(`marketEffect_${effect.effect}`)} <strong>${signed(effect.percent)} %</strong>
      <span class="small muted">${say('marketEffectOf', { n: effect.deals, others: effect.others })} ${effect.confidence >= sure ? say('marketSure', { percent: effect.confidence }) : say('marketUnsure', { percent: effect.confidence })}</span></li>`)}</ul>` : nothing}`;
}

/** A difference with its sign: `+20`, `−5`. */
export const signed = (of: number): string => `${of > 0 ? '+' : of < 0 ? '−' : ''}${Math.abs(of)}`;

/** The middle half on a line, its median, and the price; what it says is said in words beside it. */
function bar({ low, median, high }: Market, price: number, far: boolean): TemplateResult {
  const span = Math.max(high.minor - low.minor, 1);
  const from = Math.max(0, Math.min(low.minor - span, price > 0 ? price : low.minor));
  const until = Math.max(high.minor + span, price);
  const at = (minor: number): number => (100 * (minor - from)) / (until - from);
  return html`<svg class="prices" viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">${svg`<line class="axis" x1="0" x2="100" y1="14" y2="14" vector-effect="non-scaling-stroke"></line>
    <rect class="half" x=${at(low.minor)} y="7" width=${at(high.minor) - at(low.minor)} height="14"></rect><line class="middle" x1=${at(median.minor)} x2=${at(median.minor)} y1="7" y2="21" vector-effect="non-scaling-stroke"></line>
    ${price > 0 ? svg`<line class="here ${far ? 'far' : ''}" x1=${at(price)} x2=${at(price)} y1="1" y2="27" vector-effect="non-scaling-stroke"></line>` : nothing}`}</svg>`;
}
