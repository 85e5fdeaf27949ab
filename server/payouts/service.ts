import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { PayoutAccount } from '../adapters/ports.ts';
import { partOf } from '../bookers/service.ts';
import { ownersOf } from '../booking/service.ts';
import { keptOf } from '../claims/service.ts';
import { makeCode, spendCode } from '../core/codes.ts';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import { dropDeadline, setDeadline } from '../core/deadlines.ts';
import type { Contract, Organisation, Payout } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { keepFile, readBytes, sha256 } from '../core/files.ts';
import { localeOf, TAGS, type Locale } from '../core/locale.ts';
import { mask, maskIban } from '../core/mask.ts';
import { amountOf, inFigures, sum, toWire, type Currency, type Money } from '../core/money.ts';
import { permitOperator } from '../core/operators.ts';
import { permit } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { dayIn, fromDay, instantAt, toDay, type Day } from '../core/time.ts';
import { chargesOf, holdSeller } from '../escrow/service.ts';
import { ibanIsValid } from '../identity/party.ts';
import { editOrganisation, representedOf } from '../identity/service.ts';
import { lessBooker } from '../legal/booker.ts';
import { answerBy, askAgainOn, isToStop } from '../legal/seller-ask.ts';
import { tinIsValid, type Seller } from '../legal/seller.ts';
import { sellerOf } from '../legal/service.ts';
import { isReported, isWhole, messagesOf, reportCsv, sumsOf, xmlOf, type Filed, type Move, type Reported, type Reporter } from './dac7.ts';
import { directLetter, ibanCodeLetter, ibanLetter, leftLetter, stoppedLetter, waitingLetter, yearLetter, type IbanNews } from './letters.ts';
import { blocksOf, csvOf, figuresOf, type Line, type Statement } from './statement.ts';
import { digestOf, yearBlocks } from './year.ts';

const hourMs = 3_600_000;
/** Hours after a show begins at which it counts as played and what is held is released; and hours for which a new account cools off. */
const [presumedHours, coolingHours] = [48, 72];
/** Codes a day for one organisation: five tries each leave a guesser one chance in sixteen thousand. */
const codesADay = 12;
/** Days after which a producer is asked again for what a payout waits for. */
const askAgainDays = 14;
const [leftAsk, directAsk] = ['seller.ask_left', 'seller.ask_direct'];
/** Months that the chart looks ahead, this one counted. */
const monthsAhead = 6;
/** The zone in which a year of the report begins and ends. */
const ourZone = 'Europe/Paris';


/* What is paid out, and what is to come. */

/** Every payout of the organisation acted for, of a booker those of the artists it represents, and what is expected; with where the money goes. */
export async function readPayouts(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'payout.read', { orgId });
  const orgIds = [orgId, ...await representedOf(ctx, orgId)];
  const shares = await ctx.db.bookerShare.findMany({ where: { OR: [{ orgId: { in: orgIds } }, { bookerOrgId: orgId }] } });
  // Its own share of what it sold stays a booker's when its mandate has ended.
  const where = { OR: [{ orgId: { in: orgIds } }, { bookingId: { in: shares.filter(({ bookerOrgId }) => bookerOrgId === orgId).map(({ bookingId }) => bookingId) } }] };
  const [sent, contracts, orgs] = await Promise.all([
    ctx.db.payout.findMany({ where: { orgId: { in: orgIds } }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] }),
    ctx.db.contract.findMany({ where: { ...where, path: 'secured', signedAt: { not: null } } }),
    ctx.db.organisation.findMany({ where: { id: { in: orgIds } } }),
  ]);
  const shows = await ctx.db.show.findMany({ where });
  const open = await ctx.db.booking.findMany({ where: { id: { in: contracts.map(({ bookingId }) => bookingId) }, status: { in: ['contracted', 'played'] } }, select: { id: true } });
  const disputed = await ctx.db.dispute.findMany({ where: { ...where, status: 'open' }, select: { bookingId: true } });
  const showOf = (bookingId: string) => {
    const { title, day, place, city, startTime, timeZone, playedAt, contestedAt } = shows.find((show) => show.bookingId === bookingId) ?? {};
    return { title: title ?? '', day: day ? toDay(day) : null, place: [place, city].filter(Boolean).join(', '), begins: day && startTime && timeZone ? instantAt(toDay(day), startTime, timeZone) : null, playedAt, contestedAt };
  };
  const nameOf = (id: string): string => orgs.find((org) => org.id === id)?.name ?? '';
  const lacks = new Map(await Promise.all([...new Set(sent.filter(({ status }) => status === 'waiting').map((one) => one.orgId))].map(async (id) => [id, (await sellerOf(ctx, id)).missing] as const)));
  const expected = contracts.filter(({ bookingId }) => open.some(({ id }) => id === bookingId) && !sent.some((one) => one.bookingId === bookingId)).flatMap((contract) => {
    const { begins, playedAt, contestedAt, ...show } = showOf(contract.bookingId);
    const contested = Boolean(contestedAt) || disputed.some(({ bookingId }) => bookingId === contract.bookingId);
    const state = contested ? 'contested' as const : playedAt ? 'unpaid' as const : 'foreseen' as const;
    const share = shares.find(({ bookingId }) => bookingId === contract.bookingId);
    const part = share ? partOf(share, contract, { kind: 'release', amount: amountOf({ minor: contract.totalMinor, currency: contract.currency }) }) : null;
    const of = { bookingId: contract.bookingId, show, state, at: state === 'foreseen' && begins ? new Date(begins.getTime() + presumedHours * hourMs) : null };
    return [
      ...(orgIds.includes(contract.orgId) ? [{ ...of, artist: nameOf(contract.orgId), amount: lessBooker(chargesOf(contract).payout, part) }] : []),
      ...(part && part.orgId === orgId ? [{ ...of, artist: nameOf(orgId), amount: sum(part.net, part.vat) }] : []),
    ];
  }).filter(({ amount }) => amount.minor > 0n).sort((a, b) => (a.at?.getTime() ?? Infinity) - (b.at?.getTime() ?? Infinity) || a.bookingId.localeCompare(b.bookingId));
  const own = ctx.actor.mandated !== true;
  return {
    payouts: sent.map((payout) => {
      const { title, day, place } = showOf(payout.bookingId).day ? showOf(payout.bookingId) : { ...showOf(payout.bookingId), day: toDay(payout.createdAt) };
      return {
        id: payout.id, bookingId: payout.bookingId, artist: nameOf(payout.orgId), show: { title, day, place }, amount: toWire(amountOf(payout)), kept: toWire(amountOf({ minor: payout.keptMinor, currency: payout.currency })), state: payout.status, missing: lacks.get(payout.orgId) ?? [],
        account: payout.sentTo, createdAt: payout.createdAt.toISOString(), paidAt: payout.paidAt?.toISOString() ?? null,
      };
    }),
    expected: expected.map(({ amount, at, ...one }) => ({ ...one, amount: toWire(amount), at: at?.toISOString() ?? null })),
    months: monthsOf(ctx.now(), [...expected, ...sent.filter(({ status }) => status === 'waiting' || status === 'sent').map((one) => ({ at: ctx.now(), amount: amountOf(one) }))]),
    account: own ? await accountOf(ctx, orgId) : null,
    seller: own ? await sellerView(ctx, orgId) : null,
  };
}

