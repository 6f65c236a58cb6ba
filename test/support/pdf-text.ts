import { inflateSync } from 'node:zlib';

/** What stands on the pages of a PDF that pdfkit wrote with its built-in fonts, in its order, without line breaks. */
export function pdfText(pdf: Buffer): string {
  const pages: string[] = [];
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 1)) {
    if (pdf.subarray(at - 3, at).toString('latin1') === 'end') continue;
    const from = at + 'stream\n'.length;
    const end = pdf.indexOf('endstream', from);
    pages.push(inflateSync(pdf.subarray(from, end)).toString('latin1'));
  }
  const pieces = [...pages.join('').matchAll(/<([0-9a-f]+)>/g)].map(([, hex = '']) =>
    Buffer.from(hex, 'hex').toString('latin1'),
  );
  return pieces.join('').replaceAll(/\s+/g, ' ');
}
