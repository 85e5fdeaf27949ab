import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPicture } from '../adapters/images/index.ts';
import type { Context, SignedIn } from '../core/context.ts';
import { fromDay } from '../core/time.ts';
import { openTestWorld } from '../core/test-world.ts';
import { addMedia, describeMedia, placeOf, publishEpk, readEpk, readOwnEpk, readVenue, removeMedia, searchPlaces, updateEpk, updateVenue } from './service.ts';

type World = Awaited<ReturnType<typeof openTestWorld>>;

let world: World;
let ctx: Context;
let photo: Buffer;

beforeAll(async () => {
  world = await openTestWorld();
  ctx = { ...world.ctx, adapters: { ...world.ctx.adapters, readPicture } };
  photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#a63' } }).jpeg().toBuffer();
});
afterAll(() => world.close());

const refusal = (code: string, details: unknown = expect.anything()) => expect.objectContaining({ code, details }) as Error;
const euro = (minor: number) => ({ minor, currency: 'EUR' as const });
const fee = { min: euro(50_000), max: euro(120_000) };

async function organisation(kind: 'artist' | 'venue' = 'artist', name = 'Les Ondes de Minuit'): Promise<SignedIn> {
  const orgId = ctx.newId('org');
  await ctx.db.organisation.create({ data: { id: orgId, kind, name, email: 'a@ondes.example', insee: '44109', city: 'Nantes', createdAt: new Date() } });
  return { ...ctx, actor: { userId: ctx.newId('usr'), orgId, role: 'owner' } };
}

/** One second of silence, 8,000 samples of two bytes. */
function silence(seconds = 1): Buffer {
  const bytes = Buffer.alloc(44 + 16_000 * seconds);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  for (const [at, value] of [[16, 16], [24, 8_000], [28, 16_000], [40, bytes.length - 44]] as const) bytes.writeUInt32LE(value, at);
  bytes.write('data', 36);
  return bytes;
}

