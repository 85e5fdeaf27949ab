import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { readPicture } from './index.ts';

const picture = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#3a6' } });
const refusal = expect.objectContaining({ code: 'media_unreadable', details: { name: 'x' } }) as Error;

describe('PR-03: photos', () => {
  test('a large one is made small twice, and loses where it was taken', async () => {
    const bytes = await picture(3000, 2000).withExif({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '47/1 13/1 0/1' } }).jpeg().toBuffer();
    expect((await sharp(bytes).metadata()).exif).toBeDefined();
    const read = await readPicture(bytes, 'x');
    expect(read).toMatchObject({ mime: 'image/webp', width: 1600, height: 1067 });
    for (const [part, width] of [[read.bytes, 1600], [read.small, 480]] as const) {
      const data = await sharp(part).metadata();
      expect(data).toMatchObject({ format: 'webp', width });
      expect(data.exif).toBeUndefined();
    }
  });

  test('a small one is not blown up, a tall one stands upright', async () => {
    expect(await readPicture(await picture(300, 200).png().toBuffer(), 'x')).toMatchObject({ width: 300, height: 200 });
    expect(await readPicture(await picture(800, 400).withMetadata({ orientation: 6 }).jpeg().toBuffer(), 'x')).toMatchObject({ width: 400, height: 800 });
    expect(await readPicture(await picture(200, 100).webp().toBuffer(), 'x')).toMatchObject({ width: 200 });
    expect(await readPicture(await picture(64, 64).avif().toBuffer(), 'x')).toMatchObject({ width: 64 });
  });

  test('a large one comes in three formats and three widths, none with the camera’s data; a small one in fewer', async () => {
    const read = await readPicture(await picture(3000, 2000).withExif({ IFD0: { Copyright: 'somebody' } }).jpeg().toBuffer(), 'x');
    const copies = await read.copies();
    expect(read.smallWidth).toBe(480);
    expect(copies.map(({ mime, width }) => `${mime} ${width}`).sort()).toEqual([
      'image/avif 1600', 'image/avif 480', 'image/avif 960', 'image/jpeg 1600', 'image/jpeg 480', 'image/jpeg 960', 'image/webp 960',
    ]);
    for (const copy of copies) {
      const data = await sharp(copy.bytes).metadata();
      expect(data.exif).toBeUndefined();
      expect(data.width).toBe(copy.width);
      expect(`image/${data.format === 'heif' ? 'avif' : data.format}`).toBe(copy.mime);
    }
    const small = await (await readPicture(await picture(300, 200).png().toBuffer(), 'x')).copies();
    expect(small.map(({ mime, width }) => `${mime} ${width}`)).toEqual(['image/avif 300', 'image/jpeg 300']);
    const tall = await (await readPicture(await picture(600, 1200).png().toBuffer(), 'x')).copies();
    expect(tall.filter(({ mime }) => mime === 'image/avif').map(({ width }) => width)).toEqual([240, 480, 600]);
  });

  test('what shines through stands on white in JPEG', async () => {
    const clear = await sharp({ create: { width: 40, height: 40, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer();
    const jpeg = (await (await readPicture(clear, 'x')).copies()).find(({ mime }) => mime === 'image/jpeg');
    expect([...(await sharp(jpeg?.bytes).raw().toBuffer()).subarray(0, 3)].every((value) => value > 250)).toBe(true);
  });

  test('what is no photo is refused by its bytes, whatever it is called', async () => {
    const jpeg = await picture(200, 200).jpeg().toBuffer();
    for (const bytes of [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), Buffer.from('GIF89a'.padEnd(40, '.')), Buffer.alloc(0), Buffer.from('hello'),
      jpeg.subarray(0, 200), Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(100)]),
    ]) await expect(readPicture(bytes, 'x')).rejects.toThrow(refusal);
  });

  test('a bomb is refused before it is unpacked', async () => {
    const bomb = await sharp({ create: { width: 10_000, height: 9_000, channels: 3, background: '#000' }, limitInputPixels: false }).png({ compressionLevel: 9 }).toBuffer();
    expect(bomb.length).toBeLessThan(1_000_000);
    await expect(readPicture(bomb, 'x')).rejects.toThrow(refusal);
  });
});
