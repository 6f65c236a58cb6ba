/** A register that is only counted: what the figures must say after any history, worked out the slow way. */
export interface ModelCard {
  readonly id: string;
  readonly issuerId: string;
  readonly issuedMonth: string;
  validUntil: string;
  readonly renewals: string[];
  status: 'ACTIVE' | 'SUSPENDED' | 'MERGED';
  into: ModelCard | null;
}

export interface ModelUse {
  readonly id: string;
  readonly card: ModelCard;
  readonly at: string;
  live: boolean;
}

export class FiguresModel {
  readonly cards: ModelCard[] = [];
  readonly uses: ModelUse[] = [];

  survivor(card: ModelCard): ModelCard {
    return card.into ? this.survivor(card.into) : card;
  }

  /** Every count that is not nought, as `<issuer> <month> <figure>`, and the valid cards as `<issuer> VALID`. */
  counts(today: string): Record<string, number> {
    const counts = new Map<string, number>();
    const add = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
    for (const card of this.cards) {
      add(`${card.issuerId} ${card.issuedMonth} ISSUED`);
      for (const month of card.renewals) add(`${card.issuerId} ${month} RENEWED`);
      if (card.status === 'ACTIVE' && card.validUntil >= today) add(`${card.issuerId} VALID`);
      if (card.status === 'MERGED') {
        add(`${card.issuerId} ${card.issuedMonth} MERGED`);
        continue;
      }
      const months = this.uses
        .filter((use) => use.live && this.survivor(use.card) === card)
        .map(({ at }) => at.slice(0, 7));
      if (months.length > 0) add(`${card.issuerId} ${card.issuedMonth} EVER_USED`);
      for (const year of new Set(months.map((month) => month.slice(0, 4)))) {
        const first = months.filter((month) => month.startsWith(year)).toSorted()[0];
        add(`${card.issuerId} ${first} TAKEN_INTO_USE`);
      }
    }
    return Object.fromEntries(counts);
  }
}
