import { contrast, luminance, mix, parse, written, type Colour } from './colour.ts';
import { PALETTES } from './theme.ts';

const WHITE: Colour = [255, 255, 255, 1];
const BLACK: Colour = [0, 0, 0, 1];
const TEXT = 4.5;
const EDGE = 3;

const dark = (ground: Colour): boolean => luminance(ground) < 0.18;

/** What shines through an element: the background of the nearest ancestor that has one, over those behind it. White when nobody has any. */
function groundOf(element: Element | null): Colour {
  if (!element) return WHITE;
  const over = parse(getComputedStyle(element).backgroundColor);
  const parent = element.assignedSlot ?? element.parentElement ?? ((element.getRootNode() as ShadowRoot).host as Element | undefined) ?? null;
  if (over?.[3] === 1) return over;
  return over && over[3] > 0 ? mix(over, groundOf(parent), over[3]) : groundOf(parent);
}

/**
 * The colours of a page, as tokens that read well on it. The accent is the page's own: what `--flow-accent` says, else the colour of
 * its links when it has enough contrast, else that of its text. Muted text and edges are the text's colour, thinned as far as they may be.
 */
export function tokensFor({ ground, ink, link, accent }: { ground: Colour; ink: Colour; link: Colour | null; accent: Colour | null }): Readonly<Record<string, string>> {
  const thinned = (least: number): Colour => [0.5, 0.6, 0.68, 0.76, 0.84, 0.92].map((share) => mix(ink, ground, share)).find((colour) => contrast(colour, ground) >= least) ?? ink;
  const shine = accent ?? (link && contrast(link, ground) >= TEXT ? link : ink);
  const theirs = PALETTES[dark(ground) ? 'dark' : 'light'];
  const readable = (colour: string): string => (contrast(parse(colour) ?? ink, ground) >= TEXT ? colour : written(ink));
  return {
    ground: written(ground), muted: written(thinned(TEXT + 0.1)), edge: written(thinned(EDGE + 0.1)), accent: written(shine),
    'on-accent': contrast(shine, ground) >= TEXT ? written(ground) : written(contrast(shine, WHITE) >= contrast(shine, BLACK) ? WHITE : BLACK),
    good: readable(theirs.good), warn: readable(theirs.warn), bad: readable(theirs.bad),
  };
}

/** The tokens of the page around an element, as a style. Its plain link says how the page's links look; where it has none, one of the page's text does. */
export function hostLook(element: HTMLElement): string {
  const style = getComputedStyle(element);
  const link = element.querySelector('a') ?? document.querySelector('p a, li a');
  const ground = groundOf(element);
  const tokens = tokensFor({
    ground, ink: parse(style.color) ?? BLACK,
    link: link && parse(getComputedStyle(link).color), accent: parse(style.getPropertyValue('--flow-accent')),
  });
  // The browser draws a tick and a calendar's sign itself, and a page seldom says what for.
  return Object.entries(tokens).map(([role, colour]) => `--d-${role}:${colour};`).join('') + `color-scheme:${dark(ground) ? 'dark' : 'light'}`;
}

/** Whether an element stands on a dark ground. */
export const isDark = (element: Element): boolean => dark(groundOf(element));
