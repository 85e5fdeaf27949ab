import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { isReported, reportCsv, sumsOf, xmlOf, type Move, type Reported } from './dac7.ts';

const move = (over: Partial<Move>): Move => ({ orgId: 'org_1', bookingId: 'bkg_1', currency: 'EUR', day: '2027-05-10', consideration: 112_200n, fees: 14_400n, activity: true, ...over });

test('a year is added up by quarter; an activity counts once, a correction is none, other years are not there (PAY-08)', () => {
  expect(sumsOf([
    move({}), move({ bookingId: 'bkg_2', day: '2027-03-31', consideration: 1n, fees: 0n }), move({ day: '2027-07-01', consideration: 2n, fees: -3n, activity: false }),
    move({ day: '2027-12-31', consideration: 5n, fees: 0n }), move({ day: '2028-01-01' }), move({ currency: 'CHF', consideration: 7n, fees: 1n }), move({ orgId: 'org_0' }),
  ], 2027)).toEqual([
    { orgId: 'org_0', currency: 'EUR', consideration: [0n, 112_200n, 0n, 0n], fees: [0n, 14_400n, 0n, 0n], activities: [0, 1, 0, 0] },
    { orgId: 'org_1', currency: 'CHF', consideration: [0n, 7n, 0n, 0n], fees: [0n, 1n, 0n, 0n], activities: [0, 1, 0, 0] },
    { orgId: 'org_1', currency: 'EUR', consideration: [1n, 112_200n, 2n, 5n], fees: [0n, 14_400n, -3n, 0n], activities: [1, 1, 0, 0] },
  ]);
});

const seller: Reported = {
  orgId: 'org_1', currency: 'EUR', consideration: [0n, 112_250n, 49n, -150n], fees: [0n, 14_400n, 0n, 0n], activities: [0, 1, 0, 0], kind: 'entity', country: 'FR', legalName: 'Les Marées & Cie', firstName: '', lastName: '', birthDate: null,
  tin: '732829320', vatNumber: 'FR44732829320', siret: '73282932000074', address: '3 rue <des> Lilas', postcode: '35000', city: 'Rennes', iban: 'FR7630006000011234567890189', ibanHolder: 'Les Marées',
};
const person: Reported = { ...seller, orgId: 'org_2', kind: 'individual', firstName: 'Ana', lastName: 'Exemple', birthDate: '1990-04-01', tin: '', siret: '', vatNumber: '' };
const company = { name: 'Flow Stage', siret: '73282932000074', vatNumber: 'FR44732829320', address: '1 rue', postcode: '75001', city: 'Paris', country: 'FR' };
const read = (sellers: readonly Reported[]) => new XMLParser({ ignoreAttributes: false, parseTagValue: false }).parse(xmlOf(sellers, { year: 2027, at: new Date('2028-01-15T10:00:00Z'), ref: 'FR2027X', company })) as Record<string, Record<string, unknown>>;

test('the XML names sellers, amounts in whole units, fees and activities as the OECD’s schema has them (PAY-08)', () => {
  const root = read([seller, person])['DPI_OECD']!;
  expect(root['@_xmlns']).toBe('urn:oecd:ties:dpi:v1');
  expect(root['MessageSpec']).toMatchObject({ TransmittingCountry: 'FR', MessageType: 'DPI', MessageTypeIndic: 'DPI401', ReportingPeriod: '2027-12-31', Timestamp: '2028-01-15T10:00:00' });
  const { PlatformOperator: operator, ReportableSeller: sellers } = root['DPIBody'] as { PlatformOperator: unknown; ReportableSeller: unknown[] };
  expect(operator).toMatchObject({ Name: 'Flow Stage', Nexus: 'RPONEX1', AssumedReporting: 'false', DocSpec: { DocTypeIndic: 'OECD1', DocRefId: 'FR2027X-1' } });
  expect(sellers[0]).toMatchObject({
    Identity: { EntitySeller: { Standard: {
      EntSellerID: { ResCountryCode: 'FR', TIN: { '#text': '732829320', '@_issuedBy': 'FR' }, IN: { '#text': '73282932000074' }, VAT: 'FR44732829320', Name: 'Les Marées & Cie', Address: { AddressFix: { Street: '3 rue <des> Lilas', PostCode: '35000', City: 'Rennes' } } },
      FinancialIdentifier: { Identifier: { '#text': 'FR7630006000011234567890189' }, AccountHolderName: 'Les Marées' },
    } } },
    RelevantActivities: { PersonalServices: {
      Consideration: { ConsQ1: { '#text': '0', '@_currCode': 'EUR' }, ConsQ2: { '#text': '1123' }, ConsQ3: { '#text': '0' }, ConsQ4: { '#text': '-2' } },
      NumberOfActivities: { NumbQ1: '0', NumbQ2: '1' }, Fees: { FeesQ2: { '#text': '144' } }, Taxes: { TaxQ1: { '#text': '0' } },
    } }, DocSpec: { DocRefId: 'FR2027X-2' },
  });
  expect(sellers[1]).toMatchObject({ Identity: { IndividualSeller: { Standard: { IndSellerID: { TIN: { '#text': 'NOTIN', '@_unknown': 'true' }, Name: { FirstName: 'Ana', LastName: 'Exemple' }, BirthInfo: { BirthDate: '1990-04-01' } } } } } });
});

test('a year without sellers is reported as such', () => {
  expect((read([])['DPI_OECD']!)['MessageSpec']).toMatchObject({ MessageTypeIndic: 'DPI403' });
});

test('the CSV is to the cent, and who lives outside the Union is not reported', () => {
  const [head = '', row = ''] = reportCsv([seller]).split('\r\n');
  expect(head.split(',')).toHaveLength(27);
  expect(row).toContain('EUR,0.00,1122.50,0.49,-1.50,0.00,144.00,0.00,0.00,0,1,0,0');
  expect(['FR', 'BE', 'LU', 'CH'].map(isReported)).toEqual([true, true, true, false]);
});