/** What is to come in each of the next months, `2027-05`, in each currency that is expected at all. */
function monthsOf(now: Date, coming: readonly { readonly at: Date | null; readonly amount: Money }[]) {
  const [year = 0, month = 1] = dayIn(now, ourZone).split('-').map(Number);
  const months = Array.from({ length: monthsAhead }, (_, i) => new Date(Date.UTC(year, month - 1 + i)).toISOString().slice(0, 7));
  const dated = coming.flatMap(({ at, amount }) => (at ? [{ month: dayIn(at < now ? now : at, ourZone).slice(0, 7), amount }] : []));
  return [...new Set(dated.map(({ amount }) => amount.currency))].sort().flatMap((currency) => months.map((one) => ({
    month: one, amount: toWire(sum({ minor: 0n, currency }, ...dated.filter(({ month: at, amount }) => at === one && amount.currency === currency).map(({ amount }) => amount))),
  })));
}

async function accountOf(ctx: Context, orgId: string) {
  const { payments } = ctx.adapters;
  const { iban } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { iban: true } });
  const pending = await ctx.db.ibanChange.findFirst({ where: { orgId, state: 'pending' } });
  const elsewhere = payments.name === 'stripe';
  // A page is not worth waiting for a provider that is silent.
  const told: PayoutAccount | null = await payments.readAccount(orgId).catch((error: unknown) => { ctx.log.warn({ orgId, err: error }, 'the provider did not say how an account stands'); return null; });
  return {
    elsewhere, iban: elsewhere ? '' : maskIban(iban), state: told?.state ?? null, wants: [...told?.missing ?? []],
    pending: pending && { id: pending.id, masked: pending.masked, useAt: pending.useAt.toISOString() },
  };
}

/* Statements. */

/**
 * What a payout is made of, booking by booking, as the ledger has it. Of a booking of somebody else's there is none.
 *
 * @throws AppError `not_found`; and as `permit` does.
 */
export async function readStatement(ctx: SignedIn, id: string) {
  const { lines, ...statement } = await statementOf(ctx, await findPayout(ctx, id));
  const { currency } = statement;
  const wire = (minor: bigint) => toWire({ minor, currency });
  return {
    ...statement, amount: wire(statement.amount),
    lines: lines.map(({ price, vat, total, commission, commissionVat, booker, payout, ...line }) => ({ ...line, price: wire(price), vat: wire(vat), total: wire(total), commission: wire(commission), commissionVat: wire(commissionVat), booker: wire(booker), payout: wire(payout) })),
  };
}

/** A statement to keep, in the reader's language. @throws AppError `not_found`; and as `permit` does. */
export async function statementFile(ctx: SignedIn, { id, format, locale }: { id: string; format: 'pdf' | 'csv'; locale: Locale }): Promise<Saved> {
  const statement = await statementOf(ctx, await findPayout(ctx, id));
  const name = `${statement.createdDay}-${statement.payoutId.slice(-8)}.${format}`;
  if (format === 'csv') return { name, mime: 'text/csv', bytes: Buffer.from(csvOf([statement], locale)) };
  const bytes = await ctx.adapters.print({ ...blocksOf(statement, locale), author: ctx.config.company.name, lang: TAGS[locale], footer: `${ctx.config.company.name} · ${statement.payoutId}`, at: ctx.realNow() });
  return { name, mime: 'application/pdf', bytes };
}

