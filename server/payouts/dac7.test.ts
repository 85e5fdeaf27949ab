import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { isReported, isWhole, messagesOf, reportCsv, saidOf, sumsOf, xmlOf, type Filed, type Message, type Move, type Reported } from './dac7.ts';

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

test('ten thousand producers are added up in one walk through their moves (PAY-08)', () => {
  const many = Array.from({ length: 100_000 }, (_, i) => move({ orgId: `org_${String(i % 10_000)}`, bookingId: `bkg_${String(i)}`, consideration: 1n, fees: 2n }));
  const began = performance.now();
  const sums = sumsOf(many, 2027);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect([sums.length, sums.every(({ consideration, fees, activities }) => consideration[1] === 10n && fees[1] === 20n && activities[1] === 10)]).toEqual([10_000, true]);
});

const seller: Reported = {
  orgId: 'org_1', currency: 'EUR', consideration: [0n, 112_250n, 49n, -150n], fees: [0n, 14_400n, 0n, 0n], activities: [0, 1, 0, 0], kind: 'entity', country: 'FR', legalName: 'Les Marées & Cie', firstName: '', lastName: '', birthDate: null,
  tin: '732829320', vatNumber: 'FR44732829320', siret: '73282932000074', address: '3 rue <des> Lilas', postcode: '35000', city: 'Rennes', iban: 'FR7630006000011234567890189', ibanHolder: 'Les Marées',
};
const person: Reported = { ...seller, orgId: 'org_2', kind: 'individual', firstName: 'Ana', lastName: 'Exemple', birthDate: '1990-04-01', tin: '', siret: '', vatNumber: '' };
const company = { name: 'Flow Stage', siret: '73282932000074', vatNumber: 'FR44732829320', address: '1 rue', postcode: '75001', city: 'Paris', country: 'FR' };
const refOf = (n: number) => `FR2027-732829320-${n}`;
const first = (sellers: readonly Reported[]) => messagesOf([], sellers, company, refOf);
const xml = (message: Message) => xmlOf(message, { year: 2027, at: new Date('2028-01-15T10:00:00Z') });
const parse = (text: string) => new XMLParser({ ignoreAttributes: false, parseTagValue: false }).parse(text) as Record<string, Record<string, unknown>>;
const read = (sellers: readonly Reported[]) => parse(xml(first(sellers)[0]!));
/** What stands once messages were handed in: of each the latest word. */
const after = (filed: readonly Filed[], messages: readonly Message[]): Filed[] => {
  const said = messages.flatMap(({ operator, sellers, company: us }): (Filed & { corrects: string | null })[] => [
    ...(operator.indic === 'OECD0' ? [] : [{ docRef: operator.docRef, indic: operator.indic, corrects: operator.corrects, seller: null, company: us }]),
    ...sellers.map(({ seller: one, docRef, indic, corrects }) => ({ docRef, indic: indic as Filed['indic'], corrects, seller: one, company: null })),
  ]);
  return [...filed.filter(({ docRef }) => !said.some(({ corrects }) => corrects === docRef)), ...said];
};

