import { readLate, readOwed } from '../invoices/service.ts';
import { netFor, saleFor } from '../booking/service.ts';
import type { Context } from '../core/context.ts';
import { localeOf, type Locale } from '../core/locale.ts';
import { inFigures, type Currency } from '../core/money.ts';
import { post } from '../core/post.ts';
import type { Side } from '../core/permissions.ts';
import { dayIn, fromDay, toDay } from '../core/time.ts';
import type { Topic } from '../core/topics.ts';
import { underWayOf } from '../escrow/service.ts';
import { makeLink } from '../identity/service.ts';
import { balanceOf } from '../ledger/service.ts';
import { frame, noticeOf, type Facts } from './words.ts';

/** How long the link of a mail lives, in days of the wall clock. */
const linkDays = { answer: 60, sign: 60, pay: 120, confirm: 60, follow: 400, file: 1, review: 60 } as const;

interface Reader {
  readonly email: string;
  readonly name: string;
  readonly locale: Locale;
  readonly orgId: string;
  /** Signed up: the mail leads to the workspace. Else it carries a link. */
  readonly claimed: boolean;
}

/** Writes the mails that a fact is worth, each reader's once, in their language. */
export async function writeMails(ctx: Context, heard: { topic: Topic; payload: { bookingId: string } & Readonly<Record<string, string>>; factId: bigint }): Promise<void> {
  const { topic, payload, factId } = heard;
  const { bookingId } = payload;
  for (const side of await sidesTold(ctx, topic, payload)) {
    for (const reader of await readersOf(ctx, bookingId, side)) {
      const notice = noticeOf(topic, side, reader.locale, await factsFor(ctx, { topic, payload, side, locale: reader.locale }));
      if (!notice) continue;
      const url = reader.claimed
        ? `${ctx.config.urls.platform}/booking?id=${bookingId}`
        : `${ctx.config.urls.platform}/b#t=${await makeLink(ctx, { purpose: notice.purpose, bookingId, orgId: reader.orgId, email: reader.email, days: linkDays[notice.purpose] })}`;
      await post(ctx, { cause: `${factId}:${reader.email}`, email: reader.email, orgId: reader.orgId },
        { locale: reader.locale, subject: notice.subject, paragraphs: notice.text, act: { label: notice.label, url }, ...frame(reader.locale, reader.name) });
    }
  }
}

/** Hands one written mail to the mailer, once. What SMTP took away is not kept here: it may carry a link. */
export async function sendMail(ctx: Context, cause: string): Promise<void> {
  const mail = await ctx.db.mail.findUnique({ where: { cause } });
  if (!mail || mail.sentAt) return;
  const { mailer } = ctx.adapters;
  await mailer.send(mail);
  await ctx.db.mail.update({ where: { cause }, data: { sentAt: ctx.realNow(), ...(mailer.keeps ? {} : { text: '', html: '' }) } });
}

/** An answer is news to the side that waits for it; most other facts are news to both. */
async function sidesTold(ctx: Context, topic: Topic, payload: Readonly<Record<string, string>>): Promise<readonly Side[]> {
  const both: readonly Side[] = ['artist', 'buyer'];
  // What we and its booker charge the artist is not the buyer's business.
  if (payload['invoiceId'] && await ctx.db.invoice.count({ where: { id: payload['invoiceId'], kind: { in: ['commission', 'booker'] } } })) return ['artist'];
  // On the secured path a contested show is a dispute, and is mailed as one.
  if (topic === 'show.contested' && await ctx.db.contract.count({ where: { bookingId: payload['bookingId'] ?? '', path: 'secured', signedAt: { not: null } } })) return [];
  // What one side says, the other has to hear.
  // Who has written, or wants none, is not reminded.
  if (topic === 'review.due') {
    const { orgId, buyerOrgId, reviews } = await ctx.db.booking.findUniqueOrThrow({ where: { id: payload['bookingId'] ?? '' }, include: { reviews: { select: { side: true } } } });
    const silent = (await ctx.db.reviewWish.findMany({ where: { orgId: { in: [orgId, buyerOrgId] }, mails: false } })).map((wish) => wish.orgId);
    return both.filter((side) => !reviews.some((review) => review.side === side) && !silent.includes(side === 'artist' ? orgId : buyerOrgId));
  }
  if (topic === 'review.hidden') return [payload['side'] === 'artist' ? 'artist' : 'buyer'];
  if (topic === 'dispute.argued' || topic === 'review.shown' || topic === 'cancellation.asked') return [payload['side'] === 'artist' ? 'buyer' : 'artist'];
  if (!topic.startsWith('offer.') || !payload['offerId'] || topic === 'offer.accepted' || topic === 'offer.expired') return both;
  const offer = await ctx.db.offer.findUniqueOrThrow({ where: { id: payload['offerId'] }, select: { proposedBy: true } });
  const waiting: Side = offer.proposedBy === 'artist' ? 'buyer' : 'artist';
  return topic === 'offer.declined' ? [offer.proposedBy] : [waiting];
}

