import { css } from 'lit';

export const styles = css`
:host { min-height: 640px }
.columns { display: grid; gap: 40px; grid-template-columns: minmax(0, 1fr) }
.main, form, .publish { display: grid; gap: 32px } .publish { gap: 12px } .small-gap { gap: 12px }
section { display: grid; gap: 16px; align-content: start; min-width: 0 }
.main section { border-top: 1px solid var(--line); padding-top: 20px }
.photos { display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr) } .photos li, .tracks li { display: grid; gap: 8px; align-content: start }
.photos img, .preview img { width: 100%; height: auto; aspect-ratio: 3 / 2; object-fit: cover; border-radius: var(--radius); background: var(--surface) }
.tracks { display: grid; gap: 20px } audio, video { width: 100% } video { aspect-ratio: 16 / 9; background: #000; border-radius: var(--radius) }
.chips { display: flex; flex-wrap: wrap; gap: 8px } .chips li { display: inline-flex; align-items: center; gap: 4px; padding: 0 4px 0 12px; border: 1px solid var(--edge); border-radius: 999px } .chips button { min-width: 32px; min-height: 32px; justify-content: center; text-decoration: none; font-size: 17px }
.add { flex-wrap: nowrap } .add input { flex: 1 }
.drop { justify-self: start; cursor: pointer } .drop:focus-within { outline: 2px solid var(--accent); outline-offset: 2px }
.sending { display: grid; gap: 8px } .sending li { display: grid; gap: 4px; font-size: 13px } progress { width: 100%; accent-color: var(--accent) } .bad { color: var(--bad) }
.preview { position: sticky; top: 16px; gap: 8px; padding: 16px; border: 1px solid var(--line); border-radius: var(--radius) } .preview .bone { aspect-ratio: 3 / 2 }
@container flow (min-width: 560px) { .photos { grid-template-columns: repeat(2, minmax(0, 1fr)) } .tracks li { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: end } }
@container flow (min-width: 860px) { .columns { grid-template-columns: minmax(0, 1fr) 300px; gap: 56px } }`;
