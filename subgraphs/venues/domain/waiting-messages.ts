import type { Facts } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';

export type WaitingRefusalCode = 'PLACES_FREE' | 'WAITING_CLOSED' | 'ALREADY_WAITING' | 'OFFER_OVER';

/** What the waiting list's refusals say to the holder who asked. */
export const waitingMessages: Record<WaitingRefusalCode, (facts: Facts) => Text> = {
  PLACES_FREE: ({ remaining }) => ({
    fi: `Jonottaa ei tarvitse: vapaita paikkoja on ${remaining ?? 'rajattomasti'}. Lunasta liput käyntikohteessa.`,
    sv: `Du behöver inte köa: lediga platser ${remaining ?? 'utan gräns'}. Hämta biljetterna på besöksmålet.`,
    en: `There is no need to wait: free places ${remaining ?? 'without limit'}. Please redeem the tickets at the venue.`,
  }),
  WAITING_CLOSED: ({ reason }) =>
    reason === 'LINE_FULL'
      ? {
          fi: 'Jono on täynnä. Valitse toinen esitys.',
          sv: 'Kön är full. Välj en annan föreställning.',
          en: 'The waiting list is full. Please choose another performance.',
        }
      : {
          fi: 'Jonoon ei voi enää liittyä, sillä esityksen alkuun on liian vähän aikaa. Peruutuspaikkoja voi kysyä ovelta.',
          sv: 'Det går inte längre att ställa sig i kö, för föreställningen börjar snart. Fråga vid dörren om det finns platser.',
          en: 'The waiting list is closed, because the performance starts soon. Please ask at the door for free places.',
        },
  ALREADY_WAITING: () => ({
    fi: 'Olet jo tämän esityksen jonossa. Jos lippujen määrä muuttuu, poistu ensin jonosta.',
    sv: 'Du står redan i kö till den här föreställningen. Lämna kön först om antalet biljetter ändras.',
    en: 'You are waiting for this performance already. If the number of tickets changes, leave the list first.',
  }),
  OFFER_OVER: () => ({
    fi: 'Paikkatarjous ei ole enää voimassa. Voit liittyä jonoon uudelleen.',
    sv: 'Erbjudandet om platser gäller inte längre. Du kan ställa dig i kö igen.',
    en: 'The offer of places is over. You can join the waiting list again.',
  }),
};
