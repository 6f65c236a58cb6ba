/** Reads the payload of another subgraph's event. A wrong one is a fault of the product: it throws, and stops the consumer. */
export interface PayloadReader {
  text(field: string): string;
  textOrNull(field: string): string | null;
  years(field: string): number[];
}

export function readPayload(topic: string, payload: unknown): PayloadReader {
  const fields: Readonly<Record<string, unknown>> =
    typeof payload === 'object' && payload !== null ? { ...payload } : {};
  const wrong = (field: string): Error => new Error(`The event ${topic} has no usable field ${field}.`);
  return {
    text(field) {
      const value = fields[field];
      if (typeof value !== 'string' || value === '') throw wrong(field);
      return value;
    },
    textOrNull(field) {
      const value = fields[field] ?? null;
      if (value !== null && typeof value !== 'string') throw wrong(field);
      return value;
    },
    years(field) {
      const value = fields[field];
      if (!Array.isArray(value)) throw wrong(field);
      return value.map((year) => {
        if (!Number.isInteger(year)) throw wrong(field);
        return Number(year);
      });
    },
  };
}
