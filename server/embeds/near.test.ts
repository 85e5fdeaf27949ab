import { expect, test } from 'vitest';
import { NEAR_KM, nearestOf } from '../../widgets/public/flow-tour-map/nearest.ts';
import { datesNear, kilometres } from '../nearby/wish.ts';

const dijon = { lat: 47.32, lng: 5.04 };

test('a map leads visitors to dates as near as fans are told of (TO-12)', () => {
  const at = (km: number) => ({ id: 'one', day: '2027-05-14', city: 'A', status: 'planned', lat: dijon.lat + km / 111.195, lng: dijon.lng });
  for (const km of [1, 79, 81, 500]) {
    const found = nearestOf([at(km)], dijon, '2027-05-01');
    expect(found?.km).toBe(Math.round(kilometres(dijon, at(km))));
    expect((found?.km ?? 0) <= NEAR_KM).toBe(datesNear(dijon, [at(km)]).length === 1);
  }
});
