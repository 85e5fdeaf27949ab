import type { Paper } from '../adapters/ports.ts';
import { ownersOf } from '../booking/service.ts';
import { transact, type Context, type SignedIn } from '../core/context.ts';
import type { Chargeback } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { keepFile, readBytes } from '../core/files.ts';
import { amountOf, toWire, type Money } from '../core/money.ts';
import { permitOperator } from '../core/operators.ts';
import { addJob } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { dayIn, toDay } from '../core/time.ts';
import { balanceOf } from '../ledger/service.ts';

/** Pieces that a producer may show for one contested payment. */
const most = 30;

/** A bank that still hears us. */
const unanswered = { status: 'asked' as const };

/** What a bank says of a contested payment. `ref` is the provider's own id of the matter. */
export interface Contested {
  readonly bookingId: string;
  readonly paymentId: string;
  readonly ref: string;
  readonly amount: Money;
  readonly reason: string;
  /** By the wall clock; null where the bank does not say. */
  readonly answerBy: Date | null;
}

/** Keeps what a bank contests, once: what is told of its end may come first. In the caller's transaction, which holds the booking's money. */
export async function noteContested(tx: Context, { bookingId, paymentId, ref, amount, reason, answerBy }: Contested): Promise<void> {
  const { orgId, buyerOrgId } = await tx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, select: { orgId: true, buyerOrgId: true } });
  await tx.db.chargeback.createMany({ data: [{ id: tx.newId('cbk'), ref, bookingId, orgId, buyerOrgId, paymentId, ...amount, reason, openedAt: tx.realNow(), answerBy }], skipDuplicates: true });
}

/** The bank has decided; heard twice, it is kept once. */
export async function noteDecided(tx: Context, { ref, won }: { readonly ref: string; readonly won: boolean }): Promise<void> {
  await tx.db.chargeback.updateMany({ where: { ref, status: { in: ['asked', 'answered', 'accepted'] } }, data: { status: won ? 'won' : 'lost', closedAt: tx.realNow() } });
}

/** Whether a producer may still show something for a payment of this booking. */
export const mayShow = async (ctx: Context, bookingId: string): Promise<boolean> => await ctx.db.chargeback.count({ where: { bookingId, ...unanswered } }) > 0;

/** A producer says or shows something, for our people to answer the bank with. @throws AppError `dispute_closed`, `evidence_full`. */
export async function showPiece(tx: Context, { bookingId, text, file }: { readonly bookingId: string; readonly text: string; readonly file: { name: string; mime: string; bytes: Buffer } | undefined }): Promise<{ id: string }> {
  const found = await tx.db.chargeback.findFirst({ where: { bookingId, ...unanswered }, orderBy: { openedAt: 'desc' } });
  if (!found) throw new AppError('dispute_closed');
  if (await tx.db.chargebackPiece.count({ where: { chargebackId: found.id } }) >= most) throw new AppError('evidence_full', { most: String(most) });
  const fileId = file ? await keepFile(tx, { orgId: found.orgId, ...file }) : null;
  const id = tx.newId('evd');
  await tx.db.chargebackPiece.create({ data: { id, chargebackId: found.id, bookingId, text, fileId, at: tx.now() } });
  return { id };
}

/** The booking for which a file was shown to answer a bank: its producer and our own people read it, and nobody else. */
export async function bookingOfPiece(ctx: Context, fileId: string): Promise<string | null> {
  return (await ctx.db.chargebackPiece.findUnique({ where: { fileId }, select: { bookingId: true } }))?.bookingId ?? null;
}