describe('PR-12: the press kit', () => {
  test('begins empty, named like the artist, and says what is missing', async () => {
    const me = await organisation();
    expect(await readOwnEpk(me)).toMatchObject({ artist: 'les-ondes-de-minuit', name: 'Les Ondes de Minuit', publishedAt: null, media: [], missing: ['genres', 'fee', 'insee', 'bio', 'photo'] });
    await expect(publishEpk(me, true)).rejects.toThrow(refusal('epk_incomplete', { missing: 'genres fee bio photo' }));
    await expect(readEpk(ctx, 'les-ondes-de-minuit')).rejects.toThrow(refusal('not_found'));
  });

  test('is written, shown to anybody with its next shows, and taken back', async () => {
    const me = await organisation('artist', 'Trio Été');
    const { orgId } = me.actor;
    await updateEpk(me, { genres: ['Chanson française', 'chanson', 'polka du Jura'], fee, bio: { fr: 'Trois voix.' }, audience: { min: 20, max: 300 }, quotes: [{ text: 'Superbe.', source: 'Le Journal' }] });
    const { id } = await addMedia(me, { kind: 'photo', name: 'C:\\photos\\trio_été.JPG', bytes: photo });
    expect(await publishEpk(me, true)).toMatchObject({ artist: 'trio-ete', genres: ['chanson', 'polka du Jura'], genreLabels: { 'chanson': { en: 'chanson', de: 'Chanson' }, 'polka du Jura': {} }, city: 'Nantes', insee: '44109', fee, missing: [] });
    const show = { orgId, title: 'Trio Été', place: 'Salle', city: 'Nantes', startTime: '20:30' };
    await ctx.db.show.createMany({
      data: ([['2999-05-01', true, 'planned'], ['2999-04-01', true, 'planned'], ['2999-03-01', false, 'planned'], ['2999-02-01', true, 'cancelled'], ['2001-01-01', true, 'planned']] as const)
        .map(([day, published, status], i) => ({ ...show, id: `shw_${i}`, day: fromDay(day), published, status })),
    });
    const epk = await readEpk(ctx, 'trio-ete');
    expect(epk).toMatchObject({ name: 'Trio Été', tagline: {}, bio: { fr: 'Trois voix.' }, media: [{ id, kind: 'photo', title: 'trio été', width: 900, height: 600 }] });
    expect(epk.upcoming.map(({ day }) => day)).toEqual(['2999-04-01', '2999-05-01']);
    expect(epk).not.toHaveProperty('fee');
    await publishEpk(me, false);
    await expect(readEpk(ctx, 'trio-ete')).rejects.toThrow(refusal('not_found'));
  });

  test('a kit shows the mean and the words of reviews that are in sight: none that waits or was hidden, no hidden reply, no private person’s name (PR-16)', async () => {
    const me = await organisation('artist', 'Les Avisés');
    const { orgId } = me.actor;
    await updateEpk(me, { genres: ['jazz'], bio: { fr: 'Nous.' }, insee: '44109', fee: { min: { minor: 50_000, currency: 'EUR' }, max: { minor: 90_000, currency: 'EUR' } } });
    await ctx.db.epk.update({ where: { orgId }, data: { publishedAt: ctx.now() } });
    const at = new Date('2027-02-01T12:00:00Z');
    const said = async (id: string, stars: number, over: { shown?: boolean; hidden?: boolean; words?: string; asker?: 'private' | 'venue'; reply?: string; replyHidden?: boolean } = {}) => {
      const { shown = true, hidden = false, words = `Avis ${id}`, asker = 'venue', reply = '', replyHidden = false } = over;
      const [bookingId, buyerOrgId] = [`bkg_said${id}`, `org_said${id}`];
      const request = { orgId, buyerOrgId, asker, contactName: 'Jo Privé', organisation: `Salle ${id}`, email: 'jo@x.example', occasion: 'Concert', showDay: at, shows: 1, startTime: '20:30', place: '', city: 'Nantes', insee: '44109', audience: 100, budgetMinor: 1n, currency: 'EUR' };
      await ctx.db.booking.create({ data: { id: bookingId, orgId, buyerOrgId, reference: bookingId, status: 'settled', createdAt: at, request: { create: request }, show: { create: { id: `shw_said${id}`, orgId, buyerOrgId, title: 'x', day: fromDay('2027-01-16'), startTime: '20:30', place: 'Salle', city: 'Nantes', status: 'played', playedAt: at } } } });
      await ctx.db.review.create({ data: { bookingId, side: 'buyer', orgId, buyerOrgId, stars, words, writtenAt: at, shownAt: shown ? at : null, ...(hidden && { hiddenAt: at, hiddenWhy: 'Injure' }), ...(reply && { reply, repliedAt: at }), ...(replyHidden && { replyHiddenAt: at, replyHiddenWhy: 'Injure' }) } });
      if (shown && !hidden) await ctx.db.rating.create({ data: { bookingId, byOrgId: buyerOrgId, aboutOrgId: orgId, stars, at } });
    };
    expect(await readEpk(ctx, 'les-avises')).toMatchObject({ rating: null, reviews: [] });
    await said('1', 5, { reply: 'Merci.' });
    await said('2', 4, { asker: 'private', reply: 'Menteur.', replyHidden: true });
    await said('3', 1, { shown: false });
    await said('4', 1, { hidden: true });
    await said('5', 4, { words: '' });
    const { rating, reviews } = await readEpk(ctx, 'les-avises');
    expect(rating).toEqual({ stars: 4.3, count: 3 });
    expect(reviews).toEqual([
      { stars: 5, words: 'Avis 1', reply: 'Merci.', by: 'Salle 1', city: 'Nantes', day: '2027-01-16' },
      { stars: 4, words: 'Avis 2', reply: '', by: '', city: 'Nantes', day: '2027-01-16' },
    ]);
    expect(JSON.stringify(await readOwnEpk(me))).not.toContain('Avis 1');
  });

  test('an address is one artist’s', async () => {
    const [first, second] = [await organisation('artist', 'Lunes'), await organisation('artist', 'Lunes')];
    expect((await updateEpk(first, {})).artist).toBe('lunes');
    expect((await updateEpk(second, {})).artist).toBe('lunes-2');
    await expect(updateEpk(second, { artist: 'lunes' })).rejects.toThrow(refusal('slug_taken', { artist: 'lunes' }));
    expect((await updateEpk(second, { artist: 'lunes-du-nord' })).artist).toBe('lunes-du-nord');
  });

  test('two first saves at once make one press kit', async () => {
    const me = await organisation('artist', 'Jumelles');
    await Promise.all([updateEpk(me, { lineUp: 2 }), updateEpk(me, { durationMinutes: 60 }), addMedia(me, { kind: 'photo', name: 'a.jpg', bytes: photo })]);
    expect(await readOwnEpk(me)).toMatchObject({ lineUp: 2, durationMinutes: 60, media: [expect.anything()] });
  });

  test('what cannot be is refused with its field, and writes nothing', async () => {
    const me = await organisation();
    await expect(updateEpk(me, { insee: '00000' })).rejects.toThrow(refusal('input_invalid', { field: 'insee' }));
    await expect(updateEpk(me, { fee: { min: fee.max, max: fee.min } })).rejects.toThrow(refusal('input_invalid', { field: 'fee' }));
    await expect(updateEpk(me, { fee: { min: euro(1), max: { minor: 2, currency: 'CHF' } } })).rejects.toThrow(refusal('input_invalid', { field: 'fee' }));
    await expect(updateEpk(me, { audience: { min: 3, max: 2 } })).rejects.toThrow(refusal('input_invalid', { field: 'audience' }));
    expect((await updateEpk(me, { insee: '75056' })).city).toBe('Paris');
    expect(await updateEpk(me, { insee: '' })).toMatchObject({ city: '', insee: '' });
  });

  test('DA-01: a venue has none, an observer changes none', async () => {
    await expect(readOwnEpk(await organisation('venue'))).rejects.toThrow(refusal('not_found'));
    const me = await organisation();
    const observer: SignedIn = { ...me, actor: { ...me.actor, role: 'observer' } };
    await expect(updateEpk(observer, { name: 'X' })).rejects.toThrow(refusal('role_too_low'));
    await expect(addMedia(observer, { kind: 'photo', name: 'a', bytes: photo })).rejects.toThrow(refusal('role_too_low'));
    expect(await readOwnEpk(observer)).toMatchObject({ name: 'Les Ondes de Minuit' });
  });
});