/** The people of a side: those who may answer for it, and the artist's bookers; or the one address that a stranger left. */
async function readersOf(ctx: Context, bookingId: string, side: Side): Promise<Reader[]> {
  const booking = await ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId } });
  const orgId = side === 'artist' ? booking.orgId : booking.buyerOrgId;
  const org = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  if (!org.claimed) return [{ email: org.email, name: org.representative || org.name, locale: localeOf(org.locale), orgId, claimed: false }];
  const now = ctx.now();
  const members = await ctx.db.member.findMany({
    where: {
      role: { in: ['owner', 'manager'] },
      OR: [{ orgId }, { org: { represents: { some: { artistOrgId: orgId, since: { lte: now }, OR: [{ until: null }, { until: { gt: now } }] } } } }],
    },
    include: { user: true },
  });
  const people = new Map(members.map(({ user }) => [user.email, { email: user.email, name: user.name, locale: localeOf(user.locale), orgId, claimed: true }]));
  return [...people.values()];
}

async function factsFor(ctx: Context, told: { topic: Topic; payload: { bookingId: string } & Readonly<Record<string, string>>; side: Side; locale: Locale }): Promise<Facts> {
  const { topic, payload, side, locale } = told;
  const { db } = ctx;
  const { bookingId } = payload;
  const booking = await db.booking.findUniqueOrThrow({ where: { id: bookingId }, include: { request: true, offers: { orderBy: { createdAt: 'desc' } }, show: true } });
  const artist = await db.organisation.findUniqueOrThrow({ where: { id: booking.orgId } });
  const own = side === 'artist' ? artist : await db.organisation.findUniqueOrThrow({ where: { id: booking.buyerOrgId } });
  const epk = await db.epk.findUnique({ where: { orgId: booking.orgId }, select: { name: true } });
  const { request } = booking;
  const offer = booking.offers.find(({ id }) => id === payload['offerId']) ?? booking.offers.find(({ status }) => status === 'accepted');
  const money = (minor: bigint, currency: string) => inFigures({ minor, currency }, locale);
  const day = (date: Date) => new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(date);
  const instant = (date: Date) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: own.timeZone }).format(date);
  const special = await specialFacts(ctx, topic, payload, { money, day, instant });
  const currency = (request?.currency ?? 'EUR') as Currency;
  return {
    artist: epk?.name ?? artist.name,
    buyer: request?.organisation || request?.contactName || '',
    day: day(booking.show?.day ?? offer?.showDay ?? request?.showDay ?? new Date(`${toDay(booking.createdAt)}T00:00:00Z`)),
    place: [request?.place, request?.city].filter(Boolean).filter((part, i, all) => all.indexOf(part) === i).join(', '),
    amount: offer ? money(offer.priceMinor, offer.currency) : money(request?.budgetMinor ?? 0n, currency),
    until: offer ? instant(offer.expiresAt) : '', number: '', automatic: false, balance: false, lapses: '', refund: '', played: booking.show?.playedAt != null,
    reason: topic === 'request.declined' ? booking.reason : topic === 'show.contested' ? booking.show?.contest ?? '' : topic === 'offer.declined' ? offer?.reason ?? '' : '',
    signed: await db.contract.count({ where: { bookingId, signedAt: { not: null } } }) > 0, contestedBy: booking.show?.contestedBy ?? null,
    incomplete: (await saleFor(ctx, { ...booking, bookingId: booking.id })).missing[side].length > 0,
    ...special,
  };
}

interface Formats {
  readonly money: (minor: bigint, currency: string) => string;
  readonly day: (date: Date) => string;
  readonly instant: (date: Date) => string;
}