/** Every payout of a year by the trade's clock as one CSV file. */
export async function yearFile(ctx: SignedIn, { year, locale }: { year: number; locale: Locale }): Promise<Saved> {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'payout.read', { orgId });
  const orgIds = [orgId, ...await representedOf(ctx, orgId)];
  const payouts = await ctx.db.payout.findMany({ where: { orgId: { in: orgIds }, createdAt: { gte: yearBegins(year), lt: yearBegins(year + 1) } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  const statements: Statement[] = [];
  for (const payout of payouts) statements.push(await statementOf(ctx, payout));
  return { name: `${String(year)}.csv`, mime: 'text/csv', bytes: Buffer.from(csvOf(statements, locale)) };
}

/** A file to save. */
interface Saved { readonly name: string; readonly mime: string; readonly bytes: Buffer }

const yearBegins = (year: number): Date => instantAt(`${String(year)}-01-01`, '00:00', ourZone);

async function findPayout(ctx: SignedIn, id: string): Promise<Payout> {
  const payout = await ctx.db.payout.findUnique({ where: { id } });
  if (!payout) throw new AppError('not_found');
  // What a booker has is its own business, and what we charge the artist is not the buyer's.
  if (permit(ctx.actor, 'payout.read', payout.share === 'booker' ? { orgId: payout.orgId } : await ownersOf(ctx, payout.bookingId)) !== 'artist') throw new AppError('not_found');
  return payout;
}

async function statementOf(ctx: Context, payout: Payout): Promise<Statement> {
  const { id: payoutId, bookingId, orgId, share, minor, keptMinor, currency, createdAt, paidAt, sentTo } = payout;
  const [booking, contract, show, orgs, transfer, invoice] = await Promise.all([
    ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId } }),
    ctx.db.contract.findUniqueOrThrow({ where: { bookingId } }),
    ctx.db.show.findUnique({ where: { bookingId } }),
    ctx.db.organisation.findMany({ where: { id: orgId } }),
    ctx.db.transfer.findFirstOrThrow({ where: { bookingId, kind: { in: ['release', 'indemnity'] } }, include: { entries: true } }),
    ctx.db.invoice.findFirst({ where: { bookingId, kind: 'booker' }, orderBy: { version: 'desc' }, select: { number: true, fileId: true } }),
  ]);
  const buyer = await ctx.db.organisation.findUniqueOrThrow({ where: { id: booking.buyerOrgId }, select: { name: true, legalName: true } });
  const released = figuresOf(transfer.entries, { orgId: contract.orgId, kind: transfer.kind === 'indemnity' ? 'indemnity' : 'release', vatBps: contract.vatBps, contractTotal: contract.totalMinor, contractVat: contract.vatMinor });
  const own = share === 'booker' ? await ctx.db.bookerShare.findUniqueOrThrow({ where: { bookingId } }) : null;
  const part = own && partOf(own, contract, { kind: released.kind === 'indemnity' ? 'indemnity' : 'release', amount: amountOf({ minor: released.total, currency }) });
  // A booker sells its service to the producer: its own price, tax and total.
  const figures = part ? { kind: 'booker' as const, price: part.net.minor, vat: part.vat.minor, total: part.net.minor + part.vat.minor, commission: 0n, commissionVat: 0n, booker: 0n, payout: released.booker } : released;
  const credited = minor + keptMinor;
  const kept = await keptOf(ctx, payoutId);
  assert(figures.payout === credited && figures.total - figures.commission - figures.commissionVat - figures.booker === credited && kept.reduce((all, one) => all + one.minor, 0n) === keptMinor, 'a statement equals the ledger');
  const line: Line = {
    bookingId, reference: contract.number, title: show?.title ?? '', showDay: show ? toDay(show.day) : toDay(createdAt), place: [show?.place, show?.city].filter(Boolean).join(', '), buyer: buyer.legalName || buyer.name,
    vatBps: own ? own.vatBps : figures.kind === 'indemnity' ? 0 : contract.vatBps, commissionBps: own ? 0 : contract.commissionBps, currency: currency as Currency, invoice, claimId: null, ...figures,
  };
  const nothing = { buyer: '', vatBps: 0, commissionBps: 0, price: 0n, vat: 0n, total: 0n, commission: 0n, commissionVat: 0n, booker: 0n, invoice: null, currency: currency as Currency };
  const less = kept.map(({ minor: taken, ...of }): Line => ({ ...nothing, ...of, kind: 'kept', payout: -taken }));
  return { payoutId, orgName: orgs[0]?.legalName || (orgs[0]?.name ?? ''), amount: minor, currency: currency as Currency, createdDay: dayIn(createdAt, ourZone), paidDay: paidAt && dayIn(paidAt, ourZone), account: sentTo, lines: [line, ...less] };
}

/* Where it goes. */

const codeAct = (orgId: string, userId: string): string => `iban:${orgId}:${userId}`;
const ibanLock = (orgId: string): string => `iban:${orgId}`;

/** Who may say where the money of the organisation acted for goes: one of its own heads, signed in. @throws AppError `iban_elsewhere`; and as `permit` does. */
function permitAccount(ctx: SignedIn): { orgId: string; userId: string } {
  const { orgId, userId } = ctx.actor;
  permit(ctx.actor, 'payout.edit', { orgId });
  assert(userId, 'no link may change an account');
  return { orgId, userId };
}

function assertHere(ctx: Context): void {
  if (ctx.adapters.payments.name === 'stripe') throw new AppError('iban_elsewhere');
}

