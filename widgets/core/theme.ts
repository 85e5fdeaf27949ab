import { css, unsafeCSS } from 'lit';

/** The roles that a colour can have. `--flow-<role>` on a page, or on one element, puts another in its place. */
export type Role = 'ground' | 'surface' | 'ink' | 'muted' | 'line' | 'edge' | 'accent' | 'on-accent' | 'good' | 'warn' | 'bad';

/**
 * The colours of three themes. The fourth, `host`, is reckoned from the page: core/look.ts.
 * Text on ground or surface has a contrast of 4.5 and more (7 in `contrast`), the edge of a control 3; theme.test.ts says so.
 */
export const PALETTES = {
  light: {
    ground: '#fbfaf6', surface: '#ffffff', ink: '#1d1b18', muted: '#5e5951', line: '#dcd7cc', edge: '#8a8478',
    accent: '#0d5566', 'on-accent': '#ffffff', good: '#1c6a3d', warn: '#7a5200', bad: '#a3271f',
  },
  dark: {
    ground: '#171614', surface: '#201f1c', ink: '#f3efe7', muted: '#b8b1a5', line: '#3b3934', edge: '#857f74',
    accent: '#86cbd8', 'on-accent': '#0a2228', good: '#86cfa0', warn: '#e6bd66', bad: '#f6a196',
  },
  contrast: {
    ground: '#ffffff', surface: '#ffffff', ink: '#000000', muted: '#000000', line: '#000000', edge: '#000000',
    accent: '#002f87', 'on-accent': '#ffffff', good: '#00471f', warn: '#573100', bad: '#8a0000',
  },
} as const satisfies Record<string, Record<Role, string>>;

/** Every role, in the order in which it is written down. */
const ROLES = Object.keys(PALETTES.light) as Role[];
const palette = (name: keyof typeof PALETTES): string => ROLES.map((role) => `--d-${role}:${PALETTES[name][role]}`).join(';');

/** A colour as an address or somebody's settings say it, three or six hexadecimal digits with `#` or without, as `#rrggbb`; empty for anything else. */
function colourOf(said: string): string {
  const digits = /^#?((?:[\da-f]{3}){1,2})$/i.exec(said)?.[1]?.toLowerCase() ?? '';
  return digits && `#${digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits}`;
}

const GENERIC = ['serif', 'sans-serif', 'monospace', 'cursive', 'fantasy', 'system-ui', 'ui-serif', 'ui-sans-serif', 'ui-monospace', 'ui-rounded'];

