import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Roads } from '../ports.ts';
import { legOf } from './asking.ts';
import { openMatrixDouble, type MatrixDouble } from './double/matrix.ts';
import { openOsrmDouble, type OsrmDouble } from './double/osrm.ts';
import { openMatrix } from './matrix.ts';
import { openOsrm } from './osrm.ts';
import { failuresSuite, isAway, roadsSuite } from './suites/roads.suite.ts';

let osrmDouble: OsrmDouble;
let matrixDouble: MatrixDouble;
let osrm: Roads;
let matrix: Roads;
let [logged, now] = ['', Date.parse('2027-03-01T12:00:00Z')];
const surroundings = { realNow: () => new Date(now), log: pino({ level: 'trace' }, { write: (line: string) => { logged += line; } }), timeoutMs: 1_500 };
const later = (seconds: number) => { now += seconds * 1_000; };

beforeAll(async () => {
  [osrmDouble, matrixDouble] = await Promise.all([openOsrmDouble(), openMatrixDouble()]);
  [osrmDouble.cutOff, matrixDouble.cutOff] = [isAway, isAway];
  osrm = openOsrm({ url: osrmDouble.url, ...surroundings });
  matrix = openMatrix({ url: matrixDouble.url, key: matrixDouble.key, ...surroundings });
});
afterAll(async () => { await Promise.all([osrmDouble.close(), matrixDouble.close()]); });

roadsSuite('osrm', () => osrm);
roadsSuite('matrix', () => matrix);
failuresSuite('osrm', () => ({ roads: osrm, double: osrmDouble, later, logged: () => logged, secret: osrmDouble.url }));
failuresSuite('matrix', () => ({ roads: matrix, double: matrixDouble, later, logged: () => logged, secret: matrixDouble.key }));

const lyon = { lat: 45.764, lon: 4.8357 };
const paris = { lat: 48.8566, lon: 2.3522 };

test.each([['osrm', () => osrm], ['matrix', () => matrix]] as const)('%s: a way there need not be the way back (TO-03)', async (_, roads) => {
  const [there, back] = await Promise.all([roads().measure([paris], [lyon]), roads().measure([lyon], [paris])]);
  const minutes = (answer: unknown) => (answer as { minutes: number }[])[0]!.minutes;
  expect(minutes(there)).toBeGreaterThan(minutes(back));
});

test('OSRM sets a place on the nearest road, however far: beyond its map nothing is measured (TO-24)', async () => {
  osrmDouble.aside = ({ lat }) => (lat > 48 ? 60_000 : 30);
  expect(await osrm.measure([paris, lyon], [lyon, paris])).toEqual(['unknown', 'unknown', { metres: 0, minutes: 0 }, 'unknown']);
  osrmDouble.aside = () => 12;
});

test('OSRM says by a code what it cannot do: more places than it takes (TO-24)', async () => {
  const many = Array.from({ length: 60 }, () => paris);
  logged = '';
  expect(await osrm.measure(many, many)).toEqual({ failed: 'provider_odd' });
  expect(logged).toContain('TooBig');
});

test('the matrix shows its key in a header alone, asks for no traffic, and only for what is read (TO-24)', async () => {
  await matrix.measure([paris], [lyon]);
  expect(matrixDouble.requests.at(-1)?.headers).toMatchObject({ 'x-goog-api-key': matrixDouble.key, 'x-goog-fieldmask': expect.stringContaining('status') as string });
  expect(await openMatrix({ url: matrixDouble.url, ...surroundings, key: 'another-key' }).measure([paris], [lyon])).toEqual({ failed: 'provider_refused' });
});

test('the matrix fails by the element, and the others stand (TO-24)', async () => {
  matrixDouble.failing = (from, to) => from.lat > to.lat;
  expect(await matrix.measure([paris, lyon], [lyon])).toEqual(['unknown', { metres: 0, minutes: 0 }]);
  matrixDouble.failing = () => false;
});

test.each([[429, 'provider_busy'], [500, 'provider_down'], [400, 'provider_odd']])('the matrix fails as a whole within its stream: %i is %s (TO-24)', async (code, failed) => {
  matrixDouble.streamError = code;
  expect(await matrix.measure([paris], [lyon])).toEqual({ failed });
  expect(matrix.rests()).toBe(failed === 'provider_odd' ? null : failed);
  later(31);
});

test('nobody leads the key elsewhere (TO-24)', async () => {
  let met = '';
  const other = createServer((request, response) => { met = String(request.headers['x-goog-api-key']); response.end('[]'); }).listen(0, '127.0.0.1');
  await new Promise((resolve) => { other.once('listening', resolve); });
  const leading = createServer((_, response) => { response.writeHead(307, { location: `http://127.0.0.1:${(other.address() as AddressInfo).port}/` }).end(); }).listen(0, '127.0.0.1');
  await new Promise((resolve) => { leading.once('listening', resolve); });
  const led = openMatrix({ url: `http://127.0.0.1:${(leading.address() as AddressInfo).port}`, key: 'a-secret-key', ...surroundings });
  expect(await led.measure([paris], [lyon])).toEqual({ failed: 'provider_down' });
  expect(met).toBe('');
  await Promise.all([other, leading].map((server) => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); })));
});

test('nobody there is a provider that is down (TO-24)', async () => {
  expect(await openOsrm({ url: 'http://127.0.0.1:9', ...surroundings }).measure([paris], [lyon])).toEqual({ failed: 'provider_down' });
});

test.each<[unknown, unknown, unknown]>([
  [1_499.5, 89, { metres: 1_500, minutes: 1 }], [0, 0, { metres: 0, minutes: 0 }], [-1, 60, 'unknown'], [1_000, Number.NaN, 'unknown'], ['1000', 60, 'unknown'], [1_000, null, 'unknown'], [41e6, 60, 'unknown'], [1_000, 700_000, 'unknown'], [undefined, undefined, 'unknown'],
])('%s m in %s s', (metres, seconds, leg) => {
  expect(legOf(metres, seconds)).toEqual(leg);
});