/** Sends a one-time code to the person who wants to change the account. @throws AppError `iban_elsewhere`, `rate_limited`; and as `permit` does. */
export async function requestIbanCode(ctx: SignedIn): Promise<{ sentTo: string }> {
  const { orgId, userId } = permitAccount(ctx);
  assertHere(ctx);
  const act = codeAct(orgId, userId);
  const { email, locale } = await ctx.db.user.findUniqueOrThrow({ where: { id: userId } });
  const { name } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { name: true } });
  await transact(ctx, async (tx) => {
    const code = await makeCode(tx, { act, email, most: codesADay, hours: 24 });
    await post(tx, { cause: `${act}:${tx.newId('mai')}`, email, orgId }, ibanCodeLetter(localeOf(locale), code, name));
  });
  return { sentTo: mask(email) };
}

/**
 * Names another account for the payouts, with a code. It counts after seventy-two hours, in which everything goes to the account before and anybody who had
 * a word in it may stop the change; the first account of all counts at once, since nothing could have gone elsewhere.
 *
 * @throws AppError `input_invalid` for what is no IBAN or is the same one, `code_wrong`, `code_spent`, `iban_pending`, `iban_elsewhere`; and as `permit` does.
 */
export async function changeIban(ctx: SignedIn, { iban, code }: { iban: string; code: string }) {
  const { orgId, userId } = permitAccount(ctx);
  assertHere(ctx);
  const { iban: now } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { iban: true } });
  if (!ibanIsValid(iban) || iban === now) throw new AppError('input_invalid', { field: 'iban' });
  if (await ctx.db.ibanChange.count({ where: { orgId, state: 'pending' } }) > 0) throw new AppError('iban_pending');
  await spendCode(ctx, { act: codeAct(orgId, userId), code });
  await transact(ctx, async (tx) => {
    await lock(tx, ibanLock(orgId));
    const { iban: before } = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { iban: true } });
    if (before === '') {
      const wake = await holdSeller(tx, orgId);
      await editOrganisation(tx, orgId, { iban });
      await wake();
      return;
    }
    if (await tx.db.ibanChange.count({ where: { orgId, state: 'pending' } }) > 0) throw new AppError('iban_pending');
    const id = tx.newId('ibc');
    const token = randomBytes(32).toString('base64url');
    const askedAt = tx.now();
    const useAt = new Date(askedAt.getTime() + coolingHours * hourMs);
    const change = await tx.db.ibanChange.create({ data: { id, orgId, iban, masked: maskIban(iban), before: maskIban(before), askedBy: userId, askedAt, useAt, stopHash: sha256(token) } });
    await setDeadline(tx, 'iban.use', id, useAt);
    await tellAll(tx, change, 'asked', `${tx.config.urls.platform}/stop#t=${token}`);
  });
  return accountOf(ctx, orgId);
}

type Change = Awaited<ReturnType<typeof findChange>>;
const findChange = (ctx: Context, where: { id: string } | { stopHash: string }) => ctx.db.ibanChange.findUniqueOrThrow({ where });

/** Tells the organisation and each of its owners: whoever took one mailbox over does not have them all. */
async function tellAll(tx: Context, { id, orgId, before, masked, useAt }: Change, news: IbanNews, url = `${tx.config.urls.platform}/payouts`): Promise<void> {
  const org = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, include: { members: { where: { role: 'owner' }, include: { user: true } } } });
  const to = new Map([[org.email.toLowerCase(), localeOf(org.locale)], ...org.members.map(({ user }) => [user.email.toLowerCase(), localeOf(user.locale)] as const)]);
  for (const [email, locale] of to) {
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: org.timeZone }).format(useAt);
    await post(tx, { cause: `iban:${news}:${id}:${email}`, email, orgId }, ibanLetter(news, locale, { org: org.name, before, after: masked, day }, url));
  }
}

/** The change that a mail's token would stop. @throws AppError `link_dead`. */
export async function readStop(ctx: Context, token: string) {
  const change = await ctx.db.ibanChange.findUnique({ where: { stopHash: sha256(token) } });
  if (!change) throw new AppError('link_dead');
  const { name } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: change.orgId }, select: { name: true } });
  return { organisation: name, before: change.before, masked: change.masked, useAt: change.useAt.toISOString(), state: change.state };
}

/** Whoever holds the mail's token stops the change, signed in or not: the account stays as it was. @throws AppError `link_dead`, `iban_change_over`. */
export async function stopByToken(ctx: Context, token: string) {
  const change = await ctx.db.ibanChange.findUnique({ where: { stopHash: sha256(token) } });
  if (!change) throw new AppError('link_dead');
  await stop(ctx, change);
  return readStop(ctx, token);
}

/** One of the organisation's own heads stops the change that is on its way. @throws AppError `not_found`, `iban_change_over`; and as `permit` does. */
export async function stopOwn(ctx: SignedIn, id: string) {
  const change = await ctx.db.ibanChange.findUnique({ where: { id } });
  if (!change) throw new AppError('not_found');
  permit(ctx.actor, 'payout.edit', { orgId: change.orgId });
  await stop(ctx, change);
  return accountOf(ctx, change.orgId);
}

const stop = (ctx: Context, { id, orgId }: Change): Promise<void> => transact(ctx, async (tx) => {
  await lock(tx, ibanLock(orgId));
  const { count } = await tx.db.ibanChange.updateMany({ where: { id, state: 'pending' }, data: { state: 'stopped', iban: '', endedAt: tx.now() } });
  if (count === 0) throw new AppError('iban_change_over');
  await dropDeadline(tx, 'iban.use', id);
  await tellAll(tx, await findChange(tx, { id }), 'stopped');
});

