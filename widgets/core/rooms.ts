/* The room that a public widget keeps on a page before it is there, and takes until somebody wants to see more: nothing on the page moves for it. */

/** Heights in CSS pixels by selector: where the page is wide, 720 and more, and on a phone, 400 and less. */
export const ROOMS: Readonly<Record<string, readonly [wide: number, narrow: number]>> = {
  'flow-epk': [1000, 1200], 'flow-availability': [520, 820], 'flow-booking-request': [640, 860], 'flow-booking-request[steps=one]': [1320, 1750],
  'flow-programme': [700, 960], 'flow-tour-map': [700, 1000], 'flow-contract-status': [260, 280],
};

const written = ([wide, narrow]: readonly [number, number]): string => {
  const each = (narrow - wide) / 320;
  return `clamp(${wide}px,${narrow + each * 400}px - ${each * 100}vw,${narrow}px)`;
};

/** The room of a widget as a style says it: between the two heights in proportion to the page's width. A form may be asked for on one page: `steps="one"`. */
export const roomOf = (tag: string, steps?: unknown): string => written(ROOMS[steps === 'one' ? `${tag}[steps=one]` : tag] ?? ROOMS[tag] ?? [0, 0]);

/** What the page's sheet says for all of them; whatever the page itself says of one is stronger. */
export const ROOM_SHEET = Object.entries(ROOMS).map(([selector, heights]) => `:where(${selector}){--flow-room:${written(heights)}}:where(${selector}:not(:defined)){display:block!important;min-height:var(--flow-room)!important}`).join('');
