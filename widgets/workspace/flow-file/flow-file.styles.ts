import { css } from 'lit';

export const styles = css`
:host { min-height: 560px }
.head { display: grid; gap: 8px; padding-bottom: 24px; grid-template-columns: minmax(0, 1fr); overflow-wrap: anywhere }
.columns { display: grid; gap: 32px; grid-template-columns: minmax(0, 1fr) }
.main { display: grid; gap: 40px; align-content: start; min-width: 0 }
section { display: grid; gap: 16px; align-content: start; min-width: 0 }
.main > section:not(.next) { border-top: 1px solid var(--line); padding-top: 20px }
.main > section:has(> details:not([open])) + section:has(> details) { margin-top: -24px }
aside { display: grid; gap: 32px; align-content: start }
.next { border: 1px solid var(--line); border-radius: var(--radius); padding: 20px; gap: 12px; background: var(--surface) }
.next.yours { border-color: var(--accent); border-top-width: 4px }
.next h2:focus-visible { outline-offset: 6px }
.turn { color: var(--accent); font-weight: 600 }
blockquote { margin: 0; border-inline-start: 2px solid var(--edge); padding-inline-start: 12px }
.contest > summary, .cancel > summary, .links > summary { font-weight: 400; color: var(--muted) }
.next input, .next select, .next textarea { background: var(--ground) }
.way { border-block: 1px solid var(--line); padding: 4px 0; margin-bottom: 24px } aside .list { display: none }
.gauge { display: flex; gap: 3px; padding-top: 6px } .gauge i { flex: 1; height: 4px; border-radius: 2px; background: var(--line) } .gauge .done { background: var(--good) } .gauge .now { background: var(--accent) } .gauge .stopped { background: var(--bad) }
.steps { display: grid }
.steps li { position: relative; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 8px; padding: 6px 0 6px 28px; color: var(--muted) }
.steps li::before { content: ''; position: absolute; left: 4px; top: 11px; width: 11px; height: 11px; border-radius: 50%; border: 2px solid var(--edge); background: var(--ground); z-index: 1 }
.steps li:not(:last-child)::after { content: ''; position: absolute; left: 9px; top: 20px; bottom: -10px; width: 1px; background: var(--line) }
.steps .done { color: var(--ink) } .steps .done::before { background: var(--good); border-color: var(--good) }
.steps .now { color: var(--ink); font-weight: 600 } .steps .now::before { border-color: var(--accent); box-shadow: 0 0 0 3px var(--ground), 0 0 0 4px var(--accent); background: var(--accent) }
.steps .stopped { color: var(--bad) } .steps .stopped::before { border-color: var(--bad) }
.timeline { display: grid; gap: 12px } .timeline li { display: grid; border-inline-start: 2px solid var(--line); padding-inline-start: 12px }
aside section h2 { font-size: 17px }
summary > h2 { display: inline } details[open] > summary { margin-bottom: 16px }
.lines { border-bottom: 1px solid var(--line) }
.lines li { display: flex; flex-wrap: wrap; gap: 8px 16px; justify-content: space-between; align-items: center; padding: 12px 0; border-top: 1px solid var(--line) }
.figures li { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: center } .figures li > :first-child, .figures li > .notice { grid-column: 1 / -1 } .figures .end { text-align: start } .figures .end .small { white-space: normal }
.papers li { display: grid; grid-template-columns: minmax(0, 1fr); align-items: start } .papers li > :nth-child(n + 3) { grid-column: 1 / -1 } .papers .end { text-align: start }
.chorus .facts { margin-top: 12px }
.thread { display: grid; gap: 32px }
.offer { display: grid; gap: 8px } .price strong { font-size: 26px; font-weight: 600; font-variant-numeric: tabular-nums lining-nums; letter-spacing: -.01em }
.net { max-width: 560px; font-size: 13px }
.net > div { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 12px; align-items: center; padding: 4px 0 }
.net dt { color: var(--muted) } .net .fall { grid-area: 2 / 1 / auto / -1 }
.fall i { display: block; height: 10px; min-width: 2px; background: var(--ink); border-radius: 1px }
.net .soft i { background: var(--edge) } .net .out i { background: var(--warn) } .net .paid i { background: var(--good) } .net .sum i { background: transparent; border: 1px solid var(--ink) }
.net .paid { border-top: 1px solid var(--line) } .net .paid > :not(.fall) { font-weight: 600; color: var(--ink); font-size: 15px }
fieldset { border: 0; padding: 0; margin: 0; min-width: 0 } .plan { display: grid; gap: 12px }
.clauses { display: grid; gap: 16px; max-height: 480px; overflow-y: auto; padding: 16px; border: 1px solid var(--line); border-radius: var(--radius) }
.clauses section { gap: 6px } .clauses h3, .pair h3 { font-size: 15px }
input.code { font-size: 26px; letter-spacing: .2em; max-width: 240px; font-variant-numeric: tabular-nums }
iframe.pay { width: 100%; height: 420px; border: 0; display: block; background: transparent; color-scheme: normal }
.score { display: flex; align-items: baseline; gap: 8px } .score strong { font-size: 34px; line-height: 1; font-weight: 600 }
.pair { display: grid; gap: 16px 32px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 260px), 1fr)) } .reasons { display: grid; gap: 6px; padding-top: 6px } .reasons li { padding-inline-start: 20px; position: relative } .reasons li::before { position: absolute; inset-inline-start: 0; content: '·' } .for li::before { content: '+'; color: var(--good); font-weight: 700 } .against li::before { content: '–'; color: var(--bad); font-weight: 700 }
.groups { width: 100%; max-width: 560px; border-collapse: collapse } .groups th { text-align: start; font-weight: 400; padding: 6px 12px 6px 0; width: 40% } .groups .end { width: 1%; padding-inline-start: 12px }
.bar { background: linear-gradient(var(--line), var(--line)) center / 100% 6px no-repeat } .bar i { display: block; height: 6px; background: var(--accent); border-radius: 0 2px 2px 0 } .bar .guess { background: repeating-linear-gradient(90deg, var(--edge) 0 3px, transparent 3px 6px) }
@container flow (min-width: 560px) { .papers li { grid-template-columns: minmax(0, 1fr) auto } .papers .end { text-align: end } .figures li { grid-template-columns: minmax(0, 1fr) 112px 148px; align-items: start } .figures li > :first-child { grid-column: auto } .figures .end { text-align: end } .figures li > :last-child { justify-self: end; justify-content: end } .next { padding: 24px } .net > div { grid-template-columns: 176px minmax(0, 1fr) 104px } .net .fall { grid-area: auto } }
@container flow (min-width: 860px) {
  .columns { grid-template-columns: minmax(0, 1fr) 280px; gap: 56px }
  .way { display: none } aside .list { display: block }
}
@container flow (max-width: 859px) { aside > section { border-top: 1px solid var(--line); padding-top: 20px } }`;
