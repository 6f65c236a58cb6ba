import type { DoorTexts } from './texts.ts';

export const fi: DoorTexts = {
  pageTitle: 'Kortti ovella',
  languageSwitch: 'Kieli',
  venue: {
    choose: 'Valitse kohde',
    intro: 'Missä kortteja otetaan vastaan? Valinta muistetaan tällä laitteella.',
    search: 'Hae kohteen nimellä',
    found: (count) => (count === 1 ? '1 kohde' : `${count} kohdetta`),
    none: 'Tällä nimellä ei löydy kohdetta.',
    more: 'Näytä lisää',
    change: 'Vaihda kohde',
    trouble: 'Palveluun ei saada yhteyttä. Yritämme uudelleen koko ajan.',
  },
  programme: {
    heading: 'Esitys',
    label: 'Mihin liput kirjataan?',
    loading: 'Haetaan esityksiä…',
    none: 'Kohteella ei ole esityksiä lähipäivinä.',
    today: 'Tänään',
    later: 'Myöhemmin',
    earlier: 'Aiemmin tänään',
    allDay: 'koko päivän',
    now: 'nyt',
    cancelled: 'peruttu',
    noLimit: 'Ei ylärajaa',
    freePlaces: (count) => (count === 1 ? 'vapaa paikka' : 'vapaita paikkoja'),
    agedAt: (time) => `tieto klo ${time}`,
  },
  network: {
    lost: 'Verkkoyhteys ei toimi juuri nyt.',
    lostMore:
      'Yritämme uudelleen koko ajan. Jos kiire painaa, merkitse käyttö paperille ja kirjaa se myöhemmin.',
  },
  code: {
    heading: 'Kortti',
    label: 'Kortin koodi',
    hint: 'Lue koodi lukijalla tai kirjoita se.',
    check: 'Tarkista kortti',
    checking: 'Tarkistetaan…',
    scan: 'Lue kameralla',
    trouble: 'Korttia ei voitu vielä tarkistaa: verkkoyhteys ei toimi. Yritämme uudelleen.',
    stop: 'Lopeta yritys',
  },
  result: {
    heading: 'Tulos',
    waiting: 'Valmis seuraavaan korttiin',
    skipped: 'Edellistä korttia ei kirjattu.',
  },
  card: {
    valid: 'Kortti on voimassa',
    seen: 'Puhelimen koodi on aito',
    children: (count) =>
      count === 0
        ? 'Ei lasten lippuja'
        : count === 1
          ? 'Enintään 1 lapsi mukaan'
          : `Enintään ${count} lasta mukaan`,
    choose: 'Liput',
    lines: {
      HOLDER: 'Kortinhaltija',
      CHILD: 'Lapsi',
      ASSISTANT: 'Avustaja tai tulkki',
      COMMUNITY_WORKER: 'Yhteisön työntekijä',
    },
    fewer: (line) => `Vähemmän: ${line}`,
    more: (line) => `Enemmän: ${line}`,
    redeem: (tickets) => (tickets === 1 ? 'Kirjaa 1 lippu' : `Kirjaa ${tickets} lippua`),
    redeeming: 'Kirjataan…',
    chooseOne: 'Valitse ainakin yksi lippu',
    noPerformance: 'Valitse ensin esitys',
    refused: 'Lippuja ei kirjattu',
    nextCard: 'Seuraava kortti',
    insideAlready: 'On jo sisällä: kirjaa silti',
  },
  unsent: {
    heading: 'Kirjausta ei ole vielä lähetetty',
    headingUndo: 'Perumista ei ole vielä lähetetty',
    words: (attempts) =>
      `Verkkoyhteys ei toimi. Yritämme koko ajan uudelleen (${attempts}. yritys). Älä sulje sivua. Sama kirjaus ei tule kahdesti.`,
    now: 'Yritä nyt',
    giveUp: 'Lopeta yritys',
    dialogHeading: 'Lopetetaanko yritys?',
    dialogWords:
      'Emme tiedä, ehtikö tieto perille. Merkitse käyttö paperille ja tarkista se, kun verkko toimii.',
    keepTrying: 'Jatka yrittämistä',
    giveUpForGood: 'Lopeta',
    abandoned: 'Merkitse tämä paperille',
    abandonedWords: (tickets) =>
      `${tickets === 1 ? '1 lippu' : `${tickets} lippua`}: emme tiedä, ehtikö tieto perille. Tarkista, kun verkko toimii.`,
  },
  recorded: {
    heading: 'Kirjattu',
    tickets: (count) => (count === 1 ? '1 lippu' : `${count} lippua`),
    places: (remaining) =>
      remaining === 1 ? '1 vapaa paikka jäljellä' : `${remaining} vapaata paikkaa jäljellä`,
    undo: 'Peru kirjaus',
    undoing: 'Perutaan…',
    undone: 'Kirjaus on peruttu',
    undoneWords: 'Paikat ovat taas vapaina.',
    notUndone: 'Kirjausta ei voitu perua',
    previous: 'Edellinen kirjaus',
  },
  refusal: {
    card: 'Kortilla ei voi nyt kirjata lippuja',
    redemption: 'Lippuja ei kirjattu',
    nextStep: {
      CARD_CODE_MISTYPED: 'Koodi on kentässä: korjaa se ja paina Enter.',
      CARD_UNKNOWN: 'Koodi on kentässä: vertaa sitä korttiin ja yritä uudelleen.',
      CARD_EXPIRED: 'Kerro tämä asiakkaalle ja jatka seuraavaan korttiin.',
      CARD_SUSPENDED: 'Kerro tämä asiakkaalle ja jatka seuraavaan korttiin.',
      PHONE_TOKEN_UNREADABLE: 'Lue puhelimen koodi uudelleen, tai kirjoita kortin koodi.',
      PHONE_TOKEN_VERSION: 'Kirjoita kortin painettu koodi.',
      PHONE_TOKEN_EXPIRED: 'Pyydä näyttämään koodi uudelleen ja lue se heti.',
      TOKEN_ALREADY_SHOWN: 'Odota, kunnes puhelimen koodi vaihtuu, ja lue se uudelleen.',
      TOO_MANY_MISSES: 'Kirjaa käynnit paperille siihen asti.',
      PRESENTATION_INVALID: 'Paina ”Seuraava kortti” ja lue kortti.',
      PRESENTATION_EXPIRED: 'Paina ”Seuraava kortti” ja lue kortti.',
      CAP_REACHED: 'Vähennä lippuja tai tarjoa toista esitystä.',
      ALREADY_SEEN: 'Tarjoa toista teosta.',
      OUTSIDE_WINDOW: 'Tarkista, että oikea esitys on valittuna.',
      LINE_NOT_ALLOWED: 'Muuta lippuja ja kirjaa uudelleen.',
      PERFORMANCE_CANCELLED: 'Valitse toinen esitys.',
      ALREADY_CANCELLED: 'Mitään ei tarvitse tehdä.',
    },
    otherStep: 'Yritä uudelleen tai kysy neuvoa.',
    failed: 'Palvelu ei hyväksynyt pyyntöä',
    failedWords: (code) => `Yritä uudelleen. Jos tämä toistuu, kerro tuelle tunnus ${code}.`,
    rule: (source, since) => (since ? `Sääntö: ${source}, voimassa ${since} alkaen` : `Sääntö: ${source}`),
  },
  setAside: {
    heading: 'Kirjataanko silti?',
    words: 'Kohde voi poiketa tästä säännöstä. Valitse syy: vieraasta ei kirjata mitään.',
    reasons: {
      PLACES_LEFT: 'Paikkoja jäisi tyhjäksi',
      AGREED_BEFOREHAND: 'Asiasta on sovittu etukäteen',
      COMES_WITH_CHILD: 'Tulee lapsen kanssa',
      OUR_MISTAKE: 'Oma virheemme',
      RECORDED_LATER: 'Käynti kirjataan jälkikäteen',
    },
    record: 'Kirjaa tällä syyllä',
  },
  offline: {
    heading: 'Ilman verkkoa',
    summary: 'Varaudu toimimaan ilman verkkoa',
    hint: 'Laite varaa itselleen vapaita paikkoja. Niihin se kirjaa puhelimessa olevia kortteja myös silloin, kun verkko ei toimi, ja lähettää kirjaukset myöhemmin.',
    places: 'Kuinka monta paikkaa?',
    reserve: 'Varaa paikat',
    reserving: 'Varataan…',
    notKept: {
      UNREACHABLE: 'Paikkoja ei varattu: verkko ei toimi. Yritä uudelleen.',
      NO_STORAGE: 'Selain ei tallenna mitään tälle laitteelle, joten se ei voi toimia ilman verkkoa.',
    },
    kept: (left, places) =>
      `Tälle laitteelle on varattu ${places === 1 ? '1 paikka' : `${places} paikkaa`}, jäljellä ${left}.`,
    until: (time) => `Kello ${time} asti se toimii myös ilman verkkoa, kun kortti on puhelimessa.`,
    noPhones: 'Puhelimia ei vielä tunneta: pidä sivu auki niin kauan kuin verkko toimii.',
    goOn: 'Puhelimessa olevat kortit voi silti kirjata tällä laitteella.',
    giveBack: 'Palauta paikat',
    notReturned: 'Paikkoja ei vielä palautettu: kirjauksia odottaa verkkoa.',
    unsent: (count) => (count === 1 ? '1 kirjaus odottaa verkkoa.' : `${count} kirjausta odottaa verkkoa.`),
    unsentWords: 'Se lähtee itsestään. Mitään ei kirjata kahdesti.',
    error: (code) => `Palvelu ei hyväksynyt pyyntöä. Kerro tukeen koodi ${code}.`,
    conflicts: 'Näitä ei voitu kirjata',
    conflictWords:
      'Nämä vieraat pääsivät sisään ilman verkkoa. Sinun ei tarvitse tehdä mitään: he ovat myös paikan luettelossa.',
    read: 'Selvä',
    recorded: 'Kirjattu tälle laitteelle',
    recordedWords: 'Kirjaus lähtee, kun verkko toimii.',
    tooLate: 'Kirjaus on jo matkalla palvelimelle, eikä sitä voi enää perua tästä.',
    left: (places) =>
      places === 1 ? 'Laitteella 1 paikka jäljellä' : `Laitteella ${places} paikkaa jäljellä`,
    refusals: {
      KEYS_TOO_OLD: {
        why: 'Puhelimien tietoja ei ole päivitetty tälle laitteelle puoleen vuorokauteen.',
        next: 'Merkitse käynti paperille ja kirjaa se myöhemmin.',
      },
      PHONE_UNKNOWN: {
        why: 'Tämä laite ei tunne puhelinta.',
        next: 'Se voi olla uusi. Merkitse käynti paperille ja kirjaa se myöhemmin.',
      },
      PHONE_TOKEN_EXPIRED: {
        why: 'Puhelimen koodi on vanha.',
        next: 'Pyydä näyttämään koodi uudelleen ja lue se heti.',
      },
      CARD_EXPIRED: {
        why: 'Kortti ei ole enää voimassa.',
        next: 'Kortin antanut yksikkö voi uusia sen.',
      },
      CLOCK_WRONG: {
        why: 'Laitteen kello on väärässä.',
        next: 'Korjaa aika laitteen asetuksista.',
      },
      SLICE_OVER: {
        why: 'Laitteen paikkojen aika on päättynyt.',
        next: 'Merkitse käynti paperille ja kirjaa se myöhemmin.',
      },
      PERFORMANCE_CANCELLED: {
        why: 'Esitys on peruttu.',
        next: 'Valitse toinen esitys.',
      },
      OUTSIDE_WINDOW: {
        why: 'Lippuja ei anneta tähän aikaan.',
        next: 'Tarkista, että oikea esitys on valittu.',
      },
      LINE_NOT_ALLOWED: {
        why: 'Kortilla ei saa näitä lippuja.',
        next: 'Muuta lippuja ja kirjaa uudelleen.',
      },
      ALREADY_SEEN_HERE: {
        why: 'Kortti on jo kirjattu tähän esitykseen.',
        next: 'Kerro tämä vieraalle ja ota seuraava kortti.',
      },
      SLICE_USED_UP: {
        why: 'Laitteen paikat on käytetty.',
        next: 'Valitse vähemmän lippuja. Jos vieraat ovat jo sisällä, kirjaa se painikkeella.',
      },
      NO_STORAGE: {
        why: 'Laite ei pystynyt tallentamaan kirjausta.',
        next: 'Merkitse käynti paperille. Vapauta tilaa laitteelta.',
      },
    },
  },
  scanner: {
    heading: 'Lue koodi kameralla',
    starting: 'Käynnistetään kameraa…',
    aim: 'Näytä kortin koodi kameralle.',
    denied: 'Kameraa ei voi käyttää. Salli kamera selaimen asetuksissa tai kirjoita koodi.',
    close: 'Sulje',
  },
};
