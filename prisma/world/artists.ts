import type { PlaceName } from './places.ts';

/** In the artist's own languages. */
type Told = { readonly fr: string; readonly en: string } & Readonly<Partial<Record<'nl' | 'de', string>>>;

/** An invented artist of the demo world. Fees in whole euros, before tax. */
export interface DemoArtist {
  readonly slug: string;
  readonly name: string;
  readonly genres: readonly string[];
  readonly lineUp: number;
  readonly home: PlaceName;
  readonly fee: readonly [number, number];
  readonly audience: readonly [number, number];
  readonly minutes: number;
  readonly tagline: Told;
  readonly bio: Told;
  readonly technical: string;
  /** What whoever plays host prints: each a title and its lines. */
  readonly papers?: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly quotes: readonly { readonly text: string; readonly source: string }[];
  readonly tracks: readonly string[];
  readonly tour: readonly PlaceName[];
}

export const ARTISTS: readonly DemoArtist[] = [
  {
    slug: 'les-vagues-lentes', name: 'Les Vagues Lentes', genres: ['jazz', 'musique du monde'], lineUp: 3, home: 'besancon', fee: [900, 1_800], audience: [60, 400], minutes: 80,
    tagline: { fr: 'Trio de jazz au long cours', en: 'A jazz trio that takes its time', nl: 'Een jazztrio dat zijn tijd neemt', de: 'Ein Jazztrio, das sich Zeit nimmt' },
    bio: {
      fr: 'Piano, contrebasse, batterie : trois musiciens venus du Doubs qui étirent le temps jusqu’à le faire chanter. Leur deuxième répertoire, « Estran », a été écrit au bord de la mer, hors saison, quand il ne reste que le vent et les pas.\n\nSur scène, le trio joue sans amplification dans les salles de moins de cent places, et s’installe volontiers dans une chapelle, une bibliothèque ou une cour.',
      en: 'Piano, double bass, drums: three musicians from the Doubs who stretch time until it sings. Their second repertoire, “Estran”, was written by the sea out of season, when only wind and footsteps are left.\n\nThe trio plays without amplification in rooms of under a hundred seats, and gladly settles in a chapel, a library or a courtyard.',
      nl: 'Piano, contrabas, drums: drie muzikanten uit de Doubs die de tijd rekken tot hij zingt. Hun tweede repertoire, “Estran”, ontstond buiten het seizoen aan zee, wanneer alleen de wind en voetstappen overblijven.\n\nHet trio speelt onversterkt in zalen met minder dan honderd plaatsen, en strijkt graag neer in een kapel, een bibliotheek of een binnenplaats.',
      de: 'Klavier, Kontrabass, Schlagzeug: drei Musiker aus dem Doubs, die die Zeit dehnen, bis sie singt. Ihr zweites Programm, „Estran“, entstand außerhalb der Saison am Meer, wenn nur Wind und Schritte übrig bleiben.\n\nDas Trio spielt unverstärkt in Räumen mit weniger als hundert Plätzen und lässt sich gern in einer Kapelle, einer Bibliothek oder einem Hof nieder.',
    },
    technical: 'Piano droit ou quart de queue accordé au la 442. Batterie jazz fournie par le trio. Plateau 6 x 4 m. Deux prises 16 A. Loge pour trois personnes. Déchargement de plain-pied souhaité.',
    papers: [
      { title: 'Fiche technique', lines: ['Plateau : 6 x 4 m, plat, sans tapis sous le piano.', 'Piano droit ou quart de queue, accordé au la 442 le jour du concert.', 'Batterie jazz et amplificateur de contrebasse : fournis par le trio.', 'Deux prises 16 A à jardin. Au-delà de 120 personnes : système de diffusion léger, deux retours.', 'Lumière : plein feu chaud, sans mouvement. Noir salle pendant le concert.', 'Montage 1 h 30, balance 45 min, démontage 45 min.'] },
      { title: 'Accueil et hébergement', lines: ['Trois musiciens et une personne à la route.', 'Loge chauffée pour quatre, avec miroir, eau et thé, dès l’arrivée.', 'Repas chaud pour quatre, dont un végétarien, au moins 1 h 30 avant le concert.', 'Quatre chambres simples si le retour dépasse 200 km ou minuit.', 'Stationnement d’un véhicule de 5,40 m à moins de 50 m de l’entrée des artistes.'] },
    ],
    quotes: [{ text: 'On retient son souffle, et c’est le trio qui respire.', source: 'Le Courrier des Combes' }, { text: 'Une lenteur qui ne s’ennuie jamais.', source: 'Radio Passerelle' }],
    tracks: ['Estran', 'Marée de nuit'], tour: ['dijon', 'lyon', 'grenoble', 'annecy', 'lausanne', 'strasbourg', 'metz', 'namur'],
  },
  {
    slug: 'brass-de-nuit', name: 'Brass de Nuit', genres: ['fanfare', 'funk', 'afrobeat'], lineUp: 9, home: 'lyon', fee: [2_200, 4_800], audience: [300, 4_000], minutes: 90,
    tagline: { fr: 'Neuf cuivres et aucune envie de dormir', en: 'Nine horns and no wish to sleep' },
    bio: {
      fr: 'Née sur les quais de Lyon, la fanfare joue debout, dans la foule ou sur une grande scène. Funk, afrobeat et reprises méconnaissables.',
      en: 'Born on the quays of Lyon, the band plays standing, in the crowd or on a large stage. Funk, afrobeat and covers that nobody recognises at first.',
    },
    technical: 'Scène 10 x 8 m ou déambulation. Neuf micros HF, retours en bain de pied. Repas pour onze.', quotes: [{ text: 'La place entière dansait avant le deuxième morceau.', source: 'L’Écho des Berges' }],
    tracks: ['Quai 22 heures', 'Dernière tournée'], tour: ['lyon', 'clermont', 'tours', 'nantes', 'larochelle', 'bordeaux', 'toulouse', 'montpellier', 'grenoble'],
  },
  {
    slug: 'nora-solveig', name: 'Nora Solveig', genres: ['chanson', 'folk'], lineUp: 1, home: 'nantes', fee: [500, 1_100], audience: [20, 250], minutes: 65,
    tagline: { fr: 'Chansons pour voix et harmonium', en: 'Songs for voice and harmonium' },
    bio: {
      fr: 'Elle écrit en français et en norvégien, chante assise, et raconte entre deux chansons les gens qu’elle a croisés sur la route.',
      en: 'She writes in French and Norwegian, sings sitting down, and between two songs tells of the people she met on the road.',
    },
    technical: 'Une voix, un harmonium, une guitare. Système léger fourni jusqu’à 120 personnes.', quotes: [{ text: 'Un salon, une voix, et plus personne ne regarde l’heure.', source: 'Gazette du Bocage' }],
    tracks: ['Fjord intérieur', 'La dame du car'], tour: ['nantes', 'rennes', 'quimper', 'larochelle', 'tours'],
  },
  {
    slug: 'trio-alouette', name: 'Trio Alouette', genres: ['musique classique', 'musique de chambre'], lineUp: 3, home: 'strasbourg', fee: [1_200, 2_400], audience: [50, 500], minutes: 75,
    tagline: { fr: 'Cordes et matins clairs', en: 'Strings and clear mornings' }, bio: { fr: 'Violon, alto, violoncelle : de Schubert aux compositrices d’aujourd’hui.', en: 'Violin, viola, cello: from Schubert to the women who compose today.' },
    technical: 'Trois chaises sans accoudoirs, trois pupitres, lumière fixe.', quotes: [], tracks: ['Allegro des champs'], tour: ['strasbourg', 'metz', 'besancon', 'dijon'],
  },
  {
    slug: 'compagnie-pigment', name: 'Compagnie Pigment', genres: ['spectacle de rue', 'jeune public'], lineUp: 4, home: 'rennes', fee: [1_100, 2_000], audience: [50, 600], minutes: 45,
    tagline: { fr: 'Théâtre de rue qui déteint', en: 'Street theatre that rubs off' }, bio: { fr: 'Quatre comédiens, de la couleur et une place publique.', en: 'Four actors, some colour and a public square.' },
    technical: 'Autonome. Espace plat de 8 x 8 m, sans scène. Deux passages par jour possibles.', quotes: [], tracks: ['Ouverture en bleu'], tour: ['rennes', 'quimper', 'nantes', 'tours'],
  },
  {
    slug: 'electra-mineur', name: 'Électra Mineur', genres: ['électro', 'pop'], lineUp: 2, home: 'lille', fee: [1_500, 3_500], audience: [150, 1_500], minutes: 75,
    tagline: { fr: 'Duo de machines et de voix', en: 'A duo of machines and voices' }, bio: { fr: 'Synthétiseurs anciens, voix d’aujourd’hui.', en: 'Old synthesisers, voices of today.' },
    technical: 'Système de diffusion façade et retours. Noir salle.', quotes: [], tracks: ['Mineure', 'Courant faible'], tour: ['lille', 'metz', 'strasbourg', 'namur'],
  },
  {
    slug: 'les-cousins-dubal', name: 'Les Cousins Dubal', genres: ['bal', 'musique traditionnelle', 'chanson'], lineUp: 4, home: 'bordeaux', fee: [700, 1_400], audience: [80, 800], minutes: 120,
    tagline: { fr: 'Le bal où l’on apprend à danser', en: 'The dance where you learn to dance' },
    bio: { fr: 'Accordéon, violon, guitare et une cousine qui appelle les pas. De la bourrée au rock, chacun danse dès la première chanson.', en: 'Accordion, fiddle, guitar and a cousin who calls the steps. From bourrée to rock, everybody dances from the first tune.' },
    technical: 'Plancher ou sol dur de 10 x 10 m. Système autonome jusqu’à 300 personnes.', quotes: [{ text: 'Trois générations sur la piste, et pas une chaise occupée.', source: 'Sud-Ouest des Vacances' }],
    tracks: ['La scottish du camping', 'Valse du soir'], tour: ['bordeaux', 'biscarrosse', 'toulouse', 'larochelle'],
  },
  {
    slug: 'ondine-ferrat', name: 'Ondine Ferrat', genres: ['chanson', 'pop'], lineUp: 3, home: 'grenoble', fee: [1_000, 2_200], audience: [80, 700], minutes: 75,
    tagline: { fr: 'Chanson de montagne et d’asphalte', en: 'Songs of mountains and asphalt' }, bio: { fr: 'Elle chante les villes d’en bas et les refuges d’en haut.', en: 'She sings of the towns below and the huts above.' },
    technical: 'Trois retours, un piano numérique 88 touches.', quotes: [], tracks: ['Versant nord'], tour: ['grenoble', 'annecy', 'lyon', 'lausanne'],
  },
  {
    slug: 'rue-des-cuivres', name: 'Rue des Cuivres', genres: ['fanfare', 'musique traditionnelle'], lineUp: 7, home: 'toulouse', fee: [900, 1_900], audience: [100, 2_000], minutes: 60,
    tagline: { fr: 'Fanfare de poche et de rue', en: 'A street band that fits in a van' }, bio: { fr: 'Sept souffleurs, deux tambours, aucun câble.', en: 'Seven winds, two drums, not one cable.' },
    technical: 'Autonome, en déambulation ou fixe. Pas d’électricité.', quotes: [], tracks: ['Marche des arcades'], tour: ['toulouse', 'montpellier', 'bordeaux'],
  },
  {
    slug: 'dj-minuit-dix', name: 'DJ Minuit Dix', genres: ['électro', 'house'], lineUp: 1, home: 'montpellier', fee: [400, 900], audience: [100, 1_200], minutes: 180,
    tagline: { fr: 'Vinyles, et l’heure qui tourne', en: 'Vinyl, and the hour going round' }, bio: { fr: 'Trois heures de disques choisis, du disco au petit matin.', en: 'Three hours of chosen records, from disco to dawn.' },
    technical: 'Deux platines, une table, retours.', quotes: [], tracks: ['Face B'], tour: ['montpellier', 'toulouse'],
  },
  {
    slug: 'quatuor-lisiere', name: 'Quatuor Lisière', genres: ['jazz', 'musique improvisée'], lineUp: 4, home: 'clermont', fee: [1_100, 2_000], audience: [40, 300], minutes: 70,
    tagline: { fr: 'Saxophones au bord du bois', en: 'Saxophones at the edge of the wood' }, bio: { fr: 'Quatre saxophones qui écoutent autant qu’ils jouent.', en: 'Four saxophones that listen as much as they play.' },
    technical: 'Acoustique, salle réverbérante bienvenue.', quotes: [], tracks: ['Orée'], tour: ['clermont', 'lyon', 'dijon'],
  },
  {
    slug: 'fanfare-piment', name: 'Fanfare Piment', genres: ['fanfare', 'salsa'], lineUp: 8, home: 'dole', fee: [1_000, 2_200], audience: [100, 3_000], minutes: 75,
    tagline: { fr: 'Cuivres, percussions et place du village', en: 'Brass, percussion and the village square' },
    bio: { fr: 'Huit musiciens du Jura qui ont appris la salsa par la fenêtre. Fêtes de village, 14 juillet, marchés de nuit : ils jouent là où l’on se croise.', en: 'Eight musicians from the Jura who learned salsa through the window. Village fêtes, Bastille Day, night markets: they play where people meet.' },
    technical: 'Place ou podium de 6 x 4 m. Une prise 16 A. Autonome jusqu’à 500 personnes.', quotes: [{ text: 'Même le maire a dansé.', source: 'Le Petit Comtois imaginaire' }],
    tracks: ['Piment doux', 'Place de la Fontaine'], tour: ['dole', 'arbois', 'lons', 'pontarlier', 'besancon'],
  },
];
