import type { Facts } from '../../platform/errors.ts';
import type { Text } from '../../platform/text.ts';
import type { ProblemCode } from './problem.ts';

const text = (fi: string, sv: string, en: string): Text => ({ fi, sv, en });

/** What is wrong and what would be right, for whoever writes a programme. */
const dictionary: Record<ProblemCode, (facts: Facts) => Text> = {
  MISSING: () => text('Tieto puuttuu.', 'Uppgiften saknas.', 'This is missing.'),
  TOO_LONG: ({ most }) =>
    text(`Enintään ${most} merkkiä.`, `Högst ${most} tecken.`, `At most ${most} characters.`),
  TOO_MANY: ({ most }) => text(`Enintään ${most}.`, `Högst ${most}.`, `At most ${most}.`),
  NOT_A_TEXT: () =>
    text(
      'Tekstissä on merkkejä, joita ei voi näyttää.',
      'Texten har tecken som inte kan visas.',
      'The text has characters that cannot be shown.',
    ),
  NOT_A_NUMBER: () => text('Anna kokonaisluku.', 'Ange ett heltal.', 'Give a whole number.'),
  NOT_A_DATE: () =>
    text(
      'Päivä kirjoitetaan 2026-11-22 tai 22.11.2026.',
      'Datum skrivs 2026-11-22 eller 22.11.2026.',
      'A date is written 2026-11-22 or 22.11.2026.',
    ),
  NOT_A_TIME: () => text('Aika kirjoitetaan 18:30.', 'Tiden skrivs 18:30.', 'A time is written 18:30.'),
  NOT_A_LANGUAGE: () =>
    text(
      'Kieli on kahden tai kolmen kirjaimen tunnus, kuten fi.',
      'Språket är en kod med två eller tre bokstäver, som sv.',
      'A language is a code of two or three letters, such as en.',
    ),
  NOT_HTTPS: () =>
    text('Osoite alkaa https://.', 'Adressen börjar med https://.', 'The address begins with https://.'),
  NOT_AN_EMAIL: () =>
    text(
      'Anna organisaation sähköpostiosoite.',
      'Ange organisationens e-postadress.',
      "Give the organisation's e-mail address.",
    ),
  NOT_A_PHONE: () =>
    text(
      'Puhelinnumero on muodossa +358 17 182 000.',
      'Telefonnumret skrivs +358 17 182 000.',
      'A phone number is written +358 17 182 000.',
    ),
  OUT_OF_RANGE: ({ least, most }) =>
    text(
      `Luku on välillä ${least}–${most}.`,
      `Talet är mellan ${least} och ${most}.`,
      `The number is from ${least} to ${most}.`,
    ),
  ENDS_BEFORE_START: () =>
    text('Loppu on ennen alkua.', 'Slutet är före början.', 'The end is before the start.'),
  TOO_FAR_AWAY: ({ days }) =>
    text(
      `Päivä on yli ${days} päivän päässä.`,
      `Dagen är mer än ${days} dagar bort.`,
      `The day is more than ${days} days away.`,
    ),
  ALREADY_OVER: () => text('Se on jo päättynyt.', 'Den är redan över.', 'It is over already.'),
  UNKNOWN_GENRE: () => text('Lajia ei tunneta.', 'Genren är okänd.', 'The genre is not known.'),
  TEXT_ALTERNATIVE_MISSING: () =>
    text(
      'Kuvalle tarvitaan tekstivastine suomeksi, ruotsiksi ja englanniksi.',
      'Bilden behöver en textbeskrivning på finska, svenska och engelska.',
      'An image needs a text alternative in Finnish, Swedish and English.',
    ),
  WRONG_KIND: ({ kind }) =>
    text(
      `Tämä ei kuulu tarjontaan, jonka laji on ${kind}.`,
      `Detta hör inte till utbud av typen ${kind}.`,
      `This does not belong to an offering of the kind ${kind}.`,
    ),
  OVERLAPPING_HOURS: () =>
    text(
      'Aukioloajat menevät päällekkäin.',
      'Öppettiderna överlappar varandra.',
      'The opening hours overlap.',
    ),
  PASS_TOO_SHORT: ({ least }) =>
    text(
      `Uimahallin sarjalipussa on vähintään ${least} käyntiä.`,
      `Simhallens seriekort har minst ${least} besök.`,
      `A series pass of a swimming hall has at least ${least} visits.`,
    ),
  PASS_WITHOUT_EXPIRY: () =>
    text(
      'Anna joko voimassaolopäivien määrä tai viimeinen päivä.',
      'Ange antingen antalet giltiga dagar eller sista dagen.',
      'Give either the number of valid days or the last day: one of them.',
    ),
  PASS_HAS_VISITS: ({ used }) =>
    text(
      `Sarjakortilla on jo käyty ${used} kertaa. Peru käynnit ensin, niin kortin voi ottaa takaisin.`,
      `Seriekortet har redan använts ${used} gånger. Ångra besöken först, så kan kortet tas tillbaka.`,
      `The pass has ${used} visits already. Undo them first, then it can be taken back.`,
    ),
  NOTHING_IN_RULE: () =>
    text('Sääntö ei anna yhtään päivää.', 'Regeln ger ingen enda dag.', 'The rule gives no day at all.'),
  NOT_COMPLETE: ({ needs }) =>
    text(
      `Ennen julkaisua tarvitaan: ${needs}.`,
      `Före publicering behövs: ${needs}.`,
      `Before publishing it needs: ${needs}.`,
    ),
  NOT_READABLE: ({ line }) =>
    text(
      line === undefined ? 'Tiedostoa ei voi lukea.' : `Tiedostoa ei voi lukea riviltä ${line}.`,
      line === undefined ? 'Filen kan inte läsas.' : `Filen kan inte läsas på rad ${line}.`,
      line === undefined ? 'The file cannot be read.' : `The file cannot be read at line ${line}.`,
    ),
  NO_EVENTS: () =>
    text('Tiedostossa ei ole tapahtumia.', 'Filen har inga evenemang.', 'The file has no events.'),
  UNKNOWN_COLUMN: ({ known }) =>
    text(
      `Saraketta ei tunneta. Tunnetut: ${known}.`,
      `Kolumnen är okänd. Kända: ${known}.`,
      `The column is not known. Known: ${known}.`,
    ),
  UNKNOWN_TIME_ZONE: () =>
    text(
      'Aikavyöhykettä ei tunneta. Käytä Europe/Helsinki tai UTC.',
      'Tidszonen är okänd. Använd Europe/Helsinki eller UTC.',
      'The time zone is not known. Use Europe/Helsinki or UTC.',
    ),
  UNSUPPORTED_RECURRENCE: () =>
    text(
      'Toistosääntö voi olla päivittäinen, viikoittainen tai kuukausittainen.',
      'Upprepningen kan vara daglig, veckovis eller månadsvis.',
      'A recurrence is daily, weekly or monthly.',
    ),
  RECURRENCE_CUT: ({ most }) =>
    text(
      `Toistosta otettiin ${most} ensimmäistä.`,
      `Av upprepningen togs de ${most} första.`,
      `Of the recurrence the first ${most} were taken.`,
    ),
  DUPLICATE_KEY: ({ row }) =>
    text(
      `Sama avain on jo rivillä ${row}.`,
      `Samma nyckel finns redan på rad ${row}.`,
      `The same key is on row ${row} already.`,
    ),
  ROW_CANCELLED: () =>
    text(
      'Peruttu esitys perutaan erikseen, jotta kaikille kerrotaan.',
      'En inställd föreställning ställs in för sig, så att alla får veta.',
      'A cancelled performance is cancelled on its own, so that everyone is told.',
    ),
  PERFORMANCE_CANCELLED: () =>
    text('Esitys on peruttu.', 'Föreställningen är inställd.', 'The performance is cancelled.'),
  PERFORMANCE_HAS_USES: ({ uses }) =>
    text(
      `Esitykseen on jo otettu ${uses} lippua, joten sitä ei siirretä toiseen teokseen.`,
      `Föreställningen har redan ${uses} biljetter och flyttas inte till en annan produktion.`,
      `The performance has ${uses} uses already, so it is not moved to another production.`,
    ),
  CAP_BELOW_USED: ({ used }) =>
    text(
      `Lippuja on jo otettu ${used}: yläraja ei voi olla pienempi.`,
      `Redan ${used} biljetter är tagna: gränsen kan inte vara lägre.`,
      `${used} tickets are taken already: the cap cannot be lower.`,
    ),
  CAP_BELOW_FLOOR: ({ floor, tickets }) =>
    text(
      `Yläraja on vähintään ${floor}, kun lippuja on ${tickets}.`,
      `Gränsen är minst ${floor} när det finns ${tickets} biljetter.`,
      `The cap is at least ${floor} when there are ${tickets} tickets.`,
    ),
  END_ASSUMED: ({ minutes }) =>
    text(
      `Loppuaika puuttuu: kestoksi otettiin ${minutes} minuuttia.`,
      `Sluttiden saknas: längden antogs vara ${minutes} minuter.`,
      `There is no end: ${minutes} minutes were assumed.`,
    ),
  IMAGE_LEFT_OUT: () =>
    text(
      'Kuva jätettiin pois, koska siltä puuttuu tekstivastine tai https-osoite.',
      'Bilden lämnades bort eftersom den saknar textbeskrivning eller https-adress.',
      'The image was left out: it has no text alternative or no https address.',
    ),
};

/** The problem in plain words, in Finnish, Swedish and English. */
export function problemText(code: ProblemCode, facts: Facts): Text {
  return dictionary[code](facts);
}
