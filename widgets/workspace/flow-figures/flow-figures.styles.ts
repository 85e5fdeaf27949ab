import { css } from 'lit';

/** How the page of figures looks, over the desk's pieces. */
export const styles = css`
:host { min-height: 400px; padding-block-end: 24px }
section { display: grid; gap: 16px; border-top: 1px solid var(--line); padding-top: 20px; min-width: 0 }
.span { width: auto; min-width: 144px }
.totals { display: grid; gap: 16px 24px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 144px), 1fr)); margin: 0 }
.totals dt { font-size: 13px; color: var(--muted) } .totals dd { margin: 0; overflow-wrap: anywhere } .totals .figure { font-size: 26px; font-variant-numeric: tabular-nums lining-nums } .totals dd.small { color: var(--muted) }
figure { margin: 0; display: grid; gap: 8px } figure svg { width: 100%; height: 160px; display: block }
svg .base { stroke: var(--edge) } svg .hit { fill: transparent } svg .before { fill: var(--edge) } svg .requests { fill: var(--accent) } svg .contracts { fill: var(--warn) }
figcaption { display: flex; flex-wrap: wrap; gap: 4px 20px } figcaption i { display: inline-block; width: 10px; height: 10px; margin-inline-end: 6px } i.before { background: var(--edge) } i.requests { background: var(--accent) } i.contracts { background: var(--warn); height: 4px; vertical-align: middle }
table { width: 100%; border-collapse: collapse; font-size: 15px; font-variant-numeric: tabular-nums lining-nums } th { text-align: start; font-weight: 600 } tbody th { overflow-wrap: anywhere } th.end { text-align: end; font-size: 13px; color: var(--muted); white-space: normal } :is(th, td) { padding: 8px 0 8px 12px; border-bottom: 1px solid var(--line); vertical-align: top } :is(th, td):first-child { padding-inline-start: 0 }
tbody th { font-weight: 400 } td small { display: block }
.parts { display: grid; gap: 24px 40px; grid-template-columns: minmax(0, 1fr) }
.parts table { align-self: start } .parts td { width: 1% } .parts caption { text-align: start; font-size: 17px; font-weight: 600; padding-bottom: 4px }
.parts svg { display: block; width: 100%; height: 8px; margin-top: 4px } .parts rect { fill: var(--accent) }
.more { display: grid; gap: 8px; justify-items: start }
@container flow (max-width: 719px) {
  .wide thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden } .wide tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; padding: 8px 0; border-bottom: 1px solid var(--line) }
  .wide :is(th, td) { border: 0; padding: 2px 0 } .wide tbody th { grid-column: 1 / -1; font-weight: 600 } .wide td { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; column-gap: 16px; white-space: normal } .wide td::before { content: attr(data-name); color: var(--muted); text-align: start }
  .wide td.none { display: none }
}
@container flow (min-width: 720px) { .wide tbody th { white-space: nowrap } .parts { grid-template-columns: repeat(2, minmax(0, 1fr)) } }
@media (forced-colors: active) { svg .requests, .parts rect { fill: CanvasText } svg .contracts { fill: Highlight } svg .before { fill: GrayText } }`;
