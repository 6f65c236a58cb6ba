import type { Facts } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';
import type { GroupRefusalCode } from './group-visit.ts';
import { refusalMessage } from './messages.ts';

const dictionary: Record<Exclude<GroupRefusalCode, 'TOO_MANY_MISSES'>, (facts: Facts) => Text> = {
  GROUP_SIZE: ({ least, most }) => ({
    fi: `Ryhmässä on ${least}–${most} ihmistä, ohjaaja mukaan lukien.`,
    sv: `I en grupp är det ${least}–${most} personer, ledaren inräknad.`,
    en: `A group is ${least} to ${most} people, its worker included.`,
  }),
  GROUP_CARD_TWICE: () => ({
    fi: 'Sama kortti on mukana kahdesti. Jokainen näyttää oman korttinsa.',
    sv: 'Samma kort är med två gånger. Var och en visar sitt eget kort.',
    en: 'One card is there twice. Everybody shows their own card.',
  }),
  GROUP_NEEDS_ONE_WORKER: () => ({
    fi: 'Ryhmässä on yksi yhteisökortti, ja muilla on omat korttinsa.',
    sv: 'I en grupp finns ett gemenskapskort, och de andra har sina egna kort.',
    en: 'A group has one community card, and the others have their own cards.',
  }),
  GROUP_CARDS_REFUSED: () => ({
    fi: 'Joku korteista ei kelpaa. Muut voi näyttää uudelleen ilman sitä.',
    sv: 'Något av korten duger inte. De andra kan visas på nytt utan det.',
    en: 'One of the cards is not good. The others can be shown again without it.',
  }),
};

/** Why a group cannot go in as it is, in Finnish, Swedish and English. */
export function groupMessage(code: GroupRefusalCode, facts: Facts): Text {
  return code === 'TOO_MANY_MISSES' ? refusalMessage(code, facts) : dictionary[code](facts);
}
