import type { Text } from '../shared/i18n/text.ts';
import type { Showing } from './programme.ts';

/** What the display knows. It changes only through main.ts and is drawn by view.ts. */
export type DisplayState =
  | { readonly name: 'loading' }
  | { readonly name: 'unreachable' }
  | { readonly name: 'unknown-venue' }
  | {
      readonly name: 'venue';
      readonly venue: Text;
      /** Absent until the first news. */
      readonly showings: readonly Showing[] | null;
      readonly live: boolean;
      /** When the numbers were last known to be right; absent before that. */
      readonly heardAt: Date | null;
    };
