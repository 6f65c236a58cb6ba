import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { WriterOptions } from 'zxing-wasm/writer';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

const width = 640;
const height = 480;

/** Writes a film of one still picture of a code, in the form that Chromium takes for a camera (`--use-file-for-fake-video-capture`). */
export async function filmOfCode(
  file: string,
  text: string,
  format: NonNullable<WriterOptions['format']>,
): Promise<void> {
  // Without this the package fetches its WebAssembly from a CDN.
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  await prepareZXingModule({
    overrides: { wasmBinary: (await readFile(wasm)).buffer as ArrayBuffer },
    fireImmediately: true,
  });
  const { symbol, error } = await writeBarcode(text, { format, scale: 1 });
  if (error !== '') throw new Error(`The code could not be drawn: ${error}`);
  // Code 39 is one row of bars: drawn as high as a printed one.
  const rows = symbol.height;
  const scale = Math.max(
    1,
    Math.floor(Math.min((width * 0.85) / symbol.width, rows > 1 ? (height * 0.8) / rows : 100)),
  );
  const barHeight = rows > 1 ? scale : 160;
  const light = Buffer.alloc(width * height, 235);
  const left = Math.floor((width - symbol.width * scale) / 2);
  const top = Math.floor((height - rows * barHeight) / 2);
  for (let y = 0; y < rows * barHeight; y++) {
    for (let x = 0; x < symbol.width * scale; x++) {
      const module = symbol.data[Math.floor(y / barHeight) * symbol.width + Math.floor(x / scale)] ?? 255;
      light[(top + y) * width + left + x] = module === 0 ? 16 : 235;
    }
  }
  const colour = Buffer.alloc((width * height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, colour]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  await writeFile(file, Buffer.concat([head, frame, frame, frame]));
}
