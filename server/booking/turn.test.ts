import { expect, test } from 'vitest';
import { isTurnOf, type Standing } from './turn.ts';

const standing = (over: Partial<Standing> = {}): Standing =>
  ({ status: 'requested', offerBy: null, incomplete: [], orderAwaited: false, unsigned: [], paymentAwaited: false, unconfirmed: [], ...over });

test.each<[string, Partial<Standing>, artist: boolean, buyer: boolean]>([
  ['a request waits for the artist', {}, true, false],
  ['an offer of the artist waits for the buyer', { status: 'negotiating', offerBy: 'artist' }, false, true],
  ['a counter-offer waits for the artist', { status: 'negotiating', offerBy: 'buyer' }, true, false],
  ['declined, it is with the artist again', { status: 'negotiating' }, true, false],
  ['whoever is incomplete fills it in', { status: 'agreed', incomplete: ['buyer'] }, false, true],
  ['the commune orders', { status: 'agreed', orderAwaited: true }, false, true],
  ['both sign', { status: 'agreed', unsigned: ['artist', 'buyer'] }, true, true],
  ['the artist signed', { status: 'agreed', unsigned: ['buyer'] }, false, true],
  ['the contract is being drafted', { status: 'agreed' }, false, false],
  ['the buyer pays', { status: 'contracted', paymentAwaited: true }, false, true],
  ['all is paid, and the show is to come', { status: 'contracted' }, false, false],
  ['the show began', { status: 'contracted', unconfirmed: ['artist', 'buyer'] }, true, true],
  ['it was played', { status: 'played', unconfirmed: ['buyer'] }, false, false],
  ['it was played and not paid', { status: 'played', unconfirmed: ['artist'], paymentAwaited: true }, false, true],
  ['all is over', { status: 'settled', paymentAwaited: true }, false, false],
  ['it was declined', { status: 'declined', unsigned: ['artist'] }, false, false],
])('%s', (_, over, artist, buyer) => {
  expect([isTurnOf('artist', standing(over)), isTurnOf('buyer', standing(over))]).toEqual([artist, buyer]);
});
