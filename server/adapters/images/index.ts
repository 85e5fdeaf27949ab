import sharp from 'sharp';
import { AppError } from '../../core/errors.ts';
import type { PictureCopy, PictureReader } from '../ports.ts';

/** Pixels of the longer side. */
const large = 1600;
const middle = 960;
const small = 480;
/** A picture of more pixels than any camera's is a bomb, not a photo. */
const most = 80_000_000;

/** What the first bytes of a picture must be. SVG is not among them: it is a page, with scripts. */
const signatures: readonly ((bytes: Buffer) => boolean)[] = [
  (bytes) => bytes.readUIntBE(0, 3) === 0xff_d8_ff, // JPEG
  (bytes) => bytes.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n',
  (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  (bytes) => bytes.toString('latin1', 4, 12) === 'ftypavif',
];

/**
 * Reads a photo (JPEG, PNG, WebP, AVIF), turns it upright, and writes it anew as WebP in two sizes: nothing of the camera's data stays.
 * Its copies are AVIF and JPEG in three sizes, and WebP in the one between; a small photo is not blown up, and then has fewer.
 */
export const readPicture: PictureReader = async (bytes, name) => {
  if (bytes.length < 16 || !signatures.some((matches) => matches(bytes))) throw new AppError('media_unreadable', { name });
  try {
    const upright = sharp(bytes, { limitInputPixels: most, failOn: 'error' }).autoOrient();
    const fit = (side: number) => upright.clone().resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
    const webp = (side: number) => fit(side).webp({ quality: 82 }).toBuffer({ resolveWithObject: true });
    const [main, thumb] = await Promise.all([webp(large), webp(small)]);
    const copies = async (): Promise<readonly PictureCopy[]> => {
      const all: PictureCopy[] = [];
      const sides = [small, middle, large].filter((_, i, { [i - 1]: before = 0 }) => before < Math.max(main.info.width, main.info.height));
      // One after the other: an upload has no more than one processor to itself.
      for (const side of sides) {
        // A pale edge of transparency would be black in JPEG.
        const [avif, jpeg] = [await fit(side).avif({ quality: 52, effort: 2 }).toBuffer({ resolveWithObject: true }), await fit(side).flatten({ background: '#fff' }).jpeg({ quality: 80, progressive: true }).toBuffer()];
        const { width } = avif.info;
        all.push({ mime: 'image/avif', width, bytes: avif.data }, { mime: 'image/jpeg', width, bytes: jpeg });
        if (side === middle) all.push({ mime: 'image/webp', width, bytes: (await webp(side)).data });
      }
      return all;
    };
    return { mime: 'image/webp', bytes: main.data, small: thumb.data, width: main.info.width, height: main.info.height, smallWidth: thumb.info.width, copies };
  } catch (error) {
    throw Object.assign(new AppError('media_unreadable', { name }), { cause: error });
  }
};
