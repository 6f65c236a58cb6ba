import Pdf from 'pdfkit';

/** A page for a person: large letters, plain rows. */
export interface Pages {
  /** BCP 47, for screen readers: `fi`. */
  readonly language: string;
  readonly title: string;
  readonly sections: readonly {
    readonly heading: string;
    /** A word and what it says; or one sentence. */
    readonly rows: readonly (readonly [string, string] | readonly [string])[];
  }[];
}

const margin = 56;
const size = { title: 22, heading: 15, row: 12 } as const;

/** An A4 PDF. Its metadata say nothing of whom it is about. */
export async function printPages({ language, title, sections }: Pages): Promise<Buffer> {
  const document = new Pdf({
    size: 'A4',
    margin,
    lang: language,
    info: { Title: title, Creator: 'open-culture-card' },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', resolve);
    document.on('error', reject);
  });
  document.font('Helvetica-Bold').fontSize(size.title).text(title);
  for (const { heading, rows } of sections) {
    document.moveDown().font('Helvetica-Bold').fontSize(size.heading).text(heading);
    document.fontSize(size.row);
    for (const [name, value] of rows) {
      document.moveDown(0.25).font('Helvetica');
      if (value === undefined) document.text(name);
      else document.text(`${name}: `, { continued: true }).font('Helvetica-Bold').text(value);
    }
  }
  document.end();
  await ended;
  return Buffer.concat(chunks);
}
