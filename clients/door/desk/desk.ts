import { ask, type Answer, type AskOptions } from '../../shared/graphql/ask.ts';
import type {
  Override,
  Presentation,
  PresentationRefusal,
  Redemption,
  TicketLine,
} from '../../shared/operations/redemptions.ts';
import { cancelRedemption, presentCard, redeem } from '../../shared/operations/redemptions.ts';
import type { Delivered, Delivery } from '../delivery.ts';
import { deliver } from '../delivery.ts';
import { staffHeaders } from '../identity.ts';
import { allowedBy } from '../offline/admit.ts';
import { placesLeft, ticketsOf } from '../offline/book.ts';
import type { OfflineDoor } from '../offline/offline-door.ts';
import type { Phase } from './phase.ts';
import { isDone, isUnsent } from './phase.ts';
import { newRequestId } from '../request-id.ts';

type Presented = { readonly presentCard: Presentation | PresentationRefusal };

/** So long a device with places of its own waits for an answer before it decides alone. */
const patienceMs = 3_000;

/** The work at one venue's door, one card at a time. Codes live only in this memory. */
export class Desk {
  phase: Phase = { name: 'ready' };
  /** The newest redemption that can still be undone here. */
  last: Redemption | null = null;
  private readonly venueId: string;
  private readonly offline: OfflineDoor;
  private readonly changed: () => void;
  private delivery: Delivery<unknown> | null = null;
  /** The code of the card that was checked last. */
  code = '';
  /** A card that was read while the server still had to answer for the former one. */
  private waiting: string | null = null;

  constructor(venueId: string, offline: OfflineDoor, changed: () => void) {
    this.venueId = venueId;
    this.offline = offline;
    this.changed = changed;
  }

  /** Asks whether the card is valid here and now; waits its turn while a record is under way. Ignored while another card is checked. */
  async check(code: string, performanceId: string | null): Promise<void> {
    if (code === '' || this.phase.name === 'checking') return;
    if (isUnsent(this.phase)) {
      this.waiting = code;
      return;
    }
    const open = this.phase.name === 'valid' || this.phase.name === 'seen-offline';
    const skippedPrevious = open && code !== this.code;
    this.code = code;
    this.move({ name: 'checking', failed: 0 });
    const present = (options: AskOptions = this.options()): Promise<Answer<Presented>> =>
      ask(presentCard, { input: { code, venueId: this.venueId } }, options);
    if (this.offline.bookFor(performanceId)) {
      const answer = await present({ ...this.options(), timeoutMs: patienceMs });
      if (answer.kind !== 'unreachable') return this.presented(answer, skippedPrevious);
      if (await this.seeAlone(code, performanceId, skippedPrevious)) return;
    }
    const delivery = deliver(
      () => present(),
      (failed) => this.move({ name: 'checking', failed }),
    );
    this.delivery = delivery;
    this.presented(await delivery.outcome, skippedPrevious);
  }

  private presented(answer: Delivered<Presented>, skippedPrevious: boolean): void {
    if (answer.kind === 'abandoned') this.move({ name: 'ready' });
    else if (answer.kind === 'error') this.move({ name: 'failed', code: answer.code });
    else {
      const result = answer.data.presentCard;
      this.move(
        result.__typename === 'Presentation'
          ? { name: 'valid', presentation: result, skippedPrevious }
          : { name: 'card-refused', refusal: result },
      );
    }
  }

  /** Without a network. False: a printed code, of which only the server knows, so it is asked on and on. */
  private async seeAlone(
    code: string,
    performanceId: string | null,
    skippedPrevious: boolean,
  ): Promise<boolean> {
    const seen = await this.offline.see(code);
    const book = this.offline.bookFor(performanceId);
    if (seen === 'ONLY_PHONES_OFFLINE' || !book) return false;
    if (typeof seen === 'string') this.move({ name: 'refused-offline', refusal: seen });
    else {
      const allowed = allowedBy(book, seen.phone);
      this.move({ name: 'seen-offline', seen, allowed, skippedPrevious, refusal: null });
    }
    return true;
  }