describe('PR-03: photos and recordings', () => {
  test('are kept as public files, in order, and can be described, moved and removed', async () => {
    const me = await organisation();
    const a = await addMedia(me, { kind: 'photo', name: 'a.jpg', bytes: photo });
    const b = await addMedia(me, { kind: 'audio', name: 'Estran.wav', bytes: silence(3) });
    const c = await addMedia(me, { kind: 'photo', name: 'c.jpg', bytes: photo });
    expect(b).toMatchObject({ kind: 'audio', title: 'Estran', durationSeconds: 3, smallUrl: null, width: null });
    expect(a.url).toMatch(new RegExp(`^${ctx.config.urls.media.replaceAll('.', '\\.')}/fil_[0-9A-Z]{26}$`));
    const fileId = a.url.split('/').at(-1)!;
    const file = await ctx.db.file.findUniqueOrThrow({ where: { id: fileId } });
    expect(file).toMatchObject({ isPublic: true, mime: 'image/webp', orgId: me.actor.orgId });
    expect(file.bytes).not.toEqual(new Uint8Array(photo));
    expect((await sharp(file.bytes).metadata()).exif).toBeUndefined();

    const order = async () => (await readOwnEpk(me)).media.map(({ id }) => id);
    expect(await order()).toEqual([a.id, b.id, c.id]);
    await describeMedia(me, { id: c.id, position: 0, alt: 'Le trio sous la pluie' });
    expect(await order()).toEqual([c.id, a.id, b.id]);
    expect((await readOwnEpk(me)).media[0]).toMatchObject({ alt: 'Le trio sous la pluie', title: 'c' });
    await removeMedia(me, a.id);
    expect(await order()).toEqual([c.id, b.id]);
    expect(await ctx.db.file.findUnique({ where: { id: fileId } })).toBeNull();
  });

  test('a photo is offered in three formats, each in its widths; taken away, none of its files stays', async () => {
    const me = await organisation();
    const { id, sources } = await addMedia(me, { kind: 'photo', name: 'a.jpg', bytes: photo });
    expect(sources.map(({ type, srcset }) => [type, srcset.split(', ').map((one) => one.split(' ')[1])])).toEqual([['image/avif', ['480w', '900w']], ['image/webp', ['480w', '900w']], ['image/jpeg', ['480w', '900w']]]);
    const files = sources.flatMap(({ srcset }) => srcset.split(', ').map((one) => one.split(' ')[0]!.split('/').at(-1)!));
    expect(await ctx.db.file.count({ where: { id: { in: files }, isPublic: true } })).toBe(6);
    await removeMedia(me, id);
    expect(await ctx.db.file.count({ where: { orgId: me.actor.orgId } })).toBe(0);
  });

  test('a photo of before stands in the two sizes that it has', async () => {
    const me = await organisation();
    const { id } = await addMedia(me, { kind: 'photo', name: 'a.jpg', bytes: photo });
    await ctx.db.media.update({ where: { id }, data: { copies: [], width: 800, height: 1600 } });
    const { media: [piece] } = await readOwnEpk(me);
    expect(piece?.sources).toEqual([{ type: 'image/webp', srcset: `${piece?.smallUrl} 240w, ${piece?.url} 800w` }]);
  });

  test('documents are kept whole, under their name; what is no PDF is refused', async () => {
    const me = await organisation();
    const pdf = Buffer.from('%PDF-1.7\n1 0 obj << >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n');
    const rider = await addMedia(me, { kind: 'document', name: 'Fiche technique.PDF', bytes: pdf });
    expect(rider).toMatchObject({ kind: 'document', title: 'Fiche technique', size: pdf.length, sources: [], width: null });
    const file = await ctx.db.file.findUniqueOrThrow({ where: { id: rider.url.split('/').at(-1)! } });
    expect(file).toMatchObject({ mime: 'application/pdf', name: 'Fiche technique.pdf', isPublic: true });
    expect(Buffer.from(file.bytes)).toEqual(pdf);
    for (const bytes of [Buffer.from('<!doctype html>'), pdf.subarray(0, 30), photo]) await expect(addMedia(me, { kind: 'document', name: 'a.pdf', bytes })).rejects.toThrow(refusal('media_unreadable', { name: 'a' }));
    await expect(addMedia(me, { kind: 'document', name: 'a.pdf', bytes: Buffer.alloc(10 * 1024 * 1024 + 1) })).rejects.toThrow(refusal('media_too_large'));
    for (let i = 1; i < 10; i += 1) await addMedia(me, { kind: 'document', name: `${i}.pdf`, bytes: pdf });
    await expect(addMedia(me, { kind: 'document', name: 'x.pdf', bytes: pdf })).rejects.toThrow(refusal('media_full', { most: '10' }));
  });

  test('films elsewhere are named by their page; one at no address is refused', async () => {
    const me = await organisation();
    const { videos } = await updateEpk(me, { videos: [{ url: 'https://youtu.be/dQw4w9WgXcQ', title: 'En scène' }, { url: 'https://tele.example/emission', title: 'Reportage' }] });
    expect(videos).toEqual([
      { title: 'En scène', url: 'https://youtu.be/dQw4w9WgXcQ', provider: 'youtube', host: 'www.youtube-nocookie.com', embed: 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ' },
      { title: 'Reportage', url: 'https://tele.example/emission', provider: 'elsewhere', host: 'tele.example', embed: null },
    ]);
    await expect(updateEpk(me, { videos: [{ url: 'http://youtu.be/dQw4w9WgXcQ', title: '' }] })).rejects.toThrow(refusal('input_invalid', { field: 'videos' }));
    expect((await readOwnEpk(me)).videos).toHaveLength(2);
  });

  test('a film of one’s own is an MP4 with a picture in it', async () => {
    const me = await organisation();
    const box = (name: string, ...content: readonly Buffer[]): Buffer => {
      const body = Buffer.concat(content);
      const head = Buffer.alloc(8);
      head.writeUInt32BE(body.length + 8);
      head.write(name, 4);
      return Buffer.concat([head, body]);
    };
    const header = Buffer.alloc(84);
    header.writeInt32BE(0x10000, 40);
    header.writeInt32BE(0x10000, 56);
    header.writeUInt16BE(1280, 76);
    header.writeUInt16BE(720, 80);
    const length = Buffer.alloc(100);
    length.writeUInt32BE(1_000, 12);
    length.writeUInt32BE(12_400, 16);
    const film = (handler: string) => Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\0isommp42')), box('moov', box('mvhd', length), box('trak', box('tkhd', header), box('mdia', box('hdlr', Buffer.from(`\0\0\0\0\0\0\0\0${handler}`), Buffer.alloc(12)))))]);
    expect(await addMedia(me, { kind: 'video', name: 'Live.mp4', bytes: film('vide') })).toMatchObject({ kind: 'video', title: 'Live', width: 1280, height: 720, durationSeconds: 12 });
    await expect(addMedia(me, { kind: 'video', name: 'a.mp4', bytes: film('soun') })).rejects.toThrow(refusal('media_unreadable'));
    await expect(addMedia(me, { kind: 'video', name: 'a.mp4', bytes: photo })).rejects.toThrow(refusal('media_unreadable'));
  });

  test('what is no picture and no recording is refused by its bytes', async () => {
    const me = await organisation();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    await expect(addMedia(me, { kind: 'photo', name: 'a.jpg', bytes: svg })).rejects.toThrow(refusal('media_unreadable', { name: 'a' }));
    await expect(addMedia(me, { kind: 'audio', name: 'a.mp3', bytes: photo })).rejects.toThrow(refusal('media_unreadable'));
    await expect(addMedia(me, { kind: 'photo', name: 'a.jpg', bytes: Buffer.alloc(10 * 1024 * 1024 + 1) })).rejects.toThrow(refusal('media_too_large'));
    await expect(addMedia(me, { kind: 'audio', name: 'a.wav', bytes: Buffer.alloc(15 * 1024 * 1024 + 1) })).rejects.toThrow(refusal('media_too_large'));
    expect((await readOwnEpk(me)).media).toEqual([]);
  });

  test('five recordings at most, of twelve that come at once', async () => {
    const me = await organisation();
    await readOwnEpk(me);
    const answers = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => addMedia(me, { kind: 'audio', name: `${i}.wav`, bytes: silence() })));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    const { media } = await readOwnEpk(me);
    expect(media).toHaveLength(5);
    expect(await ctx.db.file.count({ where: { orgId: me.actor.orgId } })).toBe(5);
    await expect(addMedia(me, { kind: 'audio', name: 'x.wav', bytes: silence() })).rejects.toThrow(refusal('media_full', { most: '5' }));
    expect(new Set((await ctx.db.media.findMany({ where: { orgId: me.actor.orgId } })).map(({ position }) => position)).size).toBe(5);
  });

  test('another artist’s are not there', async () => {
    const [me, stranger] = [await organisation(), await organisation()];
    const { id } = await addMedia(me, { kind: 'photo', name: 'a.jpg', bytes: photo });
    await expect(removeMedia(stranger, id)).rejects.toThrow(refusal('not_found'));
    await expect(describeMedia(stranger, { id, title: 'mine' })).rejects.toThrow(refusal('not_found'));
  });
});

