import type { AdmitRefusal, Allowed, PhoneRefusal, SeenPhone } from '../offline/admit.ts';
import type {
  Presentation,
  PresentationRefusal,
  Redemption,
  RedemptionRefusal,
  TicketLine,
  TicketLineType,
} from '../../shared/operations/redemptions.ts';

/** Where the work with one card stands. `failed` counts attempts that the network lost. */
export type Phase =
  | { readonly name: 'ready' }
  | { readonly name: 'checking'; readonly failed: number }
  | { readonly name: 'card-refused'; readonly refusal: PresentationRefusal }
  | { readonly name: 'valid'; readonly presentation: Presentation; readonly skippedPrevious: boolean }
  | {
      readonly name: 'redeeming';
      readonly presentation: Presentation;
      readonly tickets: number;
      readonly failed: number;
    }
  | {
      readonly name: 'not-redeemed';
      readonly presentation: Presentation;
      readonly refusal: RedemptionRefusal;
    }
  | { readonly name: 'redeemed'; readonly redemption: Redemption }
  | { readonly name: 'undoing'; readonly redemption: Redemption; readonly failed: number }
  /** Null: this device had recorded it alone, and nobody else knew. */
  | { readonly name: 'undone'; readonly redemption: Redemption | null }
  | { readonly name: 'not-undone'; readonly redemption: Redemption; readonly refusal: RedemptionRefusal }
  /** Without a network: a phone whose signature is good. `refusal`: this device could not let it in. */
  | {
      readonly name: 'seen-offline';
      readonly seen: SeenPhone;
      readonly allowed: Allowed;
      readonly skippedPrevious: boolean;
      readonly refusal: AloneRefusal | null;
    }
  | { readonly name: 'refused-offline'; readonly refusal: AloneRefusal }
  /** `isLate`: it was to be undone, and the server may have it already. */
  | {
      readonly name: 'recorded-offline';
      readonly requestId: string;
      readonly lines: readonly TicketLine[];
      readonly left: number;
      readonly isLate: boolean;
    }
  | { readonly name: 'abandoned'; readonly tickets: number }
  | { readonly name: 'failed'; readonly code: string };

/** Why this device lets nobody in by itself. NO_STORAGE: it could not keep the record. */
export type AloneRefusal = Exclude<PhoneRefusal, 'ONLY_PHONES_OFFLINE'> | AdmitRefusal | 'NO_STORAGE';

/** Whether the page holds something that the server may not know yet. */
export function isUnsent(phase: Phase): boolean {
  return phase.name === 'redeeming' || phase.name === 'undoing';
}

/** Whether the work with this card has ended well. */
export function isDone({ name }: Phase): boolean {
  return name === 'redeemed' || name === 'undone' || name === 'recorded-offline';
}

/** What the card on the desk gives. */
export interface Offer {
  /** Another one for each card that is shown. */
  readonly key: string;
  readonly allowedLines: readonly TicketLineType[];
  readonly childrenAllowed: number;
}

/** The card that is on the desk, if there is one. */
export function offerOf(phase: Phase): Offer | null {
  if ('presentation' in phase) return { key: phase.presentation.token, ...phase.presentation };
  if (phase.name !== 'seen-offline') return null;
  const { allowed, seen } = phase;
  const allowedLines = lineTypes.filter((type) => (allowed[type] ?? 0) > 0);
  return { key: seen.shown, allowedLines, childrenAllowed: allowed.CHILD ?? 0 };
}

/** In the order of the screen. */
const lineTypes: readonly TicketLineType[] = ['HOLDER', 'COMMUNITY_WORKER', 'CHILD', 'ASSISTANT'];
