/** Red, green and blue of a colour of the screen, each 0 to 255, and how much it covers, 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** A colour as a computed style writes it, or six hexadecimal digits; null when it is written in another way. */
export function parse(css: string): Colour | null {
  const hex = /^#([\da-f]{6})$/i.exec(css.trim())?.[1];
  if (hex) return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)).concat(1) as unknown as Colour;
  const [, space, figures] = /^(rgba?|color)\((?:srgb )?([\d., /e-]+)\)$/.exec(css.trim()) ?? [];
  const [red, green, blue, alpha = 1] = (figures ?? '').split(/[ ,/]+/).map(Number);
  if (red === undefined || green === undefined || blue === undefined) return null;
  const full = space === 'color' ? 255 : 1;
  return [red * full, green * full, blue * full, alpha];
}

/** Any colour that a style may say, as the browser shows it; null for what is no colour. `probe` is an element of ours, in the page: it wears the colour for a moment. */
export function shown(css: string, probe: HTMLElement): Colour | null {
  const { style } = probe;
  const before = style.color;
  style.color = '';
  // What is no colour is not taken; any colour that is, in whatever space, comes out in that of the screen.
  style.color = `color-mix(in srgb,${css},${css})`;
  const colour = style.color && parse(getComputedStyle(probe).color);
  style.color = before;
  return colour || null;
}

/** One colour laid over another; `share` is how much of the first there is, 0 to 1. */
export const mix = (over: Colour, under: Colour, share: number): Colour =>
  [0, 1, 2].map((at) => (over[at] ?? 0) * share + (under[at] ?? 0) * (1 - share)).concat(1) as unknown as Colour;

export const written = ([red, green, blue]: Colour): string => `rgb(${[red, green, blue].map(Math.round).join(' ')})`;

/** Relative luminance, WCAG 2.2: 0 is black, 1 is white. */
export function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.slice(0, 3).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours, WCAG 2.2: 1 to 21. Text wants 4.5, the edge of a control 3. */
export function contrast(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
