import type { Facts } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';
import type { AccountRefusalCode } from './account.ts';

/** What an issuing unit or a holder reads: what happened, and what to do. */
const dictionary: Record<AccountRefusalCode, (facts: Facts) => Text> = {
  CARD_HAS_NO_HOLDER: () => ({
    fi: 'Tämä on yhteisökortti. Sillä ei ole omaa tiliä.',
    sv: 'Det här är ett gemenskapskort. Det har inget eget konto.',
    en: 'This is a community card. It has no account of its own.',
  }),
  CARD_NOT_IN_USE: () => ({
    fi: 'Tämä kortti ei ole enää kenenkään käytössä. Anna asiakkaalle uusi kortti.',
    sv: 'Det här kortet används inte längre av någon. Ge klienten ett nytt kort.',
    en: 'Nobody uses this card any more. Give the client a new card.',
  }),
  TOO_MANY_MAILS: ({ most }) => ({
    fi: `Tälle kortille on lähetetty jo ${most} viestiä vuorokauden aikana. Kokeile huomenna, tai anna kertakoodi.`,
    sv: `Redan ${most} meddelanden har sänts för det här kortet under ett dygn. Försök i morgon, eller ge en engångskod.`,
    en: `Already ${most} messages were sent for this card within a day. Try tomorrow, or give a one-time code.`,
  }),
  TOO_MANY_CODES: ({ most }) => ({
    fi: `Tälle kortille on annettu jo ${most} kertakoodia vuorokauden aikana. Kokeile huomenna.`,
    sv: `Redan ${most} engångskoder har getts för det här kortet under ett dygn. Försök i morgon.`,
    en: `Already ${most} one-time codes were given for this card within a day. Try tomorrow.`,
  }),
  MAIL_QUEUE_FULL: () => ({
    fi: 'Viestejä ei voi juuri nyt lähettää. Anna asiakkaalle kertakoodi, tai kokeile myöhemmin.',
    sv: 'Meddelanden kan inte sändas just nu. Ge klienten en engångskod, eller försök senare.',
    en: 'Messages cannot be sent just now. Give the client a one-time code, or try later.',
  }),
  CODE_NOT_VALID: () => ({
    fi: 'Koodi ei toimi. Se on ehkä jo käytetty tai vanhentunut. Pyydä uusi koodi paikasta, josta kortti on saatu.',
    sv: 'Koden fungerar inte. Den är kanske redan använd eller för gammal. Be om en ny kod där kortet gavs.',
    en: 'The code does not work. It may have been used or be too old. Ask for a new one at the place that gave the card.',
  }),
  NO_ACCOUNT: () => ({
    fi: 'Kortilla ei ole tiliä. Kortti toimii ilman sitäkin.',
    sv: 'Kortet har inget konto. Kortet fungerar också utan det.',
    en: 'The card has no account. The card works without one too.',
  }),
};

/** The refusal in plain words, in Finnish, Swedish and English. */
export function accountMessage(code: AccountRefusalCode, facts: Facts): Text {
  return dictionary[code](facts);
}
