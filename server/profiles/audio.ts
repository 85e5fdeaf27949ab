/** A recording that we know how to play. */
export interface Audio {
  readonly mime: 'audio/mpeg' | 'audio/wav' | 'audio/ogg' | 'audio/flac' | 'audio/mp4';
  /** Rounded to the second; `null` when the file does not say it. */
  readonly durationSeconds: number | null;
}

/** What the bytes are, whatever the file is called; `null` when they are none of mp3, wav, ogg, flac and m4a. */
export function readAudio(bytes: Uint8Array): Audio | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 44) return null;
  if (text(view, 0, 4) === 'RIFF' && text(view, 8, 4) === 'WAVE') return { mime: 'audio/wav', durationSeconds: whole(wav(view)) };
  if (text(view, 0, 4) === 'fLaC') return { mime: 'audio/flac', durationSeconds: whole(flac(view)) };
  if (text(view, 0, 4) === 'OggS') return { mime: 'audio/ogg', durationSeconds: whole(ogg(view)) };
  if (text(view, 4, 4) === 'ftyp' && ['M4A ', 'M4B ', 'mp42', 'isom'].includes(text(view, 8, 4))) return { mime: 'audio/mp4', durationSeconds: whole(m4a(view)) };
  const start = afterTag(view);
  const frame = start === null ? null : mpegFrame(view, start);
  return start === null || !frame ? null : { mime: 'audio/mpeg', durationSeconds: whole(mp3(view, start, frame)) };
}

/** A film that browsers play: MP4. Width and height in pixels, as it stands upright; null when the file does not say them. */
export interface Movie {
  readonly durationSeconds: number | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** What a film is, by its bytes; `null` when they are no MP4 with a picture in it. */
export function readMovie(bytes: Uint8Array): Movie | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 44 || text(view, 4, 4) !== 'ftyp') return null;
  const moov = box(view, 0, view.byteLength, 'moov');
  if (!moov) return null;
  for (let at = moov.at + 8; at + 8 <= moov.end;) {
    const track = box(view, at, moov.end, 'trak');
    if (!track) return null;
    const media = box(view, track.at + 8, track.end, 'mdia');
    const handler = media && box(view, media.at + 8, media.end, 'hdlr');
    const header = box(view, track.at + 8, track.end, 'tkhd');
    if (handler && header && text(view, handler.at + 16, 4) === 'vide') {
      // Width and height close the header, each 16.16; the matrix before them says whether it lies on its side.
      const turned = view.getInt32(header.end - 44) === 0 && view.getInt32(header.end - 40) !== 0;
      const [width, height] = [view.getUint16(header.end - 8), view.getUint16(header.end - 4)];
      const sides = turned ? [height, width] : [width, height];
      return { durationSeconds: whole(m4a(view)), width: sides[0] || null, height: sides[1] || null };
    }
    at = track.end;
  }
  return null;
}

const whole = (seconds: number | null): number | null => (seconds !== null && Number.isFinite(seconds) && seconds > 0 ? Math.max(1, Math.round(seconds)) : null);

const text = (view: DataView, at: number, length: number): string =>
  (at + length <= view.byteLength ? String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length)) : '');

/** RIFF chunks: `fmt ` says bytes a second, `data` how many. */
function wav(view: DataView): number | null {
  let rate = 0;
  for (let at = 12; at + 8 <= view.byteLength;) {
    const [name, size] = [text(view, at, 4), view.getUint32(at + 4, true)];
    if (name === 'fmt ' && at + 20 <= view.byteLength) rate = view.getUint32(at + 16, true);
    // A recorder that was cut off writes no size: what is there counts.
    if (name === 'data') return rate > 0 ? Math.min(size, view.byteLength - at - 8) / rate : null;
    at += 8 + size + (size % 2);
  }
  return null;
}

/** STREAMINFO: 20 bits of sample rate, 36 bits of samples. */
function flac(view: DataView): number | null {
  const rate = (view.getUint16(18) << 4) | (view.getUint8(20) >> 4);
  const samples = (view.getUint8(21) & 0x0f) * 2 ** 32 + view.getUint32(22);
  return rate > 0 ? samples / rate : null;
}

