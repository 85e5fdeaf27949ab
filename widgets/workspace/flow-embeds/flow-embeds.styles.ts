import { css } from 'lit';

export const styles = css`
:host { min-height: 640px }
.page { display: grid; gap: 40px; grid-template-columns: minmax(0, 1fr) }
.view section { display: grid; gap: 12px }
.choice, .view, .page > section { display: grid; gap: 20px; align-content: start; min-width: 0 }
.page > section { border-top: 1px solid var(--line); padding-top: 20px }
.make { display: grid; gap: 32px; grid-template-columns: minmax(0, 1fr) }
legend { margin-bottom: 8px; padding: 0; font-size: 15px }
fieldset { display: grid; gap: 12px; margin: 0; padding: 0; border: 0; min-width: 0 }
.colours { display: grid; gap: 12px; grid-template-columns: repeat(3, minmax(0, 1fr)) }
input[type=color] { padding: 4px; height: 44px }
.ways { display: flex; flex-wrap: wrap; gap: 0 20px }
iframe { display: block; width: 100%; height: 480px; border: 1px solid var(--edge); border-radius: var(--radius); background: var(--surface) }
.phone iframe { width: min(100%, 375px) }
.found, .probes { display: grid; gap: 8px }
.found li, .probes li { display: grid; grid-template-columns: 84px minmax(0, 1fr); gap: 12px; align-items: baseline; overflow-wrap: anywhere }
.found .tag, .probes .tag { text-align: center; white-space: normal }
.lack { display: grid; gap: 4px } .lack dt { font-size: 13px; color: var(--muted) } .lack dd { margin: 0 0 8px; overflow-wrap: anywhere; display: grid; gap: 8px }
.origins li { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; padding: 8px 0; border-top: 1px solid var(--line) }
.keys { display: grid; gap: 8px } .keys li { overflow-wrap: anywhere }
.totals { display: grid; gap: 12px 24px; grid-template-columns: repeat(auto-fit, minmax(128px, 1fr)) }
.totals dt { font-size: 13px; color: var(--muted) } .totals dd { margin: 0; font-size: 26px; font-variant-numeric: tabular-nums lining-nums }
figure { margin: 0; display: grid; gap: 8px }
figure svg { width: 100%; height: 160px; display: block }
svg .base { stroke: var(--edge) } svg .hit { fill: transparent } svg .views { fill: var(--accent) } svg .requests { fill: var(--warn) }
figcaption { display: flex; flex-wrap: wrap; gap: 4px 20px } figcaption i { display: inline-block; width: 10px; height: 10px; margin-inline-end: 6px } i.views { background: var(--accent) } i.requests { background: var(--warn); height: 4px; vertical-align: middle }
.sums { width: 100%; border-collapse: collapse; font-size: 15px } .sums th { text-align: start; font-weight: 600; overflow-wrap: anywhere } .sums th.end { text-align: end; font-size: 13px; color: var(--muted) } .sums :is(th, td) { padding: 8px 0 8px 12px; border-bottom: 1px solid var(--line) } .sums :is(th, td):first-child { padding-inline-start: 0 }
.sums tbody th { font-weight: 400 }
@container flow (max-width: 519px) {
  .sums thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden } .sums tr { display: grid; grid-template-columns: 1fr auto; padding: 8px 0; border-bottom: 1px solid var(--line) }
  .sums :is(th, td) { border: 0; padding: 2px 0 } .sums tbody th { grid-column: 1 / -1; font-weight: 600 } .sums td { display: contents } .sums td::before { content: attr(data-name); color: var(--muted); text-align: start }
}
@container flow (min-width: 860px) { .make { grid-template-columns: minmax(0, 5fr) minmax(0, 7fr) } }
@media (forced-colors: active) { svg .views { fill: CanvasText } svg .requests { fill: Highlight } }`;
