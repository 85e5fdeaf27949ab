import { expect, test } from 'vitest';
import { freePlanOf, isLarger, planNamed, plansOf } from './catalogue.ts';

test('each kind of organisation has its own plans, the free one first', () => {
  expect(plansOf('booker')).toEqual(['booker_free', 'booker_starter', 'booker_professional', 'booker_agency', 'booker_enterprise']);
  for (const kind of ['artist', 'booker', 'venue', 'festival', 'camping', 'municipality', 'association', 'company', 'person']) expect(plansOf(kind)[0]).toBe(freePlanOf(kind));
});

test('a name is a plan or nothing', () => {
  expect(planNamed('artist_pro')).toBe('artist_pro');
  expect(planNamed('artist_max')).toBeNull();
  expect(isLarger('booker_agency', 'booker_starter')).toBe(true);
  expect(isLarger('booker_starter', 'booker_starter')).toBe(false);
});
