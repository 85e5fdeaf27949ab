import type { Draft, Party } from './invoice.ts';
import type { Norm, NormParty, Registration } from './norm.ts';
import { document, type Node } from './xml.ts';

/**
 * The invoice or credit note as Peppol BIS Billing 3.0, UBL 2.1, which Belgian firms owe each other since 2026-01-01 (VAT-BE-05;
 * docs.peppol.eu/poacc/billing/3.0, read 2026-11-21). The order of the elements is the schema's.
 *
 * @param norm That of the same draft, with both electronic addresses.
 */
export function ubl(draft: Draft, norm: Norm): string {
  const credit = norm.typeCode === '381';
  const root = credit ? 'CreditNote' : 'Invoice';
  const { currency } = draft.net;
  const amount = (name: string, value: string): Node => [`cbc:${name}`, value, { currencyID: currency }];
  const scheme: Node = ['cac:TaxScheme', [['cbc:ID', 'VAT']]];
  const percent: Node | null = norm.rate === null ? null : ['cbc:Percent', norm.rate];
  const content: readonly (Node | null)[] = [
    ['cbc:CustomizationID', 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0'],
    ['cbc:ProfileID', 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'],
    ['cbc:ID', draft.number],
    ['cbc:IssueDate', draft.issuedDay],
    norm.dueDay ? ['cbc:DueDate', norm.dueDay] : null,
    [`cbc:${root}TypeCode`, norm.typeCode],
    // Peppol takes one note, and Belgium has no codes for it.
    ['cbc:Note', norm.notes.map(({ text }) => text).join(' ')],
    ['cbc:DocumentCurrencyCode', currency],
    // One of the two must be there: PEPPOL-EN16931-R003.
    ['cbc:BuyerReference', norm.buyerReference ?? norm.contract],
    norm.dueAtIssue ? ['cac:InvoicePeriod', [['cbc:DescriptionCode', '3']]] : null,
    norm.order ? ['cac:OrderReference', [['cbc:ID', norm.order]]] : null,
    ...norm.preceding.map(({ number, day }): Node => ['cac:BillingReference', [['cac:InvoiceDocumentReference', [['cbc:ID', number], ['cbc:IssueDate', day]]]]]),
    ['cac:ContractDocumentReference', [['cbc:ID', norm.contract]]],
    ['cac:AccountingSupplierParty', [party(draft.issuer, norm.seller)]],
    ['cac:AccountingCustomerParty', [party(draft.payer, norm.buyer)]],
    ['cac:Delivery', [['cbc:ActualDeliveryDate', draft.serviceDay]]],
    ['cac:PaymentMeans', [['cbc:PaymentMeansCode', norm.means], ['cbc:PaymentID', draft.number], norm.iban ? ['cac:PayeeFinancialAccount', [['cbc:ID', norm.iban], ['cbc:Name', draft.issuer.name]]] : null]],
    ['cac:PaymentTerms', [['cbc:Note', norm.terms]]],
    ['cac:TaxTotal', [
      amount('TaxAmount', norm.vat),
      ['cac:TaxSubtotal', [
        amount('TaxableAmount', norm.net), amount('TaxAmount', norm.vat),
        ['cac:TaxCategory', [
          ['cbc:ID', norm.category], percent, norm.exemption?.code ? ['cbc:TaxExemptionReasonCode', norm.exemption.code] : null, norm.exemption ? ['cbc:TaxExemptionReason', norm.exemption.text] : null, scheme,
        ]],
      ]],
    ]],
    ['cac:LegalMonetaryTotal', [
      amount('LineExtensionAmount', norm.net), amount('TaxExclusiveAmount', norm.net), amount('TaxInclusiveAmount', norm.total), norm.prepaid === '0.00' ? null : amount('PrepaidAmount', norm.prepaid),
      amount('PayableAmount', norm.payable),
    ]],
    [`cac:${root}Line`, [
      ['cbc:ID', '1'], [credit ? 'cbc:CreditedQuantity' : 'cbc:InvoicedQuantity', '1', { unitCode: 'C62' }], amount('LineExtensionAmount', norm.net),
      ['cac:Item', [['cbc:Name', draft.label], ['cac:ClassifiedTaxCategory', [['cbc:ID', norm.category], percent, scheme]]]],
      ['cac:Price', [amount('PriceAmount', norm.net)]],
    ]],
  ];
  return document([root, content, {
    xmlns: `urn:oasis:names:specification:ubl:schema:xsd:${root}-2`,
    'xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
    'xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
  }]);
}

function party({ address, postcode, city, country }: Party, { name, siret, registration, address: electronic, vatNumber, taxNumber }: NormParty): Node {
  const id = (element: string, { value, scheme }: Registration): Node => [element, value, { ...(scheme && { schemeID: scheme }) }];
  const taxed = (number: string, scheme: 'VAT' | 'TAX'): Node => ['cac:PartyTaxScheme', [['cbc:CompanyID', number], ['cac:TaxScheme', [['cbc:ID', scheme]]]]];
  return ['cac:Party', [
    electronic && id('cbc:EndpointID', electronic),
    siret && ['cac:PartyIdentification', [id('cbc:ID', siret)]],
    ['cac:PartyName', [['cbc:Name', name]]],
    ['cac:PostalAddress', [['cbc:StreetName', address], ['cbc:CityName', city], ['cbc:PostalZone', postcode], ['cac:Country', [['cbc:IdentificationCode', country]]]]],
    vatNumber ? taxed(vatNumber, 'VAT') : taxNumber ? taxed(taxNumber, 'TAX') : null,
    ['cac:PartyLegalEntity', [['cbc:RegistrationName', name], registration && id('cbc:CompanyID', registration)]],
  ]];
}
