import { randomInt } from 'node:crypto';
import { transact, type Context, type Guest, type Partner, type SignedIn } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { permit, type Act } from '../core/permissions.ts';
import { readWebPage } from '../core/web.ts';
import { check, type Report } from './check.ts';
import { originsFrom } from './origin.ts';

type Db = Context['db'];

/** How long an old key works beside the new one, so that pages can be changed without a gap: seven days. */
const overlapMs = 7 * 86_400_000;
/** How long a key that was found is not asked for again. A key revoked by another process dies this much later. */
const freshMs = 1_500;
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** 24 characters of chance after `pk_`: a name that nobody guesses, and no secret. */
const newKey = () => `pk_${Array.from({ length: 24 }, () => alphabet[randomInt(alphabet.length)]).join('')}`;

interface Found {
  readonly partner: Partner;
  readonly expiresAt: Date | null;
  /** When it was found, in milliseconds since 1970. */
  readonly at: number;
}

/** Keys lately found, by database. Bounded: it is emptied when full. */
const found = new WeakMap<Db, Map<string, Found>>();
const most = 5_000;

/** The partner that a live key names, wherever it is shown; `null` for a key that is unknown, revoked or run out. */
export async function partnerOfKey(db: Db, key: string, realNow: Date): Promise<Partner | null> {
  const known = found.get(db)?.get(key);
  const age = known ? realNow.getTime() - known.at : Infinity;
  if (known && age >= 0 && age < freshMs) return known.expiresAt && known.expiresAt <= realNow ? null : known.partner;
  const row = /^pk_\w{8,64}$/.test(key) ? await db.siteKey.findUnique({ where: { key, revokedAt: null }, include: { site: true } }) : null;
  if (!row || (row.expiresAt && row.expiresAt <= realNow)) {
    found.get(db)?.delete(key);
    return null;
  }
  const partner: Partner = { siteId: row.siteId, orgId: row.site.orgId, key, origins: row.site.origins };
  const cache = found.get(db) ?? new Map<string, Found>();
  if (cache.size >= most) cache.clear();
  found.set(db, cache.set(key, { partner, expiresAt: row.expiresAt, at: realNow.getTime() }));
  return partner;
}

/** Who calls from a partner's page: known when the key lives and the page's origin, as the browser says it, is on the site's list. */
export async function findPartner(db: Db, key: string, origin: string, realNow: Date): Promise<{ partner: Partner } | { refusal: 'key_unknown' | 'origin_not_allowed' }> {
  const partner = await partnerOfKey(db, key, realNow);
  if (!partner) return { refusal: 'key_unknown' };
  return partner.origins.includes(origin) ? { partner } : { refusal: 'origin_not_allowed' };
}

/** The pages that may hold a frame of ours for this key: its site's list; none for a dead key. */
export const originsOfKey = async (db: Db, key: string, realNow: Date): Promise<readonly string[]> => (await partnerOfKey(db, key, realNow))?.origins ?? [];

/** The list of a site. */
export async function originsOf(ctx: Context, siteId: string): Promise<readonly string[]> {
  const site = await ctx.db.site.findUnique({ where: { id: siteId }, select: { origins: true } });
  return site?.origins ?? [];
}

/** The organisation's sites, the newest first, each with its keys. */
export async function readSites(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'site.read', { orgId });
  const sites = await ctx.db.site.findMany({ where: { orgId }, orderBy: { createdAt: 'desc' }, include: withKeys });
  return sites.map(siteView);
}

/** What a partner says of a site. */
interface SiteInput {
  readonly name: string;
  readonly url: string;
  readonly origins: readonly string[];
}

/** Enters a site, with its first key. @throws AppError `origin_invalid`. */
export async function createSite(ctx: SignedIn, { name, url, origins }: SiteInput) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'site.edit', { orgId });
  const createdAt = ctx.realNow();
  return siteView(await ctx.db.site.create({
    data: { id: ctx.newId('sit'), orgId, name, url, origins: originsFrom(url, origins), createdAt, keys: { create: { key: newKey(), createdAt } } }, include: withKeys,
  }));
}

