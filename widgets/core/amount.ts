/* Amounts that people type. */

/**
 * What somebody typed, in minor units: `1 200`, `1200,50`, `1,200.50 €`. Null when it is no amount.
 *
 * The last comma or point stands before the cents when one or two figures follow it; every other one groups thousands.
 */
export function minorOf(typed: string): number | null {
  const text = typed.replace(/[\s\u00a0\u202f']|€|EUR|CHF/gi, '');
  const [, whole = '', cents = ''] = /^([\d.,]*?)(?:[.,](\d{1,2}))?$/.exec(text) ?? [];
  const grouped = whole.replace(/[.,](?=\d{3}(?:\D|$))/g, '');
  if (!/^\d+$/.test(grouped)) return null;
  const minor = Number(grouped) * 100 + Number(cents.padEnd(2, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** An amount as a field shows it: `1200`, `1200,50`. */
export function typedOf(minor: number, locale: string): string {
  const cents = minor % 100;
  return cents === 0 ? String(minor / 100) : `${Math.floor(minor / 100)}${locale === 'en' ? '.' : ','}${String(cents).padStart(2, '0')}`;
}
