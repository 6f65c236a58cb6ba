import type { PublishedEvent } from '../../platform/events/index.ts';
import type { Text } from '../../platform/text.ts';
import { cancellers, type Cancellation } from '../domain/cancellation.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The cancellation that an event of venues tells of. One that cannot be read is a fault of the product: it throws, and the
 * consumer waits at it rather than leave somebody untold.
 */
export function readCancellation(event: PublishedEvent): Cancellation {
  const fields = asFields(event.payload);
  const text = (name: string): string => {
    const value = fields[name];
    if (typeof value !== 'string' || value === '') throw unreadable(event, name);
    return value;
  };
  const moment = (name: string): string => {
    const value = text(name);
    if (Number.isNaN(Date.parse(value))) throw unreadable(event, name);
    return value;
  };
  const cancelledBy = cancellers.find((known) => known === fields['cancelledBy']);
  if (cancelledBy === undefined) throw unreadable(event, 'cancelledBy');
  return {
    redemptionId: text('redemptionId'),
    cardId: text('cardId'),
    venueId: text('venueId'),
    cancelledBy,
    offeringTitle: readText(fields['offeringTitle']),
    startsAt: moment('startsAt'),
    at: moment('at'),
  };
}

function readText(value: unknown): Text {
  const { fi, sv, en } = asFields(value);
  return { fi: textOrNull(fi), sv: textOrNull(sv), en: textOrNull(en) };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function unreadable({ topic, id }: PublishedEvent, field: string): Error {
  return new Error(`The event ${topic} ${id} has no usable field ${field}.`);
}
