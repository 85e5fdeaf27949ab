import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { published } from './score.ts';
import { touring } from './scorecards/touring.ts';

test('the page on matching lists every criterion of tours as the scorecard weighs it (MA-04)', () => {
  const page = readFileSync(new URL('../../docs/matching.md', import.meta.url), 'utf8');
  const listed = page.split('\n').filter((line) => /^\| [a-z_]+ \| [a-z]+ \| .* \|$/.test(line) && !line.startsWith('| criterion')).map((line) => line.slice(2, -2).split(' | ')).map(([name, group, , artist, place, prior]) => [name, group, artist, place, prior]);
  const weights = published(touring);
  expect(listed).toEqual(touring.criteria.map(({ criterion, group, prior }, k) => [criterion, group, (weights.artist[k] ?? 0).toFixed(1), (weights.place[k] ?? 0).toFixed(1), String(prior)]));
});
