/** What somebody who looks for a euro typed: an amount in minor units where it reads as one, and the words. */
export interface Asked {
  readonly words: string;
  readonly minor: bigint | null;
}

/** Reads `1 266,00`, `1266.00`, `€ 1.266,00` and `1266` as an amount: with two digits behind the last sign they are cents. */
export function asked(typed: string): Asked {
  const words = typed.trim();
  const bare = words.replaceAll(/[€\s\u00a0\u202f]|EUR|CHF/gu, '');
  const [, whole, sign, cents] = /^(\d{1,3}(?:[.,]?\d{3})*|\d+)(?:([.,])(\d{1,2}))?$/u.exec(bare) ?? [];
  if (whole === undefined || (sign && whole.includes(sign))) return { words, minor: null };
  const digits = whole.replaceAll(/[.,]/gu, '');
  return { words, minor: digits.length > 12 ? null : BigInt(digits) * 100n + BigInt((cents ?? '').padEnd(2, '0') || '0') };
}

/** The accounts of domain/money.md that money may be moved to and from by hand. */
const accounts = /^(?:provider:(?:clearing|fees)|commission:platform|(?:bank|loss):platform|vat:[A-Z]{2}|(?:escrow|dispute):bkg_[0-9A-Za-z]{1,40}|dispute:pch_[0-9A-Za-z]{1,40}|(?:payable|refund):org_[0-9A-Za-z]{1,40}|commission:booker:org_[0-9A-Za-z]{1,40})$/u;

/** Whether the ledger knows accounts of that name. */
export const isAccount = (name: string): boolean => accounts.test(name);

/** Whose an account is: the booking or the organisation in its name. */
export function ownerOf(account: string): { readonly bookingId: string | null; readonly orgId: string | null } {
  const id = account.split(':').at(-1) ?? '';
  return { bookingId: id.startsWith('bkg_') ? id : null, orgId: id.startsWith('org_') ? id : null };
}
