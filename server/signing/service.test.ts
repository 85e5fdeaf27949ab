import { afterAll, beforeAll, expect, test } from 'vitest';
import { transact, type SignedIn } from '../core/context.ts';
import { keepFile, readBytes, sha256 } from '../core/files.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { openEnvelope, readEnvelope, requestCode, sign } from './service.ts';

let world: TestWorld;
beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const bytes = Buffer.from('a contract');

async function organisation(kind: 'artist' | 'venue', locale = 'fr'): Promise<string> {
  const id = world.ctx.newId('org');
  await world.db.organisation.create({ data: { id, kind, name: kind, locale, email: `${id.toLowerCase()}@rooms.example`, createdAt: world.ctx.now() } });
  return id;
}

/** A document between an artist and a hall, sent out. */
async function sent() {
  const [orgId, buyerOrgId, bookingId] = [await organisation('artist'), await organisation('venue', 'en'), world.ctx.newId('bkg')];
  const signer = (side: 'artist' | 'buyer', of: string, locale: 'fr' | 'en') => ({ side, orgId: of, locale, party: `party ${side}`, representative: `head of ${side}`, capacity: '', email: `${side}@rooms.example` });
  const envelopeId = await transact(world.ctx, async (tx) => openEnvelope(tx, {
    orgId, buyerOrgId, bookingId, title: 'Contrat C-1', sha256: sha256(bytes), fileId: await keepFile(tx, { orgId, name: 'contrat.pdf', mime: 'application/pdf', bytes }),
    signers: [signer('artist', orgId, 'fr'), signer('buyer', buyerOrgId, 'en')],
  }));
  return { bookingId, envelopeId, orgId, buyerOrgId, artist: world.as({ orgId }), buyer: world.as({ orgId: buyerOrgId }) };
}

/** The code of the newest mail about this document. */
async function codeFor(ctx: SignedIn, { bookingId, envelopeId }: { bookingId: string; envelopeId: string }, side: 'artist' | 'buyer'): Promise<string> {
  await requestCode(ctx, bookingId);
  const { text } = await world.db.mail.findFirstOrThrow({ where: { cause: { startsWith: `sign:${envelopeId}:${side}:` } }, orderBy: { id: 'desc' } });
  return /^\d{6}$/mu.exec(text)?.[0] ?? '';
}

const facts = async (bookingId: string) => (await world.db.fact.findMany({ where: { subject: bookingId }, orderBy: { id: 'asc' } })).map(({ topic }) => topic);

test('CO-13: both sides read, ask for a code and sign; the last signature seals and leaves the evidence', async () => {
  const of = await sent();
  const { artist, buyer, bookingId } = of;
  const seen = await readEnvelope(artist, bookingId);
  expect(seen).toMatchObject({ status: 'sent', side: 'artist', sha256: sha256(bytes), signers: [{ side: 'artist', email: 'a•••@r•••.example', signedAt: null }, { side: 'buyer', signedAt: null }] });
  expect(seen.consent).toContain(`empreinte SHA-256 ${sha256(bytes)}`);
  expect((await readEnvelope(buyer, bookingId)).consent).toContain('I have read');

  const first = await sign(artist, { bookingId, code: await codeFor(artist, of, 'artist'), name: 'Maëlle Cariou' });
  expect(first).toMatchObject({ status: 'sent', sealedFileId: null });
  const last = await sign(buyer, { bookingId, code: await codeFor(buyer, of, 'buyer'), name: 'Yann Le Goff' });
  expect(last.status).toBe('completed');
  expect(await facts(bookingId)).toEqual(['envelope.signed', 'envelope.signed', 'envelope.completed']);

  const sealed = await readBytes(world.ctx, last.sealedFileId ?? '');
  expect(sealed.subarray(0, bytes.length)).toEqual(bytes);
  const evidence = JSON.parse((await readBytes(world.ctx, last.evidenceFileId ?? '')).toString()) as { document: object; signatures: object[] };
  expect(evidence.document).toMatchObject({ before: { sha256: sha256(bytes) }, after: { sha256: sha256(sealed) } });
  expect(evidence.signatures).toMatchObject([
    { order: 1, side: 'artist', name: 'Maëlle Cariou', ip: '192.0.2.7', consent: seen.consent, channel: { tries: 1 } }, { order: 2, side: 'buyer', name: 'Yann Le Goff' },
  ]);
});

test('a wrong code signs nothing, five of them kill the code, and a right one works once', async () => {
  const of = await sent();
  const { artist, bookingId } = of;
  const code = await codeFor(artist, of, 'artist');
  const wrong = code === '000000' ? '000001' : '000000';
  const other = await codeFor(of.buyer, of, 'buyer');
  await expect(sign(artist, { bookingId, code: wrong, name: 'M' })).rejects.toThrow(refusal('code_wrong'));
  // The other side's code is no better, unless chance made them equal.
  if (other !== code) await expect(sign(artist, { bookingId, code: other, name: 'M' })).rejects.toThrow(refusal('code_wrong'));
  expect(await facts(bookingId)).toEqual([]);
  await sign(artist, { bookingId, code, name: 'M' });
  await expect(sign(artist, { bookingId, code, name: 'M' })).rejects.toThrow(refusal('already_signed'));
  await expect(requestCode(artist, bookingId)).rejects.toThrow(refusal('already_signed'));
  for (let i = 0; i < 5; i += 1) await expect(sign(of.buyer, { bookingId, code: other === '000000' ? '000001' : '000000', name: 'Y' })).rejects.toThrow(refusal('code_wrong'));
  await expect(sign(of.buyer, { bookingId, code: other, name: 'Y' })).rejects.toThrow(refusal('code_spent'));
});

