export { startConsumer, type Consumer, type ConsumerOptions } from './consumer.ts';
export { openEventLog, type EventLog, type PublishedEvent } from './log.ts';
export { appendEvent, appendEvents, appendingEvents, type NewEvent } from './outbox.ts';
export type { PlatformTables } from './tables.ts';
