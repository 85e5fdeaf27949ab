import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import { expect, test } from 'vitest';
import { CELLS_A_DEGREE, isLand, LAND } from './land.ts';

type Atlas = Parameters<typeof feature>[0];
interface Land { readonly type: 'FeatureCollection'; readonly features: readonly { readonly geometry: { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly number[])[])[][] } }[] }

const { rows, columns, south, west } = LAND;

/** Which cells hold a coast of Natural Earth, or land: on five lines through each, and one cell around, so that no quay is at sea. */
function drawn(): string[] {
  const atlas = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('world-atlas/land-10m.json'), 'utf8')) as Atlas;
  const land = feature(atlas, atlas.objects.land!) as unknown as Land;
  const rings = land.features.flatMap(({ geometry }) => geometry.coordinates.flat());
  const grid = Array.from({ length: rows }, () => new Uint8Array(columns));
  const mark = (lat: number, from: number, to: number) => {
    const row = grid[Math.floor((lat - south) * CELLS_A_DEGREE)];
    if (!row) return;
    for (let column = Math.max(0, Math.floor((from - west) * CELLS_A_DEGREE)); column <= Math.min(columns - 1, Math.floor((to - west) * CELLS_A_DEGREE)); column += 1) row[column] = 1;
  };
  for (const ring of rings) for (const [lon = 0, lat = 0] of ring) if (lon >= west && lon < west + columns / CELLS_A_DEGREE) mark(lat, lon, lon);
  for (let line = 0; line < rows * 5; line += 1) {
    const lat = south + (line + 0.5) / (5 * CELLS_A_DEGREE);
    const crossed: number[] = [];
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i += 1) {
        const [[x0 = 0, y0 = 0], [x1 = 0, y1 = 0]] = [ring[i - 1]!, ring[i]!];
        if (y0 > lat !== y1 > lat) crossed.push(x0 + ((lat - y0) / (y1 - y0)) * (x1 - x0));
      }
    }
    crossed.sort((a, b) => a - b);
    for (let i = 1; i < crossed.length; i += 2) if (crossed[i]! >= west && crossed[i - 1]! < west + columns / CELLS_A_DEGREE) mark(lat, crossed[i - 1]!, crossed[i]!);
  }
  const around = (row: number, column: number) => [-1, 0, 1].some((up) => [-1, 0, 1].some((right) => grid[row + up]?.[column + right] === 1));
  return grid.map((_, row) => Array.from({ length: columns / 4 }, (__, four) => [0, 1, 2, 3].reduce((bits, i) => bits * 2 + (around(row, four * 4 + i) ? 1 : 0), 0).toString(16)).join(''));
}

test('the map of land and sea is that of Natural Earth', () => {
  expect(LAND.bits).toEqual(drawn());
});

test.each([
  ['Ouessant', 48.46, -5.1], ['Île de Sein', 48.04, -4.85], ['Bonifacio', 41.387, 9.159], ['Ostende', 51.22, 2.91], ['Berne', 46.948, 7.447], ['London', 51.5, -0.12], ['Saint-Denis, Réunion', -20.88, 55.45], ['Nouméa', -22.27, 166.44], ['Cayenne', 4.92, -52.31],
])('%s is on land', (_, lat, lon) => {
  expect(isLand(lat, lon)).toBe(true);
});

test.each([
  ['the Gulf of Guinea', 0, 0], ['the Bay of Biscay', 45.5, -4.5], ['the Channel', 50, -1], ['between Nice and Corsica', 43.1, 8.0], ['the North Sea', 55, 3], ['the middle of the Atlantic', 40, -40], ['New York, of whose roads we know nothing', 40.7, -74],
])('%s is not', (_, lat, lon) => {
  expect(isLand(lat, lon)).toBe(false);
});