/** The position of the last page, over the sample rate of the first; Opus always counts 48,000 a second. */
function ogg(view: DataView): number | null {
  const body = 27 + view.getUint8(26);
  const opus = text(view, body, 8) === 'OpusHead';
  const vorbis = text(view, body + 1, 6) === 'vorbis' && body + 16 <= view.byteLength;
  if (!opus && !vorbis) return null;
  const rate = opus ? 48_000 : view.getUint32(body + 12, true);
  const first = Math.max(0, view.byteLength - 70_000);
  for (let at = view.byteLength - 27; at >= first; at -= 1) {
    if (view.getUint32(at) === 0x4f_67_67_53) return rate > 0 ? Number(view.getBigInt64(at + 6, true)) / rate : null;
  }
  return null;
}

/** Boxes: `moov` holds `mvhd`, which says ticks and ticks a second. */
function m4a(view: DataView): number | null {
  const moov = box(view, 0, view.byteLength, 'moov');
  const mvhd = moov && box(view, moov.at + 8, moov.end, 'mvhd');
  if (!mvhd || mvhd.at + 40 > mvhd.end) return null;
  const long = view.getUint8(mvhd.at + 8) === 1;
  const rate = view.getUint32(mvhd.at + (long ? 28 : 20));
  const ticks = long ? Number(view.getBigUint64(mvhd.at + 32)) : view.getUint32(mvhd.at + 24);
  return rate > 0 ? ticks / rate : null;
}

function box(view: DataView, from: number, to: number, name: string): { at: number; end: number } | null {
  for (let at = from; at + 8 <= to;) {
    const size = view.getUint32(at);
    // A size of 1 says that eight more bytes tell it, of 0 that the box goes to the end; both only for the recording itself.
    const end = size === 1 && at + 16 <= to ? at + Number(view.getBigUint64(at + 8)) : size === 0 ? to : at + size;
    if (text(view, at + 4, 4) === name) return end <= to ? { at, end } : null;
    if (end <= at) return null;
    at = end;
  }
  return null;
}

/** Where the sound begins: behind an ID3 tag, whose size is written in four times seven bits. `null` when a tag fills the whole file. */
function afterTag(view: DataView): number | null {
  if (text(view, 0, 3) !== 'ID3') return 0;
  const start = 10 + [6, 7, 8, 9].reduce((size, at) => size * 128 + (view.getUint8(at) & 0x7f), 0);
  return start + 4 < view.byteLength ? start : null;
}

interface Frame {
  readonly bitsPerSecond: number;
  readonly samples: number;
  readonly samplesPerSecond: number;
  readonly bytes: number;
  /** Where the frames of a file of changing bit rate are counted. */
  readonly xingAt: number;
}

const kilobits = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const kilobitsLow = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const rates = [44_100, 48_000, 32_000];

/** The header of an MPEG layer III frame (ISO 11172-3, 13818-3 and 2.5); `null` when there is none. */
function mpegFrame(view: DataView, at: number): Frame | null {
  if (at + 4 > view.byteLength) return null;
  const header = view.getUint32(at);
  const [version, layer, bitrate, rate] = [(header >>> 19) & 3, (header >>> 17) & 3, (header >>> 12) & 15, (header >>> 10) & 3];
  if (header >>> 21 !== 0x7ff || version === 1 || layer !== 1 || bitrate === 0 || bitrate === 15 || rate === 3) return null;
  const low = version !== 3;
  const samplesPerSecond = (rates[rate] ?? 0) / (version === 3 ? 1 : version === 2 ? 2 : 4);
  const bitsPerSecond = ((low ? kilobitsLow : kilobits)[bitrate] ?? 0) * 1000;
  const samples = low ? 576 : 1152;
  const mono = ((header >>> 6) & 3) === 3;
  const bytes = Math.floor((samples / 8) * bitsPerSecond / samplesPerSecond) + ((header >>> 9) & 1);
  return { bitsPerSecond, samples, samplesPerSecond, bytes, xingAt: at + 4 + (low ? (mono ? 9 : 17) : (mono ? 17 : 32)) };
}

function mp3(view: DataView, start: number, frame: Frame): number | null {
  if (['Xing', 'Info'].includes(text(view, frame.xingAt, 4)) && frame.xingAt + 12 <= view.byteLength && (view.getUint32(frame.xingAt + 4) & 1) === 1) {
    return (view.getUint32(frame.xingAt + 8) * frame.samples) / frame.samplesPerSecond;
  }
  return ((view.byteLength - start) * 8) / frame.bitsPerSecond;
}
