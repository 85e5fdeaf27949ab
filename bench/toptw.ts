import assert from 'node:assert/strict';
import { type Matrix, type Node, type Problem, type Vehicle, type Window } from '../server/tours/core/problem.ts';

/* The two published formats, read as their FORMAT.txt says. Academic files: measured with, never shipped. */

const rowsOf = (text: string): string[][] => text.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => line.split(/\s+/));

/** A decimal number, exactly, in units of one over `scale`. */
function exact(word: string | undefined, scale: number): number {
  const value = Number(word) * scale;
  const whole = Math.round(value);
  assert(word !== undefined && Math.abs(value - whole) < 1e-6, `${word ?? 'nothing'} is a whole number of units`);
  return whole;
}

/** As many decimals as distances keep: two where coordinates are no whole numbers (Cordeau), one where they are (Solomon). */
const digitsOf = (points: readonly (readonly [string, string])[]): number => (points.some((point) => point.some((word) => Number(word) % 1 !== 0)) ? 2 : 1);

/** Straight ways, rounded down to a unit; reckoned in integers, since a rounded root is a trap. */
function straight(points: readonly (readonly [string, string])[], scale: number): Matrix {
  const size = points.length;
  const cells = new Int32Array(size * size);
  const unit = 1_000 / scale;
  const at = points.map(([x, y]) => [exact(x, 1_000), exact(y, 1_000)] as const);
  at.forEach(([x, y], i) => {
    at.forEach(([u, v], j) => {
      const square = (x - u) ** 2 + (y - v) ** 2;
      let way = Math.floor(Math.sqrt(square) / unit);
      while (((way + 1) * unit) ** 2 <= square) way += 1;
      while ((way * unit) ** 2 > square) way -= 1;
      cells[i * size + j] = way;
    });
  });
  return { size, cells };
}

/** What a file says for so many routes, in units of one over `scale`. Node `k` of the problem is vertex `k + first` of the file. */
export interface Instance { readonly problem: Problem; readonly scale: number; readonly first: number }

/** A file of TOPTW. `digits` says how many decimals distances keep, where somebody knows. */
export function readToptw(text: string, routes: number, digits?: number): Instance {
  const [, , ...rows] = rowsOf(text);
  const points = rows.map((row) => [row[1] ?? '', row[2] ?? ''] as const);
  const scale = 10 ** (digits ?? digitsOf(points));
  const windowOf = (row: readonly string[]): Window => ({ opens: exact(row.at(-2), scale), closes: exact(row.at(-1), scale) });
  const [depot, ...rest] = rows;
  assert(depot, 'there is a vertex 0');
  const vehicle: Vehicle = { from: 0, to: 0, ...windowOf(depot) };
  const nodes = rest.map((row, i): Node => ({ place: i + 1, profit: Number(row[4]), service: exact(row[3], scale), windows: [windowOf(row)], fee: 0, categories: [] }));
  return { problem: { nodes, vehicles: Array.from({ length: routes }, () => vehicle), travel: straight(points, scale), limits: [], budget: Infinity }, scale, first: 1 };
}

/** A file of MC-TOP-MTW: four windows of which a tour has two, by its number; ten categories; a budget. The file says how many tours. */
export function readMctopmtw(text: string): Instance {
  const [head = [], depot = [], ...rows] = rowsOf(text);
  const [routes = 0, , budget = 0, ...limits] = head.map(Number);
  const points = [depot, ...rows].map((row) => [row[1] ?? '', row[2] ?? ''] as const);
  const scale = 10 ** digitsOf(points);
  const windowsOf = (row: readonly string[], parity: number): Window[] => {
    const edges = row.slice(5, 10).map((word) => exact(word, scale));
    const own = (Number(row[10]) === 1) === (parity === 0) ? [0, 2] : [1, 3];
    return own.map((i) => ({ opens: edges[i] ?? NaN, closes: edges[i + 1] ?? NaN }));
  };
  const nodes = rows.map((row, i): Node => ({
    place: i + 1, profit: Number(row[4]), service: exact(row[3], scale), windows: windowsOf(row, 0), fee: Number(row[11]),
    categories: row.slice(12, 22).flatMap((word, z) => (Number(word) === 1 ? [z] : [])),
  }));
  const second = new Map(rows.map((row, k) => [k, { windows: windowsOf(row, 1) }]));
  const vehicles = Array.from({ length: routes }, (_, v): Vehicle => ({ from: 0, to: 0, opens: exact(depot[5], scale), closes: exact(depot[6], scale), ...(v % 2 === 1 && { exceptions: second }) }));
  return { problem: { nodes, vehicles, travel: straight(points, scale), limits: limits.slice(0, 10), budget }, scale, first: 2 };
}
