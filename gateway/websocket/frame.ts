const finalText = 0x81;
const closingBrace = 0x7d;

/**
 * A whole unmasked WebSocket frame (RFC 6455, 5.2) with one text: `head`, `payload` and a closing brace. One allocation and
 * two copies, since this happens once per client and event.
 */
export function textFrame(head: Buffer, payload: Buffer): Buffer {
  const length = head.length + payload.length + 1;
  const start = length <= 125 ? 2 : length <= 0xffff ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = finalText;
  if (start === 2) {
    frame[1] = length;
  } else if (start === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt32BE(0, 2);
    frame.writeUInt32BE(length, 6);
  }
  frame.set(head, start);
  frame.set(payload, start + head.length);
  frame[frame.length - 1] = closingBrace;
  return frame;
}
