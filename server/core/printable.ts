/* What every face of our papers can draw, by Unicode: Latin, Greek and Cyrillic letters, punctuation, currencies, arrows, notes of music.
   The test of the printer holds this against the fonts. */
const unprintable = new RegExp('[^\\t\\n\\r'
  + ' -~\\u00a0-\\u00ac\\u00ae-\\u02cd' // Latin
  + '\\u0370-\\u0377\\u037a-\\u037f\\u0384-\\u038a\\u038c\\u038e-\\u03a1\\u03a3-\\u03e1' // Greek
  + '\\u03f0-\\u045f\\u0490-\\u049b\\u04aa-\\u04b7' // Cyrillic
  + '\\u1e00-\\u1efb' // Latin with more marks
  + '\\u2000-\\u200a\\u2010-\\u2026\\u202f-\\u203a\\u20ac\\u2116\\u2122\\u2190-\\u2199\\u2212\\u2260\\u2264\\u2265\\u2669-\\u266f'
  + ']', 'gu');

/** Whether our papers can print a text, as it is once its marks are joined to their letters. */
export const isPrintable = (text: string): boolean => text.normalize('NFC').search(unprintable) === -1;

/** A text with a question mark for each sign that our papers cannot draw: no box stands in what is signed. */
export const printable = (text: string): string => text.normalize('NFC').replace(unprintable, '?');

/** A line without the signs that no line of a file, a calendar or a letter holds: control characters, halves of signs, and what is no character for ever. */
export const bareLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu, '');
