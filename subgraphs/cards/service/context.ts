import type { Viewer } from '../../platform/viewer.ts';
import type { CardsLoaders } from './loaders.ts';
import type { CardsServices } from './services.ts';

/** What a resolver of cards finds in its context: made anew for every operation. */
export interface CardsContext {
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly services: CardsServices;
  readonly loaders: CardsLoaders;
}
