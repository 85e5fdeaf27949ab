import { css } from 'lit';

export const styles = css`
:host { min-height: 480px }
.views { display: inline-flex }
.views button { min-height: 36px; padding: 4px 12px; font-size: 13px; border-radius: 0; margin-inline-start: -1px }
.views button:first-child { margin: 0; border-radius: var(--radius) 0 0 var(--radius) } .views button:last-child { border-radius: 0 var(--radius) var(--radius) 0 }
.views [aria-pressed=true] { background: var(--ink); color: var(--ground); border-color: var(--ink) }
h2 { padding-bottom: 12px }
section + section { margin-top: 16px }
li { position: relative; display: grid; grid-template-columns: 60px minmax(0, 1fr) auto; gap: 8px 16px; padding: 16px 0; border-top: 1px solid var(--line) }
li:last-child { border-bottom: 1px solid var(--line) }
li:hover { background: linear-gradient(var(--surface), var(--surface)) }
h3 a { color: var(--ink); text-decoration: none; font-weight: 600 }
h3 a::after { content: ''; position: absolute; inset: 0 }
h3 a:hover { text-decoration: underline }
.date { text-align: center; display: grid; justify-items: center; align-content: start; line-height: 1.15; font-size: 13px; color: var(--muted); border-inline-end: 1px solid var(--line); padding-inline-end: 16px }
.date strong { font-size: 26px; font-weight: 600; color: var(--ink); font-variant-numeric: tabular-nums lining-nums }
.yours .date strong { color: var(--accent) }
.what { grid-column: 2 / -1; display: grid; gap: 2px }
.budget, .score, .state { display: grid; align-content: start; gap: 2px; justify-items: start }
.budget { grid-column: 2 }
.bar { display: block; width: 96px; height: 4px; background: var(--line); border-radius: 2px; overflow: hidden } .bar i { display: block; height: 100%; background: var(--accent) }
.state { grid-column: 2 / -1; justify-items: start }
@container flow (min-width: 760px) {
  li { grid-template-columns: 72px minmax(0, 1fr) 104px 132px 148px; align-items: start }
  .what, .budget, .state { grid-column: auto }
  .state { justify-items: end }
}`;
