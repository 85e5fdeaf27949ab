import { css } from 'lit';

/** How the page of payouts looks, over the desk's pieces. */
export const styles = css`
:host { min-height: 640px }
section { display: grid; gap: 16px; border-top: 1px solid var(--line); padding-top: 20px }
.lines { list-style: none; margin: 0; padding: 0 }
.lines > li { padding: 12px 0; border-top: 1px solid var(--line); display: grid; gap: 4px } .lines > li:first-child { border-top: 0 } .lines > li > .row { margin-top: 4px }
.lines strong { overflow-wrap: anywhere }
.months { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: 8px 12px; align-items: end }
.months li { display: grid; gap: 4px; font-size: 13px }
.months svg { display: block; width: 100%; height: 96px } .months rect { fill: var(--accent) } .months line { stroke: var(--edge) }
.months .num { font-variant-numeric: tabular-nums lining-nums }
@container flow (max-width: 519px) { .months { grid-template-columns: minmax(0, 1fr) } .months li { grid-template-columns: minmax(0, 1fr) auto; border-top: 1px solid var(--line); padding: 6px 0 } .months svg { height: 8px; grid-column: 1 / -1; order: 3 } }
.sums { margin: 0; display: grid; grid-template-columns: minmax(0, 1fr) auto; max-width: 480px } .sums dt, .sums dd { margin: 0; padding: 4px 0; border-top: 1px solid var(--line) } .sums dd { text-align: end; padding-inline-start: 16px; font-variant-numeric: tabular-nums lining-nums } .sums .total { font-weight: 600 }
.paper { display: grid; gap: 12px; padding: 12px 0 4px }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0 }
.year { display: flex; flex-wrap: wrap; gap: 12px 16px; align-items: end } .year select { width: auto; min-width: 112px }`;
