import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Block, Printed } from '../ports.ts';
import { openPrinter } from './index.ts';

const print = openPrinter();
let dir = '';
beforeAll(() => { dir = mkdtempSync(path.join(tmpdir(), 'flow-print-')); });
afterAll(() => { rmSync(dir, { recursive: true }); });

const sentence = 'Le Producteur, employeur de l’équipe, en assure les rémunérations, charges sociales comprises ; il obtient les autorisations « en temps utile ». ';
const document = (blocks: readonly Block[], over: Partial<Printed> = {}): Printed => ({
  title: 'Contrat n° C-2026-000001', subject: 'Cession', author: 'Les Marées Hautes', lang: 'fr-FR', footer: 'Contrat n° C-2026-000001 · Vannes', at: new Date('2026-11-21T10:00:00Z'), blocks, ...over,
});
const text = (words: string): Block => ({ kind: 'text', text: words });
const everything: Block[] = [
  { kind: 'title', text: 'Contrat de cession' }, { kind: 'small', text: 'Établi le 21 novembre 2026' }, { kind: 'columns', left: ['Le Producteur', 'Les Marées Hautes'], right: ['L’Organisateur', 'Œuvre & Cie'] },
  { kind: 'heading', text: '1. Parties' }, text(sentence), { kind: 'list', items: ['un point', 'un autre'] }, { kind: 'subheading', text: 'Échéancier' },
  { kind: 'table', rows: [['Échéance', 'Montant'], ['Acompte', '379,80 €'], ['Total', '1 266,00 €']], align: ['left', 'right'] }, { kind: 'space' },
];

/** What poppler says of a document. Without poppler-utils this fails, and says so. */
async function inspect(tool: 'pdfinfo' | 'pdffonts' | 'pdftotext', args: readonly string[], printed: Printed): Promise<string> {
  const file = path.join(dir, 'document.pdf');
  writeFileSync(file, await print(printed));
  return execFileSync(tool, [...args, file, ...(tool === 'pdftotext' ? ['-'] : [])], { encoding: 'utf8' });
}

test('CO-13: A4, tagged, titled, with every font inside', async () => {
  const info = await inspect('pdfinfo', [], document(everything));
  expect(info).toMatch(/Tagged: +yes/u);
  expect(info).toMatch(/Page size: +595\.28 x 841\.89 pts \(A4\)/u);
  expect(info).toMatch(/Title: +Contrat n° C-2026-000001/u);
  const fonts = (await inspect('pdffonts', [], document(everything))).trim().split('\n').slice(2);
  expect(fonts.length).toBeGreaterThan(2);
  for (const font of fonts) expect(font).toMatch(/DejaVu.* yes yes yes /u);
});

test('an invoice has its Factur-X inside, as another form of itself, and says so in its metadata', async () => {
  const xml = '<?xml version="1.0"?><rsm:CrossIndustryInvoice xmlns:rsm="urn:un">é</rsm:CrossIndustryInvoice>';
  const file = path.join(dir, 'facturx.pdf');
  const bytes = await print(document(everything, { facturX: xml }));
  writeFileSync(file, bytes);
  expect(execFileSync('pdfdetach', ['-list', file], { encoding: 'utf8' })).toMatch(/1 embedded files[^]+factur-x\.xml/u);
  const out = path.join(dir, 'factur-x.xml');
  execFileSync('pdfdetach', ['-save', '1', '-o', out, file]);
  expect(readFileSync(out, 'utf8')).toBe(xml);
  const meta = execFileSync('pdfinfo', ['-meta', file], { encoding: 'utf8' });
  for (const words of ['<fx:DocumentFileName>factur-x.xml<', '<fx:ConformanceLevel>EN 16931<', '<pdfaid:part>3<', '<pdfaid:conformance>A<', '<pdfaSchema:prefix>fx<']) expect(meta).toContain(words);
  for (const words of ['/AFRelationship /Alternative', '/Subtype /text#2Fxml']) expect(bytes.toString('latin1')).toContain(words);
  expect(await print(document(everything, { facturX: xml }))).toEqual(bytes);
  expect((await print(document(everything))).toString('latin1')).not.toContain('EmbeddedFile');
});

test('a screen reader finds the title, headings, paragraphs, lists and tables', async () => {
  const structure = (await inspect('pdfinfo', ['-struct'], document(everything))).split('\n').map((line) => line.trim().replace(/[ :].*$/u, ''));
  for (const tag of ['Document', 'H1', 'H2', 'H3', 'P', 'L', 'LI', 'Lbl', 'LBody', 'Table', 'TR', 'TH', 'TD']) expect(structure, tag).toContain(tag);
  const spoken = await inspect('pdfinfo', ['-struct-text'], document(everything));
  expect(spoken).toContain('Les Marées Hautes');
  // Footers and page numbers are artifacts.
  expect(spoken).not.toContain('· Vannes');
});

test('the words are there, in order and in the typography of the language', async () => {
  const spoken = await inspect('pdfinfo', ['-struct-text'], document(everything));
  expect(spoken).toContain('«\u202fen temps utile\u202f»');
  expect(spoken).toContain('1\u202f266,00\u202f€');
  const words = await inspect('pdftotext', ['-layout'], document(everything));
  expect(words).toMatch(/1 +Parties[^]*Le Producteur, employeur[^]*– un autre[^]*Échéancier[^]*Acompte +379,80/u);
  expect(words).toMatch(/Vannes +1 ?\/ ?1/u);
});

test('the same document has the same bytes', async () => {
  expect((await print(document(everything))).equals(await print(document(everything)))).toBe(true);
  expect((await print(document(everything))).equals(await print(document([...everything, text('encore')])))).toBe(false);
});

test('whatever the length before it, a heading never ends a page, and no line stands alone', async () => {
  for (let lines = 30; lines < 48; lines += 1) {
    const blocks: Block[] = [...Array.from({ length: lines }, () => text('Une ligne.')), { kind: 'heading', text: '7. Paiement' }, text(`DEBUT ${sentence.repeat(6)}FIN`)];
    const pages = (await inspect('pdftotext', ['-layout'], document(blocks))).split('\f').filter((page) => page.trim() !== '').map((page) => page.split('\n').map((line) => line.trim()).filter(Boolean));
    const heading = pages.findIndex((page) => page.some((line) => /^7 +Paiement$/u.test(line)));
    const page = pages[heading] ?? [];
    expect(page.length - page.findIndex((line) => /^7 +Paiement$/u.test(line)), `${lines} lines`).toBeGreaterThan(3);
    // Running title, two lines of the paragraph or none, footer.
    const next = pages[heading + 1];
    if (next) expect(next.length, `${lines} lines`).toBeGreaterThanOrEqual(4);
  }
});

test('a long paper is drawn a little at a time: who else waits is answered meanwhile (NF-04)', async () => {
  let answered = 0;
  const others = setInterval(() => { answered += 1; }, 1);
  await print(document(Array.from({ length: 600 }, () => text(sentence))));
  clearInterval(others);
  expect(answered).toBeGreaterThan(3);
});

test('a long table repeats its header and keeps its rows whole', async () => {
  const rows = [['Échéance', 'Montant'], ...Array.from({ length: 90 }, (_, i) => [`Représentation ${i + 1}`, `${i + 1},00 €`])];
  const pages = (await inspect('pdftotext', ['-layout'], document([{ kind: 'table', rows, align: ['left', 'right'] }]))).split('\f').filter((page) => page.trim() !== '');
  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages) expect(page).toMatch(/Échéance +Montant/u);
  expect(pages.join('').match(/Représentation \d+/gu)).toHaveLength(90);
});
