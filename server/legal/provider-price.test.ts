import { expect, test } from 'vitest';
import { euros } from '../core/money.ts';
import { costOf } from './provider-price.ts';

test.each([[37_980n, 1_131n], [88_620n, 2_600n], [1n, 30n], [50n, 31n], [100_000_000n, 2_900_030n]])('a payment of %s cents costs %s at 2.9 %% and 30 cents (ES-08)', (paid, cost) => {
  expect(costOf(euros(paid), { bps: 290n, fixed: euros(30n) })).toEqual(euros(cost));
});
