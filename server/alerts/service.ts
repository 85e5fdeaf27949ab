import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import { Prisma, type SavedSearch } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { localeOf, type Locale } from '../core/locale.ts';
import { permit } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { discover, type Discovery } from '../finds/service.ts';
import { noFilters, type Filters, type Seen } from '../matching/filters.ts';
import { fresh, groupsFor } from './found.ts';
import { discoveryLetter, type DiscoveryLetter } from './letters.ts';

/** Searches that an organisation may keep. The number is ours. */
const MOST_SEARCHES = 20;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

// --- What is heard by itself ------------------------------------------------------------------------------------------------

interface Wishes { readonly exceptional: boolean; readonly mails: boolean }

/** What an organisation wants to hear; everything, when it never said. */
export async function wishes(ctx: SignedIn): Promise<Wishes> {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'discovery.read', { orgId });
  const row = await ctx.db.matchingWish.findUnique({ where: { orgId } });
  return { exceptional: row?.exceptional ?? true, mails: row?.mails ?? true };
}

/** Throws as `permit` does. */
export async function setWishes(ctx: SignedIn, input: Wishes): Promise<Wishes> {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'discovery.choose', { orgId });
  await ctx.db.matchingWish.upsert({ where: { orgId }, create: { orgId, ...input }, update: input });
  return wishes(ctx);
}

// --- Mails ------------------------------------------------------------------------------------------------------------------

interface Mail { readonly cause: string; readonly tab: 'matches' | 'admirers' | 'searches'; readonly say: (locale: Locale, timeZone: string) => DiscoveryLetter }

/** Writes to those who answer for an organisation and to the bookers of an artist, each in their language; to its address when nobody has signed up; to nobody when it wants no such mail. */
export async function write(tx: Context, orgId: string, { cause, tab, say }: Mail): Promise<void> {
  const wish = await tx.db.matchingWish.findUnique({ where: { orgId } });
  if (wish?.mails === false) return;
  const now = tx.now();
  const [org, members] = await Promise.all([
    tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } }),
    tx.db.member.findMany({
      where: { role: { in: ['owner', 'manager'] }, OR: [{ orgId }, { org: { represents: { some: { artistOrgId: orgId, since: { lte: now }, OR: [{ until: null }, { until: { gt: now } }] } } } }] },
      include: { user: { select: { email: true, locale: true } } },
    }),
  ]);
  const readers = new Map(members.map(({ user }) => [user.email, user.locale]));
  if (readers.size === 0) readers.set(org.email, org.locale);
  for (const [email, tag] of readers) {
    const locale = localeOf(tag);
    await post(tx, { cause: `discovery:${cause}:${orgId}:${email}`, email, orgId }, discoveryLetter(locale, say(locale, org.timeZone), `${tx.config.urls.platform}/${tab === 'searches' ? 'discover' : 'matches'}`));
  }
}

// --- Searches that are kept -------------------------------------------------------------------------------------------------

/** Finds that an alert looks at, and finds of which a search remembers that it told. */
const [looked, remembered] = [60, 5_000] as const;
/** Finds that a mail names. */
const named = 5;

/** A search as it is kept: what it asks was checked when it came, by the views of that day. */
const asked = ({ seen, filters, sort }: Pick<SavedSearch, 'seen' | 'filters' | 'sort'>) => ({ seen: seen as Seen, filters: { ...noFilters, ...filters as object }, sort: sort as Discovery['sort'] });
const discovery = (of: Partial<Discovery>): Discovery => ({ filters: noFilters, sort: 'score', limit: looked, diversity: 0, all: false, locale: 'fr', ...of });

const searchView = (row: SavedSearch) =>
  ({ ...asked(row), id: row.id, name: row.name, alert: row.alert, createdAt: row.createdAt.toISOString(), lookedAt: row.lookedAt.toISOString(), found: row.found.length });

/** The searches that an organisation keeps, the latest first. */
export async function searches(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'discovery.read', { orgId });
  return (await ctx.db.savedSearch.findMany({ where: { orgId }, orderBy: { id: 'desc' } })).map(searchView);
}

/**
 * Keeps a search. What it finds now is known: later ones are news.
 *
 * @throws AppError `search_limit`; as `discover` of finds, and as `permit` does.
 */
