/** How one fact of a profile is held: the kind of number, and how many of them. */
export type Form = readonly [kind: keyof typeof kinds, width?: number];

const kinds = { u8: Uint8Array, u16: Uint16Array, i16: Int16Array, u32: Uint32Array, f32: Float32Array } as const;

/** Facts of many profiles, a typed array for each, over memory that threads share. Row `i` of a fact that is `w` wide begins at `i * w`. */
export type Columns<S extends Readonly<Record<string, Form>>> = { readonly [F in keyof S]: InstanceType<(typeof kinds)[S[F][0]]> };

/** What stands for a thing that is not known, by kind; of `f32` it is NaN. */
export const unknown = { u8: 0xff, u16: 0xffff, i16: -0x8000, u32: 0xffffffff } as const;

// The library's types know of plain memory alone.
const viewOf = (kind: keyof typeof kinds, memory: SharedArrayBuffer) => new kinds[kind](memory as unknown as ArrayBuffer);

/** Facts that are sets or counts: of who has said nothing they are empty, for all bits set would be all of it. */
const empty: ReadonlySet<string> = new Set(['settings', 'audiences', 'lyrics', 'weekdays', 'backline', 'flags', 'said', 'free', 'busy', 'ratings', 'deals']);

/** The memory of `rows` profiles, filled with what is not known. A map of names to shared buffers crosses to a thread as it is. */
export function layOut(forms: Readonly<Record<string, Form>>, rows: number): Record<string, SharedArrayBuffer> {
  return Object.fromEntries(Object.entries(forms).map(([name, [kind, width = 1]]) => {
    const buffer = new SharedArrayBuffer(rows * width * kinds[kind].BYTES_PER_ELEMENT);
    if (!empty.has(name)) viewOf(kind, buffer).fill(kind === 'f32' ? NaN : unknown[kind]);
    return [name, buffer];
  }));
}

/** The columns over such memory. */
export const columnsOver = <S extends Readonly<Record<string, Form>>>(forms: S, memory: Readonly<Record<string, SharedArrayBuffer>>): Columns<S> =>
  Object.fromEntries(Object.entries(forms).map(([name, [kind]]) => [name, viewOf(kind, memory[name] ?? new SharedArrayBuffer(0))])) as Columns<S>;

/** Bytes of one profile. */
export const bytesOf = (forms: Readonly<Record<string, Form>>): number => Object.values(forms).reduce((sum, [kind, width = 1]) => sum + width * kinds[kind].BYTES_PER_ELEMENT, 0);

/** Days that a calendar looks ahead, from the day on which it was laid out: a year and a little. */
export const horizon = 384;
/** Words of 32 days that a calendar is. */
export const words = horizon / 32;

/** What both sides have. Places on the earth are points of the unit sphere: of two, the chord says how far apart they are. */
const both = {
  x: ['f32'], y: ['f32'], z: ['f32'],
  country: ['u8'], currency: ['u8'], level: ['u8'],
  /** Numbers of genres, the most telling first. */
  genres: ['u16', 4],
  /** Sets of few things, a bit each; nothing said is 0. */
  settings: ['u8'], audiences: ['u8'], lyrics: ['u16'], weekdays: ['u8'], backline: ['u8'], flags: ['u16'],
  /** Which flags were said, yes or no. */
  said: ['u16'],
  /** The usual ticket, in minor units. */
  ticket: ['u32'],
  /** Days of notice that are needed; the deposit in per cent that is asked for, or given. */
  lead: ['u16'], deposit: ['u8'],
  influences: ['u16', 4],
  /** Days that are free, and days that are not; a day in neither is to be talked about. */
  free: ['u32', words], busy: ['u32', words],
  /** Quarters of an hour until half of all requests are answered. */
  answer: ['u16'],
  /** Fiftieths of a star, drawn towards the mean of all; how many gave them. */
  stars: ['u8'], ratings: ['u16'],
  /** How much of the profile is filled in, in per cent. */
  complete: ['u8'],
  /** The last day of the licence, as a day of the calendar. */
  licence: ['u16'],
  /** Square metres of stage, inputs of the desk, kilowatts, decibels: what an artist needs or what a place has, makes or allows. */
  stage: ['u16'], inputs: ['u8'], power: ['u8'], sound: ['u8'],
} as const satisfies Record<string, Form>;