/** Names of fonts as an address or somebody's settings say them, the dearest first, as a style takes them: `'Source Sans 3', serif`; empty for anything else. */
function fontOf(said: string): string {
  const names = said.split(',').map((name) => name.trim().replace(/^(['"])(.*)\1$/, '$2'));
  return said.length <= 120 && names.every((name) => /^[\p{L}\d][\p{L}\d _-]*$/u.test(name)) ? names.map((name) => (GENERIC.includes(name) ? name : `'${name}'`)).join(', ') : '';
}

/** Colours and a font by the names that addresses, blocks and shortcodes share with the tokens: `accent` is `--flow-accent`. */
export type Tones = Readonly<Partial<Record<Role | 'font', string>>>;

/** They are read from where each name may be said: what is no colour and no font is as if it were not said. */
export const tonesOf = (said: (name: Role | 'font') => string | null): Tones => ({
  ...Object.fromEntries(ROLES.flatMap((role) => { const colour = colourOf(said(role) ?? ''); return colour ? [[role, colour]] : []; })),
  ...((font) => font && { font })(fontOf(said('font') ?? '')),
});

/** They are said as a style says them. */
export const styleOf = (tones: Tones): string => Object.entries(tones).map(([name, value]) => `--flow-${name}:${value}`).join(';');

/**
 * The tokens, on whatever has the class `flow`: a widget's own root, and the `<body>` of our own pages. Inside, a colour is
 * asked for by its role: `var(--muted)`. What a page may set:
 *
 * @cssproperty --flow-accent - The button that acts, the chosen day, links. Else the colour of the page's links, where it reads well.
 * @cssproperty --flow-on-accent - Text on the accent.
 * @cssproperty --flow-ink - Text. Else the page's.
 * @cssproperty --flow-muted - Less important text.
 * @cssproperty --flow-ground - What the widget stands on. Else the page's background.
 * @cssproperty --flow-surface - What is raised from the ground.
 * @cssproperty --flow-line - Hairlines.
 * @cssproperty --flow-edge - Edges of controls.
 * @cssproperty --flow-good - What went well.
 * @cssproperty --flow-warn - What waits.
 * @cssproperty --flow-bad - What failed.
 * @cssproperty --flow-font - The font of text. Else the page's.
 * @cssproperty --flow-title-font - The font of titles. Else that of text.
 * @cssproperty --flow-title-weight - The weight of titles, 600.
 * @cssproperty --flow-radius - Corners, 6px.
 */
export const tokens = css`
.flow {
  --d-ground: transparent; --d-surface: color-mix(in srgb, currentcolor 5%, transparent); --d-ink: currentcolor; --d-muted: currentcolor;
  --d-line: color-mix(in srgb, currentcolor 20%, transparent); --d-edge: currentcolor; --d-accent: currentcolor; --d-on-accent: Canvas;
  --d-good: currentcolor; --d-warn: currentcolor; --d-bad: currentcolor;
}
.flow:is([data-theme=light], [data-theme=auto]) { ${unsafeCSS(palette('light'))}; color-scheme: light }
@media (prefers-color-scheme: dark) { .flow[data-theme=auto] { ${unsafeCSS(palette('dark'))}; color-scheme: dark } }
.flow[data-theme=dark] { ${unsafeCSS(palette('dark'))}; color-scheme: dark }
@media (prefers-contrast: more) { .flow[data-theme=auto] { ${unsafeCSS(palette('contrast'))}; color-scheme: light } }
.flow[data-theme=contrast] { ${unsafeCSS(palette('contrast'))}; color-scheme: light }
.flow {
  ${unsafeCSS(ROLES.map((role) => `--${role}:var(--flow-${role},var(--d-${role}))`).join(';'))};
  --radius: var(--flow-radius, 6px); --title-font: var(--flow-title-font, inherit); --title-weight: var(--flow-title-weight, 600);
}`;

/** What every widget starts from: nothing of the host's text settings but its font, its size and its colour; then type, controls, notices. */
export const base = css`
:host { display: block !important; text-align: start }
:host([hidden]) { display: none !important }
*, ::before, ::after { box-sizing: border-box }
.flow {
  container: flow / inline-size; direction: ltr; color: var(--ink); font-family: var(--flow-font, inherit); font-size: max(1em, 15px); font-style: normal; font-variant: normal; font-weight: 400;
  line-height: 1.45; letter-spacing: normal; word-spacing: normal; text-transform: none; text-align: start; text-align-last: auto; text-indent: 0; text-shadow: none; -webkit-text-fill-color: currentcolor; -webkit-text-stroke: 0; white-space: normal; word-break: normal; visibility: visible;
  overflow-wrap: break-word; hyphens: manual; tab-size: 4; cursor: auto; font-variant-numeric: lining-nums; -webkit-text-size-adjust: 100%; text-size-adjust: 100%;
}
.flow[data-panel] { background: var(--ground); padding: 20px; border-radius: var(--radius) }
h2, h3, h4 { margin: 0; line-height: 1.2; font-weight: var(--title-weight); font-family: var(--title-font); text-wrap: balance }
h2 { font-size: 1.73em } h3 { font-size: 1.15em } h4 { font-size: 1em }
p, ul, ol, dl, dd, figure, blockquote, fieldset, legend, table { margin: 0; padding: 0; border: 0; min-width: 0 }
ul, ol { list-style: none }
p { max-width: 68ch }
img { display: block; max-width: 100% }
.muted { color: var(--muted) } .small { font-size: .87em }
.num { font-variant-numeric: tabular-nums lining-nums }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px }
a:hover { text-decoration-thickness: 2px }
button, .button, input, select, textarea { font: inherit; color: inherit; letter-spacing: inherit; border-radius: var(--radius); margin: 0 }
button, .button {
  display: inline-flex; align-items: center; justify-content: center; gap: .5em; min-height: 44px; padding: .5em 1.1em; text-decoration: none; text-align: center; line-height: 1.2;
  background: transparent; color: var(--ink); border: 1px solid var(--edge); cursor: pointer;
}
button:hover, .button:hover { background: var(--surface); border-color: var(--ink); transition: background-color .15s, border-color .15s }
button:disabled { opacity: .5; cursor: default }
.primary, .primary:hover { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600 }
.primary:hover { text-decoration: underline; text-underline-offset: .2em }
.plain { min-height: 24px; padding: 0; border: 0; color: var(--accent); text-decoration: underline; text-underline-offset: .18em; text-decoration-thickness: 1px; text-align: start }
.plain:hover { background: none; text-decoration-thickness: 2px }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.notice { display: grid; gap: 12px; justify-items: start; border-inline-start: 3px solid var(--edge); padding: 4px 0 4px 16px }
.notice.good { border-color: var(--good) } .notice.warn { border-color: var(--warn) } .notice.bad { border-color: var(--bad) }
.row { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center }
.stack { display: grid; gap: 24px }
.bone { background: var(--surface); border-radius: var(--radius); min-height: 1em }
.code > span { display: inline-block; margin-inline-end: .3em }
.via { margin-top: 20px; font-size: .8em; color: var(--muted) } .via a { color: inherit }
@media (prefers-reduced-motion: reduce) { *, ::before, ::after { transition: none !important; animation: none !important; scroll-behavior: auto !important } }
@media (forced-colors: active) { button, .button, .bone { border: 1px solid } .primary { forced-color-adjust: none; background: Highlight; color: HighlightText } }`;

/** Both, for a widget's `static styles`. */
export const theme = [tokens, base];
