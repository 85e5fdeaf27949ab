import assert from 'node:assert/strict';
import type { Context } from '../core/context.ts';
import type { PrismaClient } from '../core/db/client.ts';
import { openThreads } from '../core/threads.ts';
import type { Day } from '../core/time.ts';
import { laidOver, type Laid } from '../matching/hall.ts';
import type { Market } from '../matching/market.ts';
import { places } from '../profiles/service.ts';
import { catchmentsIn } from './catchment.ts';
import type { Lay, LaidOut } from './lay.ts';
import { profilesFrom, questionsOf, type Profile, type Question, type Reading } from './read.ts';

/** Profiles that are read at once: a page is some tens of megabytes while it is. */
const pageOf = 5_000;

let known: { readonly crowd: Float64Array; readonly catchment: ReturnType<typeof catchmentsIn> } | undefined;
/** Where people live, read once. */
function people() {
  if (!known) {
    const crowd = Float64Array.from(places().rows.flatMap(({ row }) => [row[4], row[5], row[6]]));
    known = { crowd, catchment: catchmentsIn(crowd) };
  }
  return known;
}

/** How many people live within thirty kilometres of a place; null where it lies nowhere. */
export const catchmentOf: ReturnType<typeof catchmentsIn> = (place) => people().catchment(place);

/** Lays everybody out from the database in a thread of its own, as of a day. Fails when the database does. */
export async function layOut(ctx: Context, origin: Day, page = pageOf): Promise<{ readonly laid: Laid; readonly market: Market }> {
  const { databaseUrl } = ctx.config;
  assert(databaseUrl !== null, 'whoever started us knows where the database is');
  const threads = openThreads<Lay, LaidOut>(import.meta.url, 'laying', 1);
  try {
    const { grounds, names, market, broken } = await threads.ask({ databaseUrl, origin, crowd: people().crowd, pageOf: page });
    for (const [orgId, why] of broken) ctx.log.error({ orgId, why }, 'a profile could not be laid out; nobody finds it');
    return { laid: laidOver(origin, grounds, names), market };
  } finally {
    await threads.close();
  }
}

/** Profiles of a side by their ids, as they are now. Those that are not there are none. */
export async function readProfiles(ctx: Context, { ids, ...of }: Pick<Reading, 'seen' | 'market' | 'origin'> & { readonly ids: readonly string[] }): Promise<Iterable<Profile>> {
  const reading = { ...of, whose: { ids }, catchment: catchmentOf, broken: (orgId: string, err: unknown) => { ctx.log.error({ orgId, err }, 'a profile could not be laid out; nobody finds it'); } };
  const ask = async ({ sql, values }: Question): Promise<string> => (await (ctx.db as PrismaClient).$queryRawUnsafe<{ said: string }[]>(sql, ...values))[0]?.said ?? '[]';
  return profilesFrom(reading, await Promise.all(questionsOf(reading).map(ask)));
}
