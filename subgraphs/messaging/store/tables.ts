import type { PlatformTables } from '../../platform/events/index.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { MessageSender } from '../domain/thread.ts';

export interface ThreadTable {
  id: string;
  /** Unique: a redemption is cancelled once, and told of once. */
  redemption_id: string;
  venue_id: string;
  card_id: string;
  subject_fi: string | null;
  subject_sv: string | null;
  subject_en: string | null;
  started_at: IsoInstant;
}

export interface MessageTable {
  id: string;
  thread_id: string;
  at: IsoInstant;
  sender: MessageSender;
  body_fi: string | null;
  body_sv: string | null;
  body_en: string | null;
}

export interface MessagingTables extends PlatformTables {
  thread: ThreadTable;
  message: MessageTable;
}
