import type { CSSResult } from 'lit';
import { theme } from '../../widgets/core/theme.ts';
import { monthStyles } from '../../widgets/parts/month.ts';
import { showsStyles } from '../../widgets/parts/shows.ts';
import { stepsStyles } from '../../widgets/parts/steps.ts';
import { styles as days } from '../../widgets/public/flow-availability/flow-availability.styles.ts';
import { styles as form } from '../../widgets/public/flow-booking-request/flow-booking-request.styles.ts';
import { styles as status } from '../../widgets/public/flow-contract-status/flow-contract-status.styles.ts';
import { styles as kit } from '../../widgets/public/flow-epk/flow-epk.styles.ts';
import { styles as programme } from '../../widgets/public/flow-programme/flow-programme.styles.ts';
import { styles as tour } from '../../widgets/public/flow-tour-map/flow-tour-map.styles.ts';
import type { Tag } from './asked.ts';

/* A page without scripts wears the sheets of the widgets themselves: when one loads, nothing moves. */

/** A list of free days at its full length: the widget keeps one height whatever the month, where none comes no room has to be kept. */
const WHOLE = '{height:auto;overflow:visible;padding-bottom:0;mask-image:none}';

/** What a page without scripts has and a widget has not: native players, links in the place of buttons, a form that hides what is not asked. */
const OWN: Readonly<Record<Tag, string>> = {
  'flow-epk': `.papers a{display:inline-block;min-height:24px}.papers li{padding:4px 0;overflow-wrap:anywhere}.film{width:100%;max-width:640px;background:var(--surface);border-radius:var(--radius)}.track.sound{grid-template-columns:minmax(0,1fr) minmax(0,1.5fr) auto}.sound audio{width:100%;height:44px}section>h2{color:var(--muted);font-size:.87em;font-weight:400;letter-spacing:.02em;font-family:inherit}h1{margin:0;line-height:1.2;font-weight:var(--title-weight);font-family:var(--title-font);font-size:2.27em;letter-spacing:-.01em;text-wrap:balance}`,
  'flow-availability': `.tabs a{display:inline-flex;align-items:center;min-height:44px;padding:0 2px;border-bottom:3px solid transparent;color:var(--muted);text-decoration:none;overflow-wrap:anywhere}.tabs [aria-current]{color:var(--ink);border-color:var(--accent);font-weight:600}.head .button{width:44px;padding:0;font-size:1.15em}.head .off{visibility:hidden}.month .d{position:relative;display:block;box-sizing:border-box;width:100%;min-height:46px;padding:9px 0;border:1px solid transparent;border-radius:var(--radius);color:var(--muted);text-decoration:none;font-variant-numeric:tabular-nums}.month .d::after{content:'';position:absolute;inset:auto 0 8px;margin:auto;width:6px;height:6px;border-radius:50%;border:1px solid transparent}.month .d.free{color:var(--ink);border-color:var(--line)}.month .d.flexible{color:var(--ink);border:1px dashed var(--line)}.month .d.free::after{background:var(--accent);border-color:var(--accent)}.month .d.flexible::after{border-color:var(--ink)}.month .d.busy{text-decoration:line-through}li .plain{display:inline-block;padding:0}aside.whole${WHOLE}@media(scripting:none){aside${WHOLE}}`,
  'flow-booking-request': '.drop{position:absolute;inset-inline-start:-9999px;width:1px;height:1px;overflow:hidden}form:not(:has([value=camping]:checked)) .season{display:none}',
  'flow-programme': '.turn .plain{display:inline-block}.bar{visibility:hidden}@media(scripting:none){.bar{display:none}}',
  'flow-tour-map': '.near .room{visibility:hidden}@media (scripting:none){.near:has(.room){display:none}.map{display:none}.both{display:block!important}}',
  'flow-contract-status': '',
};

const SHEETS: Readonly<Record<Tag, readonly CSSResult[]>> = {
  'flow-epk': [showsStyles, kit], 'flow-availability': [monthStyles, days], 'flow-booking-request': [form],
  'flow-programme': [showsStyles, programme], 'flow-tour-map': [showsStyles, tour], 'flow-contract-status': [stepsStyles, status],
};

/** Where nobody reckons the page's colours, the accent is that of its text: a button that acts has an outline, for on itself that colour would not be seen. */
const HOST = '.flow[data-theme=host] .primary{background:transparent;color:var(--accent);border-color:currentcolor}';

/** Indentation is for us. */
const flat = (css: string): string => css.replaceAll(/\s+/g, ' ').replaceAll(/ ?([{};,]) ?/g, '$1').replaceAll(/([\w)-]): /g, '$1:').replaceAll(';}', '}').trim();

/** What is drawn has its height: while the widget comes, the room that our loader keeps for what is not there yet is not for it. */
const DRAWN = ':host{min-height:0!important}';

const made = new Map<Tag, string>();

/** The sheet of a widget's shadow root, made once. */
export function sheetOf(tag: Tag): string {
  const sheet = made.get(tag) ?? flat([...theme, ...SHEETS[tag]].map(({ cssText }) => cssText).join('')) + HOST + DRAWN + OWN[tag];
  made.set(tag, sheet);
  return sheet;
}

/** The ground that a whole page stands on, in four themes: what `app/page.css` lays under our other pages. */
export const GROUND = flat(`
html { background: #fbfaf6; color: #1d1b18; color-scheme: light; font: 15px/1.45 system-ui, sans-serif; -webkit-text-size-adjust: 100% }
body { margin: 0 }
main { max-width: 960px; margin: 0 auto; padding: 8px 0 0 }
.alone { max-width: 640px; padding: 32px 20px } .alone h1 { font-size: 26px; line-height: 1.2; margin: 0 0 12px } .alone p { max-width: 68ch }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.under { padding: 8px 20px 0; font-size: 20px; line-height: 1.2; margin: 24px 0 0; border-top: 1px solid #dcd7cc }
footer { max-width: 920px; margin: 0 auto; padding: 16px 20px 24px; display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 13px }
footer a, .alone a { color: #0d5566; display: inline-block; min-height: 24px; padding: 4px 0; text-underline-offset: .18em }
footer nav { display: flex; flex-wrap: wrap; gap: 0 16px } footer [aria-current] { font-weight: 600; text-decoration: none } footer p { margin: 0; padding: 4px 0; color: #5e5951 }
:focus-visible { outline: 2px solid #0d5566; outline-offset: 2px }
html[data-theme=contrast] { background: #fff; color: #000 } html[data-theme=contrast] :is(footer a, footer p, .alone a) { color: #002f87 }
html[data-theme=host] { background: transparent }`)
  + ['html[data-theme=dark]', 'html[data-theme=auto]'].map((root) => {
    const dark = flat(`${root} { background: #171614; color: #f3efe7; color-scheme: dark } ${root} :is(footer a, .alone a) { color: #86cbd8 } ${root} footer p { color: #b8b1a5 } ${root} .under { border-color: #3b3934 } ${root} :focus-visible { outline-color: #86cbd8 }`);
    return root.includes('auto') ? `@media (prefers-color-scheme:dark){${dark}}` : dark;
  }).join('');
