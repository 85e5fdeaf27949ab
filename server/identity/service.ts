import { createHmac, randomBytes } from 'node:crypto';
import { makeCode, spendCode } from '../core/codes.ts';
import { transact, type Context, type SignedIn } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { sha256 } from '../core/files.ts';
import type { AuthMail } from '../core/letters.ts';
import { announce } from '../core/live.ts';
import { localeOf, type Locale } from '../core/locale.ts';
import { mask, maskOfNobody } from '../core/mask.ts';
import { permitOperator } from '../core/operators.ts';
import { tell } from '../core/outbox.ts';
import { permit, type Actor, type Purpose, type Role } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { fromDay, toDay } from '../core/time.ts';
import { vatNumberOf } from '../legal/vat-number.ts';
import { useCode } from '../plans/service.ts';
import { refusedPlace } from '../subscriptions/service.ts';
import { authLetter, frameLetter } from './letters.ts';
import { countryIsServed, homeOf } from './home.ts';
import { ibanIsValid, missingOf, registrationOf, roleOf, siretIsValid, type OrganisationKind, type Party } from './party.ts';

export { permitOperator };

type Db = Context['db'];

const dayMs = 86_400_000;
/** How long a frame stays open after its code, in days: thirty minutes. */
const frameDays = 30 / 1440;
/** Codes a day for one booking: five tries each leave a guesser one chance in sixteen thousand. */
const codesADay = 12;

/** Whoever is at the page. */
export async function readMe(ctx: Context) {
  const user = ctx.userId ? await ctx.db.user.findUnique({ where: { id: ctx.userId }, select: { id: true, name: true, email: true, emailVerified: true } }) : null;
  const { link } = ctx.actor ?? {};
  return {
    user,
    organisations: user ? await organisationsOf(ctx.db, user.id, ctx.now()) : [],
    link: ctx.actor && link ? { purpose: link.purpose, bookingId: link.bookingId, orgId: ctx.actor.orgId } : null,
    development: ctx.config.environment !== 'production',
    now: ctx.now().toISOString(),
    mediaOrigin: ctx.config.urls.media,
    ...(user?.emailVerified && ctx.config.operators.includes(user.email.toLowerCase()) ? { operator: true } : {}),
  };
}

/** A signed-in person founds an organisation and owns it. `referral` is the code of whoever brought it, or a promotion's; empty for none. @throws AppError `signed_out`; `plan_code_refused`, and then nothing is founded. */
export async function openOrganisation(ctx: Context, { referral, ...ask }: { kind: OrganisationKind; name: string; insee: string; locale: Locale; referral: string }): Promise<{ id: string }> {
  const user = ctx.userId ? await ctx.db.user.findUnique({ where: { id: ctx.userId } }) : null;
  if (!user) throw new AppError('signed_out');
  const id = ctx.newId('org');
  return transact(ctx, async (tx) => {
    // Nobody brings themselves: the code is looked at before they belong to what it founds.
    await tx.db.organisation.create({ data: { id, ...ask, ...homeOf(ask.insee), email: user.email, claimed: true, createdAt: tx.realNow() } });
    if (referral) await useCode(tx, id, referral, user.id);
    await tx.db.member.create({ data: { orgId: id, userId: user.id, role: 'owner' } });
    return { id };
  });
}

/** The organisation acted for, with what a contract still lacks of it. */
export async function readOrganisation(ctx: SignedIn) {
  permit(ctx.actor, 'organisation.read', { orgId: ctx.actor.orgId });
  return organisationView(await ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.orgId } }));
}

/** What may be changed of an organisation. A day is `YYYY-MM-DD`. */
export type OrganisationPatch = { readonly [K in keyof Omit<Party, 'kind'> | 'legalForm' | 'vatNumber' | 'capacity' | 'name' | 'phone' | 'iban']?: string | undefined }
  & { readonly vatFranchise?: boolean | undefined; readonly vatOnDebits?: boolean | undefined; readonly licenceUntil?: string | null | undefined; readonly locale?: Locale | undefined };

/**
 * Changes the organisation acted for; with its legal identity complete, the contracts that waited for it go on.
 *
 * @throws AppError `input_invalid` for a SIRET, a VAT number, a number of a register or an IBAN that cannot be one, `country_unknown`, `iban_kept` for another IBAN than the one that is known.
 */
