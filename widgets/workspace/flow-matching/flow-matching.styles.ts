import { css } from 'lit';

/** How our own people's page of matching looks, over the desk's pieces. */
export const styles = css`
:host { min-height: 640px }
section { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; border-top: 1px solid var(--line); padding-top: 20px; min-width: 0 }
article { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; padding: 16px 0; border-top: 1px solid var(--line); min-width: 0 } article:first-of-type { border: 0; padding-top: 0 }
.line { display: flex; flex-wrap: wrap; gap: 4px 16px; justify-content: space-between; align-items: baseline } .line > * { min-width: 0; overflow-wrap: anywhere } .tag { white-space: normal }
.totals { display: grid; gap: 16px 24px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 176px), 1fr)); margin: 0; align-content: start } .totals dt { font-size: 13px; color: var(--muted) } .totals dd { margin: 0; overflow-wrap: anywhere } .figure { font-size: 26px; font-variant-numeric: tabular-nums lining-nums } .missed { color: var(--warn) }
.measured { display: grid; gap: 24px 40px; grid-template-columns: minmax(0, 1fr) }
figure { margin: 0; display: grid; gap: 8px; justify-items: start; min-width: 0 } .curve { width: min(100%, 280px); height: auto; display: block } .curve .box { fill: none; stroke: var(--edge) } .curve .grid { stroke: var(--line); fill: none } .curve .even { stroke: var(--edge); stroke-dasharray: 4 4 } .curve polyline { fill: none; stroke: var(--accent); stroke-width: 2 } .curve circle { fill: var(--accent) }
.axes { display: flex; flex-wrap: wrap; gap: 0 20px } figure details { width: 100% }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums lining-nums } th { text-align: start; font-size: 13px; color: var(--muted) } :is(th, td) { padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; text-align: start; overflow-wrap: anywhere } thead th { overflow-wrap: normal } caption { text-align: start; padding-bottom: 4px } tbody th { font-weight: 400; font-size: 15px; color: var(--ink) } :is(th, td):last-child { padding-inline-end: 0 } .end { text-align: end; white-space: normal } dialog .end { white-space: nowrap }
.traits { display: grid; gap: 24px 40px; grid-template-columns: minmax(0, 1fr) } .groups, .funnel { display: grid; gap: 12px } .groups li, .funnel li { display: grid; gap: 4px; min-width: 0 } .traits h3 { padding-bottom: 8px } .traits p + p, .groups + p, .traits details + p { padding-top: 8px } .wide .tag { white-space: nowrap }
:is(.groups, .funnel) svg { display: block; width: 100%; height: 8px } .funnel svg { height: 12px } rect.seen { fill: var(--accent) } rect.pool { fill: var(--edge) } rect.all { fill: var(--line) } rect.aim { fill: var(--ink) } .funnel p { max-width: none; display: flex; flex-wrap: wrap; gap: 0 20px; justify-content: space-between }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px } .legend i { display: inline-block; width: 10px; height: 10px; margin-inline-end: 6px } i.seen { background: var(--accent) } i.pool { background: var(--edge) }
.pairs { display: grid } .pairs > li { display: grid; gap: 8px; padding: 12px 0; border-bottom: 1px solid var(--line); min-width: 0; overflow-wrap: anywhere } .turn { max-width: 560px } .turn form { gap: 12px }
dialog form { gap: 16px } dialog h2 { overflow-wrap: anywhere }
@container flow (min-width: 720px) { .measured { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) } .traits { grid-template-columns: repeat(2, minmax(0, 1fr)) } }
@container flow (min-width: 1000px) { .traits { grid-template-columns: repeat(3, minmax(0, 1fr)) } }
@container flow (max-width: 819px) {
  .wide thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden } .wide tr { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); padding: 8px 0; border-bottom: 1px solid var(--line) }
  .wide :is(th, td) { border: 0; padding: 2px 0 } .wide tbody th { grid-column: 1 / -1; font-weight: 600; font-size: 15px; color: var(--ink) } .wide td { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; column-gap: 16px; text-align: start } .wide td::before { content: attr(data-name); color: var(--muted); font-size: 13px }
}
@media (forced-colors: active) { rect.seen, .curve circle { fill: CanvasText } .curve polyline { stroke: CanvasText } rect.pool { fill: GrayText } rect.aim { fill: Highlight } }`;
