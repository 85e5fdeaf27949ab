import { css } from 'lit';

/** How the page of nights looks, over the desk's pieces. */
export const styles = css`
:host { min-height: 640px }
section { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; border-top: 1px solid var(--line); padding-top: 20px; min-width: 0 }
.pick { display: flex; flex-wrap: wrap; gap: 12px; align-items: end } .pick .field { flex: 1 1 200px; max-width: 320px }
.chips { display: flex; flex-wrap: wrap; gap: 8px } .chips li { display: inline-flex; align-items: center; gap: 4px; padding: 0 4px 0 12px; border: 1px solid var(--edge); border-radius: 999px } .chips button { min-width: 32px; min-height: 32px; justify-content: center; text-decoration: none; font-size: 17px }
.places { display: grid } .places > li { display: grid; gap: 8px 24px; padding: 16px 0; border-bottom: 1px solid var(--line); min-width: 0 }
.name { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline } .name h3 { overflow-wrap: anywhere } .meta { display: flex; flex-wrap: wrap; gap: 4px 12px }
.score { display: grid; gap: 4px; align-content: start } .score b { font-size: 20px; font-variant-numeric: tabular-nums lining-nums } .score svg { width: 100%; height: 8px; display: block } .score .base { fill: var(--line) } .score .done { fill: var(--accent) }
.why { display: grid; gap: 8px } .why .for b { color: var(--good) } .why .against b { color: var(--warn) }
.row a:not(.button) { min-height: 24px; display: inline-flex; align-items: center } .button.primary { color: var(--on-accent) }
@container flow (min-width: 640px) { .why { grid-template-columns: repeat(2, minmax(0, 1fr)); column-gap: 32px } .places > li { grid-template-columns: 128px minmax(0, 1fr) } .places > li > .score { grid-row: 1 / span 3 } .places > li > :not(.score) { grid-column: 2 } }
@media (forced-colors: active) { .score .done { fill: CanvasText } .score .base { fill: GrayText } }`;
