import type { DocumentNode } from 'graphql';
import type { SubgraphOperation } from '../execution/transport.ts';

interface Written {
  /** The body up to its variables, which are all that differs from one request to the next. */
  readonly head: string;
  readonly isMutation: boolean;
}

/** What was written of an operation is kept with its document, and goes with it. */
const written = new WeakMap<DocumentNode, Written>();

export function requestBody(operation: SubgraphOperation): Buffer {
  return Buffer.from(`${writtenOf(operation).head}${JSON.stringify(operation.variables)}}`);
}

export function isMutation(operation: SubgraphOperation): boolean {
  return writtenOf(operation).isMutation;
}

function writtenOf(operation: SubgraphOperation): Written {
  const { document } = operation;
  if (!document) return write(operation);
  let known = written.get(document);
  if (!known) {
    known = write(operation);
    written.set(document, known);
  }
  return known;
}

function write({ text, name }: SubgraphOperation): Written {
  const operationName = name === undefined ? '' : `"operationName":${JSON.stringify(name)},`;
  return {
    head: `{"query":${JSON.stringify(text)},${operationName}"variables":`,
    isMutation: /^\s*mutation\b/.test(text),
  };
}
