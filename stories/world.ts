import { html, type TemplateResult } from 'lit';
import type { PublicRouter } from '../server/public-router.ts';
import type { Api } from '../widgets/core/api.ts';
import { fakeApi, refusal } from '../widgets/core/fake-api.ts';
import type { Theme } from '../widgets/core/site.ts';

/* The small world that the public widgets' stories live in: one trio, its days, its dates, and the ways a server can fail. */

const picture = (hue: number): string => `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 400"><rect width="600" height="400" fill="hsl(${hue} 30% 24%)"/><circle cx="300" cy="170" r="90" fill="hsl(${hue + 40} 60% 66%)"/></svg>`)}`;
const photo = (id: string, hue: number) => ({ id, kind: 'photo' as const, title: 'Le trio', alt: 'Trois musiciens sur une scène', url: picture(hue), smallUrl: null, width: 600, height: 400, durationSeconds: null, size: null, sources: [{ type: 'image/svg+xml', srcset: `${picture(hue)} 600w` }] });
const track = (id: string, title: string) => ({ id, kind: 'audio' as const, title, alt: '', url: `https://media.invalid/${id}`, smallUrl: null, width: null, height: null, durationSeconds: 187, size: null, sources: [] });

export const epk = {
  artist: 'les-vagues-lentes', name: 'Les Vagues Lentes', genres: ['jazz', 'musique du monde'], lineUp: 3, city: 'Besançon', durationMinutes: 80,
  tagline: { fr: 'Trio de jazz au long cours', en: 'A jazz trio that takes its time' },
  bio: { fr: 'Piano, contrebasse, batterie : trois musiciens qui étirent le temps jusqu’à le faire chanter.\n\nIls jouent dans les chapelles, les bibliothèques et les cours.', en: 'Piano, double bass, drums: three musicians who stretch time until it sings.' },
  quotes: [{ text: 'On retient son souffle, et c’est le trio qui respire.', source: 'Le Courrier des Combes' }], links: [{ label: 'Leur site', url: 'https://example.org/' }],
  technical: 'Piano droit accordé au la 442. Plateau 6 x 4 m.', audience: { min: 60, max: 4000 },
  media: [photo('med_1', 200), photo('med_2', 20), photo('med_3', 120), track('med_4', 'Estran'), track('med_5', 'Marée de nuit')],
  videos: [] as { title: string; url: string; provider: 'youtube' | 'vimeo' | 'peertube' | 'file' | 'elsewhere'; host: string; embed: string | null }[],
  upcoming: [{ day: '2027-06-12', startTime: '20:30', place: 'La Passerelle Claire', city: 'Lyon', ticketUrl: 'https://example.org/billets' }],
  rating: { stars: 4.7, count: 12 } as { stars: number; count: number } | null,
  reviews: [
    { stars: 5, words: 'Une salle debout au rappel, et une équipe à l’heure. Nous les réinvitons.', reply: 'Merci à toute l’équipe, et à bientôt.', by: 'Théâtre de l’Horloge Bleue', city: 'Besançon', day: '2027-02-13' },
    { stars: 4, words: 'Très beau concert.', reply: '', by: '', city: 'Arbois', day: '2026-12-05' },
  ],
};

/** A film of each kind, and two documents. */
export const fullEpk = {
  ...epk,
  videos: [
    { title: 'Estran, en scène', url: 'https://peertube.invalid/w/estran', provider: 'peertube' as const, host: 'peertube.invalid', embed: 'https://peertube.invalid/videos/embed/estran' },
    { title: 'Reportage', url: 'https://tele.invalid/emission', provider: 'elsewhere' as const, host: 'tele.invalid', embed: null },
  ],
  media: [...epk.media,
    { ...track('med_6', 'Répétition'), kind: 'video' as const, size: 8_400_000 },
    { ...track('med_7', 'Fiche technique'), kind: 'document' as const, durationSeconds: null, size: 240_000 }, { ...track('med_8', 'Plan de scène'), kind: 'document' as const, durationSeconds: null, size: 1_240_000 }],
};