async function viewOf(ctx: Context, one: Chargeback) {
  const { id, bookingId, reason, status, openedAt, answerBy, answer, answeredAt, sentAt, closedAt } = one;
  const pieces = await ctx.db.chargebackPiece.findMany({ where: { chargebackId: id }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  const files = await ctx.db.file.findMany({ where: { id: { in: pieces.flatMap(({ fileId }) => fileId ?? []) } }, select: { id: true, name: true } });
  return {
    id, bookingId, amount: toWire(amountOf(one)), reason, status, openedAt: openedAt.toISOString(), answerBy: answerBy?.toISOString() ?? null, late: answerBy !== null && answerBy <= ctx.realNow(),
    answer, answeredAt: answeredAt?.toISOString() ?? null, sentAt: sentAt?.toISOString() ?? null, closedAt: closedAt?.toISOString() ?? null,
    pieces: pieces.map(({ id: pieceId, text, fileId, at }) => ({ id: pieceId, text, fileId, fileName: files.find((file) => file.id === fileId)?.name ?? '', at: at.toISOString() })),
  };
}

/** The contested payments of a booking as its producer sees them: what is asked of them, until when, and how it ended. The buyer's bank is the buyer's own business. @throws AppError as `permit` does. */
export async function readOwnChargebacks(ctx: SignedIn, bookingId: string) {
  if (permit(ctx.actor, 'payment.read', await ownersOf(ctx, bookingId)) !== 'artist') return [];
  return Promise.all((await ctx.db.chargeback.findMany({ where: { bookingId }, orderBy: { openedAt: 'asc' } })).map((one) => viewOf(ctx, one)));
}

/* For our own people. */

/** Every contested payment that waits for us or for its bank, the nearest deadline first, and those that a bank took from us and nobody covers yet. @throws AppError as `permitOperator` does. */
export async function readChargebacks(ctx: Context) {
  await permitOperator(ctx);
  const rows = await ctx.db.chargeback.findMany({ where: { OR: [{ status: { in: ['asked', 'answered', 'accepted'] } }, { status: 'lost' }] }, orderBy: [{ answerBy: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }] });
  const views = await Promise.all(rows.map(async (one) => {
    const missing = await balanceOf(ctx, `dispute:${one.bookingId}`, one.currency);
    const show = await ctx.db.show.findUniqueOrThrow({ where: { bookingId: one.bookingId } });
    const parties = await ctx.db.organisation.findMany({ where: { id: { in: [one.orgId, one.buyerOrgId] } }, select: { id: true, name: true } });
    const nameOf = (id: string) => parties.find((party) => party.id === id)?.name ?? '';
    return {
      ...await viewOf(ctx, one), missing: toWire({ ...missing, minor: -missing.minor }), title: show.title, showDay: toDay(show.day), place: [show.place, show.city].filter(Boolean).join(', '),
      artist: nameOf(one.orgId), buyer: nameOf(one.buyerOrgId), here: ctx.adapters.payments.disputes !== undefined, draft: one.status === 'asked' ? await draftOf(ctx, one) : '',
    };
  }));
  return views.filter(({ status, missing }) => status !== 'lost' || missing.minor > 0);
}

/** What we know, in French, for whoever answers to begin with. */
async function draftOf(ctx: Context, { bookingId }: Chargeback): Promise<string> {
  const show = await ctx.db.show.findUniqueOrThrow({ where: { bookingId } });
  const contract = await ctx.db.contract.findUnique({ where: { bookingId } });
  const day = (at: Date): string => new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeZone: show.timeZone }).format(at);
  return [
    `Spectacle « ${show.title} » du ${new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeZone: 'UTC' }).format(show.day)}, ${[show.place, show.city].filter(Boolean).join(', ')}.`,
    contract?.signedAt ? `Contrat n° ${contract.number}, signé électroniquement par les deux parties le ${day(contract.signedAt)} ; il est joint.` : '',
    show.playedAt ? `Le spectacle a eu lieu ; il a été confirmé le ${day(show.playedAt)}, sans contestation de l’organisateur.` : '',
  ].filter(Boolean).join('\n');
}

/**
 * Answers a bank, once: with words, the signed contract, and one piece that the producer showed. It leaves after the commit.
 *
 * @throws AppError `dispute_closed` when it was answered, is decided or its day is over; `not_found`; and as `permitOperator` does.
 */
