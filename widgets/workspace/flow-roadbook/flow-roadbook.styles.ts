import { css } from 'lit';

/** How a roadbook looks, over the desk's pieces: read at arm's length, by one thumb. */
export const styles = css`
:host { min-height: 480px }
.days { display: grid; gap: 16px }
article { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; padding: 16px; border: 1px solid var(--edge); border-radius: 12px; min-width: 0 } article.now { border: 2px solid var(--accent) }
article h3 { margin: 0; overflow-wrap: anywhere } .top { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; justify-content: space-between } .top h3::first-letter { text-transform: uppercase }
.drive { display: grid; gap: 2px } .drive b, dd { font-variant-numeric: tabular-nums lining-nums } .drive + .drive { border-top: 1px solid var(--line); padding-top: 12px }
.stage { display: grid; gap: 12px; border-top: 1px solid var(--line); padding-top: 12px; min-width: 0 } .stage h4 { margin: 0; font-size: 17px; overflow-wrap: anywhere } .place { overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px 12px; margin: 0 } dl div { min-width: 0 } dt { font-size: 13px; color: var(--muted) } dd { margin: 0; font-weight: 600 }
.call { display: grid; gap: 8px } .call .button { justify-content: center; min-height: 48px; text-align: center }
summary { min-height: 44px; display: flex; align-items: center; cursor: pointer; font-weight: 600 } summary::before { content: '▸'; width: 1.2em } details[open] > summary::before { content: '▾' } details .days { margin-top: 8px }
.links li { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; justify-content: space-between; padding: 8px 0; border-bottom: 1px solid var(--line) } .url { overflow-wrap: anywhere; user-select: all; font-family: ui-monospace, monospace; font-size: 13px }
.make { display: flex; flex-wrap: wrap; gap: 12px; align-items: end } .make .field { flex: 1 1 200px }
@container flow (min-width: 560px) { .call { display: flex; flex-wrap: wrap } dl { grid-template-columns: repeat(6, minmax(0, 1fr)) } }
@media print { .tools, .call, .notice button { display: none } article { break-inside: avoid; border-color: #999 } details > .days { display: grid } details::details-content { content-visibility: visible; block-size: auto } }`;
