/** Real communes where the demo world plays: INSEE code, postcode and centre. Source: INSEE, La Poste (COG 2026); degrees WGS 84. */
export interface Place {
  readonly city: string;
  readonly insee: string;
  readonly postcode: string;
  readonly country: 'FR' | 'BE' | 'CH';
  readonly lat: number;
  readonly lng: number;
}

const place = (city: string, insee: string, postcode: string, lat: number, lng: number, country: Place['country'] = 'FR'): Place => ({ city, insee, postcode, country, lat, lng });

export const PLACES = {
  besancon: place('Besançon', '25056', '25000', 47.2378, 6.0241),
  dijon: place('Dijon', '21231', '21000', 47.322, 5.0415),
  dole: place('Dole', '39198', '39100', 47.092, 5.49),
  arbois: place('Arbois', '39013', '39600', 46.903, 5.774),
  pontarlier: place('Pontarlier', '25462', '25300', 46.906, 6.355),
  lons: place('Lons-le-Saunier', '39300', '39000', 46.674, 5.554),
  lyon: place('Lyon', '69123', '69001', 45.764, 4.8357),
  grenoble: place('Grenoble', '38185', '38000', 45.1885, 5.7245),
  annecy: place('Annecy', '74010', '74000', 45.8992, 6.1294),
  strasbourg: place('Strasbourg', '67482', '67000', 48.5734, 7.7521),
  metz: place('Metz', '57463', '57000', 49.1193, 6.1757),
  lille: place('Lille', '59350', '59000', 50.6292, 3.0573),
  rennes: place('Rennes', '35238', '35000', 48.1173, -1.6778),
  quimper: place('Quimper', '29232', '29000', 47.996, -4.097),
  nantes: place('Nantes', '44109', '44000', 47.2184, -1.5536),
  larochelle: place('La Rochelle', '17300', '17000', 46.1603, -1.1511),
  tours: place('Tours', '37261', '37000', 47.3941, 0.6848),
  bordeaux: place('Bordeaux', '33063', '33000', 44.8378, -0.5792),
  biscarrosse: place('Biscarrosse', '40046', '40600', 44.394, -1.164),
  toulouse: place('Toulouse', '31555', '31000', 43.6047, 1.4442),
  montpellier: place('Montpellier', '34172', '34000', 43.6108, 3.8767),
  clermont: place('Clermont-Ferrand', '63113', '63000', 45.7772, 3.087),
  namur: place('Namur', '', '5000', 50.4674, 4.8718, 'BE'),
  lausanne: place('Lausanne', '', '1003', 46.5197, 6.6323, 'CH'),
} as const satisfies Record<string, Place>;

export type PlaceName = keyof typeof PLACES;
