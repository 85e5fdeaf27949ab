import type { Queries } from './query.ts';

/** Written after the parser, and read once before it was touched again: 93.9 % of slots were right. */
export const unseenFr: Queries = {
  today: '2026-11-22',
  queries: [
    ['recherchons quintette de cuivres pour inauguration mairie de Chambéry le 9 janvier 2027, 1 800 € max', { seen: 'artist', lineUp: 5, genres: ['ensemble de cuivres'], kinds: ['town'], near: ['Chambéry', 25], days: ['2027-01-09', '2027-01-09'], fee: [null, 1800] }],
    ['groupe rokabilly poitiers mai 900e', { seen: 'artist', genres: ['rockabilly'], near: ['Poitiers', 25], days: ['2027-05-01', '2027-05-31'], fee: [null, 900] }],
    ['une chanteuse de jazz pour un restaurant à Colmar, tous les jeudis, 200 euros la soirée', { seen: 'artist', genres: ['jazz'], kinds: ['restaurant'], near: ['Colmar', 25], days: ['2026-11-22', '2027-11-22', [4]], fee: [null, 200] }],
    ['camping 4 etoiles dans l herault cherche dj et groupe cover pr juillet', { seen: 'artist', kinds: ['campsite'], near: ['Hérault'], genres: ['dj set', 'reprises'], days: ['2027-07-01', '2027-07-31'] }],
    ['festival folk en bretagne, duos ou trios, moins de 700€', { seen: 'artist', kinds: ['festival'], genres: ['folk'], near: ['Bretagne'], lineUp: [2, 3], fee: [null, 700] }],
    ['nous cherchons une salle assise de 150 places à Mulhouse', { seen: 'place', kinds: ['hall'], settings: ['seated'], capacity: [120, 180], near: ['Mulhouse', 25] }],
    ['steel band ou batucada pour le carnaval de Dunkerque', { seen: 'artist', genres: ['steel band', 'batucada'], near: ['Dunkerque', 25] }],
    ['musique baroque dans une abbaye en Bourgogne cet automne', { seen: 'artist', genres: ['musique baroque'], kinds: ['church'], near: ['Bourgogne'], days: ['2026-11-22', '2026-11-30'] }],
    ['groupe metal sans growl lille janvier', { seen: 'artist', genres: ['metal'], near: ['Lille', 25], days: ['2027-01-01', '2027-01-31'] }, ['growl']],
    ['dj mariage pas cher 59 le 3 juillet 2027', { seen: 'artist', genres: ['dj set'], kinds: ['private'], near: ['Nord'], days: ['2027-07-03', '2027-07-03'] }, ['pas cher']],
    ['Une fanfare de 10 musiciens pour Noël, budget entre 1500 et 2000', { seen: 'artist', genres: ['fanfare'], lineUp: 10, days: ['2026-12-24', '2026-12-26'], fee: [1500, 2000] }],
    ['concert solidaire 300 pers. salle des fêtes de Vesoul 6 mars', { seen: 'artist', capacity: [300, 300], kinds: ['hall'], near: ['Vesoul', 25], days: ['2027-03-06', '2027-03-06'] }],
    ['trio chanson fr pour la Saint-Valentin, Namur, 600 €', { seen: 'artist', lineUp: 3, genres: ['chanson'], days: ['2027-02-14', '2027-02-14'], near: ['Namur', 25], fee: [null, 600] }],
    ['salles de rock à Fribourg ou alentours', { seen: 'place', kinds: ['hall'], genres: ['rock'], near: ['Fribourg', 50] }],
    ['électro, club, Genève, 31 décembre, 3000 fr.', { seen: 'place', genres: ['électro'], kinds: ['club'], near: ['Genève', 25], days: ['2026-12-31', '2026-12-31'], fee: [3000, null, 'CHF'] }],
    ['conteur musical pour enfants bibliothèque de Laval mercredi prochain', { seen: 'artist', audiences: ['children'], kinds: ['library'], near: ['Laval', 25], days: ['2026-11-25', '2026-11-25'] }],
    ['reggae dub sound system en plein air, 1000 personnes, juin 2027, Drôme', { genres: ['reggae', 'dub', 'sound system'], outdoor: true, capacity: [1000, 1000], days: ['2027-06-01', '2027-06-30'], near: ['Drôme'] }],
    ['quatuor vocal a capella, chapelle, 500-800€, Quimper', { seen: 'artist', lineUp: 4, genres: ['a cappella'], kinds: ['church'], fee: [500, 800], near: ['Quimper', 25] }],
    ['groupe latino 5 à 7 musiciens pour soirée d’entreprise à Monaco en avril', { seen: 'artist', genres: ['musiques latines'], lineUp: [5, 7], kinds: ['company'], near: ['Monaco', 25], days: ['2027-04-01', '2027-04-30'] }],
    ['artiste confirmé noté au moins 4 étoiles, répond en 12h, blues, Limoges', { seen: 'artist', levels: ['confirmed'], ratingMin: 4, answerHoursMax: 12, genres: ['blues'], near: ['Limoges', 25] }],
    ['on est un groupe de funk, on cherche des festivals en Suisse l’été prochain', { seen: 'place', genres: ['funk'], kinds: ['festival'], near: ['Suisse'], days: ['2027-06-01', '2027-08-31'] }],
    ['bal du 14 juillet, orchestre musette, 25 km autour de Rodez, 1k5', { seen: 'artist', days: ['2027-07-14', '2027-07-14'], genres: ['musique de bal', 'musette'], near: ['Rodez', 25], fee: [null, 1500] }],
    ['du jazz pour un vernissage jeudi 3 decembre au Luxembourg', { seen: 'artist', genres: ['jazz'], days: ['2026-12-03', '2026-12-03'], near: ['Luxembourg', 25] }],
    ['hip hop ou rnb, jeunes, MJC, fin janvier, mille euros', { seen: 'place', genres: ['hip-hop', 'r&b'], audiences: ['young'], kinds: ['cultural_centre'], days: ['2027-01-21', '2027-01-31'], fee: [1000, null] }],
    ['un pianiste pour un hôtel à Cannes pendant le festival', { seen: 'artist', kinds: ['hotel', 'festival'], near: ['Cannes', 25] }],
  ],
};
