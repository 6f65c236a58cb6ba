import { setImmediate as breathe } from 'node:timers/promises';
import Pdf from 'pdfkit';
import { formatCode, type CardCode } from '../domain/code.ts';
import { code39Symbol, qrSymbol, type Symbol } from './bars.ts';

const millimetre = 72 / 25.4;
const mm = (length: number): number => length * millimetre;

/** Ten cards of the size of a bank card on an A4 page, with hair lines to cut along. */
const card = { width: mm(85.6), height: mm(54) };
const columns = 2;
const cardsPerPage = 10;
const margin = { x: mm((210 - 2 * 85.6) / 2), y: mm((297 - 5 * 54) / 2) };

const text = {
  title: 'Kulttuurikortti · Kulturkort · Culture card',
  lines: [
    'Kortti on henkilökohtainen tai yhteisön oma.',
    'Kortet är personligt eller en organisations eget.',
    'The card is personal, or belongs to an organisation.',
  ],
} as const;

/**
 * A PDF with one card per code: QR, Code 39 and the code in groups. There is nobody's name on it and no unit: a printed
 * card says nothing about who will get it.
 */
export async function cardSheet(codes: readonly CardCode[]): Promise<Buffer> {
  const document = new Pdf({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    info: { Title: text.title, Creator: 'open-culture-card' },
    lang: 'fi',
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', resolve);
    document.on('error', reject);
  });
  for (const [index, code] of codes.entries()) {
    const place = index % cardsPerPage;
    if (place === 0) document.addPage();
    const left = margin.x + (place % columns) * card.width;
    const top = margin.y + Math.floor(place / columns) * card.height;
    drawCard(document, code, { left, top });
    // A code takes some milliseconds: whoever stands at a door meanwhile must not wait for the whole sheet.
    await breathe();
  }
  if (codes.length === 0) document.addPage();
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

function drawCard(
  document: PDFKit.PDFDocument,
  code: CardCode,
  { left, top }: { readonly left: number; readonly top: number },
): void {
  document.lineWidth(0.25).strokeColor('#999999').rect(left, top, card.width, card.height).stroke();
  document.fillColor('#000000').font('Helvetica-Bold').fontSize(8);
  document.text(text.title, left + mm(5), top + mm(4.5), { lineBreak: false });
  document.font('Helvetica').fontSize(5.5);
  for (const [index, line] of text.lines.entries())
    document.text(line, left + mm(5), top + mm(10 + index * 3), { lineBreak: false });
  document.font('Courier-Bold').fontSize(12);
  document.text(formatCode(code), left + mm(5), top + mm(25), { lineBreak: false });
  drawSymbol(document, qrSymbol(code), { left: left + mm(56), top: top + mm(5), size: [mm(24), mm(24)] });
  drawSymbol(document, code39Symbol(code), {
    left: left + mm(8),
    top: top + mm(36),
    size: [mm(69), mm(12)],
  });
}

function drawSymbol(
  document: PDFKit.PDFDocument,
  symbol: Symbol,
  at: { readonly left: number; readonly top: number; readonly size: readonly [number, number] },
): void {
  const [x, y] = [at.size[0] / symbol.width, at.size[1] / symbol.height];
  for (const bar of symbol.bars)
    document.rect(at.left + bar.x * x, at.top + bar.y * y, bar.width * x, bar.height * y);
  document.fill('#000000');
}
