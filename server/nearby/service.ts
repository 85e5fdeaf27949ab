import { createHmac } from 'node:crypto';
import { transact, type Context, type Guest, type SignedIn } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { sha256 } from '../core/files.ts';
import { longDay } from '../core/letters.ts';
import { localeOf } from '../core/locale.ts';
import { mask } from '../core/mask.ts';
import { tell } from '../core/outbox.ts';
import { permit, type Act } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { dayIn, fromDay, toDay, type Day } from '../core/time.ts';
import { representedBy, representedOf } from '../identity/service.ts';
import { namesOf, placeOf } from '../profiles/service.ts';
import { hashOf, once, openRequest, spendProof } from '../requests/service.ts';
import { kilometres } from '../roads/crow.ts';
import { askerOf, checkWish, COUNTS_DAYS, datesNear, sumByTown, type Demand, type Wish } from './wish.ts';
import { letterOf } from './words.ts';

const dayMs = 86_400_000;
/** Lines that the inbox shows at once: organisers, and towns. */
const [mostAsks, mostTowns] = [200, 100];

type Row = NonNullable<Awaited<ReturnType<Context['db']['wish']['findUnique']>>>;

// --- Asking -----------------------------------------------------------------------------------------------------------------

/** Takes a wish that came through a door, where it is counted. @throws AppError `rate_limited`, `proof_invalid`, and as `keepWish` does. */
export async function askNear(ctx: Guest, { proof, ...input }: Wish & { readonly key: string; readonly artist: string; readonly website: string; readonly proof: string }) {
  await spendProof(ctx, { proof, key: input.key });
  await ctx.limits?.wish({ ip: ctx.caller.ip, email: input.email, artist: input.artist, insee: input.insee });
  return keepWish(ctx, input);
}

/**
 * Keeps a visitor's wish to hear an artist near them. The same `key` with the same wish counts once and is answered alike. A robot that
 * fills `website` hears what a person would, and nothing is kept. Answers with the town, and how many fans want it there.
 *
 * @throws AppError `not_found` for an artist without a published press kit, `input_invalid` with the field, a town that nobody knows among them; `key_reused`.
 */
async function keepWish(ctx: Guest, input: Wish & { readonly key: string; readonly artist: string; readonly website: string }) {
  const { key, artist, website, ...wish } = input;
  const epk = await ctx.db.epk.findFirst({ where: { slug: artist, publishedAt: { not: null } }, select: { orgId: true, name: true } });
  if (!epk) throw new AppError('not_found');
  const town = placeOf(wish.insee);
  if (!town) throw new AppError('input_invalid', { field: 'insee' });
  checkWish(wish);
  const { orgId } = epk;
  const fansOf = (from: Context) => from.db.wish.count({ where: { orgId, insee: wish.insee, asker: 'fan', createdAt: since(from) } });
  if (website !== '') return { artist: epk.name, city: town.name, fans: await fansOf(ctx) + (wish.asker === 'fan' ? 1 : 0) };
  return transact(ctx, (tx) => once(tx, { id: `near:${tx.partner.siteId}:${key}`, hash: hashOf({ artist, ...wish }) }, async () => {
    const { optIn, ...said } = wish;
    const own = wish.asker === 'organiser' ? said : { asker: 'fan' as const, insee: said.insee, email: optIn ? said.email : '', locale: said.locale };
    const id = tx.newId('wsh');
    await tx.db.wish.create({
      data: {
        ...own, id, orgId, siteId: tx.partner.siteId || null, city: town.name, country: town.country, lat: town.lat, lng: town.lng, createdAt: tx.now(),
        ...(own.email && { tokenHash: sha256(tokenOf(tx, id)), known: own.asker === 'fan' ? datesNear(town, await datesOf(tx, [orgId])).map((show) => show.id) : [] }),
      },
    });
    await tell(tx, 'near.asked', { wishId: id, orgId, asker: wish.asker });
    return { artist: epk.name, city: town.name, fans: await fansOf(tx) };
  }));
}

const since = (ctx: Context) => ({ gt: new Date(ctx.now().getTime() - COUNTS_DAYS * dayMs) });