/** An artist in numbers. */
export const artistForms = {
  ...both,
  feeMin: ['u32'], feeMax: ['u32'], audienceMin: ['u16'], audienceMax: ['u16'], lineUp: ['u8'], crew: ['u8'], minutes: ['u16'],
  listeners: ['u32'], /** Of them in the artist's country, in per cent. */ listenersHome: ['u8'], followers: ['u32'], /** In thousandths. */ engagement: ['u16'], /** Over six months, in per cent. */ growth: ['i16'],
  mobility: ['u16'], rest: ['u8'],
  /** Shows played as agreed, in per cent; by kinds of place how well they went. */
  kept: ['u8'], went: ['u8', 5],
  /** The median price of comparable deals in minor units, and how many there were. */
  market: ['u32'], deals: ['u16'],
  /** The best four crowds: where, in hundredths of a degree, and how many came. */
  drawLat: ['i16', 4], drawLng: ['i16', 4], drawn: ['u16', 4],
  /** The next six shows: the day, and where. */
  showDay: ['u16', 6], showLat: ['i16', 6], showLng: ['i16', 6],
  /** Two promises not to play near: where, how many kilometres around, from which day until which. */
  nearLat: ['i16', 2], nearLng: ['i16', 2], nearKm: ['u16', 2], nearFrom: ['u16', 2], nearUntil: ['u16', 2],
} as const satisfies Record<string, Form>;

/** A place in numbers. */
export const placeForms = {
  ...both,
  kind: ['u8'], capacity: ['u16'], budgetMin: ['u32'], budgetMax: ['u32'],
  /** Seats that are usually taken, in per cent; by month, how much is going on. */
  fill: ['u8'], season: ['u8', 12],
  /** Days from the show to the money. */
  daysToPay: ['u16'], disputes: ['u8'],
  /** What is left of the year's money for shows, in minor units. */
  funding: ['u32'],
  /** People who live within 30 km. */
  catchment: ['u32'],
  /** Genres billed lately; how well shows went, by the artists' level. */
  billed: ['u16', 4], went: ['u8', 3],
  /** Zone of school holidays; square of the map. */
  zone: ['u8'], square: ['u16'],
  /** Quarters of an hour after noon when outdoor music ends. */
  curfew: ['u8'],
} as const satisfies Record<string, Form>;

export type ArtistColumns = Columns<typeof artistForms>;
export type PlaceColumns = Columns<typeof placeForms>;

/** What is said yes or no, a bit each. */
export const FLAGS = ['verified', 'family', 'outdoor', 'covered', 'step_free', 'autonomous', 'load_in', 'parking', 'transit', 'vat', 'gear'] as const;
export type Flag = (typeof FLAGS)[number];
export const flagBit = Object.fromEntries(FLAGS.map((flag, i) => [flag, 1 << i])) as Readonly<Record<Flag, number>>;

/** Instruments and amplifiers that are brought or are there. */
export const BACKLINE = ['drums', 'bass_amp', 'guitar_amp', 'keyboard', 'piano', 'decks', 'percussion', 'microphones'] as const;
export type Backline = (typeof BACKLINE)[number];

/** Countries that we know rules of; another one is the last. */
export const COUNTRIES = ['FR', 'BE', 'CH', 'LU', 'DE', 'NL', 'ES', 'IT', 'GB', 'other'] as const;
/** Zones of school holidays: three in France, the communities of Belgium, Luxembourg. Switzerland's are its cantons', and not known. */
export const ZONES = ['FR-A', 'FR-B', 'FR-C', 'BE-FR', 'BE-NL', 'LU'] as const;
export type Zone = (typeof ZONES)[number];

/** Bits set in a word of 32. */
export function bits(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
