import type { Block } from '../ports.ts';
import { accent, hairline, looks, type Look, type Sheet } from './style.ts';

type Doc = PDFKit.PDFDocument;
type Element = PDFKit.PDFStructureElement;

/** Where a block is drawn, and how its words are set. */
export interface Page {
  readonly doc: Doc;
  readonly root: Element;
  readonly set: (text: string) => string;
}

/** DejaVu's own line, in multiples of its size. */
const natural = 1.164;

/** Draws a block where the last one ended, on a new page when it does not fit. A heading stays with what `next` begins with. */
export function draw(page: Page, block: Block, next?: Block): void {
  switch (block.kind) {
    case 'title': drawTitle(page, block.text); break;
    case 'heading': drawHeading(page, block.text, beginning(page, next)); break;
    case 'subheading': drawText(page, block.text, { look: looks.subheading, tag: 'H3', keep: beginning(page, next) }); break;
    case 'text': drawText(page, block.text, { look: looks.text, tag: 'P' }); break;
    case 'small': drawText(page, block.text, { look: looks.small, tag: 'P' }); break;
    case 'list': drawList(page, block.items); break;
    case 'columns': drawColumns(page, block.left, block.right); break;
    case 'table': drawTable(page, block); break;
    case 'page': if (!fresh(page.doc)) turn(page.doc); break;
    case 'space': page.doc.y += looks.text.size * looks.text.leading; break;
  }
}

/** The room that the beginning of a block needs below its heading. */
function beginning({ doc, set }: Page, block: Block | undefined): number {
  if (block?.kind === 'table') return tableStart(layTable({ doc, set }, block)) + 4;
  if (block?.kind === 'columns') return Math.max(block.left.length, block.right.length) * lineHeight(looks.line) + 30;
  if (block?.kind === 'subheading') return looks.subheading.before + 4 * lineHeight(looks.text);
  return 3 * lineHeight(looks.text);
}

/** The margins that the document was begun with: those of a page are changed while it is set. */
const sheetOf = (doc: Doc): Sheet => doc.options.margins as Sheet;
const bodyWidth = (doc: Doc): number => doc.page.width - sheetOf(doc).left - sheetOf(doc).right;
const lineHeight = ({ size, leading }: Look): number => size * leading;
const gapOf = ({ size, leading }: Look): number => size * (leading - natural);
const roomOf = (doc: Doc): number => doc.page.height - sheetOf(doc).bottom - doc.y;
const fresh = (doc: Doc): boolean => doc.y <= sheetOf(doc).top + 1;

function use(doc: Doc, { face, size, color }: Look): Doc {
  return doc.font(face).fontSize(size).fillColor(color);
}

const heightOf = (doc: Doc, text: string, { look, width }: { look: Look; width: number }): number =>
  use(doc, look).heightOfString(text, { width, lineGap: gapOf(look) });

function turn(doc: Doc): void {
  doc.addPage();
  doc.x = sheetOf(doc).left;
  doc.y = sheetOf(doc).top;
}

/** The white above a block, but not at the top of a page. */
function above(doc: Doc, { before }: Look): void {
  if (!fresh(doc)) doc.y += before;
}

function drawTitle({ doc, root, set }: Page, words: string): void {
  const text = set(words);
  const look = looks.title;
  const y = doc.y;
  artifact(doc, () => doc.rect(sheetOf(doc).left, y, 34, 2.2).fill(accent));
  doc.y = y + 14;
  root.add(doc.struct('H1', {}, () => { use(doc, look).text(text, sheetOf(doc).left, doc.y, { width: bodyWidth(doc), lineGap: gapOf(look) }); }));
  doc.y += look.after;
}

/** A heading that begins with a number, `7. Paiement`, hangs it in the margin. It never ends a page. */
function drawHeading({ doc, root, set }: Page, words: string, keep: number): void {
  const look = looks.heading;
  const [, number, rest] = /^(\d+)\. (.+)$/su.exec(words) ?? [];
  const text = set(rest ?? words);
  const width = bodyWidth(doc);
  const height = heightOf(doc, text, { look, width });
  if (!fresh(doc) && roomOf(doc) < look.before + height + look.after + keep) turn(doc);
  above(doc, look);
  root.add(doc.struct('H2', {}, () => {
    const { y } = doc;
    if (number) use(doc, look).text(`${number} `, sheetOf(doc).gutter, y, { width: sheetOf(doc).left - sheetOf(doc).gutter, lineBreak: false });
    use(doc, look).text(text, sheetOf(doc).left, y, { width, lineGap: gapOf(look) });
  }));
  doc.x = sheetOf(doc).left;
  doc.y += look.after;
}