/** What the link of a wish's mails carries: nobody else can make it, and the database keeps its hash alone. */
const tokenOf = ({ config }: Context, id: string): string => createHmac('sha256', config.sessionSecret).update(`wish:${id}`).digest('base64url');

/** The announced dates to come of some artists that stand on the map. */
async function datesOf(ctx: Context, orgIds: readonly string[]) {
  const rows = await ctx.db.show.findMany({
    where: { orgId: { in: [...orgIds] }, published: true, status: 'planned', day: { gte: fromDay(dayIn(ctx.now(), 'Europe/Paris')) }, lat: { not: null }, lng: { not: null } },
    select: { id: true, orgId: true, day: true, city: true, place: true, lat: true, lng: true },
  });
  return rows.map(({ lat, lng, day, ...rest }) => ({ ...rest, day: toDay(day), lat: lat ?? 0, lng: lng ?? 0 }));
}

// --- Letters ----------------------------------------------------------------------------------------------------------------

/** Those who answer for an artist: its own people and its bookers'; the one address of an artist that nobody has claimed. */
async function answering(ctx: Context, orgId: string) {
  const people = await ctx.db.member.findMany({ where: { role: { in: ['owner', 'manager'] }, orgId: { in: [orgId, ...await representedBy(ctx.db, orgId, ctx.now())] } }, include: { user: true } });
  if (people.length > 0) return [...new Map(people.map(({ user }) => [user.email, { email: user.email, locale: localeOf(user.locale) }])).values()];
  const { email, locale } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  return [{ email, locale: localeOf(locale) }];
}

const leftAt = (ctx: Context, id: string): string => `${ctx.config.urls.platform}/near#t=${tokenOf(ctx, id)}`;

/** Letters about wishes that one address is sent in a day, whoever has them sent: to whom the address is said to belong, and to those who answer for artists. What is beyond stands in the inbox. Our own. */
const mostLetters = { own: 3, asked: 30 } as const;

async function hasRoom({ db, realNow }: Context, email: string, kind: keyof typeof mostLetters): Promise<boolean> {
  const cause = { startsWith: 'near:', endsWith: kind === 'own' ? ':own' : `:${email}` };
  return await db.mail.count({ where: { to: { equals: email, mode: 'insensitive' }, cause, createdAt: { gt: new Date(realNow().getTime() - dayMs) } } }) < mostLetters[kind];
}

/** Writes what a wish is worth: to those who answer for the artist and to the organiser; to a fan who left an address, once, for their yes. Fans without one are counted and nobody is written to. */
export async function hearWish(ctx: Context, wishId: string): Promise<void> {
  const wish = await ctx.db.wish.findUnique({ where: { id: wishId } });
  // Erased before it was heard.
  if (!wish?.email) return;
  const { id, orgId, city, period, message, email } = wish;
  const artist = (await namesOf(ctx, [orgId]))(orgId);
  const own = letterOf(localeOf(wish.locale), { kind: wish.asker === 'fan' ? 'confirm' : 'sent', artist, city }, leftAt(ctx, id));
  if (wish.asker === 'organiser') {
    const who = wish.organisation || wish.name;
    for (const reader of await answering(ctx, orgId)) {
      if (await hasRoom(ctx, reader.email, 'asked')) await post(ctx, { cause: `near:${id}:${reader.email}`, email: reader.email, orgId }, letterOf(reader.locale, { kind: 'asked', artist, who, city, period, message }, `${ctx.config.urls.platform}/inbox`));
    }
  }
  if (await hasRoom(ctx, email, 'own')) await post(ctx, { cause: `near:${id}:own`, email }, own);
}

