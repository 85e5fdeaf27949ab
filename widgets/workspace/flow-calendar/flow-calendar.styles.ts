import { css } from 'lit';

export const styles = css`
:host { min-height: 560px }
.months { display: grid; gap: 32px; grid-template-columns: minmax(0, 1fr) }
@container flow (max-width: 619px) { tr:not(:has(th, button)) { display: none } }
@container flow (min-width: 620px) { .months { grid-template-columns: repeat(2, minmax(0, 1fr)) } }
@container flow (min-width: 900px) { .months { grid-template-columns: repeat(3, minmax(0, 1fr)) } }
table { width: 100%; border-collapse: separate; border-spacing: 2px; table-layout: fixed }
caption { text-align: start; font-size: 17px; font-weight: 600; padding-bottom: 8px } caption::first-letter { text-transform: uppercase }
th { font-weight: 400; font-size: 13px; color: var(--muted); padding: 0 0 4px }
td { padding: 0; height: 44px }
td button { position: relative; width: 100%; min-height: 44px; padding: 0; border: 1px solid transparent; border-radius: 4px; font-variant-numeric: tabular-nums; background: none }
td button[data-holds]::after { content: attr(data-holds); position: absolute; top: 2px; right: 4px; font-size: 11px; line-height: 1.2; color: var(--warn) }
.free { border-color: var(--good); color: var(--good); font-weight: 600 }
.flexible { border: 1px dashed var(--edge) }
.busy { background: color-mix(in srgb, var(--edge) 16%, transparent); color: var(--muted) }
.held { box-shadow: inset 0 -3px 0 var(--warn) }
td .sold, .key .sold { background: var(--ink); color: var(--ground); border-color: var(--ink) }
.today { text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 4px }
td [aria-disabled=true] { opacity: .45; cursor: default; text-decoration: line-through }
td [aria-pressed=true], td [aria-pressed=true]:hover { background: var(--accent); color: var(--on-accent); border-color: var(--accent) }
td [aria-pressed=true]::after { color: inherit !important }
.key { display: flex; flex-wrap: wrap; gap: 4px 20px } .key span { display: inline-flex; align-items: center; gap: 8px } .key i { width: 16px; height: 16px; border-radius: 3px; border: 1px solid transparent } .key .free { border-color: var(--good) } .key .flexible { border: 1px dashed var(--edge) } .key .held { border-color: var(--line) }
.bar { position: sticky; bottom: 12px; z-index: 1; display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; padding: 12px 16px; background: var(--ground); border: 1px solid var(--ink); border-radius: var(--radius) }
.bar strong { flex-basis: 100% } @container flow (min-width: 720px) { .bar strong { flex-basis: auto } }
.taken { display: grid; gap: 8px; border-top: 1px solid var(--line); padding-top: 20px }
.taken li { display: grid; gap: 2px 16px; grid-template-columns: minmax(0, 1fr) auto; padding: 10px 0; border-top: 1px solid var(--line); align-items: center } .taken time { grid-column: 1 / -1 }
@container flow (min-width: 620px) { .taken li { grid-template-columns: 240px minmax(0, 1fr) auto } .taken time { grid-column: auto } }
@media (forced-colors: active) { td [aria-pressed=true] { outline: 3px solid Highlight } }`;
