import { css } from 'lit';

/** How the page of a plan looks, over the desk's pieces. */
export const styles = css`
:host { min-height: 480px }
section { display: grid; gap: 16px; padding-top: 24px; border-top: 1px solid var(--line) }
.use { display: grid; gap: 8px; max-width: 560px }
.places { display: flex; gap: 3px; height: 12px }
.places span { flex: 1; min-width: 2px; background: var(--surface); box-shadow: inset 0 0 0 1px var(--edge) } .places .taken { background: var(--accent); box-shadow: none } .places.full .taken { background: var(--warn) }
.plans { display: grid; gap: 0 32px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 272px), 1fr)) }
.plans > article { display: grid; gap: 12px; align-content: start; padding: 20px 0; border-top: 1px solid var(--line) }
.plans > article.now { border-top: 3px solid var(--accent); padding-top: 18px }
.plans > article.open { grid-column: 1 / -1 }
article h3 { overflow-wrap: anywhere; hyphens: auto }
.price { font-size: 20px; font-variant-numeric: tabular-nums lining-nums }
.sum { width: 100%; max-width: 560px; border-collapse: collapse } .sum th { text-align: start; font-weight: 400; padding: 6px 16px 6px 0 } .sum td { padding: 6px 0 } .sum tr + tr { border-top: 1px solid var(--line) } .sum tr:last-child :is(th, td) { font-weight: 600 }
.charges { margin: 0; padding: 0; list-style: none } .charges li { display: grid; gap: 4px 16px; grid-template-columns: minmax(0, 1fr) auto; padding: 12px 0; border-top: 1px solid var(--line) }
.code { display: grid; gap: 12px; max-width: 560px }`;
