import type { Locale } from '../core/locale.ts';
import type { Kit, Show } from './drawn.ts';
import { textIn } from './drawn.ts';
import { instantAt } from '../core/time.ts';

/* What search engines and share cards read: schema.org, in JSON-LD. */

/** An artist, as a MusicGroup. */
export function groupOf(epk: Kit, url: string, locale: Locale): Record<string, unknown> {
  const photos = epk.media.filter(({ kind }) => kind === 'photo');
  return {
    '@context': 'https://schema.org', '@type': 'MusicGroup', name: epk.name, url, genre: epk.genres, description: textIn(epk.bio, locale).words || textIn(epk.tagline, locale).words,
    ...(photos.length && { image: photos.slice(0, 5).map((photo) => photo.url) }), ...(epk.links.length && { sameAs: epk.links.map((link) => link.url) }),
    ...(epk.city && { location: { '@type': 'Place', name: epk.city } }),
    ...(epk.upcoming.length && { event: epk.upcoming.map(({ day, startTime, place, city, ticketUrl }) => ({
      '@type': 'MusicEvent', name: epk.name, startDate: startTime ? `${day}T${startTime}` : day, eventStatus: 'https://schema.org/EventScheduled', location: placed({ place, city, country: '' }),
      ...(ticketUrl && { offers: { '@type': 'Offer', url: ticketUrl } }),
    })) }),
  };
}

const placed = ({ place, city, country, lat, lng }: Pick<Show, 'place' | 'city' | 'country'> & Partial<Pick<Show, 'lat' | 'lng'>>) => ({
  '@type': 'Place', name: place || city, address: { '@type': 'PostalAddress', addressLocality: city, ...(country && { addressCountry: country }) },
  ...(typeof lat === 'number' && typeof lng === 'number' && { geo: { '@type': 'GeoCoordinates', latitude: lat, longitude: lng } }),
});

/** A show, as a MusicEvent: its hour with the offset of the place on that night. */
export function eventOf(show: Show, artistUrl: (artist: string) => string): Record<string, unknown> {
  const { title, day, startTime, timeZone, status, ticketUrl, free, artist } = show;
  return {
    '@context': 'https://schema.org', '@type': 'MusicEvent', name: title, startDate: startTime ? withOffset(day, startTime, timeZone) : day,
    eventStatus: `https://schema.org/Event${status === 'cancelled' ? 'Cancelled' : 'Scheduled'}`, eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode', location: placed(show),
    performer: { '@type': 'MusicGroup', name: title, ...(artist && { url: artistUrl(artist) }) }, isAccessibleForFree: free,
    ...(ticketUrl && status !== 'cancelled' && { offers: { '@type': 'Offer', url: ticketUrl } }),
  };
}

/** A day and an hour at a place, with the offset that its clocks have that night: `2027-10-30T20:30+02:00`. */
export function withOffset(day: string, hour: string, timeZone: string): string {
  // An hour that the clocks skip in spring is written with the offset from before, which is the hour after it.
  const minutes = Math.round((Date.parse(`${day}T${hour}:00Z`) - instantAt(day, hour, timeZone).getTime()) / 60_000);
  const two = (value: number): string => String(Math.floor(Math.abs(value))).padStart(2, '0');
  return `${day}T${hour}${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