test('the XML names sellers, amounts in whole units, fees and activities as the OECD’s schema has them (PAY-08)', () => {
  const root = read([seller, person])['DPI_OECD']!;
  expect(root['@_xmlns']).toBe('urn:oecd:ties:dpi:v1');
  expect(root['MessageSpec']).toMatchObject({ TransmittingCountry: 'FR', MessageType: 'DPI', MessageTypeIndic: 'DPI401', ReportingPeriod: '2027-12-31', Timestamp: '2028-01-15T10:00:00' });
  const { PlatformOperator: operator, ReportableSeller: sellers } = root['DPIBody'] as { PlatformOperator: unknown; ReportableSeller: unknown[] };
  expect(operator).toMatchObject({ Name: 'Flow Stage', Nexus: 'RPONEX1', AssumedReporting: 'false', DocSpec: { 'stf:DocTypeIndic': 'OECD1', 'stf:DocRefId': 'FR2027-732829320-1-1' } });
  expect(sellers[0]).toMatchObject({
    Identity: { EntitySeller: { Standard: {
      EntSellerID: { ResCountryCode: 'FR', TIN: { '#text': '732829320', '@_issuedBy': 'FR' }, IN: { '#text': '73282932000074' }, VAT: 'FR44732829320', Name: 'Les Marées & Cie', Address: { AddressFix: { Street: '3 rue <des> Lilas', PostCode: '35000', City: 'Rennes' } } },
      FinancialIdentifier: { Identifier: { '#text': 'FR7630006000011234567890189', '@_AccountNumberType': 'IBAN' }, AccountHolderName: 'Les Marées' },
    } } },
    RelevantActivities: { PersonalServices: {
      Consideration: { ConsQ1: { '#text': '0', '@_currCode': 'EUR' }, ConsQ2: { '#text': '1123' }, ConsQ3: { '#text': '0' }, ConsQ4: { '#text': '-2' } },
      NumberOfActivities: { NumbQ1: '0', NumbQ2: '1' }, Fees: { FeesQ2: { '#text': '144' } }, Taxes: { TaxQ1: { '#text': '0' } },
    } }, DocSpec: { 'stf:DocRefId': 'FR2027-732829320-1-2' },
  });
  expect(sellers[1]).toMatchObject({ Identity: { IndividualSeller: { Standard: { IndSellerID: { TIN: { '#text': 'NOTIN', '@_unknown': 'true' }, Name: { FirstName: 'Ana', LastName: 'Exemple' }, BirthInfo: { BirthDate: '1990-04-01' } } } } } });
});

test('a year without sellers is reported as such', () => {
  expect((read([])['DPI_OECD']!)['MessageSpec']).toMatchObject({ MessageTypeIndic: 'DPI403' });
});

test('what changes after it was handed in is corrected, what is new is added, what is gone is deleted, each naming the latest block (OECD0 to OECD3)', () => {
  const filed = after([], first([seller, person]));
  expect(messagesOf(filed, [seller, person], company, refOf)).toEqual([]);
  // A block comes back from the database with its fields in another order, and says the same.
  expect(messagesOf(filed.map((one) => (one.seller ? { ...one, seller: Object.fromEntries(Object.entries(one.seller).reverse()) as unknown as Reported } : one)), [seller, person], company, refOf)).toEqual([]);

  const [dearer, added] = [{ ...seller, consideration: [0n, 112_251n, 49n, -150n] as const }, { ...person, orgId: 'org_3' }];
  const later = (n: number) => `FR2027-732829320-${n + 1}`;
  const [corrections, additions, ...none] = messagesOf(filed, [dearer, added], company, later);
  expect(none).toEqual([]);
  expect(corrections).toMatchObject({ kind: 'DPI402', ref: 'FR2027-732829320-2', operator: { indic: 'OECD0', docRef: 'FR2027-732829320-1-1', corrects: null } });
  expect(corrections!.sellers.map(({ indic, docRef, corrects, seller: one }) => [one.orgId, indic, docRef, corrects])).toEqual([
    ['org_1', 'OECD2', 'FR2027-732829320-2-2', 'FR2027-732829320-1-2'], ['org_2', 'OECD3', 'FR2027-732829320-2-3', 'FR2027-732829320-1-3'],
  ]);
  expect(additions).toMatchObject({ kind: 'DPI401', ref: 'FR2027-732829320-3', operator: { indic: 'OECD0', docRef: 'FR2027-732829320-1-1' }, sellers: [{ indic: 'OECD1', corrects: null, seller: { orgId: 'org_3' } }] });
  expect(xml(corrections!)).toContain('<stf:CorrDocRefId>FR2027-732829320-1-2</stf:CorrDocRefId>');

  // A second correction corrects the first; who was deleted and is back is new.
  const next = messagesOf(after(filed, [corrections!, additions!]), [seller, person, added], company, (n) => `FR2027-732829320-${n + 3}`);
  expect(next.map(({ kind, sellers }) => [kind, sellers.map(({ indic, corrects }) => [indic, corrects])])).toEqual([['DPI402', [['OECD2', 'FR2027-732829320-2-2']]], ['DPI401', [['OECD1', null]]]]);
});

