import type { Queries } from './query.ts';

/** Written after the parser, and read once before it was touched again: 96.9 % of slots were right. */
export const unseenDe: Queries = {
  today: '2026-11-22',
  queries: [
    ['Bluestrio für Kneipe in Bern am 5. Dezember, 900 Franken', { seen: 'artist', genres: ['blues'], lineUp: 3, kinds: ['bar'], near: ['Bern', 25], days: ['2026-12-05', '2026-12-05'], fee: [null, 900, 'CHF'] }],
    ['wir suchen eine jazzband fürs sommerfest in luxemburg, juli, bis 2500 euro', { seen: 'artist', genres: ['jazz'], near: ['Luxembourg', 25], days: ['2027-07-01', '2027-07-31'], fee: [null, 2500] }],
    ['DJ Hochzeit Zürich 12.06.2027', { seen: 'artist', genres: ['dj set'], kinds: ['private'], near: ['Zürich', 25], days: ['2027-06-12', '2027-06-12'] }],
    ['Reggaeband Festival Elsass 2 - 3k August', { seen: 'artist', genres: ['reggae'], kinds: ['festival'], near: ['Alsace'], fee: [2000, 3000], days: ['2027-08-01', '2027-08-31'] }],
    ['Konzertsaal mit 500 Sitzplätzen in Luzern', { seen: 'place', kinds: ['hall'], capacity: [400, 600], settings: ['seated'], near: ['Luzern', 25] }],
    ['Bläserquintett für Gottesdienst an Ostern, St. Gallen', { seen: 'artist', lineUp: 5, kinds: ['church'], days: ['2027-03-27', '2027-03-29'], near: ['Sankt Gallen', 25] }],
    ['Hip-Hop, Jugendhaus, Thun, Freitag, 400 Fr.', { seen: 'place', genres: ['hip-hop'], kinds: ['cultural_centre'], near: ['Thun', 25], days: ['2026-11-27', '2026-11-27'], fee: [400, null, 'CHF'] }],
    ['Akkordeonspieler fürs Altersheim in Olten, Dienstagnachmittag, höchstens 250.-', { seen: 'artist', audiences: ['seniors'], near: ['Olten', 25], days: ['2026-11-24', '2026-11-24'], fee: [null, 250, 'CHF'], genres: ['musette'] }],
    ['keltische Musik Open Air im Umkreis von 40 km um Basel', { genres: ['musique celtique'], outdoor: true, near: ['Basel', 40] }],
    ['Duo oder Trio für Vernissage in Lausanne Mitte Januar', { seen: 'artist', lineUp: [2, 3], near: ['Lausanne', 25], days: ['2027-01-11', '2027-01-20'] }],
    ['Silvesterparty 300 Gäste Partyband Hotel Davos 5000 CHF', { seen: 'artist', days: ['2026-12-31', '2026-12-31'], capacity: [300, 300], genres: ['reprises'], kinds: ['hotel'], near: ['Davos', 25], fee: [null, 5000, 'CHF'] }],
    ['Metalband sucht Clubs in Belgien für Frühling 2027', { seen: 'place', genres: ['metal'], kinds: ['club'], near: ['Belgique'], days: ['2027-03-01', '2027-05-31'] }],
    ['Kindermusik für Schulfest, 30 Minuten von Winterthur', { seen: 'artist', genres: ['jeune public'], kinds: ['school'], near: ['Winterthur', 35] }],
    ['Chor aus dem Wallis für Weihnachtskonzert', { seen: 'artist', genres: ['chant choral'], near: ['Valais'], days: ['2026-12-24', '2026-12-26'] }],
    ['Countrymusik aber kein Linedance, Campingplatz, samstags im Juli', { seen: 'place', genres: ['country'], kinds: ['campsite'], days: ['2027-07-01', '2027-07-31', [6]] }, ['Linedance']],
    ['Elektro-Act für Club, Genf, nächstes Wochenende, max. 1,5k', { seen: 'artist', genres: ['électro'], kinds: ['club'], near: ['Genève', 25], days: ['2026-11-28', '2026-11-29'], fee: [null, 1500, 'CHF'] }],
    ['Sängerin mit Pianist für Apéro, 2 Personen, ca 700 Franken, Zug', { seen: 'artist', lineUp: 2, fee: [560, 840, 'CHF'], near: ['Zug', 25] }],
    ['6-köpfige Funkband Firmenanlass Basel Donnerstag 20. Mai 4000', { seen: 'artist', lineUp: 6, genres: ['funk'], kinds: ['company'], near: ['Basel', 25], days: ['2027-05-20', '2027-05-20'], fee: [null, 4000, 'CHF'] }],
    ['bekannte Schlagersängerin Stadtfest Juni', { seen: 'artist', levels: ['headliner'], genres: ['schlager'], kinds: ['town'], days: ['2027-06-01', '2027-06-30'] }],
    ['gut bewertete Coverbands rund um Freiburg', { seen: 'artist', ratingMin: 4, genres: ['reprises'], near: ['Fribourg', 50] }],
    ['Klezmer oder Balkan, Theater, bestuhlt, 180 Plätze, KW 11', { genres: ['klezmer', 'musique balkanique'], kinds: ['theatre'], settings: ['seated'], capacity: [144, 216], days: ['2027-03-15', '2027-03-21'], seen: 'place' }],
    ['Rockabilli Trio Biergarten Pfingstmontag', { seen: 'artist', genres: ['rockabilly'], lineUp: 3, kinds: ['bar'], days: ['2027-05-15', '2027-05-17'] }],
    ['italienische Lieder auf Italienisch, Restaurant, Lugano, zwischen 300 und 500', { lyrics: ['it'], kinds: ['restaurant'], near: ['Lugano', 25], fee: [300, 500, 'CHF'], seen: 'place' }],
    ['Orgelkonzert Kathedrale Lüttich im Advent', { seen: 'artist', genres: ['orgue'], kinds: ['church'], near: ['Liège', 25], days: ['2026-11-29', '2026-12-24'] }],
    ['Ska-Band, antwortet innert 2 Tagen, ab 800 Euro, Straßburg', { seen: 'artist', genres: ['ska'], answerHoursMax: 48, fee: [800, null], near: ['Strasbourg', 25] }],
  ],
};