test('a code is ten minutes old at most by the wall clock, and the sixth of an hour is refused', async () => {
  const of = await sent();
  const code = await codeFor(of.artist, of, 'artist');
  world.atReal(new Date(Date.now() + 11 * 60_000));
  await expect(sign(of.artist, { bookingId: of.bookingId, code, name: 'M' })).rejects.toThrow(refusal('code_wrong'));
  world.atReal(null);
  for (let i = 0; i < 4; i += 1) await requestCode(of.artist, of.bookingId);
  await expect(requestCode(of.artist, of.bookingId)).rejects.toThrow(refusal('rate_limited'));
  expect(await requestCode(of.buyer, of.bookingId)).toEqual({ sentTo: 'b•••@r•••.example' });
});

test('twenty codes asked at once are five', async () => {
  const of = await sent();
  const asked = await Promise.allSettled(Array.from({ length: 20 }, () => requestCode(of.artist, of.bookingId)));
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
});

test('both sides at the same moment, each ten times over: two signatures, one seal', async () => {
  const of = await sent();
  const { artist, buyer, bookingId } = of;
  const codes = { artist: await codeFor(artist, of, 'artist'), buyer: await codeFor(buyer, of, 'buyer') };
  const tries = Array.from({ length: 10 }, () => [sign(artist, { bookingId, code: codes.artist, name: 'M' }), sign(buyer, { bookingId, code: codes.buyer, name: 'Y' })]).flat();
  const done = await Promise.allSettled(tries);
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  expect((await facts(bookingId)).sort()).toEqual(['envelope.completed', 'envelope.signed', 'envelope.signed']);
  expect(await world.db.file.count({ where: { orgId: of.orgId } })).toBe(3);
});

test('the first signatures of many documents at once make one seal key', async () => {
  const before = await world.db.sealKey.count();
  await world.db.sealKey.deleteMany();
  const documents = await Promise.all(Array.from({ length: 5 }, sent));
  await Promise.all(documents.map(async (of) => sign(of.artist, { bookingId: of.bookingId, code: await codeFor(of.artist, of, 'artist'), name: 'M' })));
  expect(before).toBeLessThanOrEqual(1);
  expect(await world.db.sealKey.count()).toBe(1);
});

test('a seal that fails leaves the document as it was: the signature is given again', async () => {
  const of = await sent();
  const { artist, buyer, bookingId } = of;
  await sign(artist, { bookingId, code: await codeFor(artist, of, 'artist'), name: 'M' });
  const broken: SignedIn = { ...buyer, adapters: { ...buyer.adapters, sealer: { ...buyer.adapters.sealer, seal: () => Promise.reject(new Error('killed')) } } };
  await expect(sign(broken, { bookingId, code: await codeFor(buyer, of, 'buyer'), name: 'Y' })).rejects.toThrow('killed');
  expect(await readEnvelope(buyer, bookingId)).toMatchObject({ status: 'sent', signers: [{ side: 'artist' }, { side: 'buyer', signedAt: null }] });
  expect(await facts(bookingId)).toEqual(['envelope.signed']);
  expect((await sign(buyer, { bookingId, code: await codeFor(buyer, of, 'buyer'), name: 'Y' })).status).toBe('completed');
});

test('only who could sign has seen it; only heads and the link to sign sign; strangers find nothing', async () => {
  const { bookingId, envelopeId, orgId, buyerOrgId } = await sent();
  const seen = async () => (await world.db.signer.findMany({ where: { envelopeId } })).filter(({ viewedAt }) => viewedAt !== null).map(({ side }) => side).sort();
  await readEnvelope(world.as({ orgId, role: 'observer' }), bookingId);
  await readEnvelope(world.as({ orgId: buyerOrgId, link: { purpose: 'follow', bookingId } }), bookingId);
  expect(await seen()).toEqual([]);
  await expect(requestCode(world.as({ orgId, role: 'member' }), bookingId)).rejects.toThrow(refusal('role_too_low'));
  await expect(requestCode(world.as({ orgId: buyerOrgId, link: { purpose: 'pay', bookingId } }), bookingId)).rejects.toThrow(refusal('link_other_purpose'));
  await expect(readEnvelope(world.as({ orgId: await organisation('venue') }), bookingId)).rejects.toThrow(refusal('not_found'));
  await expect(readEnvelope(world.as({ orgId: buyerOrgId, link: { purpose: 'sign', bookingId: 'bkg_other' } }), bookingId)).rejects.toThrow(refusal('not_found'));
  await readEnvelope(world.as({ orgId: buyerOrgId, link: { purpose: 'sign', bookingId } }), bookingId);
  await readEnvelope(world.as({ orgId }), bookingId);
  expect(await seen()).toEqual(['artist', 'buyer']);
});

test('a booker signs for the artist whom they represent, while they do', async () => {
  const { bookingId, orgId } = await sent();
  const bookerOrgId = await organisation('venue');
  const booker = world.as({ orgId: bookerOrgId, role: 'manager' });
  await expect(requestCode(booker, bookingId)).rejects.toThrow(refusal('not_found'));
  await world.db.representation.create({ data: { id: world.ctx.newId('rep'), bookerOrgId, artistOrgId: orgId, since: world.ctx.now() } });
  expect(await requestCode(booker, bookingId)).toEqual({ sentTo: 'a•••@r•••.example' });
});
