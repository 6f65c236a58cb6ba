import type { Facts } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';
import type { GoodwillLevel, GoodwillSign, SofterLimit, Sign, Suggestion } from './goodwill.ts';

/** What the venue reads of its level. */
export const levelTexts: Readonly<Record<GoodwillLevel, Text>> = {
  CALM: {
    fi: 'Käyttö pysyy tavanomaisena.',
    sv: 'Användningen är som vanligt.',
    en: 'Use stays as usual.',
  },
  WATCH: {
    fi: 'Käyttöä kannattaa seurata. Alla on keinoja, jotka keventävät sitä.',
    sv: 'Användningen är värd att följa. Nedan finns sätt att lätta på den.',
    en: 'Use is worth watching. Below are ways to ease it.',
  },
  EARLY_WARNING: {
    fi: 'Käyttö kasvaa samalla tavalla kuin kohteessa, joka jäi pois. Kohtuullinen raja auttaa ajoissa.',
    sv: 'Användningen växer på samma sätt som hos ett besöksmål som lämnade nätverket. En skälig gräns hjälper i tid.',
    en: 'Use grows as it did at a venue that left. A fair limit helps in time.',
  },
};

const signs: Readonly<Record<GoodwillSign, (facts: Facts) => Text>> = {
  GROWS_FAST: ({ uses, usesBefore }) => ({
    fi: `Käyttökertoja oli ${uses}, edellisellä jaksolla ${usesBefore}.`,
    sv: `Antalet användningar var ${uses}, under föregående period ${usesBefore}.`,
    en: `There were ${uses} uses, and ${usesBefore} in the span before.`,
  }),
  MOSTLY_CARD: ({ mostlyCard, performances }) => ({
    fi: `${mostlyCard} esityksessä ${performances} esityksestä yli puolet lipuista annettiin kortilla.`,
    sv: `Vid ${mostlyCard} av ${performances} föreställningar gavs över hälften av biljetterna med kortet.`,
    en: `At ${mostlyCard} of ${performances} performances more than half of the tickets were card tickets.`,
  }),
  NO_CAP: ({ withoutCap, performances }) => ({
    fi: `${withoutCap} esityksellä ${performances} esityksestä ei ole ylärajaa.`,
    sv: `${withoutCap} av ${performances} föreställningar saknar gräns.`,
    en: `${withoutCap} of ${performances} performances have no cap.`,
  }),
};

const limits: Readonly<Record<SofterLimit, (spared: number, facts: Facts) => Text>> = {
  CAP_AT_FLOOR: (spared) => ({
    fi: `Yläraja vähimmäismäärässä (3 % lipuista): ${spared} lippua vähemmän.`,
    sv: `Gräns vid minimigränsen (3 % av biljetterna): ${spared} biljetter färre.`,
    en: `A cap at its floor (3 % of tickets): ${spared} tickets fewer.`,
  }),
  SAME_DAY: (spared) => ({
    fi: `Lunastus vain esityspäivänä: koskisi ${spared} käyttökertaa.`,
    sv: `Biljetten hämtas bara på föreställningsdagen: skulle gälla ${spared} användningar.`,
    en: `Tickets only on the day of the performance: would concern ${spared} uses.`,
  }),
  DAYS_BEFORE: (spared, { days }) => ({
    fi: `Lunastus aikaisintaan ${days} päivää ennen: koskisi ${spared} käyttökertaa.`,
    sv: `Biljetten hämtas tidigast ${days} dagar före: skulle gälla ${spared} användningar.`,
    en: `Tickets at the earliest ${days} days before: would concern ${spared} uses.`,
  }),
  ONCE_PER_PRODUCTION: (spared) => ({
    fi: `Sama teos kerran kortilla: ${spared} käyttökertaa vähemmän.`,
    sv: `Samma produktion en gång med kortet: ${spared} användningar färre.`,
    en: `The same production once on a card: ${spared} uses fewer.`,
  }),
  QUIET_DAYS: (spared) => ({
    fi: `Kortti käy hiljaisina päivinä, maanantaista torstaihin: koskisi ${spared} käyttökertaa.`,
    sv: `Kortet gäller på lugna dagar, måndag till torsdag: skulle gälla ${spared} användningar.`,
    en: `The card on quiet days, Monday to Thursday: would concern ${spared} uses.`,
  }),
};

export const signText = ({ sign, facts }: Sign): Text => signs[sign](facts);

/** What to do, and how much it would have helped in the span. */
export const suggestionText = ({ limit, spared, facts }: Suggestion): Text => limits[limit](spared, facts);