/** Seventy-two hours have passed and nobody stopped it: from now on payouts go to the new account, those first that the one before had sent back. */
export async function useIban(tx: Context, id: string): Promise<void> {
  const { orgId } = await findChange(tx, { id });
  await lock(tx, ibanLock(orgId));
  const wake = await holdSeller(tx, orgId);
  const change = await findChange(tx, { id });
  if (change.state !== 'pending') return;
  await tx.db.organisation.update({ where: { id: orgId }, data: { iban: change.iban } });
  await wake();
  await tx.db.ibanChange.update({ where: { id }, data: { state: 'used', iban: '', endedAt: tx.now() } });
  await tellAll(tx, change, 'used');
}

/** The provider's page on which the account is opened or changed. @throws AppError `provider_page_none`, `provider_unreachable`, `country_unknown`; and as `permit` does. */
export async function openAccount(ctx: SignedIn): Promise<{ url: string }> {
  const { orgId } = permitAccount(ctx);
  const { payments } = ctx.adapters;
  if (ctx.config.payments === 'off') throw new AppError('provider_page_none');
  const { country, email } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  if (!served(country)) throw new AppError('country_unknown', { field: 'country' });
  const page = `${ctx.config.urls.platform}/payouts`;
  return payments.openAccount({ orgId, country, email, done: page, again: page });
}

const served = (country: string): country is 'FR' | 'BE' | 'CH' | 'LU' => ['FR', 'BE', 'CH', 'LU'].includes(country);

/* What the tax office asks. */

async function sellerView(ctx: Context, orgId: string) {
  const { seller, missing } = await sellerOf(ctx, orgId);
  const { country, legalName, name, kind, siret, vatNumber, publicBody, city } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const { kind: is = null, firstName = '', lastName = '', birthDate = null, tin = '', noVat = false, ibanHolder = '' } = seller ?? {};
  return {
    kind: is, firstName, lastName, birthDate, tin: tin || (country === 'FR' ? siret.slice(0, 9) : ''), noVat, ibanHolder: ibanHolder || legalName, vatNumber, country, legalName, missing, excluded: publicBody || kind === 'municipality',
    asked: await askedView(ctx, orgId, missing.length > 0),
    leftOut: isReported(country) && !publicBody && kind !== 'municipality' && !isWhole({ kind: kindOf(seller, kind), firstName, lastName, birthDate, legalName: legalName || name, city }),
  };
}

/** Since when a producer that public buyers pay has owed its answers, by when it is stopped, and whether it is; null where nothing is owed. */
async function askedView(ctx: Context, orgId: string, owes: boolean) {
  const ask = owes ? await ctx.db.sellerAsk.findFirst({ where: { orgId, endedAt: null } }) : null;
  if (!ask) return null;
  const since = dayIn(ask.askedAt, ourZone);
  return { since, by: answerBy(since, since), stopped: ask.stoppedAt !== null };
}

/**
 * A producer says what the tax office asks of it; with nothing missing any more, the payouts that waited leave.
 *
 * @throws AppError `input_invalid` for a number or a birthday that cannot be one; and as `permit` does.
 */
export async function saveSeller(ctx: SignedIn, { vatNumber, ...ask }: Omit<Seller, 'birthDate'> & { readonly birthDate: Day | null; readonly vatNumber: string }) {
  const { orgId } = permitAccount(ctx);
  const isPerson = ask.kind === 'individual';
  const { country } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { country: true } });
  if (ask.tin && !tinIsValid(ask.tin, country, ask.kind)) throw new AppError('input_invalid', { field: 'tin' });
  if (isPerson && ask.birthDate && (ask.birthDate >= dayIn(ctx.realNow(), ourZone) || ask.birthDate < '1900-01-01')) throw new AppError('input_invalid', { field: 'birthDate' });
  const seller = { ...ask, firstName: isPerson ? ask.firstName : '', lastName: isPerson ? ask.lastName : '', birthDate: isPerson && ask.birthDate ? fromDay(ask.birthDate) : null, updatedAt: ctx.realNow() };
  return transact(ctx, async (tx) => {
    const wake = await holdSeller(tx, orgId);
    await tx.db.seller.upsert({ where: { orgId }, create: { orgId, ...seller }, update: seller });
    await editOrganisation(tx, orgId, { vatNumber });
    await wake();
    if ((await sellerOf(tx, orgId)).missing.length === 0) await endAsk(tx, orgId);
    return sellerView(tx, orgId);
  });
}

/** A payout waits for its producer's answers: they are asked for now, and again while it waits. */
export async function askSeller(tx: Context, payoutId: string): Promise<void> {
  const payout = await tx.db.payout.findUniqueOrThrow({ where: { id: payoutId } });
  if (payout.status !== 'waiting' || (await sellerOf(tx, payout.orgId)).missing.length === 0) return;
  const { name, email, locale } = await tx.db.organisation.findUniqueOrThrow({ where: { id: payout.orgId } });
  const amount = inFigures(payout, localeOf(locale));
  await post(tx, { cause: `seller:${payoutId}:${toDay(tx.now())}`, email, orgId: payout.orgId }, waitingLetter(localeOf(locale), { org: name, amount }, `${tx.config.urls.platform}/payouts`));
  await setDeadline(tx, 'seller.ask', payoutId, new Date(tx.now().getTime() + askAgainDays * 24 * hourMs));
}