export function answerChargeback(ctx: Context, { id, words, proofId }: { readonly id: string; readonly words: string; readonly proofId: string | null }): Promise<null> {
  return settle(ctx, id, async (tx, answeredBy) => {
    if (proofId && await tx.db.chargebackPiece.count({ where: { chargebackId: id, fileId: proofId } }) === 0) throw new AppError('not_found');
    return { status: 'answered', answer: words, proofFileId: proofId, answeredBy, answeredAt: tx.realNow() };
  });
}

/** Leaves the money to the holder: the matter is lost. @throws AppError as `answerChargeback` does. */
export const acceptChargeback = (ctx: Context, id: string): Promise<null> =>
  settle(ctx, id, (tx, answeredBy) => Promise.resolve({ status: 'accepted', answeredBy, answeredAt: tx.realNow() }));

function settle(ctx: Context, id: string, data: (tx: Context, operator: string) => Promise<{ status: 'answered' | 'accepted'; answeredBy: string; answeredAt: Date; answer?: string; proofFileId?: string | null }>): Promise<null> {
  return transact(ctx, async (tx) => {
    const operator = await permitOperator(tx);
    const found = await tx.db.chargeback.findUnique({ where: { id } });
    if (!found) throw new AppError('not_found');
    if (!tx.adapters.payments.disputes || (found.answerBy && found.answerBy <= tx.realNow())) throw new AppError('dispute_closed');
    const { count } = await tx.db.chargeback.updateMany({ where: { id, ...unanswered }, data: await data(tx, operator) });
    if (count === 0) throw new AppError('dispute_closed');
    await addJob(tx, 'chargeback', { chargebackId: id }, { key: `chargeback:${id}` });
    return null;
  });
}

/** Brings what was decided to the provider. Not inside a transaction; done again after a crash, the provider finds the same answer. */
export async function sendAnswer(ctx: Context, chargebackId: string): Promise<void> {
  const one = await ctx.db.chargeback.findUniqueOrThrow({ where: { id: chargebackId } });
  const { disputes } = ctx.adapters.payments;
  const { status, sentAt, ref, bookingId, buyerOrgId, answer, proofFileId } = one;
  if (!disputes || sentAt || (status !== 'answered' && status !== 'accepted')) return;
  const key = `chargeback:${chargebackId}`;
  const done = status === 'accepted' ? await disputes.accept({ key, dispute: ref }) : await disputes.answer({ key, dispute: ref, answer: await answerOf() });
  if (done === 'closed') ctx.log.error({ chargebackId, ref }, 'a bank hears nobody any more on a payment that we answered');
  else await ctx.db.chargeback.updateMany({ where: { id: chargebackId, sentAt: null }, data: { sentAt: ctx.realNow() } });

  async function answerOf() {
    const [show, contract, buyer] = await Promise.all([
      ctx.db.show.findUniqueOrThrow({ where: { bookingId } }), ctx.db.contract.findUnique({ where: { bookingId } }), ctx.db.organisation.findUniqueOrThrow({ where: { id: buyerOrgId } }),
    ]);
    return {
      words: answer, product: show.title, serviceDay: dayIn(show.day, 'UTC'), customer: { name: buyer.legalName || buyer.name, email: buyer.email },
      contract: await paperOf(ctx, contract?.sealedFileId ?? null), proof: await paperOf(ctx, proofFileId),
    };
  }
}

/** A file as a bank can open it: photographs are kept in a format that few can. */
async function paperOf(ctx: Context, fileId: string | null): Promise<Paper | null> {
  const file = fileId ? await ctx.db.file.findUnique({ where: { id: fileId }, select: { id: true, name: true, mime: true } }) : null;
  if (!file) return null;
  const bytes = await readBytes(ctx, file.id);
  if (file.mime === 'application/pdf') return { name: file.name, mime: file.mime, bytes };
  const copies = await (await ctx.adapters.readPicture(bytes, file.name)).copies();
  const jpeg = copies.filter(({ mime }) => mime === 'image/jpeg').at(-1);
  return jpeg ? { name: file.name.replace(/\.\w{1,5}$/u, '.jpg'), mime: 'image/jpeg', bytes: jpeg.bytes } : null;
}