/** A paragraph. Neither its first nor its last line stands alone on a page; `keep` is the room that must follow it. */
function drawText({ doc, root, set }: Page, words: string, { look, tag, keep = 0 }: { look: Look; tag: 'P' | 'H3'; keep?: number }): void {
  const text = set(words);
  const width = bodyWidth(doc);
  above(doc, look);
  const bottom = settle(doc, look, { height: heightOf(doc, text, { look, width }), keep });
  const first = doc.page;
  root.add(doc.struct(tag, {}, () => { use(doc, look).text(text, sheetOf(doc).left, doc.y, { width, lineGap: gapOf(look) }); }));
  first.margins.bottom = bottom;
  doc.y += look.after;
}

/**
 * Turns the page when a paragraph of this height would leave one line behind, or shortens the page by a line when one line
 * would go over alone. Gives the margin to put back.
 */
function settle(doc: Doc, look: Look, { height, keep }: { height: number; keep: number }): number {
  const line = lineHeight(look);
  const lines = Math.round(height / line);
  const fit = Math.floor((roomOf(doc) + gapOf(look)) / line);
  const { bottom } = doc.page.margins;
  if (lines <= fit && height + keep <= roomOf(doc) + line) return bottom;
  if (lines < 4 || fit < 2 || (lines - fit === 1 && fit < 3) || lines <= fit) turn(doc);
  else if (lines - fit === 1) doc.page.margins.bottom += line;
  return sheetOf(doc).bottom;
}

function drawList({ doc, root, set }: Page, items: readonly string[]): void {
  const look = looks.item;
  const indent = 13;
  const width = bodyWidth(doc) - indent;
  const list = doc.struct('L');
  root.add(list);
  for (const words of items) {
    const text = set(words);
    const bottom = settle(doc, look, { height: heightOf(doc, text, { look, width }), keep: 0 });
    const first = doc.page;
    const item = doc.struct('LI');
    list.add(item);
    const { y } = doc;
    item.add(doc.struct('Lbl', {}, () => { use(doc, look).text('–', sheetOf(doc).left, y, { width: indent, lineBreak: false }); }));
    item.add(doc.struct('LBody', {}, () => { use(doc, look).text(text, sheetOf(doc).left + indent, y, { width, lineGap: gapOf(look) }); }));
    item.end();
    first.margins.bottom = bottom;
    doc.x = sheetOf(doc).left;
    doc.y += look.after;
  }
  list.end();
  doc.y += looks.text.after - look.after;
}

/** Two stacks of lines side by side, the first line of each its label. Both stay on one page. */
function drawColumns({ doc, root, set }: Page, left: readonly string[], right: readonly string[]): void {
  const gap = 26;
  const width = (bodyWidth(doc) - gap) / 2;
  const lookOf = (i: number) => (i === 0 ? looks.label : looks.line);
  const stacks = [left, right].map((lines) => lines.map((words, i) => {
    const text = set(words);
    return { text, look: lookOf(i), height: text === '' ? lineHeight(lookOf(i)) : heightOf(doc, text, { look: lookOf(i), width }) };
  }));
  const heights = stacks.map((lines) => lines.reduce((sum, { height }) => sum + height, 0));
  const height = Math.max(...heights);
  if (!fresh(doc) && roomOf(doc) < height + 14) turn(doc);
  const top = doc.y + 6;
  stacks.forEach((lines, column) => {
    const x = sheetOf(doc).left + column * (width + gap);
    artifact(doc, () => doc.lineWidth(0.8).strokeColor(accent).moveTo(x, top).lineTo(x + width, top).stroke());
    let y = top + 6;
    for (const { text, look, height: tall } of lines) {
      if (text !== '') root.add(doc.struct('P', {}, () => { use(doc, look).text(text, x, y, { width, lineGap: gapOf(look) }); }));
      y += tall;
    }
  });
  doc.x = sheetOf(doc).left;
  doc.y = top + height + 14;
}

type Table = Extract<Block, { kind: 'table' }>;

interface LaidTable {
  readonly header: Row;
  readonly lines: readonly Row[];
  readonly columns: Columns;
}

