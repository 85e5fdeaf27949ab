import { css } from 'lit';

/** How the accounts look, over the desk's pieces. */
export const styles = css`
:host { min-height: 480px }
.views { display: flex; flex-wrap: wrap; gap: 4px }
.views [aria-pressed=true] { background: var(--ink); color: var(--ground); border-color: var(--ink) }
article { display: grid; gap: 12px; padding: 20px 0; border-top: 1px solid var(--line) }
article h3 { overflow-wrap: anywhere }
section { display: grid; gap: 12px } section > h2 + p { max-width: 68ch }
.steps { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 24px } .steps li { display: grid; border-inline-start: 2px solid var(--edge); padding-inline-start: 12px } .steps .done { border-color: var(--warn) }
.formats { display: grid; gap: 0 24px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 272px), 1fr)) }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0 }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100% } th, td { text-align: start; padding: 6px 12px 6px 0; border-top: 1px solid var(--line); vertical-align: top } th { font-size: 13px; font-weight: 600; border: 0 } th:last-child { text-align: end } td.end { text-align: end; white-space: nowrap }
td.said { overflow-wrap: anywhere; min-width: 160px }
.chart { display: grid; gap: 8px 12px; align-items: end; grid-template-columns: minmax(0, 1fr); padding: 12px 0; border-top: 1px solid var(--line) }
@container flow (min-width: 640px) { .chart { grid-template-columns: 128px minmax(0, 1fr) auto } .chart h3 { grid-column: 1 / -1 } }
.match { display: grid; gap: 8px; padding: 12px 16px; border: 1px solid var(--line); border-radius: var(--radius) }
.match ul { margin: 0; padding-inline-start: 20px; list-style: disc }
.meter { position: relative; height: 20px; border-radius: var(--radius); background: var(--line); overflow: hidden } .meter i { display: block; height: 100%; background: var(--good) }
.meter.near i, .meter.tolerated i { background: var(--warn) } .meter.over i { background: var(--bad) }
.meter b { position: absolute; inset-block: 0; width: 2px; background: var(--ink) }
details > .stack { padding: 4px 0 8px }
table { font-variant-numeric: tabular-nums lining-nums } tbody th { font-weight: 400; font-size: 15px; border-top: 1px solid var(--line) } tfoot th { border-top: 1px solid var(--line) } tfoot td { font-weight: 600 } th.end { text-align: end }
.papers { margin: 0; padding: 4px 0 8px; list-style: none; display: grid; gap: 4px } .papers li { display: flex; flex-wrap: wrap; gap: 0 16px; justify-content: space-between }
.invoices { margin: 0; padding: 0; list-style: none } .invoices li { display: grid; gap: 8px; padding: 12px 0; border-top: 1px solid var(--line) } .invoices strong { overflow-wrap: anywhere } .of { width: auto; min-width: 128px; justify-self: start }
.aim { display: block; width: 100%; height: 176px; border-bottom: 1px solid var(--edge) } .aim rect { fill: var(--accent) } .aim .signed { fill: var(--edge) } .aim line { stroke: var(--ink); stroke-width: 2; stroke-dasharray: 6 4; vector-effect: non-scaling-stroke }`;
