/** W3C Trace Context, version 00: version, trace, parent and flags. https://www.w3.org/TR/trace-context/ */
const format = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The header as it came, when it is one; anything else is as good as none, and is neither passed on nor logged. */
export function readTraceparent(sent: unknown): string | undefined {
  return typeof sent === 'string' && format.test(sent) ? sent : undefined;
}

/** The id that all spans of one trace share. */
export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}
