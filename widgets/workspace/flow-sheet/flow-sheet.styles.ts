import { css } from 'lit';

/** How the sheet looks, over the desk's pieces. */
export const styles = css`
:host { min-height: 640px }
section { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; border-top: 1px solid var(--line); padding-top: 20px; min-width: 0 }
.whole { border-top: 0; padding-top: 0; gap: 12px }
.whole h2 { font-variant-numeric: tabular-nums lining-nums }
.meter { display: block; width: 100%; height: 20px } .meter .base { fill: var(--line) } .meter .done { fill: var(--accent) } .meter .mark { stroke: var(--ink); stroke-width: 2 }
.levels { display: grid; gap: 8px 24px; grid-template-columns: minmax(0, 1fr) } .levels li { display: grid; gap: 2px; align-content: start; border-inline-start: 3px solid var(--line); padding-inline-start: 12px } .levels .reached { border-color: var(--good) }
.next { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: baseline } .then { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline }
.then :is(a, button), .next :is(a, button) { min-height: 24px; display: inline-flex; align-items: center }
fieldset { display: grid; gap: 4px; align-content: start } .choices { display: flex; flex-wrap: wrap; gap: 0 20px } .choices .check { padding: 10px 0; min-height: 44px; align-items: center }
.months { display: grid; gap: 8px; grid-template-columns: repeat(auto-fill, minmax(88px, 1fr)) } .months .field > span { font-weight: 400 }
.bars { display: block; width: 100%; height: 64px } .bars rect { fill: var(--accent) }
.lines li { display: flex; flex-wrap: wrap; gap: 4px 16px; justify-content: space-between; align-items: baseline; padding: 8px 0; border-bottom: 1px solid var(--line) }
@container flow (min-width: 560px) { .levels { grid-template-columns: repeat(3, minmax(0, 1fr)) } }
@container flow (min-width: 860px) { .group { grid-template-columns: 232px minmax(0, 1fr); column-gap: 40px } .group > :not(.head) { grid-column: 2 } .group > .head { grid-row: 1 / span 3 } }
@media (forced-colors: active) { .meter .done, .bars rect { fill: Highlight } .meter .base { fill: GrayText } .meter .mark { stroke: CanvasText } }`;
