import { css } from 'lit';

/** How the page of matches looks, over the desk's pieces. */
export const styles = css`
:host { min-height: 640px }
section { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; border-top: 1px solid var(--line); padding-top: 20px; min-width: 0 }
.cards { display: grid; gap: 0 } .cards > li { display: grid; gap: 12px; padding: 16px 0; border-bottom: 1px solid var(--line); min-width: 0 } .cards > li:last-child, .lines li:last-child { border-bottom: 0 }
.who { display: grid; grid-template-columns: 64px minmax(0, 1fr); gap: 4px 16px; align-items: start } .who img, .who .none { width: 64px; height: 64px; object-fit: cover; border-radius: var(--radius); background: var(--surface); grid-row: span 2 }
.who .none { border: 1px solid var(--line) } .who h3 { overflow-wrap: anywhere } .meta { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline }
blockquote { border-inline-start: 3px solid var(--edge); padding-inline-start: 16px; display: grid; gap: 4px }
.soon { color: var(--warn); font-weight: 600 }
.row a:not(.button) { min-height: 24px; display: inline-flex; align-items: center; overflow-wrap: anywhere }
.button { overflow-wrap: anywhere; max-width: 100% } .button.primary { color: var(--on-accent) }
.which { width: auto; min-width: 0; max-width: 100% } label.row { min-width: 0 } .tag { white-space: normal }
.lines li { display: flex; flex-wrap: wrap; gap: 4px 16px; justify-content: space-between; align-items: baseline; padding: 8px 0; border-bottom: 1px solid var(--line) }
.funnel { display: grid; gap: 12px } .funnel li { display: grid; gap: 4px } .funnel svg { display: block; width: 100%; height: 16px } .funnel rect { fill: var(--accent) } .funnel .num { font-weight: 600 }
@media (forced-colors: active) { .funnel rect { fill: CanvasText } }`;
