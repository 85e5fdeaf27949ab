import { chance } from './chance.ts';

const rate = 16_000;

/** A short piece made of tones, so that nothing is anybody's recording: WAV, mono, 16 bits, 16 kHz, `seconds` long. */
export function playTones(slug: string, variant: number, seconds: number): Buffer {
  const beat = 0.22 + chance(slug, 'beat', variant) * 0.18;
  const root = 110 * 2 ** (Math.floor(chance(slug, 'root', variant) * 12) / 12);
  const scale = chance(slug, 'mode') > 0.5 ? [0, 2, 3, 5, 7, 9, 10, 12] : [0, 2, 4, 7, 9, 12, 14, 16];
  const samples = new Float64Array(rate * seconds);
  const add = (from: number, length: number, hertz: number, loud: number) => {
    const first = Math.floor(from * rate);
    const last = Math.min(samples.length, first + Math.floor(length * rate));
    for (let i = first; i < last; i += 1) {
      const t = (i - first) / rate;
      const envelope = Math.min(1, t / 0.012) * Math.exp(-3.2 * t / length);
      samples[i] = (samples[i] ?? 0) + loud * envelope * (Math.sin(2 * Math.PI * hertz * t) + 0.35 * Math.sin(4 * Math.PI * hertz * t) + 0.12 * Math.sin(6 * Math.PI * hertz * t));
    }
  };
  for (let at = 0, n = 0; at < seconds; at += beat, n += 1) {
    const step = scale[Math.floor(chance(slug, variant, 'note', n % 16) * scale.length)] ?? 0;
    if (chance(slug, variant, 'rest', n % 16) > 0.18) add(at, beat * 2.4, root * 2 * 2 ** (step / 12), 0.3);
    if (n % 4 === 0) add(at, beat * 4, root * 2 ** ((scale[Math.floor(chance(slug, variant, 'bass', n % 32) * 4)] ?? 0) / 12), 0.4);
  }
  const body = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, i) => body.writeInt16LE(Math.round(Math.tanh(sample) * 29_000), i * 2));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0); head.writeUInt32LE(36 + body.length, 4); head.write('WAVEfmt ', 8); head.writeUInt32LE(16, 16); head.writeUInt16LE(1, 20); head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24); head.writeUInt32LE(rate * 2, 28); head.writeUInt16LE(2, 32); head.writeUInt16LE(16, 34); head.write('data', 36); head.writeUInt32LE(body.length, 40);
  return Buffer.concat([head, body]);
}