/** The amount, the date and the number that a fact itself is about. */
async function specialFacts(ctx: Context, topic: Topic, payload: { bookingId: string } & Readonly<Record<string, string>>, { money, day, instant }: Formats): Promise<Partial<Facts>> {
  const { db } = ctx;
  const { bookingId } = payload;
  // Most facts speak of nothing but the booking.
  const about: string = topic;
  switch (about) {
    case 'hold.placed': {
      const hold = await db.hold.findUniqueOrThrow({ where: { id: payload['holdId'] ?? '' } });
      return { number: String(hold.rank), until: instant(hold.expiresAt) };
    }
    case 'quote.issued': {
      const purchase = await db.purchase.findUniqueOrThrow({ where: { bookingId } });
      const offer = await db.offer.findFirstOrThrow({ where: { bookingId, status: 'accepted' } });
      const net = await netFor(ctx, offer, { minor: offer.priceMinor, currency: offer.currency as Currency });
      return { number: purchase.quoteNumber, ...(net ? { amount: money(net.total.minor, net.total.currency) } : {}) };
    }
    case 'offer.accepted': {
      const lapses = await db.deadline.findUnique({ where: { kind_subject: { kind: 'contract.lapse', subject: bookingId } } });
      return lapses ? { until: instant(lapses.dueAt) } : {};
    }
    case 'purchase.ordered': return { number: (await db.purchase.findUniqueOrThrow({ where: { bookingId } })).orderNumber };
    case 'contract.drafted': case 'contract.signed': return { number: (await db.contract.findUniqueOrThrow({ where: { bookingId } })).number };
    case 'payment.scheduled': {
      const payment = await db.payment.findUniqueOrThrow({ where: { bookingId_part: { bookingId, part: 'deposit' } } });
      return { amount: money(payment.minor, payment.currency), until: day(payment.dueDay), automatic: payment.automatic, lapses: await lapseOf(ctx, payment.id, instant) };
    }
    case 'payment.completed': case 'payment.refused': case 'payment.reminded': case 'payment.held': {
      const payment = await db.payment.findUniqueOrThrow({ where: { id: payload['paymentId'] ?? '' } });
      return { amount: money(payment.minor, payment.currency), until: day(payment.dueDay), balance: payment.part === 'balance', lapses: await lapseOf(ctx, payment.id, instant) };
    }
    case 'payment.unsecured': {
      const waiting = await db.payment.findMany({ where: { bookingId, status: { in: ['due', 'processing', 'refused'] } } });
      return { amount: money(waiting.reduce((all, { minor }) => all + minor, 0n), waiting[0]?.currency ?? 'EUR') };
    }
    case 'payment.returned': {
      const refund = await db.refund.findUniqueOrThrow({ where: { id: payload['refundId'] ?? '' } });
      // What was held goes back by a cancellation or a decision; the rest nobody asked for.
      const wasHeld = await db.payment.count({ where: { id: refund.paymentId, status: 'captured', providerRef: refund.capturedRef } }) > 0;
      return { amount: money(refund.minor, refund.currency), refund: wasHeld ? money(refund.minor, refund.currency) : '' };
    }
    case 'cancellation.asked': case 'booking.cancelled': {
      const { bySide, reason, refundMinor, currency, status } = await db.cancellation.findUniqueOrThrow({ where: { bookingId } });
      const payout = await db.payout.findUnique({ where: { bookingId_share: { bookingId, share: 'producer' } } });
      const { minor } = await underWayOf(ctx, { bookingId, currency });
      if (status === 'waiting' && minor > 0n) return { reason, contestedBy: bySide, amount: '', refund: '', waits: money(minor, currency) };
      return { reason, contestedBy: bySide, amount: payout ? money(payout.minor, payout.currency) : '', refund: refundMinor > 0n ? money(refundMinor, currency) : '' };
    }
    case 'dispute.opened': {
      const { currency } = await db.dispute.findUniqueOrThrow({ where: { bookingId }, select: { currency: true } });
      const { minor } = await balanceOf(ctx, `escrow:${bookingId}`, currency);
      const show = await db.show.findUniqueOrThrow({ where: { bookingId }, select: { contest: true, contestedBy: true } });
      // Without a side's own word it was a bank.
      return { amount: money(minor, currency), reason: show.contestedBy ? show.contest : '' };
    }
    case 'review.due': case 'review.shown': {
      const closes = await db.deadline.findUnique({ where: { kind_subject: { kind: 'review.closes', subject: bookingId } } });
      // The deadline is the end of the last day, at the venue.
      const { timeZone } = await db.show.findUniqueOrThrow({ where: { bookingId }, select: { timeZone: true } });
      return { until: closes ? day(fromDay(dayIn(new Date(closes.dueAt.getTime() - 1), timeZone))) : '' };
    }
    case 'review.hidden': {
      const side: Side = payload['what'] === 'reply' ? (payload['side'] === 'artist' ? 'buyer' : 'artist') : payload['side'] === 'artist' ? 'artist' : 'buyer';
      const { hiddenWhy, replyHiddenWhy } = await db.review.findUniqueOrThrow({ where: { bookingId_side: { bookingId, side } } });
      return { reason: payload['what'] === 'reply' ? replyHiddenWhy : hiddenWhy, isReply: payload['what'] === 'reply' };
    }
    case 'closing.settled': {
      const { currency, refundMinor } = await db.cancellation.findUnique({ where: { bookingId } }) ?? await db.dispute.findUniqueOrThrow({ where: { bookingId } });
      const payout = await db.payout.findUnique({ where: { bookingId_share: { bookingId, share: 'producer' } } });
      return { amount: payout ? money(payout.minor, currency) : '', refund: refundMinor > 0n ? money(refundMinor, currency) : '' };
    }
    case 'dispute.decided': {
      const { decision, refundMinor, currency } = await db.dispute.findUniqueOrThrow({ where: { bookingId } });
      const payout = await db.payout.findUnique({ where: { bookingId_share: { bookingId, share: 'producer' } } });
      const { minor } = await underWayOf(ctx, { bookingId, currency });
      if (!payout && minor > 0n) return { reason: decision, waits: money(minor, currency) };
      return { reason: decision, amount: money(payout?.minor ?? 0n, currency), refund: money(refundMinor, currency) };
    }
    case 'escrow.released': {
      const entry = await db.entry.findFirst({ where: { transferId: payload['transferId'] ?? '', account: { startsWith: 'payable:' } } });
      return { amount: entry ? money(entry.minor, entry.currency) : '' };
    }
    case 'payout.paid': {
      const payout = await db.payout.findUniqueOrThrow({ where: { id: payload['payoutId'] ?? '' } });
      return { amount: money(payout.minor, payout.currency) };
    }
    case 'invoice.contested': case 'invoice.answered': {
      const { reason, words, status, invoice } = await db.invoiceContest.findUniqueOrThrow({ where: { invoiceId: payload['invoiceId'] ?? '' }, include: { invoice: { select: { number: true } } } });
      return { number: invoice.number, reason: topic === 'invoice.contested' ? reason : words, answer: status as NonNullable<Facts['answer']> };
    }
    case 'invoice.credited': {
      const credit = await db.creditNote.findUniqueOrThrow({ where: { id: payload['creditId'] ?? '' } });
      return { number: credit.number, amount: money(credit.totalMinor, credit.currency) };
    }
    case 'invoice.dunned': {
      const { number, dueDay, kind } = await db.invoice.findUniqueOrThrow({ where: { id: payload['invoiceId'] ?? '' } });
      const { step, dueMinor, interestMinor, fixedMinor, currency } = await db.dunning.findUniqueOrThrow({ where: { invoiceId_step: { invoiceId: payload['invoiceId'] ?? '', step: payload['step'] ?? '' } } });
      return { number, ours: kind === 'commission', step: step as NonNullable<Facts['step']>, amount: money(dueMinor, currency), late: interestMinor + fixedMinor > 0n ? money(interestMinor + fixedMinor, currency) : '', until: day(dueDay) };
    }
    case 'invoice.issued': case 'invoice.overdue': case 'invoice.paid': {
      const invoice = await db.invoice.findUniqueOrThrow({ where: { id: payload['invoiceId'] ?? '' } });
      const open = invoice.paidMinor < invoice.totalMinor;
      // What was credited is not asked for.
      const asked = topic === 'invoice.overdue' ? (await readOwed(ctx, [invoice])).get(invoice.id)?.minor : undefined;
      const { timeZone } = await db.organisation.findFirst({ where: { id: invoice.issuerOrgId }, select: { timeZone: true } }) ?? { timeZone: 'Europe/Paris' };
      const late = topic === 'invoice.paid' ? (await readLate(ctx, [invoice], { timeZone })).get(invoice.id)?.owed ?? 0n : 0n;
      return { number: invoice.number, ours: invoice.kind === 'commission', ...(late > 0n ? { late: money(late, invoice.currency) } : {}), amount: money(asked ?? invoice.totalMinor, invoice.currency), until: open ? day(invoice.dueDay) : '' };
    }
    default: return {};
  }
}

/** The date on which a day is free again without this payment; empty when it does not lapse. */
async function lapseOf(ctx: Context, paymentId: string, instant: Formats['instant']): Promise<string> {
  const found = await ctx.db.deadline.findUnique({ where: { kind_subject: { kind: 'payment.lapse', subject: paymentId } } });
  return found ? instant(found.dueAt) : '';
}
