import type { PublishedEvent } from '../../platform/events/index.ts';
import type { Text } from '../../platform/text.ts';
import type { IsoInstant } from '../../platform/units.ts';

/**
 * The fields of an event of venues. One that cannot be read is a fault of the product: it throws, and the consumer waits at
 * it rather than leave somebody untold.
 */
export interface EventFields {
  text(name: string): string;
  moment(name: string): IsoInstant;
  /** A whole number from 0. */
  count(name: string): number;
  oneOf<Word extends string>(name: string, known: readonly Word[]): Word;
  title(name: string): Text;
  /** The fields of a field. */
  within(name: string): EventFields;
}

export function fieldsOf(event: PublishedEvent): EventFields {
  return reading(event, event.payload, '');
}

function reading(event: PublishedEvent, value: unknown, path: string): EventFields {
  const fields = asFields(value);
  const unreadable = (name: string): Error =>
    new Error(`The event ${event.topic} ${event.id} has no usable field ${path}${name}.`);
  const text = (name: string): string => {
    const found = fields[name];
    if (typeof found !== 'string' || found === '') throw unreadable(name);
    return found;
  };
  return {
    text,
    moment(name) {
      const found = text(name);
      if (Number.isNaN(Date.parse(found))) throw unreadable(name);
      return found;
    },
    count(name) {
      const found = fields[name];
      if (typeof found !== 'number' || !Number.isInteger(found) || found < 0) throw unreadable(name);
      return found;
    },
    oneOf(name, known) {
      const found = known.find((word) => word === fields[name]);
      if (found === undefined) throw unreadable(name);
      return found;
    },
    title(name) {
      const { fi, sv, en } = asFields(fields[name]);
      return { fi: textOrNull(fi), sv: textOrNull(sv), en: textOrNull(en) };
    },
    within: (name) => reading(event, fields[name], `${path}${name}.`),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function asFields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