test('PR-12: a place is written, with its budget and its town', async () => {
  const me = await organisation('venue', 'Le Grand Large');
  expect(await readVenue(me)).toMatchObject({ slug: 'le-grand-large', capacity: 0, insee: '44109', city: 'Nantes' });
  await updateVenue(me, { capacity: 280, genres: ['jazz', 'Jazz'], budget: { min: euro(0), max: euro(300_000) }, about: { fr: 'Une salle.' } });
  await updateVenue(me, { insee: '44143' });
  expect(await readVenue(me)).toEqual({
    slug: 'le-grand-large', name: 'Le Grand Large', capacity: 280, genres: ['jazz'], budget: { min: euro(0), max: euro(300_000) }, about: { fr: 'Une salle.' },
    technical: '', address: '', insee: '44143', city: 'Rezé',
  });
  const other = await organisation('venue', 'Le Grand Large');
  expect((await updateVenue(other, {})).slug).toBe('le-grand-large-2');
});

describe('ID-23: places', () => {
  test('the real table answers, with coordinates, in less than five milliseconds', () => {
    expect(searchPlaces('nantes')[0]).toMatchObject({ insee: '44109', postcode: '44000', country: 'FR' });
    expect(searchPlaces('39100')[0]).toMatchObject({ insee: '39198', name: 'Dole' });
    expect(searchPlaces('Genève')[0]).toMatchObject({ insee: 'C6621', country: 'CH' });
    expect(searchPlaces('anvers')[0]).toMatchObject({ name: 'Antwerpen', country: 'BE' });
    expect(searchPlaces('luxembourg')[0]).toMatchObject({ country: 'LU' });
    expect(placeOf('75056')).toMatchObject({ name: 'Paris', lat: expect.closeTo(48.85, 1) as number, lng: expect.closeTo(2.35, 1) as number });
    expect(placeOf('00000')).toBeUndefined();
    const typed = ['p', 'pa', 'st m', 'zzzz', '750', 'villeneuve', 'le ', 'x'];
    const began = performance.now();
    for (let i = 0; i < 100; i += 1) for (const word of typed) searchPlaces(word);
    expect((performance.now() - began) / 100 / typed.length).toBeLessThan(5);
  });
});
