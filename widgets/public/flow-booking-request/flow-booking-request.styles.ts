import { css } from 'lit';

export const styles = css`
.kicker { color: var(--muted); min-height: 1.45em }
form { display: grid; gap: 20px; margin-top: 20px }
.fields { display: grid; gap: 14px 20px; align-content: start }
.fields > * { min-width: 0 }
.fields + h3 { border-top: 1px solid var(--line); padding-top: 20px; margin-top: 8px }
.progress span { display: block; font-weight: 400; font-family: var(--font, inherit) } .progress div { display: flex; gap: 4px; margin-top: 10px }
.progress i { flex: 1; border-top: 3px solid var(--line) } .progress .on { border-color: var(--accent) }
h3:focus { outline: 0 }
legend { padding: 0 0 6px }
label { display: block; margin-bottom: 4px }
input:not([type=radio], [type=checkbox]), textarea { display: block; width: 100%; min-height: 44px; padding: 9px 12px; background: var(--flow-field, transparent); border: 1px solid var(--edge); line-height: 1.4 }
textarea { min-height: 88px; resize: vertical }
input[aria-invalid=true], textarea[aria-invalid=true] { border-color: var(--bad); border-width: 2px; padding: 8px 11px }
p.small { margin-top: 4px } .fault { color: var(--bad) }
.askers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(8.2em, 100%), 1fr)); gap: 8px; overflow-wrap: anywhere }
.askers label, .check { display: flex; gap: 10px; align-items: center; min-height: 44px; margin: 0; cursor: pointer }
.askers label { border: 1px solid var(--line); border-radius: var(--radius); padding: 8px 12px; line-height: 1.2 }
.askers label:hover { border-color: var(--ink) } .askers label:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }
.askers label:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px } .askers input:focus-visible { outline: 0 }
[type=radio], [type=checkbox] { accent-color: var(--accent); width: 18px; height: 18px; flex: none; margin: 0 }
.unit { position: relative } .unit input { padding-inline-end: 4em } .unit b { position: absolute; inset-inline-end: 12px; top: 11px; font-weight: 400; color: var(--muted) }
.usual { border-inline-start: 3px solid var(--accent); padding-inline-start: 12px }
.end { display: grid; gap: 12px; border-top: 1px solid var(--line); padding-top: 20px }
.recap { font-weight: 600 }
h2 + .notice { margin-top: 20px } .code { font-weight: 600; overflow-wrap: anywhere }
@container flow (min-width: 36em) { .fields { grid-template-columns: repeat(2, minmax(0, 1fr)) } .wide { grid-column: 1 / -1 } }
@container flow (max-width: 36em) { .end .row { display: grid } }`;