function layTable({ doc, set }: Pick<Page, 'doc' | 'set'>, { rows, align = [], widths = [] }: Table): LaidTable {
  const [head = [], ...body] = rows;
  const weights = head.map((_, i) => widths[i] ?? (align[i] === 'right' ? 2 : 3));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const columns = weights.map((weight, i) => ({ width: (bodyWidth(doc) * weight) / whole, align: align[i] ?? 'left' as const }));
  const rowOf = (cells: readonly string[], look: Look): Row => {
    const texts = cells.map(set);
    const height = Math.max(...texts.map((text, i) => heightOf(doc, text || ' ', { look, width: (columns[i]?.width ?? 0) - 10 })));
    return { texts, look, height: height + 8 };
  };
  return { header: rowOf(head, looks.head), lines: body.map((cells) => rowOf(cells, /^Total/u.test(cells[0] ?? '') ? looks.total : looks.cell)), columns };
}

/** A short table stays whole; a long one begins with its header and a row. */
const tableStart = ({ header, lines }: LaidTable): number =>
  header.height + (lines.length < 8 ? lines : lines.slice(0, 1)).reduce((sum, { height }) => sum + height, 0);

/** A table with its header on every page. A row stays whole; one that begins with `Total` is set strong. */
function drawTable(page: Page, block: Table): void {
  const { doc, root } = page;
  const laid = layTable(page, block);
  const { header, lines, columns } = laid;
  if (!fresh(doc) && roomOf(doc) < 4 + tableStart(laid)) turn(doc);
  if (!fresh(doc)) doc.y += 4;
  const table = doc.struct('Table');
  root.add(table);
  drawRow(doc, { row: header, columns, table, tag: 'TH' });
  for (const row of lines) {
    if (roomOf(doc) < row.height) {
      turn(doc);
      artifact(doc, () => { writeCells(doc, header, columns); });
      rule(doc, doc.y + header.height, accent);
      doc.y += header.height;
    }
    drawRow(doc, { row, columns, table, tag: 'TD' });
  }
  table.end();
  doc.x = sheetOf(doc).left;
  doc.y += 10;
}

interface Row {
  readonly texts: readonly string[];
  readonly look: Look;
  readonly height: number;
}

type Columns = readonly { readonly width: number; readonly align: 'left' | 'right' }[];

function drawRow(doc: Doc, { row, columns, table, tag }: { row: Row; columns: Columns; table: Element; tag: 'TH' | 'TD' }): void {
  const tr = doc.struct('TR');
  table.add(tr);
  const { y } = doc;
  columns.forEach((_, i) => {
    const cell = () => { writeCell(doc, { row, columns, i, y }); };
    tr.add(tag === 'TH' ? doc.struct('TH', { scope: 'Column' } as PDFKit.Mixins.StructureElementOptions, cell) : doc.struct('TD', {}, cell));
  });
  tr.end();
  rule(doc, y + row.height, tag === 'TH' ? accent : hairline);
  doc.y = y + row.height;
}

function writeCells(doc: Doc, row: Row, columns: Columns): void {
  const { y } = doc;
  columns.forEach((_, i) => { writeCell(doc, { row, columns, i, y }); });
  doc.y = y;
}

function writeCell(doc: Doc, { row, columns, i, y }: { row: Row; columns: Columns; i: number; y: number }): void {
  const { width, align } = columns[i] as Columns[number];
  const x = sheetOf(doc).left + columns.slice(0, i).reduce((sum, column) => sum + column.width, 0);
  const inset = i === 0 ? 0 : 10;
  const room = align === 'right' || i === 0 ? width - 10 + (align === 'right' ? 10 : 0) : width - inset;
  const from = align === 'right' ? x : x + inset;
  use(doc, row.look).text(row.texts[i] ?? '', from, y + 4, { width: room, align, lineGap: gapOf(row.look) });
}

function rule(doc: Doc, y: number, color: string): void {
  artifact(doc, () => doc.lineWidth(color === accent ? 0.8 : 0.4).strokeColor(color).moveTo(sheetOf(doc).left, y).lineTo(sheetOf(doc).left + bodyWidth(doc), y).stroke());
}

function artifact(doc: Doc, paint: () => unknown): void {
  doc.markContent('Artifact', { type: 'Layout' });
  paint();
  doc.endMarkedContent();
}
