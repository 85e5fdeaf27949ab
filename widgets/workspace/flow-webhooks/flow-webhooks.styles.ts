import { css } from 'lit';

/** How the page of webhooks looks, over the desk's pieces. */
export const styles = css`
:host { min-height: 480px }
article { display: grid; gap: 16px; padding: 24px 0; border-top: 1px solid var(--line) }
article h2 { overflow-wrap: anywhere; font-size: 17px }
.groups { display: grid; gap: 16px 24px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 288px), 1fr)) }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0 }
.groups .check { padding: 6px 0 } .groups code { display: block; color: var(--muted); overflow-wrap: anywhere }
.log { display: grid; gap: 16px }
.log ol { list-style: none; margin: 0; padding: 0 }
.log li { padding: 12px 0; border-top: 1px solid var(--line); display: grid; gap: 4px }
.views { display: flex; flex-wrap: wrap; gap: 4px }
.views [aria-pressed=true] { background: var(--ink); color: var(--ground); border-color: var(--ink) }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: 13px } th, td { text-align: start; padding: 6px 12px 6px 0; border-top: 1px solid var(--line); vertical-align: top } th { font-weight: 600 }
td:last-child { overflow-wrap: anywhere; min-width: 120px }
details > .stack { padding: 4px 0 8px }`;
