import sharp from 'sharp';
import { AppError } from '../../core/errors.ts';
import type { PictureReader } from '../ports.ts';

/** Pixels of the longer side. */
const large = 1600;
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

/** Reads a photo (JPEG, PNG, WebP, AVIF), turns it upright, and writes it anew as WebP in two sizes: nothing of the camera's data stays. */
export const readPicture: PictureReader = async (bytes, name) => {
  if (bytes.length < 16 || !signatures.some((matches) => matches(bytes))) throw new AppError('media_unreadable', { name });
  try {
    const upright = sharp(bytes, { limitInputPixels: most, failOn: 'error' }).autoOrient();
    const fit = (side: number) => upright.clone().resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true }).webp({ quality: 82 });
    const [main, thumb] = await Promise.all([fit(large).toBuffer({ resolveWithObject: true }), fit(small).toBuffer()]);
    return { mime: 'image/webp', bytes: main.data, small: thumb, width: main.info.width, height: main.info.height };
  } catch (error) {
    throw Object.assign(new AppError('media_unreadable', { name }), { cause: error });
  }
};
