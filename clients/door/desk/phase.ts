import type {
  Presentation,
  PresentationRefusal,
  Redemption,
  RedemptionRefusal,
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
  | { readonly name: 'undone'; readonly redemption: Redemption }
  | { readonly name: 'not-undone'; readonly redemption: Redemption; readonly refusal: RedemptionRefusal }
  | { readonly name: 'abandoned'; readonly tickets: number }
  | { readonly name: 'failed'; readonly code: string };

/** Whether the page holds something that the server may not know yet. */
export function isUnsent(phase: Phase): boolean {
  return phase.name === 'redeeming' || phase.name === 'undoing';
}

/** Whether the work with this card has ended well. */
export function isDone(phase: Phase): phase is Extract<Phase, { name: 'redeemed' | 'undone' }> {
  return phase.name === 'redeemed' || phase.name === 'undone';
}

/** The card that is on the desk, if there is one. */
export function presentationOf(phase: Phase): Presentation | null {
  return 'presentation' in phase ? phase.presentation : null;
}