export async function updateOrganisation(ctx: SignedIn, patch: OrganisationPatch) {
  permit(ctx.actor, 'organisation.edit', { orgId: ctx.actor.orgId });
  return transact(ctx, async (tx) => organisationView(await editOrganisation(tx, ctx.actor.orgId, patch)));
}

/**
 * Writes into an organisation, for a caller who has asked for leave. When nothing is missing any more, every agreed booking of it is told
 * `party.completed`.
 *
 * @throws AppError `input_invalid` for a SIRET, a VAT number or a number of a register that cannot be one, `country_unknown` for a country whose law we do not know, `iban_kept`.
 */
export async function editOrganisation(tx: Context, orgId: string, { licenceUntil, country, ...patch }: OrganisationPatch) {
  if (patch.siret && !siretIsValid(patch.siret)) throw new AppError('input_invalid', { field: 'siret' });
  if (patch.iban && !ibanIsValid(patch.iban)) throw new AppError('input_invalid', { field: 'iban' });
  if (country !== undefined && !countryIsServed(country.toUpperCase())) throw new AppError('country_unknown', { field: 'country' });
  const before = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  if (patch.iban !== undefined && before.iban !== '' && patch.iban !== before.iban) throw new AppError('iban_kept', { field: 'iban' });
  const vatNumber = patch.vatNumber ?? before.vatNumber;
  const proven = vatNumberOf(vatNumber, country?.toUpperCase() ?? before.country);
  // A number that proves nothing would take the tax off a sale; a new home wants a new one.
  if ((patch.vatNumber !== undefined || country !== undefined) && vatNumber.trim() !== '' && proven === '') throw new AppError('input_invalid', { field: 'vatNumber' });
  const registration = registrationOf({ country: country?.toUpperCase() ?? before.country, registration: patch.registration ?? before.registration });
  if (patch.registration && registration === '') throw new AppError('input_invalid', { field: 'registration' });
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const after = await tx.db.organisation.update({
    where: { id: orgId },
    data: {
      ...given,
      ...(patch.vatNumber === undefined ? {} : { vatNumber: proven }),
      // A number of another country's register is none.
      registration,
      ...(country === undefined ? {} : { country: country.toUpperCase() }),
      ...(licenceUntil === undefined ? {} : { licenceUntil: licenceUntil === null ? null : fromDay(licenceUntil) }),
    },
  });
  const role = roleOf(after.kind);
  // A deal may have waited for one field more than every contract asks for.
  const more = (['iban', 'vatNumber', 'registration', 'country'] as const).some((field) => before[field] !== after[field]);
  if ((more || missingOf(before, role).length > 0) && missingOf(after, role).length === 0) await tellCompleted(tx, orgId);
  return after;
}

async function tellCompleted(tx: Context, orgId: string): Promise<void> {
  const waiting = await tx.db.booking.findMany({ where: { status: 'agreed', OR: [{ orgId }, { buyerOrgId: orgId }] }, select: { id: true, orgId: true } });
  for (const booking of waiting) await tell(tx, 'party.completed', { bookingId: booking.id, side: booking.orgId === orgId ? 'artist' : 'buyer' });
}

/** The mandates that the organisation gave or was given, the newest first; ended ones too. */
export async function representations(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'organisation.read', { orgId });
  const rows = await ctx.db.representation.findMany({
    where: { OR: [{ bookerOrgId: orgId }, { artistOrgId: orgId }] }, orderBy: { since: 'desc' }, include: { booker: { select: { name: true } }, artist: { select: { name: true } } },
  });
  return rows.map(({ id, bookerOrgId, booker, artistOrgId, artist, since, until }) => ({
    id, bookerOrgId, booker: booker.name, artistOrgId, artist: artist.name, since: since.toISOString(), until: until?.toISOString() ?? null,
  }));
}

/**
 * An artist mandates a booker, known by its mail address, which somebody there has confirmed. The artist alone does: a booker who acts for
 * it cannot pass the mandate on.
 *
 * @throws AppError `not_found` when there is no such booker, `role_too_low`, `input_invalid` when the organisation is no artist's, `plan_limit` when the
 * booker's plan has no place left.
 */
