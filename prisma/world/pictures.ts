import sharp from 'sharp';
import { chance } from './chance.ts';

const palettes = [
  ['#14213d', '#e5a54b', '#f4ede1', '#8c2f39'], ['#1d3c34', '#e0b089', '#f3efe6', '#3f7d6a'], ['#2b1d35', '#f08a5d', '#f6efe9', '#b83b5e'],
  ['#0f2c45', '#7fc8c2', '#f2f4ef', '#e9724c'], ['#3a2a1e', '#d9a25f', '#f7f1e6', '#6b7f59'], ['#22252b', '#c9d36a', '#f4f4ec', '#5f7fbf'],
] as const;

/**
 * A picture of an artist, drawn rather than taken: figures on a stage under lamps. PNG, 1,440 x 960.
 *
 * @param people How many stand there; seven at most are drawn.
 */
export function drawPicture(slug: string, variant: number, people: number): Promise<Buffer> {
  const [night, lamp, paper, accent] = palettes[Math.floor(chance(slug) * palettes.length)] ?? palettes[0];
  const [width, height] = [1440, 960];
  const count = Math.min(7, Math.max(1, people));
  const sky = variant === 1 ? paper : night;
  const ink = variant === 1 ? night : paper;
  const beams = Array.from({ length: 4 }, (_, i) => {
    const x = 180 + i * 360 + chance(slug, 'beam', i, variant) * 120;
    const foot = x + (chance(slug, 'foot', i, variant) - 0.5) * 500;
    return `<polygon points="${x - 14},0 ${x + 14},0 ${foot + 170},${height} ${foot - 170},${height}" fill="${lamp}" opacity="${variant === 1 ? 0.28 : 0.16}"/>`;
  }).join('');
  const figures = Array.from({ length: count }, (_, i) => {
    const x = (width / (count + 1)) * (i + 1) + (chance(slug, 'x', i, variant) - 0.5) * 60;
    const size = 1 + chance(slug, 'size', i) * 0.25 + (variant === 2 ? 0.5 : 0);
    const lean = (chance(slug, 'lean', i, variant) - 0.5) * 16;
    const coat = i % 2 ? accent : ink;
    const tool = Math.floor(chance(slug, 'tool', i) * 4);
    const instrument = [
      `<ellipse cx="26" cy="-118" rx="30" ry="44" fill="${lamp}" transform="rotate(38 26 -118)"/><rect x="20" y="-240" width="9" height="120" fill="${lamp}" transform="rotate(38 26 -118)"/>`,
      `<path d="M12 -190 L92 -214 L96 -176 L12 -182 Z" fill="${lamp}"/>`,
      `<rect x="-78" y="-150" width="156" height="16" rx="6" fill="${lamp}"/><rect x="-70" y="-134" width="6" height="134" fill="${lamp}"/><rect x="64" y="-134" width="6" height="134" fill="${lamp}"/>`,
      `<circle cx="44" cy="-92" r="46" fill="none" stroke="${lamp}" stroke-width="12"/><circle cx="44" cy="-92" r="30" fill="${lamp}" opacity=".35"/>`,
    ][tool] ?? '';
    return `<g transform="translate(${x} ${height - 120}) scale(${size}) rotate(${lean})"><path d="M-44 0 L-34 -190 Q0 -232 34 -190 L44 0 Z" fill="${coat}"/><circle cx="0" cy="-250" r="34" fill="${coat}"/>${instrument}</g>`;
  }).join('');
  const moon = `<circle cx="${220 + chance(slug, 'moon', variant) * 1000}" cy="${170 + chance(slug, 'height', variant) * 120}" r="${variant === 2 ? 210 : 110}" fill="${accent}" opacity=".9"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${sky}"/>${moon}${beams}<rect y="${height - 122}" width="${width}" height="122" fill="${ink}" opacity=".14"/>${figures}</svg>`;
  return sharp(Buffer.from(svg)).png({ compressionLevel: 1 }).toBuffer();
}
