import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { printable } from '../../core/printable.ts';
import type { Printed, Printer } from '../ports.ts';
import { draw } from './blocks.ts';
import { faces, hairline, looks, sheets } from './style.ts';
import { typeset } from './typography.ts';

type Doc = PDFKit.PDFDocument;

/** Milliseconds for which nobody else is answered while a paper is drawn. */
const atOnceMs = 15;

/**
 * Prints documents as PDF/A-3a: A4 unless they ask for A5, tagged for screen readers, with their fonts inside, set in the typography of their language.
 * The same document gives the same bytes.
 */
export function openPrinter(): Printer {
  const { resolve } = createRequire(import.meta.url);
  const fonts = Object.entries(faces).map(([face, file]) => [face, readFileSync(resolve(`dejavu-fonts-ttf/ttf/${file}`))] as const);
  return (printed) => new Promise((done, fail) => {
    const { title, subject, author, lang, at, size = 'A4' } = printed;
    const options: PDFKit.PDFDocumentOptions & { font: Buffer } = {
      size, margins: sheets[size], pdfVersion: '1.7', subset: 'PDF/A-3a', tagged: true, lang, displayTitle: true, bufferPages: true,
      // The first font is registered before ours: without it pdfkit takes a Helvetica that it cannot embed.
      font: fonts[0]?.[1] as Buffer & string,
      info: { Title: title, Subject: subject, Author: author, Creator: 'Flow Stage', Producer: 'Flow Stage', CreationDate: at, ModDate: at },
    };
    const doc = new PDFDocument(options);
    for (const [face, bytes] of fonts) doc.registerFont(face, bytes);
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => { done(Buffer.concat(chunks)); });
    doc.on('error', fail);
    const root = doc.struct('Document');
    doc.addStructure(root);
    void (async () => {
      let began = performance.now();
      for (const [i, block] of printed.blocks.entries()) {
        draw({ doc, root, set: (text) => typeset(printable(text), lang) }, block, printed.blocks[i + 1]);
        // Whoever else waits is answered between two blocks of a long paper.
        if (performance.now() - began < atOnceMs) continue;
        await setImmediate();
        began = performance.now();
      }
      root.end();
      furnish(doc, printed);
      if (printed.facturX) enclose(doc, printed.facturX, at);
      doc.end();
    })().catch(fail);
  });
}

/** Encloses an invoice's XML as Factur-X wants it: by its name, as another form of the document, and said in the metadata (Factur-X 1.07 § 6). */
function enclose(doc: Doc, xml: string, at: Date): void {
  const options: Parameters<Doc['file']>[1] & { relationship: string } = {
    name: 'factur-x.xml', type: 'text/xml', description: 'Factur-X', creationDate: at, modifiedDate: at, relationship: 'Alternative',
  };
  doc.file(Buffer.from(xml), options);
  // pdfkit has it, its types do not.
  (doc as Doc & { appendXML: (xml: string) => void }).appendXML(metadata);
}

const property = (name: string, what: string): string =>
  `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>${what}</pdfaProperty:description></rdf:li>`;

/** What the file says of the invoice in it, and the schema of those words, without which a PDF/A may not use them. */
const metadata = `
<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">
  <fx:DocumentType>INVOICE</fx:DocumentType><fx:DocumentFileName>factur-x.xml</fx:DocumentFileName><fx:Version>1.0</fx:Version><fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema><pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq>${[
  property('DocumentFileName', 'The name of the embedded XML document'), property('DocumentType', 'The type of the hybrid document in capital letters'),
  property('Version', 'The version of the XML data'), property('ConformanceLevel', 'The conformance level of the XML data'),
].join('')}</rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
`;

/** Footers, page numbers and running titles: artifacts, which a screen reader passes over. */
function furnish(doc: Doc, { title, footer, lang, size = 'A4' }: Printed): void {
  const { start, count } = doc.bufferedPageRange();
  const { face, color, size: points } = looks.small;
  const sheet = sheets[size];
  const width = doc.page.width - sheet.left - sheet.right;
  for (let i = 0; i < count; i += 1) {
    doc.switchToPage(start + i);
    // What stands in a margin must not make pdfkit turn the page.
    doc.page.margins = { top: 0, bottom: 0, left: 0, right: 0 };
    const y = doc.page.height - (size === 'A4' ? 48 : 36);
    doc.markContent('Artifact', { type: 'Pagination' });
    doc.lineWidth(0.5).strokeColor(hairline).moveTo(sheet.left, y - 9).lineTo(sheet.left + width, y - 9).stroke();
    doc.font(face).fontSize(points).fillColor(color);
    doc.text(typeset(printable(footer), lang), sheet.left, y, { width: width - 60, height: 22, ellipsis: true });
    doc.text(`${i + 1} / ${count}`, sheet.left + width - 60, y, { width: 60, align: 'right' });
    if (i > 0) doc.text(typeset(printable(title), lang), sheet.left, size === 'A4' ? 40 : 26, { width, height: 12, ellipsis: true });
    doc.endMarkedContent();
  }
}
