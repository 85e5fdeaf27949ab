import { expect, test } from 'vitest';
import { asked, isAccount, ownerOf } from './search.ts';

test.each([['1 266,00', 126_600n], ['1266.00', 126_600n], ['€ 1.266,00', 126_600n], ['1,266.00', 126_600n], ['1266', 126_600n], ['0,5', 50n], ['379,80 EUR', 37_980n], ['12', 1_200n]])('%s is an amount', (typed, minor) => {
  expect(asked(typed).minor).toBe(minor);
});

test.each(['FS-2027-000012', 'bkg_1', 'La Halle', 'pi_123', '', '12,345,6', '9999999999999'])('%s is none', (typed) => { expect(asked(typed).minor).toBeNull(); });

test('accounts are those of the ledger, and tell whose they are', () => {
  for (const name of ['provider:clearing', 'provider:fees', 'bank:platform', 'commission:platform', 'vat:FR', 'escrow:bkg_1', 'dispute:bkg_1', 'payable:org_1', 'refund:org_1', 'commission:booker:org_1']) expect([name, isAccount(name)]).toEqual([name, true]);
  for (const name of ['escrow:org_1', 'payable:bkg_1', 'vat:fr', 'provider:all', 'escrow:bkg_1 ', '']) expect([name, isAccount(name)]).toEqual([name, false]);
  expect(ownerOf('escrow:bkg_1')).toEqual({ bookingId: 'bkg_1', orgId: null });
  expect(ownerOf('commission:booker:org_2')).toEqual({ bookingId: null, orgId: 'org_2' });
  expect(ownerOf('provider:clearing')).toEqual({ bookingId: null, orgId: null });
});