test('when we ourselves moved, our own block is corrected, and repeated in what follows', () => {
  const filed = after([], first([seller]));
  const [corrections, additions] = messagesOf(filed, [seller, person], { ...company, city: 'Lyon' }, (n) => `R${n}`);
  expect(corrections).toMatchObject({ kind: 'DPI402', operator: { indic: 'OECD2', docRef: 'R1-1', corrects: 'FR2027-732829320-1-1' }, sellers: [] });
  expect(additions).toMatchObject({ kind: 'DPI401', operator: { indic: 'OECD0', docRef: 'R1-1' } });
});

test('a year that was reported as empty is added to, not reported again', () => {
  const filed = after([], first([]));
  expect(messagesOf(filed, [], company, refOf)).toEqual([]);
  expect(messagesOf(filed, [seller], company, refOf)).toMatchObject([{ kind: 'DPI401', operator: { indic: 'OECD0' }, sellers: [{ indic: 'OECD1' }] }]);
});

/* The order of elements, their namespaces, attributes and codes, from DPIXML_v1.0.xsd and oecddpitypes_v1.0.xsd (OECD, June 2022), written down apart from what writes the file. */
const party = (extra: readonly string[]) => ['ResCountryCode', 'TIN', 'IN?', 'VAT?', 'Name', 'PlatformBusinessName?', 'Address', ...extra];
const layout: Readonly<Record<string, readonly string[]>> = {
  DPI_OECD: ['MessageSpec', 'DPIBody'], DPIBody: ['PlatformOperator', 'ReportableSeller*'],
  MessageSpec: ['SendingEntityIN?', 'TransmittingCountry', 'ReceivingCountry', 'MessageType', 'MessageRefId', 'MessageTypeIndic', 'ReportingPeriod', 'Timestamp'],
  PlatformOperator: party(['Nexus?', 'AssumedReporting?', 'DocSpec']), EntSellerID: party([]), IndSellerID: ['ResCountryCode', 'TIN', 'VAT?', 'Name', 'Address', 'BirthInfo'],
  BirthInfo: ['BirthDate'], Address: ['CountryCode', 'AddressFix'], AddressFix: ['Street?', 'PostCode?', 'City'], DocSpec: ['stf:DocTypeIndic', 'stf:DocRefId', 'stf:CorrDocRefId?'],
  ReportableSeller: ['Identity', 'RelevantActivities', 'DocSpec'], Identity: ['EntitySeller|IndividualSeller'], EntitySeller: ['Standard'], IndividualSeller: ['Standard'], Standard: ['EntSellerID|IndSellerID', 'FinancialIdentifier?'],
  FinancialIdentifier: ['Identifier', 'AccountHolderName?'], RelevantActivities: ['PersonalServices'], PersonalServices: ['Consideration', 'NumberOfActivities', 'Fees', 'Taxes'],
  Consideration: ['ConsQ1', 'ConsQ2', 'ConsQ3', 'ConsQ4'], NumberOfActivities: ['NumbQ1', 'NumbQ2', 'NumbQ3', 'NumbQ4'], Fees: ['FeesQ1', 'FeesQ2', 'FeesQ3', 'FeesQ4'], Taxes: ['TaxQ1', 'TaxQ2', 'TaxQ3', 'TaxQ4'],
};
interface Node { readonly name: string; readonly attributes: string; readonly children: Node[]; text: string }
/** A reader of its own: elements in the order in which they stand. */
function treeOf(text: string): Node {
  const root: Node = { name: '', attributes: '', children: [], text: '' };
  const open = [root];
  for (const [, close, name = '', attributes = '', said = ''] of text.replace(/^<\?[^>]*\?>\s*/u, '').matchAll(/<(\/?)([\w:]+)([^>]*)>([^<]*)/gu)) {
    if (close) { expect(open.pop()!.name).toBe(name); continue; }
    const node = { name, attributes: attributes.trim(), children: [], text: said };
    open.at(-1)!.children.push(node);
    open.push(node);
  }
  expect(open).toEqual([root]);
  return root.children[0]!;
}
function checkLayout({ name, attributes, children, text }: Node): void {
  const ordered = layout[name === 'Name' && children.length > 0 ? 'PersonName' : name] ?? (name === 'Name' && children.length > 0 ? ['FirstName', 'LastName'] : undefined);
  if (!ordered) { expect(children, name).toEqual([]); expect(text.trim(), `${name} says something`).not.toBe(''); } else {
    const rest = children.map((child) => child.name);
    for (const wanted of ordered) {
      const names = wanted.replace(/[?*]$/u, '').split('|');
      let found = 0;
      while (names.includes(rest[0] ?? '') && (found === 0 || wanted.endsWith('*'))) { rest.shift(); found += 1; }
      if (!/[?*]$/u.test(wanted)) expect(found, `${name} has ${wanted}`).toBe(1);
    }
    expect(rest, `${name} has nothing else`).toEqual([]);
  }
  if (/^(Cons|Fees|Tax)Q\d$/u.test(name)) { expect(attributes).toMatch(/^currCode="(EUR|CHF)"$/u); expect(text).toMatch(/^-?\d+$/u); }
  if (name === 'Identifier') expect(attributes).toBe('AccountNumberType="IBAN"');
  if (name === 'stf:DocTypeIndic') expect(text).toMatch(/^OECD[0-3]$/u);
  children.forEach(checkLayout);
}

