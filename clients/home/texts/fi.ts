import type { HomeTexts } from './texts.ts';

export const fi: HomeTexts = {
  pageTitle: 'Kulttuurikortti',
  languageSwitch: 'Kieli',
  heading: 'Kulttuurikortti',
  what: 'Avoin järjestelmä, jolla kulttuurikorttien verkostot toimivat: kortti käytetään ovella, ja jokainen näyttö tietää heti, montako paikkaa on vapaana.',
  demo: 'Verkostot, jakajat ja kohteet ovat julkisista asiakirjoista. Ohjelma ja kortit ovat keksittyjä.',
  door: 'Kortti ovella',
  doorWords: 'Lue kortti, valitse liput ja kirjaa ne.',
  displays: 'Kohteen näyttö',
  displaysWords: 'Iso näyttö aulaan: vapaat paikat juuri nyt.',
  search: 'Hae kohteen nimellä',
  found: (count) => (count === 1 ? '1 kohde' : `${count} kohdetta`),
  none: 'Tällä nimellä ei löydy kohdetta.',
  more: 'Näytä lisää',
  trouble: 'Palveluun ei saada yhteyttä. Yritämme uudelleen koko ajan.',
  graph: 'GraphiQL',
  graphWords: 'Kokeile kyselyjä (kehityskäyttö).',
  cards: 'Keksittyjä kortteja kokeiluun',
  cardsWords: 'Kirjoita koodi ovella ja katso, mitä tapahtuu.',
};
