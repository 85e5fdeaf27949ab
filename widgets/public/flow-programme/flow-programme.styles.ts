import { css } from 'lit';

export const styles = css`
.flow { overflow-wrap: anywhere }
.turn { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; justify-content: space-between; margin-top: 16px }
.feeds { display: flex; flex-wrap: wrap; gap: 4px 20px } .feeds a { display: inline-block; min-height: 24px; padding: 3px 0 }
.bar { display: grid; gap: 12px; margin-bottom: 20px } .bar p { min-height: 1.45em }
.views { display: flex; flex-wrap: wrap; gap: 6px }
.views [aria-pressed=true] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); font-weight: 600 }
.filters { display: grid; gap: 12px; align-items: end } .filters label { display: grid; gap: 4px; min-width: 0 }
select { width: 100%; min-height: 44px; padding: 8px 12px; border: 1px solid var(--edge); border-radius: var(--radius); background: var(--ground); color: inherit; font: inherit }
.filters .check { display: flex; gap: 10px; align-items: center; min-height: 44px } .check input { width: 18px; height: 18px; flex: none; accent-color: var(--accent) }
.cards { display: grid; gap: 16px; border: 0 } .cards > li { border: 1px solid var(--line); border-radius: var(--radius); padding: 16px }
.week { display: none } .week span { padding-inline-start: 6px } .days li { display: grid; gap: 4px; padding: 12px 0; border-bottom: 1px solid var(--line); min-width: 0 } .days .none, .days .number { display: none } .days .long { font-weight: 600 }
.days p { display: grid } .days a { min-height: 24px }
@container flow (min-width: 35em) { .filters { grid-template-columns: repeat(auto-fit, minmax(11em, 1fr)) } .cards { grid-template-columns: repeat(auto-fill, minmax(15em, 1fr)) } .cards > li { grid-template-columns: 3.6em minmax(0, 1fr) } .cards .more { grid-column: 2; grid-row: auto; justify-content: start; text-align: start } .cards time { grid-row: span 3 } }
@container flow (min-width: 42em) {
  .week, .days { display: grid; grid-template-columns: repeat(7, minmax(0, 1fr)) } .week { color: var(--muted); font-size: .87em; padding-bottom: 4px } .days { border-top: 1px solid var(--line) }
  .days li, .days .none { display: block; min-height: 76px; padding: 6px; border: 0 solid var(--line); border-width: 0 0 1px } .days li:first-child { grid-column-start: var(--first) }
  .days .none { color: var(--muted) } .days .number { display: inline } .days .long { display: none } .days p { font-size: .87em }
}`;