/** A public buyer has paid a producer directly: what the tax office asks of it is asked for, as it is of whoever we pay out. One that was asked already hears again in its turn. */
export async function askPaid(tx: Context, invoiceId: string): Promise<void> {
  const { kind, issuerOrgId, bookingId } = await tx.db.invoice.findUniqueOrThrow({ where: { id: invoiceId } });
  if (kind !== 'final' || await tx.db.contract.count({ where: { bookingId, path: 'public' } }) === 0) return;
  await lock(tx, askLock(issuerOrgId));
  if (await tx.db.deadline.count({ where: { kind: directAsk, subject: issuerOrgId } }) === 0) await askDirect(tx, issuerOrgId);
}

const askLock = (orgId: string): string => `seller.ask:${orgId}`;

/** Asks a producer whom public buyers pay, now and again until it has answered; says from the first reminder on by which day it is stopped, and stops it then (PAY-08). */
export async function askDirect(tx: Context, orgId: string): Promise<void> {
  await lock(tx, askLock(orgId));
  if ((await sellerOf(tx, orgId)).missing.length === 0) {
    await endAsk(tx, orgId);
    return;
  }
  const org = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const open = await tx.db.sellerAsk.findFirst({ where: { orgId, endedAt: null } });
  const { askedAt, reminders, stoppedAt } = open ?? await tx.db.sellerAsk.create({ data: { orgId, askedAt: tx.now() } });
  const [today, asked] = [dayIn(tx.now(), ourZone), dayIn(askedAt, ourZone)];
  const stops = stoppedAt !== null || isToStop({ asked, reminders }, today);
  if (open) await tx.db.sellerAsk.update({ where: { orgId_askedAt: { orgId, askedAt } }, data: stops ? { stoppedAt: stoppedAt ?? tx.now() } : { reminders: reminders + 1 } });
  // A payout that waits asks by itself; what it does not say is that the producer is stopped.
  if (open || await tx.db.payout.count({ where: { orgId, status: 'waiting' } }) === 0) {
    const locale = localeOf(org.locale);
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(fromDay(answerBy(asked, today)));
    const page = `${tx.config.urls.platform}/payouts`;
    await post(tx, { cause: `seller:${orgId}:${today}`, email: org.email, orgId }, stops ? stoppedLetter(locale, { org: org.name }, page) : directLetter(locale, { org: org.name, day: open ? day : '' }, page));
  }
  await setDeadline(tx, directAsk, orgId, instantAt(askAgainOn(asked, today), '12:00', ourZone));
}

/** It has answered: what it was asked is over, and it may sell to public buyers again. */
async function endAsk(tx: Context, orgId: string): Promise<void> {
  await lock(tx, askLock(orgId));
  await tx.db.sellerAsk.updateMany({ where: { orgId, endedAt: null }, data: { endedAt: tx.now() } });
  await dropDeadline(tx, directAsk, orgId);
}

/** What is reported of a year today, and how many producers have not answered everything. */
async function reportedIn(ctx: Context, year: number): Promise<{ all: Reported[]; incomplete: number }> {
  const sums = sumsOf(await movesOf(ctx, year), year);
  const ids = [...new Set(sums.map(({ orgId }) => orgId))];
  const orgs = new Map((await ctx.db.organisation.findMany({ where: { id: { in: ids } } })).map((org) => [org.id, org]));
  const known = new Map<string, Awaited<ReturnType<typeof sellerOf>>>();
  for (const id of ids) known.set(id, await sellerOf(ctx, id));
  const all = sums.flatMap((one): Reported[] => {
    const org = orgs.get(one.orgId);
    return org && isReported(org.country) && !org.publicBody && org.kind !== 'municipality' ? [reportedOf(one, org, known.get(one.orgId)?.seller ?? null)] : [];
  });
  return { all, incomplete: new Set(all.filter((one) => !isWhole(one) || (known.get(one.orgId)?.missing.length ?? 0) > 0).map(({ orgId }) => orgId)).size };
}

/**
 * The yearly report to the cent, as a table, whatever was handed in.
 *
 * @throws AppError as `permitOperator` does.
 */
export async function reportFile(ctx: Context, { year }: { year: number }): Promise<Saved & { sellers: number; incomplete: number }> {
  await permitOperator(ctx);
  const { all, incomplete } = await reportedIn(ctx, year);
  return { name: `dac7-${String(year)}.csv`, mime: 'text/csv', bytes: Buffer.from(reportCsv(all)), sellers: new Set(all.map(({ orgId }) => orgId)).size, incomplete };
}

/**
 * One of our own people makes the messages of a year that have to be handed in today: the first of all, or what was corrected and added since. Each is numbered, kept as
 * it is, and never made again; whoever was told other figures before is told anew.
 *
 * @returns How many messages came of it; none when nothing changed.
 * @throws AppError as `permitOperator` does.
 */
