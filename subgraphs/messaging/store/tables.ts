import type { PlatformTables } from '../../platform/events/index.ts';
import type { IsoInstant } from '../../platform/units.ts';
import type { Audience, MessageSender, ThreadSubject } from '../domain/thread.ts';

export interface ThreadTable {
  id: string;
  subject_kind: ThreadSubject['kind'];
  /** Unique, because venues' ids are: of a redemption, or of an entry on a waiting list. */
  subject_id: string;
  audience: Audience;
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
  /** Unique in its thread: what caused it; null: somebody wrote it. */
  cause: string | null;
  body_fi: string | null;
  body_sv: string | null;
  body_en: string | null;
}

export interface MessagingTables extends PlatformTables {
  thread: ThreadTable;
  message: MessageTable;
}
