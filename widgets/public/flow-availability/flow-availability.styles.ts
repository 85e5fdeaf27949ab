import { css } from 'lit';

export const styles = css`
.flow { overflow-wrap: anywhere }
.head { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 8px; align-items: center; margin-bottom: 8px }
.head h3::first-letter { text-transform: uppercase }
.head button { width: 44px; padding: 0; font-size: 1.15em }
.tabs { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-bottom: 16px; border-bottom: 1px solid var(--line) }
.tabs button { border: 0; border-bottom: 3px solid transparent; border-radius: 0; padding: 0 2px; color: var(--muted) } .tabs [aria-selected=true] { color: var(--ink); border-color: var(--accent); font-weight: 600 }
@media (forced-colors: active) { .tabs button:not([aria-selected=true]) { border-color: Canvas } }
.gone { color: var(--bad) } .zone { margin-top: 4px }
.month td { overflow-wrap: normal } .key { margin-top: 8px } .foot { min-height: 44px; margin-top: 8px }
aside { margin-top: 20px; height: 290px; overflow-y: auto; scrollbar-width: thin; padding-bottom: 24px; mask-image: linear-gradient(#000 calc(100% - 32px), transparent) } aside h4 { color: var(--muted); font-weight: 400; font-size: .87em; margin-bottom: 4px }
li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 12px; border-top: 1px solid var(--line); padding: 8px 0; min-height: 40px }
li .plain { color: var(--ink) }
@container flow (min-width: 40em) {
  .both { display: grid; grid-template-columns: minmax(0, 1.6fr) minmax(0, 1fr); gap: 0 40px }
  aside { margin: 0; height: 500px } aside h4 { height: 44px; display: flex; align-items: center; margin: 0 0 8px }
}`;