export async function fileReport(ctx: Context, year: number): Promise<{ made: number; incomplete: number }> {
  await permitOperator(ctx);
  const { company } = ctx.config;
  const { all, incomplete } = await reportedIn(ctx, year);
  const made = await transact(ctx, async (tx) => {
    await lock(tx, `dac7:${String(year)}`);
    const records = await tx.db.dac7Record.findMany({ where: { year, correction: null } });
    const filed = records.map(({ docRef, indic, orgId, content }): Filed => {
      const said = JSON.parse(JSON.stringify(content), (name, value: unknown) => (Array.isArray(value) && (name === 'consideration' || name === 'fees') ? value.map((one) => BigInt(one as string)) : value)) as unknown;
      return { docRef, indic: indic as Filed['indic'], seller: orgId ? said as Reported : null, company: orgId ? null : said as Reporter };
    });
    const before = await tx.db.dac7Message.count({ where: { year } });
    const us: Reporter = { name: company.name, siret: company.siret, vatNumber: company.vatNumber, address: company.address, postcode: company.postcode, city: company.city, country: company.country };
    const messages = messagesOf(filed, all.filter(isWhole), us, (n) => `${company.country}${String(year)}-${company.siret.slice(0, 9)}-${String(before + n)}`);
    const json = (content: Reported | Reporter) => JSON.parse(JSON.stringify(content, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))) as object;
    for (const message of messages) {
      const { ref, kind, operator, sellers } = message;
      const fileId = await keepFile(tx, { orgId: 'platform', name: `${ref}.xml`, mime: 'application/xml', bytes: Buffer.from(xmlOf(message, { year, at: tx.realNow() })) });
      await tx.db.dac7Message.create({ data: { ref, year, kind, sellers: sellers.length, fileId, madeAt: tx.realNow(), madeBy: tx.userId ?? '' } });
      await tx.db.dac7Record.createMany({ data: [
        ...(operator.indic === 'OECD0' ? [] : [{ docRef: operator.docRef, messageRef: ref, year, indic: operator.indic, corrects: operator.corrects, orgId: null, currency: null, content: json(us) }]),
        ...sellers.map(({ docRef, indic, corrects, seller }) => ({ docRef, messageRef: ref, year, indic, corrects, orgId: seller.orgId, currency: seller.currency, content: json(seller) })),
      ] });
    }
    return messages.length;
  });
  for (const [{ orgId }] of byOrg(all.filter((one) => !isWhole(one)))) {
    const subject = `${orgId}:${String(year)}`;
    if (await ctx.db.deadline.count({ where: { kind: leftAsk, subject } }) === 0) await transact(ctx, (tx) => askLeftOut(tx, subject));
  }
  for (const one of made > 0 ? byOrg(all) : []) if (await ctx.db.dac7Letter.count({ where: { orgId: one[0].orgId, year } }) > 0) await tellSeller(ctx, year, one);
  return { made, incomplete };
}

/** Tells a producer whom the report of a year had to leave out, `<organisation>:<year>`, now and again until it has answered. */
export async function askLeftOut(tx: Context, of: string): Promise<void> {
  const [orgId = '', year = ''] = of.split(':');
  if (!(await sellerView(tx, orgId)).leftOut) return;
  const { name, email, locale } = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  await post(tx, { cause: `seller.left:${of}:${toDay(tx.now())}`, email, orgId }, leftLetter(localeOf(locale), { org: name, year }, `${tx.config.urls.platform}/payouts`));
  await setDeadline(tx, leftAsk, of, new Date(tx.now().getTime() + askAgainDays * 24 * hourMs));
}

/** The messages of a year that were made, the latest first. @throws AppError as `permitOperator` does. */
export async function readReports(ctx: Context, year: number) {
  await permitOperator(ctx);
  const messages = await ctx.db.dac7Message.findMany({ where: { year }, orderBy: [{ madeAt: 'desc' }, { ref: 'desc' }] });
  return messages.map(({ ref, kind, sellers, madeAt }) => ({ ref, kind: kind as 'DPI401' | 'DPI402' | 'DPI403', sellers, madeAt: madeAt.toISOString() }));
}

/** A message as it was made, to hand in. @throws AppError `not_found`; and as `permitOperator` does. */
export async function reportMessage(ctx: Context, ref: string): Promise<Saved> {
  await permitOperator(ctx);
  const message = await ctx.db.dac7Message.findUnique({ where: { ref } });
  if (!message) throw new AppError('not_found');
  return { name: `${ref}.xml`, mime: 'application/xml', bytes: await readBytes(ctx, message.fileId) };
}

/** The blocks of each producer, one for each currency. */
function byOrg(all: readonly Reported[]): [Reported, ...Reported[]][] {
  const blocks = new Map<string, [Reported, ...Reported[]]>();
  for (const one of all) {
    const own = blocks.get(one.orgId);
    if (own) own.push(one); else blocks.set(one.orgId, [one]);
  }
  return [...blocks.values()];
}

/**
 * From 10 January, when the year before has settled, until the end of the month each producer is told what is reported of it, by the day that the law sets (31 January). Whoever was
 * told the same already is not told again; each in a transaction of its own, so that one who fails keeps nobody else back.
 */
export async function tellSellers(ctx: Context): Promise<void> {
  const today = dayIn(ctx.now(), ourZone);
  if (today.slice(5) < '01-10' || today.slice(5) > '01-31') return;
  const year = Number(today.slice(0, 4)) - 1;
  for (const one of byOrg((await reportedIn(ctx, year)).all)) {
    await tellSeller(ctx, year, one).catch((error: unknown) => { ctx.log.error({ orgId: one[0].orgId, year, err: error }, 'a producer was not told what is reported of it'); });
  }
}

