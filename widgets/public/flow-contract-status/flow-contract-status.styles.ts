import { css } from 'lit';

export const styles = css`
h3 { margin-bottom: 16px } .row { margin-top: 16px }
form { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; margin-top: 12px }
label { display: grid; gap: 4px; flex: 1 1 14em; max-width: 24em } input { min-height: 44px; padding: 9px 12px; border: 1px solid var(--edge); background: transparent; width: 100% }
iframe { display: block; width: 100%; height: 480px; border: 1px solid var(--line); border-radius: var(--radius); margin-top: 16px; background: var(--surface) }
.code { display: inline-block; font-weight: 400; color: var(--muted); font-size: .87em }`;
