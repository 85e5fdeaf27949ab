import type { PlaceName } from './places.ts';

/** An invented place of the demo world, whose programme a web site shows. */
export interface DemoStage {
  readonly slug: string;
  readonly kind: 'venue' | 'festival' | 'camping' | 'municipality';
  readonly name: string;
  readonly legalForm: string;
  readonly place: PlaceName;
  readonly address: string;
  readonly capacity: number;
  readonly genres: readonly string[];
  readonly about: { readonly fr: string; readonly en: string };
  readonly representative: readonly [name: string, capacity: string];
  readonly mail: string;
  /** Who plays there, and in how many days from the day the world is laid out. */
  readonly programme: readonly (readonly [artist: string, inDays: number, hour: string, title?: string])[];
  /** The first day of the programme's run, in days from then. */
  readonly site?: { readonly name: 'theatre' | 'festival' | 'campsite' | 'town-hall'; readonly key: string };
}

export const STAGES: readonly DemoStage[] = [
  {
    slug: 'theatre-horloge-bleue', kind: 'venue', name: 'Théâtre de l’Horloge Bleue', legalForm: 'Association loi 1901', place: 'besancon', address: '4 rue des Heures', capacity: 320, genres: ['jazz', 'chanson', 'musique classique'],
    about: { fr: 'Une salle de 320 places dans une ancienne fabrique de pendules.', en: 'A house of 320 seats in a former clock works.' }, representative: ['Mathilde Ancelin', 'directrice'], mail: 'theatre@demo.example',
    programme: [['trio-alouette', -40, '20:30'], ['nora-solveig', -12, '20:30'], ['quatuor-lisiere', 9, '20:30'], ['ondine-ferrat', 23, '20:30'], ['electra-mineur', 37, '21:00'], ['compagnie-pigment', 51, '15:00', 'Bleu de travail'], ['trio-alouette', 72, '20:30', 'Matins clairs'], ['nora-solveig', 101, '20:30']],
    site: { name: 'theatre', key: 'pk_demo_theatre' },
  },
  {
    slug: 'nuits-du-saule', kind: 'festival', name: 'Les Nuits du Saule', legalForm: 'Association loi 1901', place: 'annecy', address: 'Prairie du Saule', capacity: 3_500, genres: ['fanfare', 'électro', 'jazz', 'chanson'],
    about: { fr: 'Trois nuits au bord de l’eau, sous un saule de cent ans.', en: 'Three nights by the water, under a willow of a hundred years.' }, representative: ['Hugo Tardieu', 'président'], mail: 'festival@demo.example',
    programme: [['rue-des-cuivres', 190, '19:00'], ['ondine-ferrat', 190, '21:00'], ['brass-de-nuit', 190, '23:00'], ['compagnie-pigment', 191, '17:00'], ['quatuor-lisiere', 191, '20:00'], ['electra-mineur', 191, '22:30'], ['fanfare-piment', 192, '18:30'], ['nora-solveig', 192, '20:30'], ['dj-minuit-dix', 192, '23:30']],
    site: { name: 'festival', key: 'pk_demo_festival' },
  },
  {
    slug: 'anse-aux-tilleuls', kind: 'camping', name: 'Camping de l’Anse aux Tilleuls', legalForm: 'SARL', place: 'biscarrosse', address: 'Route de l’Anse', capacity: 400, genres: ['bal', 'jeune public', 'chanson'],
    about: { fr: 'Quatre étoiles, une scène sous les tilleuls, trois soirées par semaine en été.', en: 'Four stars, a stage under the lime trees, three evenings a week in summer.' }, representative: ['Sandrine Lacoste', 'gérante'], mail: 'camping@demo.example',
    programme: [['les-cousins-dubal', 225, '21:00'], ['compagnie-pigment', 229, '18:00'], ['rue-des-cuivres', 233, '20:30'], ['les-cousins-dubal', 239, '21:00'], ['dj-minuit-dix', 246, '22:00']],
    site: { name: 'campsite', key: 'pk_demo_campsite' },
  },
  {
    slug: 'val-d-exemple', kind: 'municipality', name: 'Commune de Val-d’Exemple', legalForm: 'Commune', place: 'arbois', address: 'Place de la Mairie', capacity: 800, genres: ['fanfare', 'bal', 'spectacle de rue'],
    about: { fr: 'Fête du village, marché de nuit et 14 juillet : la commune invite.', en: 'Village fête, night market and Bastille Day: the town invites.' }, representative: ['Bernard Morel', 'maire'], mail: 'mairie@demo.example',
    programme: [['les-cousins-dubal', -60, '21:00', 'Bal de la fête'], ['rue-des-cuivres', 44, '11:00', 'Marché d’hiver'], ['compagnie-pigment', 150, '16:00']],
    site: { name: 'town-hall', key: 'pk_demo_townhall' },
  },
  {
    slug: 'le-hangar-a-sel', kind: 'venue', name: 'Le Hangar à Sel', legalForm: 'Coopérative', place: 'larochelle', address: 'Quai des Sauniers', capacity: 600, genres: ['électro', 'pop', 'funk'],
    about: { fr: 'Club et halle sur le port.', en: 'A club and a hall on the harbour.' }, representative: ['Inès Bardin', 'programmatrice'], mail: 'hangar@demo.example',
    programme: [['brass-de-nuit', 30, '21:00'], ['electra-mineur', 65, '21:30']],
  },
  {
    slug: 'la-passerelle-claire', kind: 'venue', name: 'La Passerelle Claire', legalForm: 'Association loi 1901', place: 'lyon', address: '12 montée des Clairs', capacity: 180, genres: ['jazz', 'musique improvisée'],
    about: { fr: 'Cave à jazz et café le jour.', en: 'A jazz cellar, a café by day.' }, representative: ['Paul Veyrat', 'président'], mail: 'passerelle@demo.example',
    programme: [['les-vagues-lentes', 16, '20:30'], ['quatuor-lisiere', 45, '20:30']],
  },
];
