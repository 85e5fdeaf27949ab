import { css } from 'lit';

export const styles = css`
.flow { overflow-wrap: anywhere }
.lead { display: grid; gap: 24px }
h2 { font-size: 2.27em; letter-spacing: -.01em }
.genres { margin-top: 8px; color: var(--muted) }
.tagline { font-size: 1.33em; line-height: 1.3; margin-top: 16px; text-wrap: balance }
.facts { display: flex; flex-wrap: wrap; gap: 0 10px; margin: 16px 0; color: var(--muted) } .facts li:not(:last-child)::after { content: '·'; margin-inline-start: 10px }
.photo { width: 100%; height: auto; object-fit: cover; background: var(--surface); border-radius: var(--radius) }
picture { display: contents } source { display: none } .said { min-width: 0 }
.first { aspect-ratio: 3 / 2 }
.more { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(180px, 45%), 1fr)); gap: 8px } .more .photo { aspect-ratio: 4 / 3 }
section { border-top: 1px solid var(--line); padding-top: 16px; margin-top: 32px; display: grid; gap: 12px }
section > h3 { color: var(--muted); font-size: .87em; font-weight: 400; letter-spacing: .02em; font-family: inherit }
.bio { display: grid; gap: .8em; max-width: 68ch; white-space: pre-line }
.track { display: grid; grid-template-columns: 44px minmax(0, 1fr) auto; gap: 0 14px; align-items: center; min-height: 60px; border-bottom: 1px solid var(--line) }
.track > button { width: 44px; padding: 0; border-radius: 50% } .track svg { width: 18px; height: 18px; fill: currentcolor }
.line { position: relative; display: grid; align-content: center; min-height: 56px; padding: 4px 0 }
.seek { width: 100%; margin: 0; min-height: 24px; accent-color: var(--accent) } .wave { height: 44px }
.over { position: absolute; inset: auto 0 4px; height: 44px; opacity: 0; cursor: pointer } .line:has(.over:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px }
blockquote { padding-inline-start: 16px; border-inline-start: 3px solid var(--accent); max-width: 60ch } blockquote p { font-size: 1.13em } cite { font-style: normal; color: var(--muted); font-size: .87em }
.quotes { display: grid; gap: 20px }
summary { cursor: pointer; padding: 10px 0 } details p { white-space: pre-line }
.links { display: flex; flex-wrap: wrap; gap: 4px 20px } .links a { min-height: 24px }
@container flow (min-width: 45em) {
  .lead { grid-template-columns: minmax(0, 5fr) minmax(0, 4fr); align-items: center; gap: 40px } .lead .photo { order: -1 }
  .quotes { grid-template-columns: repeat(2, minmax(0, 1fr)) }
}`;
