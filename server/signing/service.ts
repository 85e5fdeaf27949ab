import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import type { SealCertificate } from '../adapters/ports.ts';
import { makeCode, spendCode } from '../core/codes.ts';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import type { Prisma } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { keepFile, readBytes, sha256 } from '../core/files.ts';
import { localeOf, type Locale } from '../core/locale.ts';
import { mask } from '../core/mask.ts';
import { tell } from '../core/outbox.ts';
import { ACTS, permit, PURPOSES, type Actor, type Owned, type Role, type Side } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { assertMaySign, consentOf, isComplete } from './envelope.ts';
import { evidenceOf, type SignatureFacts } from './evidence.ts';
import { codeLetter } from './letters.ts';

const hourMs = 3_600_000;
const codesAnHour = 5;
/** A key seals for two years; its certificate goes on for as long as what it sealed is kept (adapters/esign). */
const keyMs = 2 * 365 * 24 * hourMs;

/** Who is asked to sign a document, and for whom. */
export interface AskedSigner {
  readonly side: Side;
  readonly orgId: string;
  readonly locale: Locale;
  readonly party: string;
  readonly representative: string;
  readonly capacity: string;
  /** Where the one-time code goes. */
  readonly email: string;
}

type EnvelopeRow = Prisma.EnvelopeGetPayload<{ include: { signers: true } }>;

/** Sends a kept document out to be signed by both sides, in the caller's transaction. Gives the id, `env_…`. */
export async function openEnvelope(tx: Context, ask: {
  orgId: string; buyerOrgId: string; bookingId: string; title: string; fileId: string; sha256: string; signers: readonly AskedSigner[];
}): Promise<string> {
  const { signers, ...document } = ask;
  const id = tx.newId('env');
  await tx.db.envelope.create({ data: {
    id, ...document, createdAt: tx.realNow(),
    signers: { create: signers.map(({ side, orgId, email, representative, capacity, party, locale }) => ({
      side, orgId, email, name: representative, consent: consentOf(locale, { title: ask.title, sha256: ask.sha256, party, representative, capacity }),
    })) },
  } });
  return id;
}

/** The document of a booking that waits for signatures. Whoever could sign it has seen it. @throws AppError `not_found`. */
export async function readEnvelope(ctx: SignedIn, bookingId: string) {
  const envelope = await find(ctx, bookingId);
  const side = permit(ctx.actor, 'contract.read', await ownedOf(ctx, envelope));
  if (envelope.status === 'sent' && signs(ctx.actor)) {
    await ctx.db.signer.updateMany({ where: { envelopeId: envelope.id, side, viewedAt: null }, data: { viewedAt: ctx.realNow() } });
  }
  return view(envelope, side);
}

/**
 * Sends a one-time code to the signer of the reader's side.
 *
 * @throws AppError `already_signed`, `envelope_closed`, `rate_limited` after five codes in an hour.
 */
export async function requestCode(ctx: SignedIn, bookingId: string): Promise<{ sentTo: string }> {
  const envelope = await find(ctx, bookingId);
  const side = permit(ctx.actor, 'contract.sign', await ownedOf(ctx, envelope));
  assertMaySign(envelope, side);
  const { email, orgId } = signerOf(envelope, side);
  const act = actOf(envelope.id, side);
  await transact(ctx, async (tx) => {
    const { locale } = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { locale: true } });
    const code = await makeCode(tx, { act, email, most: codesAnHour, hours: 1 });
    await post(tx, { cause: `${act}:${tx.newId('mai')}`, email, orgId }, codeLetter(localeOf(locale), envelope.title, code));
  });
  return { sentTo: mask(email) };
}

/**
 * Signs for the reader's side, with the code that was sent. The last signature seals the document and writes its evidence, in the same
 * transaction. Not inside another's: wrong codes must count.
 *
 * @throws AppError `code_wrong`, `code_spent`, `already_signed`, `envelope_closed`.
 */
export async function sign(ctx: SignedIn, { bookingId, code, name }: { bookingId: string; code: string; name: string }) {
  const envelope = await find(ctx, bookingId);
  const side = permit(ctx.actor, 'contract.sign', await ownedOf(ctx, envelope));
  assertMaySign(envelope, side);
  await spendCode(ctx, { act: actOf(envelope.id, side), code });
  const key = await readKey(ctx);
  return transact(ctx, async (tx) => {
    await lock(tx, `envelope:${envelope.id}`);
    const signedAt = tx.realNow();
    const { count } = await tx.db.signer.updateMany({
      where: { envelopeId: envelope.id, side, signedAt: null, envelope: { status: 'sent' } },
      // Who signs has the document before them, even if the page did not say so.
      data: { name, signedAt, viewedAt: signerOf(envelope, side).viewedAt ?? signedAt, ip: tx.caller.ip, userAgent: tx.caller.userAgent },
    });
    if (count === 0) throw new AppError('already_signed');
    await tell(tx, 'envelope.signed', { bookingId, envelopeId: envelope.id, side });
    const now = await find(tx, bookingId);
    return view(isComplete(now) ? await complete(tx, now, key) : now, side);
  });
}

/** Takes a document back that not everybody signed, in the caller's transaction. False when it is complete: it stands then. */
export async function voidEnvelope(tx: Context, id: string): Promise<boolean> {
  await lock(tx, `envelope:${id}`);
  const { count } = await tx.db.envelope.updateMany({ where: { id, status: { not: 'completed' } }, data: { status: 'void' } });
  return count > 0;
}

