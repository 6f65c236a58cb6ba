import type { AloneRefusal } from '../desk/phase.ts';
import type { OverrideReason, TicketLineType } from '../../shared/operations/redemptions.ts';

/** What to do next after a refusal, by its code. The server's message says what happened. */
export type RefusalCode =
  | 'CARD_CODE_MISTYPED'
  | 'CARD_UNKNOWN'
  | 'CARD_EXPIRED'
  | 'CARD_SUSPENDED'
  | 'PHONE_TOKEN_UNREADABLE'
  | 'PHONE_TOKEN_VERSION'
  | 'PHONE_TOKEN_EXPIRED'
  | 'TOKEN_ALREADY_SHOWN'
  | 'TOO_MANY_MISSES'
  | 'PRESENTATION_INVALID'
  | 'PRESENTATION_EXPIRED'
  | 'CAP_REACHED'
  | 'ALREADY_SEEN'
  | 'OUTSIDE_WINDOW'
  | 'LINE_NOT_ALLOWED'
  | 'PERFORMANCE_CANCELLED'
  | 'ALREADY_CANCELLED';

/** Every word of the door page. A locale that lacks one does not compile. */
export interface DoorTexts {
  readonly pageTitle: string;
  readonly languageSwitch: string;
  readonly venue: {
    readonly choose: string;
    readonly intro: string;
    readonly search: string;
    found(count: number): string;
    readonly none: string;
    readonly more: string;
    readonly change: string;
    readonly trouble: string;
  };
  readonly programme: {
    readonly heading: string;
    readonly label: string;
    readonly loading: string;
    readonly none: string;
    readonly today: string;
    readonly later: string;
    readonly earlier: string;
    readonly allDay: string;
    readonly now: string;
    readonly cancelled: string;
    readonly noLimit: string;
    freePlaces(count: number): string;
    agedAt(time: string): string;
  };
  readonly network: { readonly lost: string; readonly lostMore: string };
  readonly code: {
    readonly heading: string;
    readonly label: string;
    readonly hint: string;
    readonly check: string;
    readonly checking: string;
    readonly scan: string;
    readonly trouble: string;
    readonly stop: string;
  };
  readonly result: { readonly heading: string; readonly waiting: string; readonly skipped: string };
  readonly card: {
    readonly valid: string;
    /** Without a network: the signature is good, and the register was not asked. */
    readonly seen: string;
    children(count: number): string;
    readonly choose: string;
    readonly lines: Readonly<Record<TicketLineType, string>>;
    fewer(line: string): string;
    more(line: string): string;
    redeem(tickets: number): string;
    readonly redeeming: string;
    readonly chooseOne: string;
    readonly noPerformance: string;
    readonly refused: string;
    readonly nextCard: string;
    readonly insideAlready: string;
  };
  readonly unsent: {
    readonly heading: string;
    readonly headingUndo: string;
    words(attempts: number): string;
    readonly now: string;
    readonly giveUp: string;
    readonly dialogHeading: string;
    readonly dialogWords: string;
    readonly keepTrying: string;
    readonly giveUpForGood: string;
    readonly abandoned: string;
    abandonedWords(tickets: number): string;
  };
  readonly recorded: {
    readonly heading: string;
    tickets(count: number): string;
    places(remaining: number): string;
    readonly undo: string;
    readonly undoing: string;
    readonly undone: string;
    readonly undoneWords: string;
    readonly notUndone: string;
    readonly previous: string;
  };
  readonly refusal: {
    readonly card: string;
    readonly redemption: string;
    readonly nextStep: Readonly<Record<RefusalCode, string>>;
    readonly otherStep: string;
    readonly failed: string;
    failedWords(code: string): string;
    rule(source: string, since: string | null): string;
  };
  readonly setAside: {
    readonly heading: string;
    readonly words: string;
    readonly reasons: Readonly<Record<OverrideReason, string>>;
    readonly record: string;
  };
  readonly offline: {
    readonly heading: string;
    readonly summary: string;
    readonly hint: string;
    readonly places: string;
    readonly reserve: string;
    readonly reserving: string;
    readonly notKept: Readonly<Record<'UNREACHABLE' | 'NO_STORAGE', string>>;
    kept(left: number, places: number): string;
    until(time: string): string;
    readonly noPhones: string;
    readonly goOn: string;
    readonly giveBack: string;
    readonly notReturned: string;
    unsent(count: number): string;
    readonly unsentWords: string;
    error(code: string): string;
    readonly conflicts: string;
    readonly conflictWords: string;
    readonly read: string;
    readonly recorded: string;
    readonly recordedWords: string;
    /** The record was to be undone, and the server may have it already. */
    readonly tooLate: string;
    left(places: number): string;
    readonly refusals: Readonly<Record<AloneRefusal, { readonly why: string; readonly next: string }>>;
  };
  readonly scanner: {
    readonly heading: string;
    readonly starting: string;
    readonly aim: string;
    readonly denied: string;
    readonly close: string;
  };
}
