import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { CardsDatabase } from '../store/database.ts';
import type { Sealer } from './secrets.ts';
import type { Signer } from './signing.ts';

/** What the use cases of cards work with. */
export interface CardsServices {
  readonly database: CardsDatabase;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signer: Signer;
  /** Seals what lies encrypted in the database. */
  readonly sealer: Sealer;
}