interface Key {
  readonly p12: Buffer;
  readonly passphrase: string;
  readonly certificate: SealCertificate;
}

/** Seals a document that everybody signed, keeps it with its evidence, and says so. The caller holds the envelope. */
async function complete(tx: Context, envelope: EnvelopeRow, key: Key): Promise<EnvelopeRow> {
  const { id, orgId, bookingId, title } = envelope;
  const completedAt = tx.realNow();
  const { name } = await tx.db.file.findUniqueOrThrow({ where: { id: envelope.fileId }, select: { name: true } });
  const stem = name.replace(/\.pdf$/u, '');
  const sealed = await tx.adapters.sealer.seal(await readBytes(tx, envelope.fileId), key, { reason: title, place: 'Flow Stage', at: completedAt });
  const sealedFileId = await keepFile(tx, { orgId, name: `${stem}-signe.pdf`, mime: 'application/pdf', bytes: sealed });
  const signatures: SignatureFacts[] = [];
  for (const signer of envelope.signers) signatures.push({ ...signer, code: await codeOf(tx, actOf(id, signer.side)) });
  const evidence = evidenceOf({
    id, bookingId, title, createdAt: envelope.createdAt, completedAt, certificate: key.certificate,
    before: { fileId: envelope.fileId, sha256: envelope.sha256 }, after: { fileId: sealedFileId, sha256: sha256(sealed) },
    signatures,
  });
  const evidenceFileId = await keepFile(tx, { orgId, name: `${stem}-preuve.json`, mime: 'application/json', bytes: Buffer.from(`${JSON.stringify(evidence, null, 2)}\n`) });
  await tx.db.envelope.update({ where: { id, status: 'sent' }, data: { status: 'completed', completedAt, sealedFileId, evidenceFileId } });
  await tell(tx, 'envelope.completed', { bookingId, envelopeId: id });
  return { ...envelope, status: 'completed', completedAt, sealedFileId, evidenceFileId };
}

/** The code that was spent for an act: the latest that somebody tried. */
async function codeOf(tx: Context, act: string) {
  const code = await tx.db.oneTimeCode.findFirst({ where: { act, usedAt: { not: null }, attempts: { gt: 0 } }, orderBy: { createdAt: 'desc' } });
  return code && { sentAt: code.createdAt, usedAt: code.usedAt, attempts: code.attempts };
}

/** The key that seals now. A first one is made when there is none, when it has served its time, or when the secret that opened it was changed. */
async function readKey(ctx: Context): Promise<Key> {
  const found = await newestKey(ctx);
  if (found) return found;
  return transact(ctx, async (tx) => {
    await lock(tx, 'seal-key');
    const meanwhile = await newestKey(tx);
    if (meanwhile) return meanwhile;
    const p12 = await tx.adapters.sealer.makeKey('Flow Stage', passphraseOf(tx), tx.realNow());
    await tx.db.sealKey.create({ data: { id: tx.newId('sea'), p12: new Uint8Array(p12), createdAt: tx.realNow() } });
    const made = await newestKey(tx);
    assert(made, 'a new key opens');
    return made;
  });
}

async function newestKey(ctx: Context): Promise<Key | null> {
  const row = await ctx.db.sealKey.findFirst({ where: { createdAt: { gt: new Date(ctx.realNow().getTime() - keyMs) } }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] });
  if (!row) return null;
  const key = { p12: Buffer.from(row.p12), passphrase: passphraseOf(ctx) };
  const certificate = ctx.adapters.sealer.certificateOf(key);
  return certificate && { ...key, certificate };
}

const passphraseOf = ({ config }: Context): string => createHmac('sha256', config.sessionSecret).update('seal-key').digest('base64url');

const actOf = (envelopeId: string, side: Side): string => `sign:${envelopeId}:${side}`;

async function find(ctx: Context, bookingId: string): Promise<EnvelopeRow> {
  const envelope = await ctx.db.envelope.findFirst({ where: { bookingId }, include: { signers: { orderBy: { side: 'asc' } } }, orderBy: { createdAt: 'desc' } });
  if (!envelope) throw new AppError('not_found');
  return envelope;
}

function signerOf({ signers }: EnvelopeRow, side: Side): EnvelopeRow['signers'][number] {
  const signer = signers.find((one) => one.side === side);
  if (!signer) throw new AppError('not_found');
  return signer;
}

/** Both sides, and the bookers who act for the artist; identity stands beside this room, so its rows are read here. */
async function ownedOf(ctx: Context, { orgId, buyerOrgId, bookingId }: EnvelopeRow): Promise<Owned> {
  const rows = await ctx.db.representation.findMany({ where: { artistOrgId: orgId, OR: [{ until: null }, { until: { gt: ctx.now() } }] }, select: { bookerOrgId: true } });
  return { orgId, buyerOrgId, bookingId, representedBy: rows.map(({ bookerOrgId }) => bookerOrgId) };
}

function signs({ role, link }: Actor): boolean {
  const roles: readonly Role[] = ACTS['contract.sign'];
  return roles.includes(role) && (!link || PURPOSES[link.purpose].includes('contract.sign'));
}

function view(envelope: EnvelopeRow, side: Side) {
  const { id, title, status, fileId, sealedFileId, evidenceFileId, signers } = envelope;
  return {
    id, title, status, sha256: envelope.sha256, fileId, sealedFileId, evidenceFileId, side, consent: signerOf(envelope, side).consent,
    signers: signers.map(({ side: of, name, email, signedAt }) => ({ side: of, name, email: mask(email), signedAt: signedAt?.toISOString() ?? null })),
  };
}
