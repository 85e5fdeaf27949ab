import type { Day } from '../core/time.ts';
import type { Draft, Party } from './invoice.ts';
import type { Norm, NormParty, Registration } from './norm.ts';
import { document, type Node } from './xml.ts';

/**
 * The invoice as Factur-X, UN/CEFACT's Cross Industry Invoice in the profile EN 16931: what is found in the PDF as `factur-x.xml`. The
 * order of the elements is the schema's (Factur-X 1.07.3, read 2026-11-21).
 */
export function facturX(draft: Draft, norm: Norm): string {
  const { net, vat, total, prepaid, payable, exemption } = norm;
  const amount = (name: string, value: string, attributes: Readonly<Record<string, string>> = {}): Node => [`ram:${name}`, value, attributes];
  const rate: Node | null = norm.rate === null ? null : ['ram:RateApplicablePercent', norm.rate];
  const category: Node = ['ram:CategoryCode', norm.category];
  const vatType: Node = ['ram:TypeCode', 'VAT'];
  const { currency } = draft.net;
  return document(['rsm:CrossIndustryInvoice', [
    ['rsm:ExchangedDocumentContext', [
      norm.process === null ? null : ['ram:BusinessProcessSpecifiedDocumentContextParameter', [['ram:ID', norm.process]]],
      ['ram:GuidelineSpecifiedDocumentContextParameter', [['ram:ID', 'urn:cen.eu:en16931:2017']]],
    ]],
    ['rsm:ExchangedDocument', [
      ['ram:ID', draft.number], ['ram:TypeCode', norm.typeCode], ['ram:IssueDateTime', [day(draft.issuedDay)]],
      ...norm.notes.map(({ text, code }): Node => ['ram:IncludedNote', [['ram:Content', text], code === null ? null : ['ram:SubjectCode', code]]]),
    ]],
    ['rsm:SupplyChainTradeTransaction', [
      ['ram:IncludedSupplyChainTradeLineItem', [
        ['ram:AssociatedDocumentLineDocument', [['ram:LineID', '1']]],
        ['ram:SpecifiedTradeProduct', [['ram:Name', draft.label]]],
        ['ram:SpecifiedLineTradeAgreement', [['ram:NetPriceProductTradePrice', [amount('ChargeAmount', net)]]]],
        ['ram:SpecifiedLineTradeDelivery', [['ram:BilledQuantity', '1', { unitCode: 'C62' }]]],
        ['ram:SpecifiedLineTradeSettlement', [['ram:ApplicableTradeTax', [vatType, category, rate]], ['ram:SpecifiedTradeSettlementLineMonetarySummation', [amount('LineTotalAmount', net)]]]],
      ]],
      ['ram:ApplicableHeaderTradeAgreement', [
        norm.buyerReference === null ? null : ['ram:BuyerReference', norm.buyerReference],
        ['ram:SellerTradeParty', party(draft.issuer, norm.seller)],
        ['ram:BuyerTradeParty', party(draft.payer, norm.buyer)],
        norm.order === null ? null : ['ram:BuyerOrderReferencedDocument', [['ram:IssuerAssignedID', norm.order]]],
        ['ram:ContractReferencedDocument', [['ram:IssuerAssignedID', norm.contract]]],
      ]],
      ['ram:ApplicableHeaderTradeDelivery', [['ram:ActualDeliverySupplyChainEvent', [['ram:OccurrenceDateTime', [day(draft.serviceDay)]]]]]],
      ['ram:ApplicableHeaderTradeSettlement', [
        ['ram:PaymentReference', draft.number], ['ram:InvoiceCurrencyCode', currency],
        ['ram:SpecifiedTradeSettlementPaymentMeans', [
          ['ram:TypeCode', norm.means],
          norm.iban === null ? null : ['ram:PayeePartyCreditorFinancialAccount', [['ram:IBANID', norm.iban], ['ram:AccountName', draft.issuer.name]]],
        ]],
        ['ram:ApplicableTradeTax', [
          amount('CalculatedAmount', vat), vatType, exemption && ['ram:ExemptionReason', exemption.text], amount('BasisAmount', net), category,
          exemption?.code ? ['ram:ExemptionReasonCode', exemption.code] : null, norm.dueAtIssue ? ['ram:DueDateTypeCode', '5'] : null, rate,
        ]],
        ['ram:SpecifiedTradePaymentTerms', [['ram:Description', norm.terms], norm.dueDay === null ? null : ['ram:DueDateDateTime', [day(norm.dueDay)]]]],
        ['ram:SpecifiedTradeSettlementHeaderMonetarySummation', [
          amount('LineTotalAmount', net), amount('TaxBasisTotalAmount', net), amount('TaxTotalAmount', vat, { currencyID: currency }), amount('GrandTotalAmount', total),
          prepaid === '0.00' ? null : amount('TotalPrepaidAmount', prepaid), amount('DuePayableAmount', payable),
        ]],
        ...norm.preceding.map(({ number, day: on }): Node => ['ram:InvoiceReferencedDocument', [['ram:IssuerAssignedID', number], ['ram:FormattedIssueDateTime', [day(on, 'qdt')]]]]),
      ]],
    ]],
  ], {
    'xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
    'xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
    'xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
    'xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
  }]);
}

/** A day in the format 102, `20270510`. */
const day = (of: Day, space: 'udt' | 'qdt' = 'udt'): Node => [`${space}:DateTimeString`, of.replaceAll('-', ''), { format: '102' }];

function party({ address, postcode, city, country }: Party, of: NormParty): (Node | null)[] {
  const id = (name: string, { value, scheme }: Registration): Node => [`ram:${name}`, value, { ...(scheme && { schemeID: scheme }) }];
  const registered = (number: string, scheme: 'VA' | 'FC'): Node => ['ram:SpecifiedTaxRegistration', [['ram:ID', number, { schemeID: scheme }]]];
  return [
    of.siret && id('GlobalID', of.siret),
    ['ram:Name', of.name],
    of.registration && ['ram:SpecifiedLegalOrganization', [id('ID', of.registration)]],
    ['ram:PostalTradeAddress', [['ram:PostcodeCode', postcode], ['ram:LineOne', address], ['ram:CityName', city], ['ram:CountryID', country]]],
    of.address && ['ram:URIUniversalCommunication', [id('URIID', of.address)]],
    of.vatNumber ? registered(of.vatNumber, 'VA') : of.taxNumber ? registered(of.taxNumber, 'FC') : null,
  ];
}
