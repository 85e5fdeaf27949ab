import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAudio } from './audio.ts';

const ascii = (text: string) => Buffer.from(text, 'latin1');
const u32 = (value: number) => { const b = Buffer.alloc(4); b.writeUInt32BE(value); return b; };
const u32le = (value: number) => { const b = Buffer.alloc(4); b.writeUInt32LE(value); return b; };

const wav = (seconds: number) => {
  const data = Buffer.alloc(8000 * 2 * seconds);
  const format = Buffer.concat([Buffer.from([1, 0, 1, 0]), u32le(8000), u32le(16_000), Buffer.from([2, 0, 16, 0])]);
  return Buffer.concat([ascii('RIFF'), u32le(36 + data.length), ascii('WAVE'), ascii('LIST'), u32le(3), Buffer.alloc(4), ascii('fmt '), u32le(16), format, ascii('data'), u32le(data.length), data]);
};

/** MPEG 1 layer III, 128 kbit/s, 44,100 Hz: frames of 417 bytes, 1,152 samples. */
const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(413)]);
const frames = (count: number) => Buffer.concat(Array.from({ length: count }, () => frame));
const xing = (count: number) => { const first = Buffer.from(frame); ascii('Xing').copy(first, 36); first.writeUInt32BE(1, 40); first.writeUInt32BE(count, 44); return first; };

const flac = (seconds: number) => {
  const info = Buffer.alloc(34);
  info.writeUInt16BE(44_100 >> 4, 10);
  info.writeUInt8((44_100 & 15) << 4, 12);
  info.writeUInt32BE(44_100 * seconds, 14);
  return Buffer.concat([ascii('fLaC'), Buffer.from([0x80, 0, 0, 34]), info, Buffer.alloc(20)]);
};

const page = (granule: bigint, payload: Buffer) => { const head = Buffer.alloc(28); head.write('OggS', 0, 'latin1'); head.writeBigInt64LE(granule, 6); head.writeUInt8(1, 26); return Buffer.concat([head, payload]); };
const vorbis = (seconds: number) => Buffer.concat([page(0n, Buffer.concat([Buffer.from([1]), ascii('vorbis'), u32le(0), Buffer.from([2]), u32le(44_100), Buffer.alloc(14)])), page(BigInt(44_100 * seconds), Buffer.alloc(300))]);
const opus = (seconds: number) => Buffer.concat([page(0n, Buffer.concat([ascii('OpusHead'), Buffer.alloc(11)])), page(BigInt(48_000 * seconds), Buffer.alloc(300))]);

const m4aBox = (name: string, body: Buffer) => Buffer.concat([u32(8 + body.length), ascii(name), body]);
const m4a = (seconds: number, brand = 'M4A ') => Buffer.concat([
  m4aBox('ftyp', Buffer.concat([ascii(brand), u32(0)])), m4aBox('mdat', Buffer.alloc(64)),
  m4aBox('moov', m4aBox('mvhd', Buffer.concat([u32(0), u32(0), u32(0), u32(1000), u32(1000 * seconds), Buffer.alloc(80)]))),
]);

test.each([
  ['wav', wav(3), 'audio/wav', 3],
  ['mp3', frames(383), 'audio/mpeg', 10],
  ['mp3 with a tag', Buffer.concat([ascii('ID3\x04\x00\x00'), Buffer.from([0, 0, 2, 0]), Buffer.alloc(256), frames(383)]), 'audio/mpeg', 10],
  ['mp3 of changing bit rate', Buffer.concat([xing(7656), frames(20)]), 'audio/mpeg', 200],
  ['flac', flac(190), 'audio/flac', 190],
  ['ogg vorbis', vorbis(61), 'audio/ogg', 61],
  ['ogg opus', opus(45), 'audio/ogg', 45],
  ['m4a', m4a(222), 'audio/mp4', 222],
  ['m4a of an encoder that says mp42', m4a(5, 'mp42'), 'audio/mp4', 5],
  ['m4a cut off before its index', m4a(5).subarray(0, 90), 'audio/mp4', null],
  ['flac of unknown length', flac(0), 'audio/flac', null],
])('PR-03: %s', (_, bytes, mime, durationSeconds) => {
  expect(readAudio(bytes)).toEqual({ mime, durationSeconds });
});

test.each([
  ['nothing', Buffer.alloc(0)], ['text', ascii('hello, this is no recording at all, whatever it is called')], ['html', ascii('<html><script>alert(1)</script>'.padEnd(80))],
  ['a picture', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(100)])], ['avif', m4a(5, 'avif')], ['AVI', Buffer.concat([ascii('RIFF'), u32le(9), ascii('AVI '), Buffer.alloc(40)])],
  ['a tag and no sound', Buffer.concat([ascii('ID3\x04\x00\x00'), Buffer.from([0, 0, 2, 0]), Buffer.alloc(256)])],
])('PR-03: %s is no recording', (_, bytes) => {
  expect(readAudio(bytes)).toBeNull();
});

test('broken bytes are an answer, never a crash', () => {
  const whole = [wav(1), frames(3), flac(9), vorbis(9), m4a(9), xing(9)];
  fc.assert(fc.property(fc.constantFrom(...whole), fc.nat(400), fc.nat(255), fc.nat(700), (bytes, at, value, length) => {
    const broken = Buffer.from(bytes).subarray(0, Math.max(1, length));
    broken[at % broken.length] = value;
    const read = readAudio(broken);
    expect(read === null || read.durationSeconds === null || read.durationSeconds > 0).toBe(true);
  }), { numRuns: 2000 });
});
