import { Feed } from 'feed';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { fromDay, instantAt, addDays } from '../core/time.ts';
import type { Show } from './drawn.ts';

/** What a calendar or a reader subscribes to: the announced shows of an artist, a place or a partner's site. */
export interface Source {
  readonly name: string;
  readonly shows: readonly Show[];
  /** How long the artist of a show plays, in minutes, by the short name of the press kit. */
  readonly minutesOf: (artist: string | null) => number | null;
  /** The address of this feed, and of the page that shows the same. */
  readonly feedUrl: string;
  readonly pageUrl: string;
  readonly locale: string;
  /** Today: a calendar is stamped with its day alone, so that what did not change stays the same file all day. */
  readonly today: string;
  readonly words: { readonly description: string; readonly cancelled: string; readonly free: string };
}

const place = ({ place: where, city }: Show): string => [where, city].filter(Boolean).join(', ');

/**
 * An iCalendar file (RFC 5545). Hours are written in UTC, reckoned by the clocks of the place on that night: no reader needs to know
 * its zone. A cancelled show stays, as cancelled, with the same UID: who has it in a calendar learns of it.
 */
export function calendarOf({ name, shows, minutesOf, feedUrl, pageUrl, today, words }: Source): string {
  const calendar = ical({ name, description: words.description, method: ICalCalendarMethod.PUBLISH, prodId: { company: 'Flow Stage', product: 'programme', language: 'EN' }, ttl: 6 * 3_600, source: feedUrl, url: pageUrl });
  for (const show of shows) {
    const { id, title, day, startTime, timeZone, ticketUrl, status, free, lat, lng } = show;
    const minutes = minutesOf(show.artist);
    const start = startTime ? instantAt(day, startTime, timeZone) : fromDay(day);
    calendar.createEvent({
      id: `${id}@flow-stage`, stamp: fromDay(today), sequence: status === 'cancelled' ? 1 : 0, status: status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      start, ...(startTime ? minutes ? { end: new Date(start.getTime() + minutes * 60_000) } : {} : { allDay: true, end: fromDay(addDays(day, 1)) }),
      summary: status === 'cancelled' ? `${words.cancelled} : ${title}` : title,
      location: typeof lat === 'number' && typeof lng === 'number' ? { title: place(show), geo: { lat, lon: lng } } : { title: place(show) },
      ...(free ? { description: words.free } : {}), url: ticketUrl || pageUrl,
    });
  }
  return calendar.toString();
}

const ulidAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** When a row was made, which its id says; for an id that says none, the first hour of the show's day. */
export function announcedAt({ id, day }: Pick<Show, 'id' | 'day'>): Date {
  const time = /^shw_([0-7][0-9A-HJKMNP-TV-Z]{9})[0-9A-HJKMNP-TV-Z]{16}$/.exec(id)?.[1];
  const at = time === undefined ? NaN : Array.from(time).reduce((sum, sign) => sum * 32 + ulidAlphabet.indexOf(sign), 0);
  return at > 0 ? new Date(at) : fromDay(day);
}

/** An RSS 2.0 feed of what is announced, the newest announcement first. In an artist's own feed each title begins with the day and the place: the name is the feed's. */
export function rssOf({ name, shows, feedUrl, pageUrl, locale, words }: Source, written: (show: Show) => string): string {
  const newest = shows.map((show) => ({ show, at: announcedAt(show) })).sort((a, b) => b.at.getTime() - a.at.getTime());
  const feed = new Feed({ id: pageUrl, title: name, description: words.description, link: pageUrl, language: locale, copyright: name, feed: feedUrl, ttl: 360, generator: 'Flow Stage', updated: newest[0]?.at ?? fromDay('2026-01-01') });
  for (const { show, at } of newest) {
    const said = show.title === name ? [written(show), place(show)].filter(Boolean).join(' · ') : show.title;
    const title = `${show.status === 'cancelled' ? `${words.cancelled} : ` : ''}${said}`;
    feed.addItem({ id: show.id, guid: show.id, title, date: at, link: show.ticketUrl || pageUrl, description: `${written(show)} · ${place(show)}${show.free ? ` · ${words.free}` : ''}` });
  }
  return feed.rss2();
}