/** Prints what is reported of a producer, keeps it, and writes to the organisation and each of its owners, once for the same figures. */
function tellSeller(ctx: Context, year: number, reported: [Reported, ...Reported[]]): Promise<void> {
  const [{ orgId }] = reported;
  return transact(ctx, async (tx) => {
    await lock(tx, `dac7:${String(year)}:${orgId}`);
    const digest = sha256(digestOf(reported));
    const before = await tx.db.dac7Letter.findMany({ where: { orgId, year } });
    if (before.some((one) => one.digest === digest)) return;
    const org = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, include: { members: { where: { role: 'owner' }, include: { user: true } } } });
    const locale = localeOf(org.locale);
    const { company } = tx.config;
    const bytes = await tx.adapters.print({ ...yearBlocks(reported, { year, locale, platform: company }), author: company.name, lang: TAGS[locale], footer: `${company.name} · DAC7 ${String(year)}`, at: tx.realNow() });
    const fileId = await keepFile(tx, { orgId, name: `dac7-${String(year)}.pdf`, mime: 'application/pdf', bytes });
    await tx.db.dac7Letter.create({ data: { orgId, year, digest, fileId, sentAt: tx.now() } });
    const to = new Map([[org.email.toLowerCase(), locale], ...org.members.map(({ user }) => [user.email.toLowerCase(), localeOf(user.locale)] as const)]);
    for (const [email, spoken] of to) {
      await post(tx, { cause: `dac7:${String(year)}:${orgId}:${digest.slice(0, 16)}:${email}`, email, orgId }, yearLetter(spoken, { org: org.name, year: String(year) }, before.length > 0, `${tx.config.urls.platform}/payouts`));
    }
  });
}

/** What the organisation was told of its years, the latest first. @throws AppError as `permit` does. */
export async function readLetters(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'payout.edit', { orgId });
  const letters = await ctx.db.dac7Letter.findMany({ where: { orgId }, orderBy: [{ year: 'desc' }, { sentAt: 'desc' }] });
  return letters.map(({ year, sentAt, fileId }) => ({ id: fileId, year, sentAt: sentAt.toISOString() }));
}

/** One of them, as it was printed. @throws AppError `not_found`; and as `permit` does. */
export async function letterFile(ctx: SignedIn, fileId: string): Promise<Saved> {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'payout.edit', { orgId });
  const letter = await ctx.db.dac7Letter.findFirst({ where: { fileId, orgId } });
  if (!letter) throw new AppError('not_found');
  return { name: `dac7-${String(letter.year)}.pdf`, mime: 'application/pdf', bytes: await readBytes(ctx, fileId) };
}

/** As what a producer is reported, until it has said so itself. */
const kindOf = (seller: Seller | null, kind: Organisation['kind']): Seller['kind'] => seller?.kind ?? (kind === 'person' ? 'individual' : 'entity');

function reportedOf(one: ReturnType<typeof sumsOf>[number], org: Organisation, seller: Seller | null): Reported {
  const { country, legalName, name, vatNumber, siret, address, postcode, city, iban, kind } = org;
  return {
    ...one, country, legalName: legalName || name, vatNumber, siret, address, postcode, city, iban, kind: kindOf(seller, kind),
    firstName: seller?.firstName ?? '', lastName: seller?.lastName ?? '', birthDate: seller?.birthDate ?? null, tin: seller?.tin ?? '', ibanHolder: seller?.ibanHolder ?? '',
  };
}

async function movesOf(ctx: Context, year: number): Promise<Move[]> {
  const within = { gte: yearBegins(year), lt: yearBegins(year + 1) };
  const transfers = await ctx.db.transfer.findMany({ where: { kind: { in: ['release', 'indemnity', 'commission', 'credit'] }, at: within, orgId: { not: null }, bookingId: { not: null } }, include: { entries: true } });
  const moves = transfers.map(({ orgId, bookingId, kind, at, entries }): Move => {
    assert(orgId && bookingId, 'what moved for a booking names it');
    const on = (match: (account: string) => boolean): bigint => entries.filter(({ account }) => match(account)).reduce((total, { minor }) => total + minor, 0n);
    return {
      orgId, bookingId, currency: (entries[0]?.currency ?? 'EUR') as Currency, day: dayIn(at, ourZone), activity: kind === 'release' || kind === 'indemnity',
      // What its booker takes of it the producer has earned: it is no fee of ours.
      consideration: on((account) => account === `payable:${orgId}` || account.startsWith('commission:booker:')), fees: on((account) => account === 'commission:platform' || account.startsWith('vat:')),
    };
  });
  // A public buyer pays the producer directly, and we know what; our charges on it are the ledger's.
  const invoices = await ctx.db.invoice.findMany({ where: { kind: 'final', paidAt: within } });
  const contracts: Pick<Contract, 'bookingId'>[] = await ctx.db.contract.findMany({ where: { path: 'public', bookingId: { in: invoices.map(({ bookingId }) => bookingId) } }, select: { bookingId: true } });
  const publicly = new Set(contracts.map(({ bookingId }) => bookingId));
  const direct = invoices.filter(({ bookingId }) => publicly.has(bookingId)).flatMap(({ issuerOrgId: orgId, bookingId, currency, paidAt, paidMinor }): Move[] =>
    (paidAt ? [{ orgId, bookingId, currency: currency as Currency, day: dayIn(paidAt, ourZone), activity: true, consideration: paidMinor, fees: 0n }] : []));
  return [...moves, ...direct];
}