export async function createSearch(ctx: SignedIn, input: { name: string; seen: Seen; filters: Filters; sort: Discovery['sort']; alert: boolean }) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'discovery.choose', { orgId });
  const { found } = await discover(ctx, discovery({ seen: input.seen, filters: input.filters, sort: input.sort }));
  const row = await transact(ctx, async (tx) => {
    await lock(tx, `searches:${orgId}`);
    if (await tx.db.savedSearch.count({ where: { orgId } }) >= MOST_SEARCHES) throw new AppError('search_limit', { most: String(MOST_SEARCHES) });
    return tx.db.savedSearch.create({ data: { id: tx.newId('srh'), orgId, ...input, filters: input.filters as unknown as Prisma.InputJsonObject, createdAt: tx.now(), lookedAt: tx.now(), found: found.map((one) => one.orgId) } });
  });
  return searchView(row);
}

/** Names a search anew, or turns its alert on or off. @throws AppError `not_found`; and as `permit` does. */
export async function editSearch(ctx: SignedIn, { id, name, alert }: { id: string; name?: string | undefined; alert?: boolean | undefined }) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'discovery.choose', { orgId });
  const { count } = await ctx.db.savedSearch.updateMany({ where: { id, orgId }, data: { ...(name !== undefined && { name }), ...(alert !== undefined && { alert }) } });
  if (count === 0) throw new AppError('not_found');
  return searchView(await ctx.db.savedSearch.findUniqueOrThrow({ where: { id } }));
}

/** @throws AppError `not_found`; and as `permit` does. */
export async function deleteSearch(ctx: SignedIn, id: string): Promise<{ id: string }> {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'discovery.choose', { orgId });
  const { count } = await ctx.db.savedSearch.deleteMany({ where: { id, orgId } });
  if (count === 0) throw new AppError('not_found');
  return { id };
}

/**
 * Looks with each search that has an alert: after a profile of the side it seeks was changed, an hour after the last look at the earliest, and
 * once a day else, for days become free by themselves. One that fails waits for the next hour, and the others go on.
 */
export async function lookAnew(ctx: Context): Promise<void> {
  const now = ctx.now().getTime();
  const rows = await ctx.db.savedSearch.findMany({ where: { alert: true, lookedAt: { lte: new Date(now - hourMs) } }, orderBy: { lookedAt: 'asc' } });
  const changed = rows.length > 0 ? await lastChanges(ctx) : null;
  for (const row of rows) {
    if (row.lookedAt.getTime() > now - dayMs && (changed?.[row.seen as Seen] ?? 0) < row.lookedAt.getTime()) continue;
    try {
      await look(ctx, row);
    } catch (error) {
      ctx.log.error({ search: row.id, err: error }, 'a search that is kept failed, and is tried again in an hour');
    }
  }
}

/** When a profile of either side was last changed. */
async function lastChanges(ctx: Context): Promise<Readonly<Record<Seen, number>>> {
  const [{ _max: epk }, { _max: venue }, { _max: sheet }] = await Promise.all([
    ctx.db.epk.aggregate({ _max: { updatedAt: true } }), ctx.db.venue.aggregate({ _max: { updatedAt: true } }), ctx.db.sheet.aggregate({ _max: { updatedAt: true } }),
  ]);
  const latest = (of: { updatedAt: Date | null }) => Math.max(of.updatedAt?.getTime() ?? 0, sheet.updatedAt?.getTime() ?? 0);
  return { artist: latest(epk), place: latest(venue) };
}

/** Tells what a search finds and never told. While its organisation wants no mail nothing counts as told. */
async function look(ctx: Context, { id, orgId, ...search }: SavedSearch): Promise<void> {
  if ((await ctx.db.matchingWish.findUnique({ where: { orgId } }))?.mails === false) return;
  const { found } = await discover(inside(ctx, orgId), discovery(asked(search)));
  await transact(ctx, async (tx) => {
    await lock(tx, `search:${id}`);
    const row = await tx.db.savedSearch.findUnique({ where: { id } });
    if (!row?.alert) return;
    const news = fresh(found, row.found);
    await tx.db.savedSearch.update({ where: { id }, data: { lookedAt: tx.now(), found: [...row.found, ...news.map((one) => one.orgId)].slice(-remembered) } });
    if (news.length === 0) return;
    const finds = news.slice(0, named).map(({ name, city, score }) => ({ name, city, score: score.score, groups: groupsFor(score) }));
    await write(tx, orgId, { cause: `search:${id}:${news[0]?.orgId}:${row.found.length}`, tab: 'searches', say: () => ({ kind: 'found', name: row.name, finds, more: news.length - finds.length }) });
  });
}

/** The world as an organisation sees it, for work that is done for it while nobody of it is there. */
const inside = (ctx: Context, orgId: string): SignedIn => ({ ...ctx, actor: { userId: null, orgId, role: 'observer' } });