test('every message keeps to the layout of the schema: order, namespaces, attributes, codes', () => {
  const odd: Reported = { ...seller, orgId: 'org_4', tin: '', vatNumber: '', siret: '', iban: '', ibanHolder: '', address: '', postcode: '', legalName: 'A & B <C> "D"', currency: 'CHF' };
  const filed = after([], first([seller, person, odd]));
  const messages = [...first([seller, person, odd]), ...first([]), ...messagesOf(filed, [{ ...person, city: 'Lyon' }, { ...odd, orgId: 'org_5' }], { ...company, city: 'Lyon' }, (n) => `R${n}`)];
  expect(messages.map(({ kind }) => kind)).toEqual(['DPI401', 'DPI403', 'DPI402', 'DPI401']);
  for (const message of messages) {
    const text = xml(message);
    expect(text).toContain('<DPI_OECD xmlns="urn:oecd:ties:dpi:v1" xmlns:stf="urn:oecd:ties:dpistf:v1" version="1.0">');
    checkLayout(treeOf(text));
    const refs = [...text.matchAll(/<stf:DocRefId>([^<]+)</gu)].map(([, ref]) => ref);
    expect(new Set(refs).size).toBe(refs.length);
  }
});

test('who is not whole would make the file invalid, and is not in it yet', () => {
  expect([seller, person, { ...person, birthDate: null }, { ...person, firstName: '' }, { ...seller, city: '' }, { ...seller, legalName: '' }].map(isWhole)).toEqual([true, true, false, false, false, false]);
  expect(saidOf(seller)).not.toBe(saidOf({ ...seller, iban: '' }));
});

test('the CSV is to the cent, and who lives outside the Union is not reported', () => {
  const [head = '', row = ''] = reportCsv([seller]).split('\r\n');
  expect(head.split(',')).toHaveLength(27);
  expect(row).toContain('EUR,0.00,1122.50,0.49,-1.50,0.00,144.00,0.00,0.00,0,1,0,0');
  expect(['FR', 'BE', 'LU', 'CH'].map(isReported)).toEqual([true, true, true, false]);
});