const show = { id: 'shw_1', title: 'Les Vagues Lentes', artist: 'les-vagues-lentes', day: '2027-06-12', startTime: '20:30', timeZone: 'Europe/Paris', place: 'La Passerelle Claire', city: 'Lyon', country: 'FR', lat: 45.76, lng: 4.84, ticketUrl: 'https://example.org/billets', free: false, status: 'planned' as const, genres: ['jazz'] };
export const shows = [
  show,
  { ...show, id: 'shw_2', title: 'Nora Solveig', day: '2027-06-20', startTime: '21:00', place: 'Salle des fêtes', city: 'Annecy', lat: 45.9, lng: 6.13, ticketUrl: '', free: true },
  { ...show, id: 'shw_3', title: 'Brass de Nuit', day: '2027-07-03', startTime: '19:00', place: 'Quai des Sauniers', city: 'La Rochelle', lat: 46.16, lng: -1.15, status: 'cancelled' as const },
];
export const programme = { name: 'Théâtre de l’Horloge Bleue', today: '2027-06-01', shows };
export const tour = { name: 'Les Vagues Lentes', today: '2027-06-01', shows: shows.map((one) => ({ ...one, title: 'Les Vagues Lentes' })), artists: [{ slug: 'les-vagues-lentes', name: 'Les Vagues Lentes' }] };

/** A month of which every third day is free, and every fifth to be confirmed. */
export const availability = ({ from, until }: { from: string; until: string }) => {
  const days: { day: string; state: 'free' | 'flexible' | 'busy' }[] = [];
  for (let day = from; day <= until; day = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)) {
    const number = Number(day.slice(8));
    days.push({ day, state: number % 3 === 0 ? 'free' : number % 5 === 0 ? 'flexible' : 'busy' });
  }
  return { artist: 'les-vagues-lentes', name: 'Les Vagues Lentes', today: '2027-06-01', timeZone: 'Europe/Paris', days };
};
export const partner = { name: 'Théâtre de l’Horloge Bleue', kind: 'venue' as const, place: { name: 'Théâtre de l’Horloge Bleue', city: 'Besançon', insee: '25056', capacity: 320 } };
export const places = [{ insee: '74010', name: 'Annecy', postcode: '74000', country: 'FR', population: 132_117, lat: 45.9, lng: 6.12 }, { insee: '74012', name: 'Annemasse', postcode: '74100', country: 'FR', population: 37_628, lat: 46.19, lng: 6.23 }];

/** A word as long as German makes them, to see that nothing runs out of its box. */
export const longWord = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung';

/** A server that never answers, that nobody reaches, that refuses the page, and that knows no such thing. */
export const silent = (): Promise<never> => new Promise(() => undefined);
export const down = (): Promise<never> => Promise.reject(new TypeError('Failed to fetch'));
export const notAllowed = (): Promise<never> => Promise.reject(refusal('origin_not_allowed', { origin: 'https://theatre.example' }));
export const unknown = (): Promise<never> => Promise.reject(refusal('not_found'));

export const server = (answers: Parameters<typeof fakeApi<PublicRouter>>[0]): Api => fakeApi<PublicRouter>(answers);

/** Stands a widget on another theme or in another language. */
export const on = ({ theme = 'light', lang = 'fr' }: { theme?: Theme; lang?: string }, widget: TemplateResult): TemplateResult => html`<flow-site key="pk_stories" theme=${theme} lang=${lang}>${widget}</flow-site>`;

/** Stands a widget in a column as narrow as a telephone. */
export const narrow = (widget: TemplateResult): TemplateResult => html`<div style="width: 320px">${widget}</div>`;

/** Stands a widget on a page whose text is twice as large. */
export const twice = (widget: TemplateResult): TemplateResult => html`<div style="font-size: 200%">${widget}</div>`;