/** Changes a site and its list; a page that left the list is refused within two seconds. @throws AppError `origin_invalid`, `not_found`. */
export async function updateSite(ctx: SignedIn, { id, name, url, origins }: SiteInput & { id: string }) {
  await findSite(ctx, 'site.edit', id);
  const site = await ctx.db.site.update({ where: { id }, data: { name, url, origins: originsFrom(url, origins) }, include: withKeys });
  forget(site.keys.map(({ key }) => key), ctx);
  return siteView(site);
}

/** Gives a site a new key; those that live work seven days more. @throws AppError `not_found`. */
export async function rotateKey(ctx: SignedIn, id: string) {
  await findSite(ctx, 'site.edit', id);
  const now = ctx.realNow();
  const until = new Date(now.getTime() + overlapMs);
  const site = await transact(ctx, async (tx) => {
    await tx.db.siteKey.updateMany({ where: { siteId: id, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: until } }] }, data: { expiresAt: until } });
    await tx.db.siteKey.create({ data: { key: newKey(), siteId: id, createdAt: now } });
    return tx.db.site.findUniqueOrThrow({ where: { id }, include: withKeys });
  });
  forget(site.keys.map(({ key }) => key), ctx);
  return siteView(site);
}

/** Kills a key. Widgets that carry it say so, politely, within two seconds. @throws AppError `not_found`. */
export async function revokeKey(ctx: SignedIn, key: string) {
  const row = await ctx.db.siteKey.findUnique({ where: { key } });
  if (!row) throw new AppError('not_found');
  await findSite(ctx, 'site.edit', row.siteId);
  await ctx.db.siteKey.updateMany({ where: { key, revokedAt: null }, data: { revokedAt: ctx.realNow() } });
  forget([key], ctx);
  return siteView(await ctx.db.site.findUniqueOrThrow({ where: { id: row.siteId }, include: withKeys }));
}

/**
 * Reads a page of a partner's as a stranger would, and says what keeps widgets out of it. Where the page cannot be read, `outcome` says why.
 *
 * @throws AppError `not_found`, `rate_limited`.
 */
export async function checkPage(ctx: SignedIn, { siteId, url }: { siteId: string; url: string }): Promise<Report & { outcome: Awaited<ReturnType<typeof readWebPage>>['outcome']; url: string }> {
  const site = await findSite(ctx, 'site.read', siteId);
  await ctx.limits?.check(ctx.actor.orgId);
  const page = await readWebPage(url, { local: ctx.config.environment !== 'production' });
  if (page.outcome !== 'read') return { outcome: page.outcome, url: page.url, findings: [], lacks: [], amended: '' };
  const { platformOrigins, urls } = ctx.config;
  const servers = [...new Set([urls.platform, ...platformOrigins])];
  return { outcome: 'read', url: page.url, ...check(page, { servers, media: urls.media, origins: site.origins, keys: site.keys }, ctx.realNow()) };
}

const places = ['venue', 'festival', 'camping', 'municipality'];

/** Who the partner is, for a widget on its page, and the place that a request is for unless the visitor says otherwise. */
export async function readPartner(ctx: Guest) {
  const { orgId } = ctx.partner;
  const { name, kind, city, insee } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const venue = await ctx.db.venue.findUnique({ where: { orgId }, select: { name: true, city: true, insee: true, capacity: true } });
  const home = places.includes(kind) && city ? { name, city, insee, capacity: 0 } : null;
  return { name, kind, place: venue ?? home };
}

const withKeys = { keys: { orderBy: { createdAt: 'desc' } } } as const;

async function findSite(ctx: SignedIn, act: Act, id: string) {
  const site = await ctx.db.site.findUnique({ where: { id }, include: withKeys });
  if (!site) throw new AppError('not_found');
  permit(ctx.actor, act, site);
  return site;
}

const forget = (keys: readonly string[], { db }: Context) => { for (const key of keys) found.get(db)?.delete(key); };

function siteView({ id, name, url, origins, keys }: Awaited<ReturnType<typeof findSite>>) {
  return {
    id, name, url, origins,
    keys: keys.map(({ key, createdAt, expiresAt, revokedAt }) => ({ key, createdAt: createdAt.toISOString(), expiresAt: expiresAt?.toISOString() ?? null, revokedAt: revokedAt?.toISOString() ?? null })),
  };
}
