import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';

let root: string | undefined;

/** The folder of package.json: data files are read from there, whether this code runs from source or from dist/. */
export function packageRoot(): string {
  if (root === undefined) {
    let folder = import.meta.dirname;
    while (!existsSync(path.join(folder, 'package.json'))) {
      const parent = path.dirname(folder);
      if (parent === folder) throw new Error('No package.json above the program: it is not installed whole.');
      folder = parent;
    }
    root = folder;
  }
  return root;
}

/** The rows of a CSV file that the product ships, by header; every value is the text as printed. */
export function readCsv<Row extends Record<string, string>>(file: string): Row[] {
  const text = readFileSync(path.join(packageRoot(), file), 'utf8');
  return parse(text, { columns: true, bom: true, skip_empty_lines: true });
}
