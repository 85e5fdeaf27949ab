/** `1266,00`, with the sign that the file wants between. */
export function units(minor: bigint, point: '.' | ','): string {
  const size = minor < 0n ? -minor : minor;
  return `${minor < 0n ? '-' : ''}${size / 100n}${point}${String(size % 100n).padStart(2, '0')}`;
}

/** What a spreadsheet would take for a formula, and is none of ours: a name that a stranger typed. An amount is no formula. */
export const harmless = (cell: string): string => (/^[=+\-@\t\r]/u.test(cell) && !/^-?\d+([.,]\d+)?$/u.test(cell) ? `'${cell}` : cell);

/** A text without what divides the fields or lines of a file. */
export const plain = (text: string): string => text.replaceAll(/[\t\r\n|]+/gu, ' ').trim();

/** Twelve signs that stay a party's own: what the accounts of customers and suppliers are kept under. Of a ULID, whose first signs are alike and whose middle is chance. */
export function auxiliaryOf(id: string): string {
  const own = id.replace(/^[a-z]+_/u, '').toUpperCase().replaceAll(/[^0-9A-Z]/gu, '');
  return own.length <= 12 ? own : `${own.slice(4, 10)}${own.slice(-6)}`;
}

/* The eight signs in which ISO 8859-15 is not ISO 8859-1. */
const euro: Readonly<Record<string, number>> = { '€': 0xa4, Š: 0xa6, š: 0xa8, Ž: 0xb4, ž: 0xb8, Œ: 0xbc, œ: 0xbd, Ÿ: 0xbe };
/* What windows-1252 has where ISO 8859-1 has nothing. */
const windows: Readonly<Record<string, number>> = { '€': 0x80, Š: 0x8a, š: 0x9a, Ž: 0x8e, ž: 0x9e, Œ: 0x8c, œ: 0x9c, Ÿ: 0x9f, '’': 0x92, '‘': 0x91, '“': 0x93, '”': 0x94, '–': 0x96, '—': 0x97 };
const plainly: Readonly<Record<string, string>> = { '’': "'", '‘': "'", '“': '"', '”': '"', '–': '-', '—': '-', '\u00a0': ' ', '\u202f': ' ' };

type Charset = 'iso-8859-15' | 'windows-1252';

function codeOf(sign: string, charset: Charset): number | null {
  const code = sign.codePointAt(0) ?? 0;
  const own = (charset === 'iso-8859-15' ? euro : windows)[sign];
  if (own !== undefined) return own;
  const taken = charset === 'iso-8859-15' && Object.values(euro).includes(code);
  return code < 0x80 || (code >= 0xa0 && code <= 0xff && !taken) ? code : null;
}

/** A text in the signs that a charset of eight bits has, each of one byte: marks are joined to their letters first, and a sign that it does not have loses its marks, or becomes `?`. */
export const spelled = (text: string, charset: Charset): string => Array.from(text.normalize('NFC'), (sign) => {
  if (codeOf(sign, charset) !== null) return sign;
  const bare = Array.from(plainly[sign] ?? sign.normalize('NFD').replaceAll(/\p{M}/gu, ''));
  return bare.every((one) => codeOf(one, charset) === null) && bare.length > 0 ? '?' : bare.map((one) => (codeOf(one, charset) === null ? '?' : one)).join('');
}).join('');

/** A text in the eight bits that French accounting software reads, spelled in its signs. */
export const inBytes = (text: string, charset: Charset): Uint8Array => Uint8Array.from(Array.from(spelled(text, charset), (sign) => codeOf(sign, charset) ?? 0x3f));
