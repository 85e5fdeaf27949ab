/** The faces inside every document, by what they are for; files of dejavu-fonts-ttf. */
export const faces = {
  display: 'DejaVuSerif.ttf',
  body: 'DejaVuSerifCondensed.ttf',
  note: 'DejaVuSansCondensed.ttf',
  strong: 'DejaVuSansCondensed-Bold.ttf',
} as const;

export type Face = keyof typeof faces;

/** How a line of text looks. Lengths in points; `leading` is a multiple of `size`. */
export interface Look {
  readonly face: Face;
  readonly size: number;
  readonly leading: number;
  readonly color: string;
  readonly before: number;
  readonly after: number;
}

const ink = '#1b2130';
const quiet = '#5a6274';
/** The blue of our mails. */
export const accent = '#1d3f72';
export const hairline = '#c8ced9';

// One scale, a minor third: 7.6, 9.2, 11, 13.2, 22.9 (two steps).
export const looks = {
  title: { face: 'display', size: 22.9, leading: 1.22, color: ink, before: 0, after: 12 },
  heading: { face: 'strong', size: 11, leading: 1.3, color: accent, before: 17, after: 4 },
  subheading: { face: 'strong', size: 9.2, leading: 1.4, color: ink, before: 9, after: 3 },
  text: { face: 'body', size: 9.2, leading: 1.52, color: ink, before: 0, after: 5 },
  small: { face: 'note', size: 7.6, leading: 1.5, color: quiet, before: 2, after: 4 },
  item: { face: 'body', size: 9.2, leading: 1.52, color: ink, before: 0, after: 2.5 },
  cell: { face: 'note', size: 8.6, leading: 1.42, color: ink, before: 0, after: 0 },
  total: { face: 'strong', size: 8.6, leading: 1.42, color: ink, before: 0, after: 0 },
  head: { face: 'strong', size: 7.6, leading: 1.42, color: quiet, before: 0, after: 0 },
  label: { face: 'strong', size: 7.6, leading: 1.7, color: accent, before: 0, after: 0 },
  line: { face: 'note', size: 8.6, leading: 1.5, color: ink, before: 0, after: 0 },
} as const satisfies Record<string, Look>;

/** Margins of a sheet, in points; `gutter` is where the numbers of the articles begin. */
export interface Sheet { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number; readonly gutter: number }

/** The wide left margin of A4 carries the numbers of the articles. A5 is held in a hand or read on a telephone: its lines are as wide as they can be. */
export const sheets: Readonly<Record<'A4' | 'A5', Sheet>> = { A4: { top: 70, bottom: 78, left: 92, right: 66, gutter: 58 }, A5: { top: 52, bottom: 58, left: 36, right: 36, gutter: 12 } };
