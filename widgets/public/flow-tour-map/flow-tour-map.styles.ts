import { css } from 'lit';

export const styles = css`
.map { position: relative; height: 380px; overflow: hidden; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); color: var(--ink) }
.map svg { position: absolute; inset: 0; background: color-mix(in srgb, var(--ink) 8%, var(--ground)) }
.land { fill: var(--ground); stroke: color-mix(in srgb, var(--ink) 35%, var(--ground)); stroke-width: .8 }
.pin { min-height: 0; width: 28px; height: 28px; padding: 0; border-radius: 50%; font-size: 13px; font-weight: 600; background: var(--accent); color: var(--on-accent); border: 2px solid var(--ground) }
.pin:hover, .pin:focus-visible, .pin[aria-current] { background: var(--ink); color: var(--ground); z-index: 3 }
.pin::after { content: attr(data-label); position: absolute; inset-block-end: calc(100% + 4px); left: 50%; translate: -50%; padding: 3px 8px; border-radius: var(--radius); background: var(--ink); color: var(--ground); font-weight: 400; white-space: nowrap; pointer-events: none; opacity: 0 }
.pin:is(:hover, :focus-visible, [aria-current])::after { opacity: 1 }
.pin.was { background: var(--ground); color: var(--muted); border-color: var(--muted) }
.leg { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linecap: round; opacity: .9 } .leg.was { opacity: .35 }
.near { margin-bottom: 16px } .near > .button { color: var(--ink) }
.flow { overflow-wrap: anywhere } .list { margin-top: 16px } .list h2 { margin: 28px 0 10px; font-size: 1.27em }
.shows > .chosen { background: var(--surface); box-shadow: -8px 0 var(--surface), 8px 0 var(--surface) }
@container flow (min-width: 51em) {
  .both { display: grid; grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr); gap: 32px; align-items: start }
  .near { grid-column: 1 / -1; margin: 0 0 -16px } .map { height: 560px; position: sticky; top: 16px } .list { margin: 0 }
}`;