/** Each fan who said yes hears once of the first date that was announced near them since they asked; their address goes with it. */
export async function tellFans(ctx: Context): Promise<void> {
  const fans = await ctx.db.wish.findMany({ where: { asker: 'fan', email: { not: '' }, confirmedAt: { not: null }, createdAt: since(ctx) }, orderBy: { createdAt: 'asc' } });
  const orgIds = [...new Set(fans.map(({ orgId }) => orgId))];
  const [dates, nameOf, epks] = await Promise.all([datesOf(ctx, orgIds), namesOf(ctx, orgIds), ctx.db.epk.findMany({ where: { orgId: { in: orgIds } }, select: { orgId: true, slug: true } })]);
  const slugs = new Map(epks.map(({ orgId, slug }) => [orgId, slug]));
  for (const fan of fans) {
    const [date] = datesNear(fan, dates.filter((one) => one.orgId === fan.orgId && !fan.known.includes(one.id)));
    if (!date) continue;
    const locale = localeOf(fan.locale);
    const letter = letterOf(locale, { kind: 'date', artist: nameOf(fan.orgId), city: fan.city, day: longDay(locale, date.day), place: date.city, km: Math.round(kilometres(fan, date)) }, `${ctx.config.urls.platform}/@${slugs.get(fan.orgId) ?? ''}`);
    await transact(ctx, async (tx) => {
      const { count } = await tx.db.wish.updateMany({ where: { id: fan.id, email: fan.email }, data: { email: '', tokenHash: null } });
      if (count > 0) await post(tx, { cause: `near:${fan.id}:date`, email: fan.email }, letter);
    });
  }
}

// --- The link of a mail -----------------------------------------------------------------------------------------------------

/** What somebody left, by the link of our mail. @throws AppError `link_dead`. */
export async function readWish(ctx: Context, token: string) {
  return leftView(ctx, await leftBy(ctx, token));
}

/** A fan says yes: they hear of a date. Asked twice, it is as if asked once. @throws AppError `link_dead`. */
export async function confirmWish(ctx: Context, token: string) {
  const { id } = await leftBy(ctx, token);
  await ctx.db.wish.updateMany({ where: { id, confirmedAt: null }, data: { confirmedAt: ctx.now() } });
  return leftView(ctx, await leftBy(ctx, token));
}

/**
 * Forgets whoever left a wish: an organiser's goes whole, a fan stays a number of their town. What has become a booking stays one. Our mails
 * about it go with it. @throws AppError `link_dead`.
 */
export async function eraseWish(ctx: Context, token: string) {
  return transact(ctx, async (tx) => {
    const wish = await leftBy(tx, token);
    if (wish.asker === 'fan') await tx.db.wish.update({ where: { id: wish.id }, data: { email: '', tokenHash: null, confirmedAt: null } });
    else await tx.db.wish.delete({ where: { id: wish.id } });
    await tx.db.mail.deleteMany({ where: { cause: { startsWith: `near:${wish.id}:` } } });
    return { ...await leftView(tx, wish), email: '', message: '', state: 'erased' as const };
  });
}

async function leftBy(ctx: Context, token: string): Promise<Row> {
  const wish = await ctx.db.wish.findUnique({ where: { tokenHash: sha256(token) } });
  if (!wish) throw new AppError('link_dead');
  return wish;
}

async function leftView(ctx: Context, { asker, orgId, city, email, message, confirmedAt, createdAt }: Row) {
  return {
    asker, artist: (await namesOf(ctx, [orgId]))(orgId), city, email: mask(email), message, state: asker === 'fan' && !confirmedAt ? 'unconfirmed' as const : 'kept' as const,
    until: toDay(new Date(createdAt.getTime() + COUNTS_DAYS * dayMs)),
  };
}

// --- Answering --------------------------------------------------------------------------------------------------------------

/** Who wants to hear the organisation's artists near them: organisers one by one, the newest first; all of a town summed, without anybody's address. */
export async function readWishes(ctx: SignedIn, status: 'open' | 'closed' | 'all') {
  const { orgId, link } = ctx.actor;
  // Whoever holds the link of one booking sees nothing else.
  if (link) return { asks: [], towns: [] };
  permit(ctx.actor, 'booking.read', { orgId });
  const orgIds = [orgId, ...await representedOf(ctx, orgId)];
  const [rows, counted, nameOf] = await Promise.all([
    ctx.db.wish.findMany({ where: { orgId: { in: orgIds }, asker: 'organiser', ...(status === 'all' ? {} : { status: status === 'open' ? 'open' : { not: 'open' } }) }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: mostAsks }),
    Promise.all(orgIds.map(async (one) => (await demandNear(ctx, one)).map((town) => ({ orgId: one, ...town })))), namesOf(ctx, orgIds),
  ]);
  const towns = counted.flat().sort((a, b) => b.organisers - a.organisers || b.fans - a.fans).slice(0, mostTowns);
  return { asks: rows.map((row) => wishView(row, nameOf)), towns: towns.map(({ orgId: whose, city, country, fans, organisers }) => ({ artist: nameOf(whose), city, country, fans, organisers })) };
}

