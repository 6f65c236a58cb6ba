import type { Facts } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';

export type SliceRefusalCode = 'SLICE_OPEN_ALREADY' | 'USE_TIME_WRONG' | 'REQUEST_ID_REUSED';

/** What refusals of the offline door say to the venue's staff. */
export const sliceMessages: Record<SliceRefusalCode, (facts: Facts) => Text> = {
  SLICE_OPEN_ALREADY: () => ({
    fi: 'Tällä laitteella on jo varattuja paikkoja tähän esitykseen. Lähetä käytöt ja palauta paikat ensin.',
    sv: 'Den här enheten har redan reserverade platser till föreställningen. Skicka besöken och lämna tillbaka platserna först.',
    en: 'This device has reserved places for this performance already. Upload its uses and return the places first.',
  }),
  USE_TIME_WRONG: () => ({
    fi: 'Laitteen kello oli väärässä ajassa, joten käyntiä ei voitu kirjata kortille. Tarkista kello.',
    sv: 'Enhetens klocka gick fel, så besöket kunde inte registreras på kortet. Kontrollera klockan.',
    en: 'The clock of the device was wrong, so the visit could not be recorded on the card. Please check the clock.',
  }),
  REQUEST_ID_REUSED: () => ({
    fi: 'Samalla tunnisteella on jo lähetetty toinen käynti. Tätä käyntiä ei kirjattu.',
    sv: 'Ett annat besök har redan skickats med samma kod. Det här besöket registrerades inte.',
    en: 'Another visit was sent with the same request id already. This visit was not recorded.',
  }),
};
