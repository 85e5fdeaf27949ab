import { css } from 'lit';

/** How the page of discoveries looks, over the desk's pieces. */
export const styles = css`
:host { min-height: 640px }
.stack { gap: 20px }
h2 .muted { font-weight: 400 } .list h2, .grid h2 { font-size: 17px }
.ask form { gap: 8px } .ask label { font-weight: 600 } .ask .row { flex-wrap: nowrap } .ask input { flex: 1 }
.ask, .read { display: grid; gap: 8px } mark { background: none; color: var(--ink); font-weight: 600; text-decoration: underline 2px var(--accent); text-underline-offset: 4px } .read .warn { color: var(--warn) }
.toolbar { display: flex; flex-wrap: wrap; gap: 12px 20px; align-items: end }
.views { display: inline-flex } .views button { border-radius: 0; margin-inline-start: -1px; padding: 4px 12px }
.views button:first-child { margin: 0; border-radius: var(--radius) 0 0 var(--radius) } .views button:last-child { border-radius: 0 var(--radius) var(--radius) 0 }
.views [aria-pressed=true] { background: var(--ink); color: var(--ground); border-color: var(--ink) }
.sort { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; margin-inline-start: auto; font-size: 13px } .sort select { width: auto; max-width: 100% }
.ranking { border-block: 1px solid var(--line) } .ranking > summary { padding: 10px 0; font-weight: 400 } .ranked { display: grid; gap: 20px; padding: 4px 0 20px; grid-template-columns: minmax(0, 1fr) }
.variety { display: grid; gap: 4px 12px; grid-template-columns: auto minmax(0, 1fr); align-items: baseline; align-content: start } .variety label, .cards legend { font-size: 13px; font-weight: 600 } .variety :is(input, p) { grid-column: 1 / -1 } .variety input { padding: 0; border: 0; background: none; max-width: 440px }
.cards { display: grid; gap: 8px; min-width: 0 } .cards summary { font-size: 13px } .weights { width: 100%; border-collapse: collapse; font-size: 13px; margin-top: 8px } .weights :is(th, td) { text-align: start; padding: 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400; overflow-wrap: anywhere } .weights .end { text-align: end; padding-inline-start: 12px; white-space: normal } .weights tbody .end { white-space: nowrap } .weights :is(.group, thead) :is(th, td) { font-weight: 600 } .weights .group :is(th, td) { padding-top: 14px }
.chips { display: flex; flex-wrap: wrap; gap: 8px } .chips li { display: inline-flex; align-items: center; gap: 4px; min-height: 36px; padding: 0 4px 0 12px; border: 1px solid var(--edge); border-radius: 999px; min-width: 0; overflow-wrap: anywhere }
.chips li button { min-width: 32px; min-height: 32px; justify-content: center; text-decoration: none; font-size: 17px } .chips .clear { border: 0; padding: 0 } .chips .clear button { font-size: inherit; text-decoration: underline }
.columns { display: grid; gap: 24px; grid-template-columns: minmax(0, 1fr) } .results { display: grid; gap: 16px; align-content: start; min-width: 0 } .count { max-width: none }
img.photo { width: 100%; height: auto } .photo { aspect-ratio: 4 / 3; object-fit: cover; border-radius: var(--radius); background: var(--surface) } .large .photo.none { aspect-ratio: 16 / 5 } .photo.none { display: grid; place-items: center; border: 1px solid var(--line); text-align: center; padding: 8px }
audio { width: 100% }
.score { display: flex; flex-wrap: wrap; gap: 0 8px; align-items: baseline } .score strong { font-size: 34px; line-height: 1.2; font-weight: 600; color: var(--accent) }
.bar { display: block; height: 6px; margin-top: 4px; background: var(--line); border-radius: 3px; overflow: hidden } .bar i { display: block; height: 100%; background: var(--accent); border-radius: 3px }
.bar.guess i { background: repeating-linear-gradient(90deg, var(--edge) 0 4px, transparent 4px 8px) }
.deck { display: grid; gap: 32px; grid-template-columns: minmax(0, 1fr) } .hand { display: grid; gap: 12px; align-content: start }
.large { display: grid; gap: 12px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); padding-bottom: 16px; touch-action: pan-y pinch-zoom; user-select: none } .large .photo { border-radius: var(--radius) var(--radius) 0 0; border-width: 0 0 1px }
.large .body, .large .marks { padding: 0 16px } .body { display: grid; gap: 6px; align-content: start; min-width: 0 }
.acts { display: grid; gap: 8px; grid-template-columns: repeat(3, minmax(0, 1fr)) } .acts button { padding: 8px; min-width: 0; overflow-wrap: anywhere } .acts.more button { font-size: 13px } .acts [aria-pressed=true]:not(.primary) { background: var(--ink); color: var(--ground) }
.legend ul { display: flex; flex-wrap: wrap; gap: 4px 16px } kbd { display: inline-block; min-width: 24px; padding: 0 6px; margin-inline-end: 4px; text-align: center; font: inherit; border: 1px solid var(--edge); border-radius: 4px }
.beside { display: grid; gap: 16px; align-content: start; min-width: 0 } .beside:focus { outline: none } .beside:focus-visible { outline: 2px solid var(--accent); outline-offset: 8px }
.pair { display: grid; gap: 16px } .reasons { display: grid; gap: 6px; margin-top: 8px } .reasons li { padding-inline-start: 12px; border-inline-start: 3px solid var(--edge) } .for li { border-color: var(--good) } .against li { border-color: var(--warn) }
.groups { width: 100%; border-collapse: collapse } caption { text-align: start; font-weight: 600; padding-bottom: 4px } .groups :is(th, td) { text-align: start; padding: 8px 0; border-bottom: 1px solid var(--line); vertical-align: top } .groups th { font-weight: 400 } .groups td { text-align: end; padding-inline-start: 16px; width: 1% }
.all { display: grid } .all h3 { margin-top: 16px } .criteria { display: grid; grid-template-columns: minmax(0, 1fr) } .criteria li { padding: 10px 0; border-bottom: 1px solid var(--line) } .line { display: flex; flex-wrap: wrap; gap: 0 12px; justify-content: space-between; align-items: baseline; max-width: none } .line span { white-space: nowrap } .criteria .bar { margin: 4px 0 }
.list > li { display: grid; gap: 8px 16px; grid-template-columns: 88px minmax(0, 1fr); padding: 16px 0; border-top: 1px solid var(--line); position: relative } .list > li > .score { grid-column: 2 } .list .score strong { font-size: 26px }
.grid { display: grid; gap: 20px 16px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 156px), 1fr)) } .grid > li { display: grid; gap: 8px; align-content: start; position: relative } .grid .photo { aspect-ratio: 1 }
.open { font-weight: 600; color: var(--ink); text-decoration: none; min-height: 24px } .open::after { content: ''; position: absolute; inset: 0 } .open:hover { text-decoration: underline } li:has(> .body .open):hover .photo { outline: 1px solid var(--edge) }
.open:focus-visible { outline: none } .open:focus-visible::after { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: var(--radius) }
.exceptional { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); padding: 16px 0; border-block: 1px solid var(--line) } .exceptional > div { display: grid; gap: 12px; align-content: start } .exceptional > .photo { max-width: 320px }
.searches > ul { display: grid } .searches li { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: center; padding: 8px 0; border-bottom: 1px solid var(--line) } .searches li p { flex: 1 1 240px; display: grid; gap: 2px } .searches a { padding: 2px 0 }
.keep { display: flex; flex-wrap: wrap; gap: 12px; align-items: end; padding-top: 16px } .keep .field { flex: 1 1 220px }
.said { position: sticky; bottom: 12px; z-index: 3; display: grid; gap: 8px; justify-items: start } .said [role=status] p, .said .notice { background: var(--ground); border: 1px solid var(--edge); border-radius: var(--radius); padding: 8px 16px } .said .notice { border-inline-start: 3px solid var(--bad) } .said:not(:has(p)) { display: contents }
p > a[target] { display: inline-flex; align-items: center; min-height: 24px } dialog h2 { overflow-wrap: anywhere }
.drawer { inset: 0 0 0 auto; margin: 0; padding: 0; width: min(560px, 100vw); max-width: none; height: 100dvh; max-height: none; border-radius: 0; border-width: 0 0 0 1px; overscroll-behavior: contain } .inside { display: grid; gap: 16px; padding: 24px 20px 40px } .inside > * { min-width: 0 } .between { flex-wrap: nowrap; align-items: baseline } .between .plain { flex: none; min-height: 44px }
#super form, .match { gap: 16px } .match[open] { display: grid; justify-items: start } .match h2 { color: var(--good) }
.filters[open] { display: grid; gap: 16px; align-content: start } .filters:modal { inset: 0 0 0 auto; margin: 0; padding: 20px; width: min(420px, 100vw); max-width: none; height: 100dvh; max-height: none; border-radius: 0; border-width: 0 0 0 1px }
.filters:not(:modal) .foot { display: none } .filters summary { font-size: 15px } .filters:not(:modal) { position: sticky; top: 16px; max-height: calc(100vh - 32px); overflow: auto; width: auto; max-width: none; margin: 0; padding: 0 24px 0 0; border-width: 0 1px 0 0; border-color: var(--line); border-radius: 0; background: none }
.filters section { display: grid; gap: 16px; border-top: 1px solid var(--line); padding-top: 16px; min-width: 0 } .filters legend, .filters .field > label { font-size: 13px; font-weight: 600; padding-bottom: 4px } .filters input:not([type=checkbox]), .filters select { font-size: 15px } .filters .check { padding: 6px 0 }
.range { display: grid; gap: 8px 12px; grid-template-columns: repeat(auto-fit, minmax(104px, 1fr)) } .range label { display: grid; gap: 2px; font-size: 13px } .boxes { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 140px), 1fr)); gap: 0 12px } .range:has([type=date]) { grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)) }
.add { flex-wrap: nowrap } .add input { flex: 1 } .foot { position: sticky; z-index: 2; bottom: 0; background: var(--ground); padding: 12px 0 } .filters:modal .foot { bottom: -20px; padding-bottom: 20px }
@media (hover: none) and (pointer: coarse) { .legend { display: none } }
@container flow (min-width: 620px) {
  .ranked { grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 40px }
  .list > li { grid-template-columns: 144px minmax(0, 1fr) 168px } .list > li > .score { grid-column: auto; align-content: start } .exceptional { grid-template-columns: 240px minmax(0, 1fr) } .pair { grid-template-columns: repeat(2, minmax(0, 1fr)) }
  .grid { grid-template-columns: repeat(auto-fill, minmax(208px, 1fr)) }
}
@container flow (min-width: 900px) { .columns.with { grid-template-columns: 300px minmax(0, 1fr); gap: 32px } .deck { grid-template-columns: minmax(0, 440px) minmax(0, 1fr); gap: 48px } .columns.with .deck { grid-template-columns: minmax(0, 360px) minmax(0, 1fr); gap: 24px } .columns.with .pair { grid-template-columns: minmax(0, 1fr) } }
@media (forced-colors: active) { .bar { border: 1px solid CanvasText } .bar i { background: CanvasText; forced-color-adjust: none } }`;