/**
 * Where an artist is wanted, by town, over the last twelve months: what was declined no longer counts. For whoever plans a tour; the reader
 * has looked whether its asker may see the artist.
 *
 * @param orgId The artist's organisation.
 */
export async function demandNear(ctx: Context, orgId: string): Promise<readonly Demand[]> {
  return sumByTown(await ctx.db.wish.findMany({ where: { orgId, createdAt: since(ctx), status: { not: 'declined' } }, select: { insee: true, city: true, country: true, lat: true, lng: true, asker: true } }));
}

/** Says how an organiser's wish was answered; whoever is told no hears it from us. @throws AppError `not_found`, `wish_closed`. */
export async function answerWish(ctx: SignedIn, { id, how }: { id: string; how: 'written' | 'declined' }) {
  return transact(ctx, async (tx) => {
    const wish = await findWish(tx, 'request.decline', id);
    await close(tx, id, { status: how });
    const nameOf = await namesOf(tx, [wish.orgId]);
    if (how === 'declined') await post(tx, { cause: `near:${id}:declined`, email: wish.email }, letterOf(localeOf(wish.locale), { kind: 'declined', artist: nameOf(wish.orgId), city: wish.city }, leftAt(tx, id)));
    return wishView({ ...wish, status: how }, nameOf);
  });
}

/** Makes a booking of an organiser's wish on a day that the artist's side names. @throws AppError `not_found`, `wish_closed`, `day_past`, `date_taken`. */
export async function offerTo(ctx: SignedIn, { id, day }: { id: string; day: Day }): Promise<{ bookingId: string }> {
  return transact(ctx, async (tx) => {
    const { orgId, siteId, kind, name, organisation, email, insee, city, country, period, message, locale } = await findWish(tx, 'offer.send', id);
    const bookingId = await openRequest(tx, {
      orgId, siteId, ask: {
        asker: askerOf(kind ?? 'private'), contactName: name, organisation, publicBody: false, email, phone: '', occasion: [city, period].filter(Boolean).join(', '), showDay: day, seasonUntil: null, shows: 1, startTime: '20:30',
        place: organisation || city, address: '', insee, city, outdoor: false, audience: 0, budget: { minor: 0n, currency: country === 'CH' ? 'CHF' : 'EUR' }, technical: '', message, locale: localeOf(locale), pageUrl: '',
      },
    });
    await close(tx, id, { status: 'offered', bookingId });
    return { bookingId };
  });
}

/** Two answer at once: the first counts. */
async function close(tx: Context, id: string, data: { status: 'written' | 'declined' } | { status: 'offered'; bookingId: string }): Promise<void> {
  const { count } = await tx.db.wish.updateMany({ where: { id, status: 'open' }, data: { ...data, answeredAt: tx.now() } });
  if (count === 0) throw new AppError('wish_closed');
}

async function findWish(ctx: SignedIn, act: Act, id: string): Promise<Row> {
  const wish = await ctx.db.wish.findUnique({ where: { id, asker: 'organiser' } });
  if (!wish) throw new AppError('not_found');
  permit(ctx.actor, act, { orgId: wish.orgId, representedBy: await representedBy(ctx.db, wish.orgId, ctx.now()) });
  if (wish.status !== 'open') throw new AppError('wish_closed');
  return wish;
}

const wishView = ({ id, orgId, name, organisation, kind, email, city, country, period, message, status, createdAt, bookingId }: Row, nameOf: (orgId: string) => string) =>
  ({ id, artist: nameOf(orgId), name, organisation, kind: kind ?? 'private', email, city, country, period, message, status, createdAt: createdAt.toISOString(), bookingId });
