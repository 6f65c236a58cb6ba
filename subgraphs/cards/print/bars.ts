import bwip from 'bwip-js';
import type { CardCode } from '../domain/code.ts';

/** A rectangle to be filled, in modules of its symbol. */
export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A bar code as rectangles: sharp at every size, and small in a file. */
export interface Symbol {
  readonly width: number;
  readonly height: number;
  readonly bars: readonly Bar[];
}

/** What a camera reads. Level M: a scratched card is still read. */
export function qrSymbol(code: CardCode): Symbol {
  const [drawn] = bwip.raw('qrcode', code, 'eclevel=M');
  if (!drawn || !('pixs' in drawn)) throw new Error('A QR code has pixels.');
  const { pixs, pixx: width, pixy: height } = drawn;
  const bars: Bar[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (pixs[y * width + x] !== 1) continue;
      const from = x;
      while (x + 1 < width && pixs[y * width + x + 1] === 1) x += 1;
      bars.push({ x: from, y, width: x - from + 1, height: 1 });
    }
  }
  return { width, height, bars };
}

/** What the laser scanners of box offices read: dark and light bars by turns, all of one height. */
export function code39Symbol(code: CardCode): Symbol {
  const [drawn] = bwip.raw({ bcid: 'code39', text: code });
  if (!drawn || !('sbs' in drawn)) throw new Error('A Code 39 has bars.');
  const bars: Bar[] = [];
  let x = 0;
  for (const [index, width] of drawn.sbs.entries()) {
    if (index % 2 === 0) bars.push({ x, y: 0, width, height: 1 });
    x += width;
  }
  return { width: x, height: 1, bars };
}
