import { parentPort } from 'node:worker_threads';
import pg from 'pg';
import type { FromThread, ToThread } from '../core/threads.ts';
import { layHall } from '../matching/hall.ts';
import { kinship } from '../matching/kin.ts';
import { marketOf } from '../matching/market.ts';
import { catchmentsIn } from './catchment.ts';
import type { Lay, LaidOut } from './lay.ts';
import { announcedIn, counts, countsFrom, dealsBefore, dealsIn, genres, genresFrom, pagesFrom, pagesOf, profilesFrom, questionsOf, showsFrom, type Profile, type Question } from './read.ts';

/* A thread that lays the hall out and ends: what a hundred thousand profiles leave behind while they are read ends with it, and those who search meanwhile do not wait. */

/** Connections: a page is read by several questions at once, the next one while it is laid out. */
const connections = 4;

parentPort?.on('message', (said: ToThread<Lay>) => {
  if ('news' in said) return;
  const answer = (one: FromThread<LaidOut>): void => { parentPort?.postMessage(one); };
  layOut(said.question).then(
    (made) => { answer({ id: said.id, answer: made }); },
    (error: unknown) => { answer({ id: said.id, failed: error instanceof Error ? error.stack ?? error.message : String(error) }); },
  );
});

async function layOut({ databaseUrl, origin, crowd, pageOf }: Lay): Promise<LaidOut> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections });
  pool.on('error', () => undefined);
  const ask = async ({ sql, values }: Question): Promise<string> => (await pool.query<{ said: string }>(sql, [...values])).rows[0]?.said ?? '[]';
  try {
    const world = await Promise.all([counts, showsFrom(origin), dealsBefore(origin), genres, pagesOf('artist', pageOf), pagesOf('place', pageOf)].map(ask));
    const [counted = '', shows = '', deals = '', named = '', artists = '', places = ''] = world;
    const broken = new Map<string, string>();
    const [market, catchment] = [marketOf(dealsIn(deals)), catchmentsIn(crowd)];
    const pages = [...pagesFrom(artists).map((whose) => ({ seen: 'artist' as const, whose })), ...pagesFrom(places).map((whose) => ({ seen: 'place' as const, whose }))];
    const read = async (at: number): Promise<Iterable<Profile>> => {
      const page = pages[at];
      if (!page) return [];
      const reading = { ...page, market, origin, catchment, broken: (orgId: string, error: unknown) => { broken.set(orgId, String(error)); } };
      return profilesFrom(reading, await Promise.all(questionsOf(reading).map(ask)));
    };
    let next = read(0);
    const laid = layHall(origin, countsFrom(counted), { kin: kinship(genresFrom(named)), shows: announcedIn(shows) });
    for (const [i, { seen }] of pages.entries()) {
      const found = await next;
      next = read(i + 1);
      // Who waits for it hears of a failure; until then nobody is to end over it.
      next.catch(() => undefined);
      laid[seen].fill(found);
    }
    laid.artist.settle();
    laid.place.settle();
    return { grounds: laid.grounds, names: laid.base.names, market, broken };
  } finally {
    await pool.end();
  }
}
