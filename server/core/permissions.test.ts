import { expect, test } from 'vitest';
import { ACTS, permit, PURPOSES, type Act, type Actor, type Purpose, type Role } from './permissions.ts';

const offer = { orgId: 'org_artist', buyerOrgId: 'org_buyer', bookingId: 'bkg_1', representedBy: ['org_booker'] };
const may = (actor: Actor, act: Act): string => {
  try { return permit(actor, act, offer); } catch (error) { return (error as Error).message; }
};
const person = (orgId: string, role: Role): Actor => ({ userId: 'usr_1', orgId, role });
const holder = (purpose: Purpose, bookingId = 'bkg_1'): Actor => ({ userId: null, orgId: 'org_buyer', role: 'owner', link: { purpose, bookingId } });

test.each([
  ['org_artist', 'owner', 'artist'],
  ['org_booker', 'manager', 'artist'], // a booker acts for the artist
  ['org_buyer', 'owner', 'buyer'],
  ['org_buyer', 'member', 'role_too_low'],
  ['org_stranger', 'owner', 'not_found'],
] as const)('%s, %s: %s (ID-22)', (orgId, role, expected) => {
  expect(may(person(orgId, role), 'offer.answer')).toBe(expected);
});

const acts = Object.keys(ACTS) as Act[];

test.each(acts)('a stranger who tries %s learns nothing', (act) => {
  expect(may(person('org_stranger', 'owner'), act)).toBe('not_found');
  expect(may(holder('file', 'bkg_other'), act)).toBe('not_found');
});

test.each(Object.entries(PURPOSES) as [Purpose, readonly Act[]][])('a link of purpose %s opens what it is for and nothing else', (purpose, opens) => {
  const allowed = acts.filter((act) => may(holder(purpose), act) === 'buyer');
  expect(allowed.sort()).toEqual([...opens].sort());
  for (const act of acts.filter((one) => !opens.includes(one))) expect(may(holder(purpose), act)).toBe('link_other_purpose');
});

test('no link reads the ledger, edits a profile or answers for the artist', () => {
  for (const purpose of Object.keys(PURPOSES) as Purpose[]) {
    expect(PURPOSES[purpose]).not.toContain('ledger.read');
    expect(PURPOSES[purpose].filter((act) => /^(site|profile|calendar|organisation|hold|request|invoice.issue|invoice.settle|invoice.credit|invoice.contest)/.test(act))).toEqual([]);
  }
});

test('a booker acts for the artist, and says nothing of its invoices in its name', () => {
  for (const act of ['invoice.settle', 'invoice.credit', 'invoice.contest', 'accounts.edit'] as const) {
    expect(may(person('org_artist', 'owner'), act)).toBe('artist');
    expect(may(person('org_booker', 'owner'), act)).toBe('role_too_low');
    expect(may({ ...person('org_artist', 'owner'), mandated: true }, act)).toBe('role_too_low');
  }
  expect(may(person('org_booker', 'owner'), 'invoice.read')).toBe('artist');
});
