import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hmacWith } from '../../subgraphs/platform/server/hmac.ts';

describe('HMAC-SHA256', () => {
  test.each([1, 20, 32, 63, 64, 65, 131, 500])(
    'with a key of %i bytes is what the library gives',
    (length) => {
      const secret = randomBytes(length);
      const hmac = hmacWith(secret);
      for (let size = 0; size < 300; size += 7) {
        const text = 'abcdefghij\n'.repeat(size % 13);
        const bytes = randomBytes(size * size);
        const expected = createHmac('sha256', secret)
          .update(text, 'latin1')
          .update(bytes)
          .digest('base64url');
        expect(hmac(text, bytes)).toBe(expected);
      }
    },
  );

  test('is the one of RFC 4231, case 6: a key longer than a block', () => {
    const hmac = hmacWith(Buffer.alloc(131, 0xaa));
    const text = 'Test Using Larger Than Block-Size Key - Hash Key First';
    expect(Buffer.from(hmac(text, Buffer.alloc(0)), 'base64url').toString('hex')).toBe(
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    );
  });
});