export async function represent(ctx: SignedIn, bookerEmail: string): Promise<{ id: string }> {
  const { orgId, userId } = ctx.actor;
  permit(ctx.actor, 'organisation.edit', { orgId });
  const own = userId ? await ctx.db.member.findUnique({ where: { orgId_userId: { orgId, userId } }, include: { org: { select: { kind: true, name: true } } } }) : null;
  if (!own) throw new AppError('role_too_low', { act: 'organisation.edit' });
  if (own.org.kind !== 'artist') throw new AppError('input_invalid', { field: 'kind' });
  // Letter for letter: the database's own way to ignore case takes `_` for any sign.
  const [booker] = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM organisation o JOIN member m ON m.org_id = o.id JOIN "user" u ON u.id = m.user_id
    WHERE o.kind = 'booker' AND o.claimed AND lower(o.email) = lower(${bookerEmail}) AND lower(u.email) = lower(${bookerEmail}) AND u."emailVerified"
    ORDER BY o.created_at, o.id LIMIT 1`;
  if (!booker) throw new AppError('not_found');
  const pair = { bookerOrgId: booker.id, artistOrgId: orgId };
  const now = ctx.now();
  const most = await transact(ctx, async (tx) => {
    // A mandate that lives has its place; one that ended begins again.
    const lives = await tx.db.representation.count({ where: { ...pair, ...live(now) } });
    const full = lives > 0 ? null : await refusedPlace(tx, booker.id, own.org.name);
    if (full !== null) return full;
    await tx.db.representation.createMany({ data: [{ id: tx.newId('rep'), ...pair, since: now }], skipDuplicates: true });
    await tx.db.representation.updateMany({ where: { ...pair, until: { lte: now } }, data: { since: now, until: null } });
    return null;
  });
  // The booker was written to, and that stays.
  if (most !== null) throw new AppError('plan_limit', { most: String(most) });
  return ctx.db.representation.findUniqueOrThrow({ where: { bookerOrgId_artistOrgId: pair }, select: { id: true } });
}

/** Either side ends a mandate, at once. @throws AppError `not_found`. */
export async function endRepresentation(ctx: SignedIn, id: string): Promise<{ id: string }> {
  const found = await ctx.db.representation.findUnique({ where: { id } });
  if (!found) throw new AppError('not_found');
  permit(ctx.actor, 'organisation.edit', { orgId: found.artistOrgId, buyerOrgId: found.bookerOrgId });
  const now = ctx.now();
  await ctx.db.representation.updateMany({ where: { id, OR: [{ until: null }, { until: { gt: now } }] }, data: { until: now } });
  return { id };
}

/** The bookers who act for an artist now. */
export async function representedBy(db: Db, artistOrgId: string, now: Date): Promise<string[]> {
  const rows = await db.representation.findMany({ where: { artistOrgId, ...live(now) }, select: { bookerOrgId: true } });
  return rows.map((row) => row.bookerOrgId);
}

/** The artists that an organisation acts for. */
export async function representedOf(ctx: Context, bookerOrgId: string): Promise<string[]> {
  const mandates = await ctx.db.representation.findMany({ where: { bookerOrgId, OR: [{ until: null }, { until: { gt: ctx.now() } }] }, select: { artistOrgId: true } });
  return mandates.map(({ artistOrgId }) => artistOrgId);
}

/**
 * For whom a person acts: for the organisation wanted, when they belong to it, or to a booker who represents it (then as a manager at
 * most); for their first one when none is wanted; `null` when they may not. `now` is the trade's clock.
 */
export async function actorOf(db: Db, userId: string, wantedOrgId: string | null, now: Date): Promise<Actor | null> {
  const all = await organisationsOf(db, userId, now);
  const chosen = wantedOrgId === null ? all[0] : all.find((organisation) => organisation.id === wantedOrgId);
  return chosen ? { userId, orgId: chosen.id, role: chosen.role, ...(chosen.representedBy === null ? {} : { mandated: true }) } : null;
}

async function organisationsOf(db: Db, userId: string, now: Date) {
  const members = await db.member.findMany({
    where: { userId }, orderBy: { orgId: 'asc' },
    include: { org: { select: { id: true, name: true, kind: true, represents: { where: live(now), orderBy: { since: 'asc' }, select: { artist: { select: { id: true, name: true, kind: true } } } } } } },
  });
  const own = members.map(({ org: { id, name, kind }, role }) => ({ id, name, kind, role, representedBy: null }));
  const artists = members.flatMap(({ org, role }) => org.represents.map(({ artist }) => ({ ...artist, role: atMostManager(role), representedBy: org.name })));
  // Whoever belongs to an artist needs no booker to act for it; of two bookers the first counts.
  const seen = new Set(own.map((organisation) => organisation.id));
  return [...own, ...artists.filter(({ id }) => !seen.has(id) && seen.add(id))];
}

const live = (now: Date) => ({ OR: [{ until: null }, { until: { gt: now } }] });
const atMostManager = (role: Role): Role => (role === 'owner' ? 'manager' : role);

/**
 * Makes the capability that a mail carries: one purpose, one booking, in the name of one organisation, for `days` of the wall clock (a
 * fraction is fine). Gives the token, which is kept nowhere.
 */
export async function makeLink(ctx: Context, link: { purpose: Purpose; bookingId: string; orgId: string; email: string; days: number }): Promise<string> {
  const { days, ...rest } = link;
  const token = randomBytes(32).toString('base64url');
  const createdAt = ctx.realNow();
  await ctx.db.link.create({ data: { id: ctx.newId('lnk'), tokenHash: sha256(token), ...rest, createdAt, expiresAt: new Date(createdAt.getTime() + days * dayMs) } });
  return token;
}

/** Who acts by the token of a mail; `null` when it expired, was revoked, or never was. */
export async function actorOfLink(db: Db, token: string, realNow: Date): Promise<Actor | null> {
  const link = await db.link.findUnique({ where: { tokenHash: sha256(token), revokedAt: null, expiresAt: { gt: realNow } } });
  return link && { userId: null, orgId: link.orgId, role: 'owner', link: { id: link.id, purpose: link.purpose, bookingId: link.bookingId } };
}

/** Whether whoever began to follow something may still act as they do: links are revoked, mandates end, people leave. */
export async function isStill(ctx: Context, { userId, orgId, link }: Actor): Promise<boolean> {
  if (link) return await ctx.db.link.count({ where: { ...(link.id ? { id: link.id } : {}), bookingId: link.bookingId, orgId, purpose: link.purpose, revokedAt: null, expiresAt: { gt: ctx.realNow() } } }) > 0;
  return userId !== null && await actorOf(ctx.db, userId, orgId, ctx.now()) !== null;
}

/** Revokes the links of a booking, at once, and gives their number; those that only show the file stay when only `acting` ones are meant. Who follows by one is woken. */
export async function revokeLinks(ctx: Context, bookingId: string, which: 'all' | 'acting' = 'all'): Promise<number> {
  const { count } = await ctx.db.link.updateMany({ where: { bookingId, revokedAt: null, ...(which === 'acting' ? { purpose: { notIn: ['follow', 'review'] } } : {}) }, data: { revokedAt: ctx.realNow() } });
  await announce(ctx.db, bookingId);
  return count;
}

/** The artist's side makes every link that the buyer was sent open nothing any more: the address was wrong, or a mail went astray. @throws AppError `not_found`. */
export async function revokeBuyerLinks(ctx: SignedIn, bookingId: string): Promise<{ revoked: number }> {
  const booking = await ctx.db.booking.findUnique({ where: { id: bookingId }, select: { orgId: true, buyerOrgId: true } });
  if (!booking) throw new AppError('not_found');
  const side = permit(ctx.actor, 'link.revoke', { ...booking, bookingId, representedBy: await representedBy(ctx.db, booking.orgId, ctx.now()) });
  if (side !== 'artist') throw new AppError('role_too_low', { act: 'link.revoke' });
  return transact(ctx, async (tx) => ({ revoked: await revokeLinks(tx, bookingId) }));
}

/**
 * Sends a code to the buyer of the booking that `reference` names. Whether there is one cannot be told from the answer.
 *
 * @throws AppError `rate_limited` after four codes in ten minutes.
 */
export async function requestFrameCode(ctx: Context, reference: string): Promise<{ sentTo: string }> {
  await count(ctx, `frame.code:${sha256(reference)}`, 4);
  const buyer = await buyerOf(ctx, reference);
  if (!buyer) return { sentTo: maskOfNobody(createHmac('sha256', ctx.config.sessionSecret).update(reference).digest()) };
  const { email, act, locale, orgId } = buyer;
  await transact(ctx, async (tx) => {
    const code = await makeCode(tx, { act, email, most: codesADay, hours: 24 });
    await post(tx, { cause: `${act}:${tx.newId('mai')}`, email, orgId }, frameLetter(locale, code));
  }).catch((error: unknown) => {
    // Beyond the codes of a day nothing is sent, and the answer does not tell.
    if (!(error instanceof AppError && error.code === 'rate_limited')) throw error;
  });
  return { sentTo: mask(email) };
}

/**
 * Opens a booking inside a frame, for thirty minutes, for the code that was sent. Not inside a transaction: wrong tries must count.
 *
 * @throws AppError `code_wrong`, `code_spent`, `rate_limited` after twenty tries in ten minutes.
 */
export async function openFrame(ctx: Context, { reference, code }: { reference: string; code: string }): Promise<{ token: string; bookingId: string }> {
  await count(ctx, `frame.open:${sha256(reference)}`, 20);
  const buyer = await buyerOf(ctx, reference);
  if (!buyer) throw new AppError('code_wrong');
  const { act, bookingId, orgId, email } = buyer;
  await spendCode(ctx, { act, code });
  return { bookingId, token: await makeLink(ctx, { purpose: 'file', bookingId, orgId, email, days: frameDays }) };
}

/** Writes a mail that signing in needs; the letter alone carries its link. */
export async function sendAuthMail(ctx: Context, mail: AuthMail): Promise<void> {
  // A letter that carries no token of its own is written once a day.
  const once = mail.kind === 'known' ? `${mail.email}:${toDay(ctx.realNow())}` : mail.url;
  await transact(ctx, (tx) => post(tx, { cause: `auth:${mail.kind}:${sha256(once)}`, email: mail.email }, authLetter(mail)));
}

async function buyerOf(ctx: Context, reference: string) {
  const booking = await ctx.db.booking.findUnique({ where: { reference }, select: { id: true, buyerOrgId: true } });
  const buyer = booking && await ctx.db.organisation.findUnique({ where: { id: booking.buyerOrgId }, select: { email: true, locale: true } });
  return buyer && { bookingId: booking.id, orgId: booking.buyerOrgId, email: buyer.email, locale: localeOf(buyer.locale), act: `frame:${booking.id}` };
}

/** Counts an act under `key`, in windows of ten minutes of the wall clock. @throws AppError `rate_limited` past `most`. */
async function count(ctx: Context, key: string, most: number): Promise<void> {
  const now = BigInt(ctx.realNow().getTime());
  const past = now - 600_000n;
  const [row] = await ctx.db.$queryRaw<{ count: number }[]>`
    INSERT INTO rate_limit (id, key, count, "lastRequest") VALUES (${key}, ${key}, 1, ${now})
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN rate_limit."lastRequest" <= ${past} THEN 1 ELSE rate_limit.count + 1 END,
      "lastRequest" = CASE WHEN rate_limit."lastRequest" <= ${past} THEN ${now} ELSE rate_limit."lastRequest" END
    RETURNING count`;
  if (row && row.count > most) throw new AppError('rate_limited', { seconds: '600' });
}

type OrganisationRow = Awaited<ReturnType<typeof editOrganisation>>;

/** What its own people see of an organisation. */
function organisationView(organisation: OrganisationRow) {
  const { id, kind, name, email, phone, timeZone, insee, legalName, legalForm, siret, registration, vatNumber, address, postcode, city, country, representative, capacity, licence, iban, vatFranchise, vatOnDebits } = organisation;
  return {
    id, kind, name, email, phone, timeZone, insee, legalName, legalForm, siret, registration, vatNumber, address, postcode, city, country, representative, capacity, licence, iban, vatFranchise, vatOnDebits,
    licenceUntil: organisation.licenceUntil && toDay(organisation.licenceUntil),
    locale: localeOf(organisation.locale),
    missing: missingOf(organisation, roleOf(kind)),
  };
}