  /** Lets the guests of a phone in that was seen without a network. `insists`: they are inside already. */
  letIn(performanceId: string, lines: readonly TicketLine[], insists = false): void {
    const { phase } = this;
    if (phase.name !== 'seen-offline') return;
    const wish = { seen: phase.seen, lines, requestId: newRequestId(), insists };
    const answer = this.offline.admit(performanceId, wish);
    if (typeof answer === 'string') this.move({ ...phase, skippedPrevious: false, refusal: answer });
    else {
      const { requestId } = wish;
      this.move({ name: 'recorded-offline', requestId, lines, left: placesLeft(answer), isLate: false });
    }
  }

  /** Takes back what this device has recorded alone. */
  undoAlone(): void {
    const { phase } = this;
    if (phase.name !== 'recorded-offline') return;
    if (this.offline.takeBack(phase.requestId)) this.move({ name: 'undone', redemption: null });
    else this.move({ ...phase, isLate: true });
  }

  /** Records the tickets. One press is one request id, however often the network makes us send it. */
  async redeem(
    performanceId: string,
    lines: readonly TicketLine[],
    overrides: readonly Override[] = [],
  ): Promise<void> {
    const { phase } = this;
    if (phase.name === 'seen-offline') return this.letIn(performanceId, lines);
    if (phase.name !== 'valid' && phase.name !== 'not-redeemed') return;
    const { presentation } = phase;
    const tickets = ticketsOf(lines);
    const input = {
      presentation: presentation.token,
      performanceId,
      lines,
      overrides,
      requestId: newRequestId(),
    };
    this.move({ name: 'redeeming', presentation, tickets, failed: 0 });
    const delivery = deliver(
      () => ask(redeem, { input }, this.options()),
      (failed) => this.move({ name: 'redeeming', presentation, tickets, failed }),
    );
    this.delivery = delivery;
    const answer = await delivery.outcome;
    if (answer.kind === 'abandoned') this.move({ name: 'abandoned', tickets });
    else if (answer.kind === 'error') this.move({ name: 'failed', code: answer.code });
    else if (answer.data.redeem.__typename === 'Redemption') {
      this.last = answer.data.redeem;
      this.move({ name: 'redeemed', redemption: answer.data.redeem });
    } else this.move({ name: 'not-redeemed', presentation, refusal: answer.data.redeem });
  }

  /** Gives the places of the last redemption back. */
  async undo(): Promise<void> {
    const redemption = this.last;
    if (!redemption || isUnsent(this.phase) || this.phase.name === 'checking') return;
    const input = { redemptionId: redemption.id, requestId: newRequestId() };
    this.move({ name: 'undoing', redemption, failed: 0 });
    const delivery = deliver(
      () => ask(cancelRedemption, { input }, this.options()),
      (failed) => this.move({ name: 'undoing', redemption, failed }),
    );
    this.delivery = delivery;
    const answer = await delivery.outcome;
    if (answer.kind === 'abandoned') this.move({ name: 'abandoned', tickets: redemption.tickets });
    else if (answer.kind === 'error') this.move({ name: 'failed', code: answer.code });
    else if (answer.data.cancelRedemption.__typename === 'Redemption') {
      this.last = null;
      this.move({ name: 'undone', redemption: answer.data.cancelRedemption });
    } else this.move({ name: 'not-undone', redemption, refusal: answer.data.cancelRedemption });
  }

  /** Goes on to the card that was read meanwhile. Only a success lets it: what was refused has to be seen first. */
  checkWaiting(performanceId: string | null): void {
    const code = this.waiting;
    this.waiting = null;
    if (code !== null && isDone(this.phase)) void this.check(code, performanceId);
  }

  hurry(): void {
    this.delivery?.hurry();
  }

  abandon(): void {
    this.delivery?.abandon();
  }

  nextCard(): void {
    if (!isUnsent(this.phase)) this.move({ name: 'ready' });
  }

  private options(): { headers: Record<string, string> } {
    return { headers: staffHeaders(this.venueId) };
  }

  private move(phase: Phase): void {
    this.phase = phase;
    this.changed();
  }
}
