import { assert, oneEvent } from '@open-wc/testing';
import { refusal } from '../../core/fake-api.ts';
import { LOCALES } from '../../core/messages.ts';
import { nearSpeech } from '../../core/near-words.ts';
import { NEAR_KM } from '../../parts/near-by.ts';
import { openMap } from './near.harness.ts';
import { nearestOf } from './nearest.ts';

it('a fan counts with a town alone, and is first led to a date that is near (TO-12)', async () => {
  const { widget, root, sent, open, town, until, press, text } = await openMap();
  assert.isNull(root.querySelector('.asking'));
  await open();
  assert.equal(root.activeElement?.textContent.replaceAll(/\s/g, ' '), 'Où aimeriez-vous l’écouter ?');
  await town('Dijon');
  // The date of Dijon itself was cancelled.
  await until('Une date est déjà près de chez vous : Besançon, à 74 km, le lundi 14 juin 2027.');
  press('Voir cette date');
  assert.equal(root.activeElement?.getAttribute('href'), 'https://example.org/billets');
  setTimeout(() => { press('Envoyer'); });
  const heard = await oneEvent(widget, 'flow-near-asked');
  assert.deepEqual(heard.detail, { artist: 'les-vagues-lentes', asker: 'fan' });
  await until('C’est compté : vous êtes 3 à demander');
  assert.deepEqual(sent.map(({ key, ...rest }) => [/^[\w-]{16,64}$/.test(key), rest]), [[true, { artist: 'les-vagues-lentes', asker: 'fan', insee: '21231', email: '', optIn: false, locale: 'fr', website: '', proof: '' }]]);
  assert.notInclude(text(), 'Un message est parti');
  press('Fermer');
  await widget.updateComplete;
  assert.isNull(root.querySelector('.asking'));
});

it('a fan leaves an address only with their yes (EM-01)', async () => {
  const { root, sent, open, town, type, choose, press, until } = await openMap();
  await open();
  assert.isNull(root.querySelector('#near-email'));
  await town('Nice');
  await until('La date la plus proche est à Besançon');
  await choose('Prévenez-moi');
  press('Envoyer');
  await until('Une adresse comme nom@exemple.fr.');
  assert.equal(root.activeElement?.id, 'near-email');
  await type({ email: 'zoe@example.org' });
  press('Envoyer');
  await until('Un message est parti à zoe@example.org');
  assert.deepEqual(sent.map(({ email, optIn, insee }) => [email, optIn, insee]), [['zoe@example.org', true, '06088']]);
});

it('an organiser says who, where, when; what is missing is said at its question', async () => {
  const { sent, root, open, town, type, choose, press, until, text } = await openMap();
  await open();
  await choose('Je l’inviterais à jouer');
  press('Envoyer');
  await until('Choisissez la commune dans la liste.');
  assert.equal(root.activeElement?.id, 'near-town');
  assert.equal(root.querySelectorAll('.asking .fault').length, 5);
  await town('Dijon');
  await type({ kind: 'bar', organisation: 'Le Zinc', name: 'Jo', email: 'jo@zinc.example', period: 'en mai', message: 'Venez !' });
  assert.isNull(root.querySelector('.asking .fault'));
  press('Envoyer');
  await until('Demande envoyée');
  assert.include(text(), 'jo@zinc.example');
  assert.deepEqual(sent.map(({ asker, kind, organisation, name, email, period, message, optIn }) => [asker, kind, organisation, name, email, period, message, optIn]), [['organiser', 'bar', 'Le Zinc', 'Jo', 'jo@zinc.example', 'en mai', 'Venez !', undefined]]);
});

it('on the map of a place it is asked which artist is meant, and distances are that artist’s', async () => {
  const { sent, open, town, type, press, until } = await openMap({ artists: ['les-vagues-lentes', 'nora-solveig'] });
  await open();
  await town('Dijon');
  await until('Beaune, à 37 km');
  press('Envoyer');
  await until('À remplir.');
  await type({ artist: 'les-vagues-lentes' });
  await until('Besançon, à 74 km');
  press('Envoyer');
  await until('C’est compté');
  assert.equal(sent[0]?.artist, 'les-vagues-lentes');
});

it('a wish that nobody answered goes out by itself with the same key; a refusal stands, and another try has its answers', async () => {
  let tries = 0;
  const { sent, open, town, press, until } = await openMap({ take: ({ artist }) => {
    tries += 1;
    if (tries === 1) return Promise.reject(new TypeError('Failed to fetch'));
    if (tries === 3) return Promise.reject(refusal('rate_limited'));
    return { artist, city: 'Dijon', fans: 1 };
  } });
  await open();
  await town('Dijon');
  press('Envoyer');
  await until('L’envoi repartira de lui-même');
  await until('vous êtes la première personne');
  assert.equal(new Set(sent.map(({ key }) => key)).size, 1);
  press('Demander pour une autre commune');
  await town('Nice');
  press('Envoyer');
  await until('Beaucoup de demandes');
  press('Envoyer');
  await until('C’est compté');
  assert.deepEqual(sent.map(({ key }) => key === sent[0]?.key), [true, true, false, false]);
});

it('a map without a date and one without an artist to ask: the first asks, the second does not', async () => {
  const bare = await openMap({ shows: false });
  await bare.open();
  await bare.town('Dijon');
  await bare.until('Aucune date n’est annoncée pour l’instant.');
  const nobody = await openMap({ artists: [] });
  assert.isNull(nobody.root.querySelector('.near'));
});

it('the nearest date to come: none that was, none that was cancelled, none of an unknown place', async () => {
  const date = { city: 'A', lat: 47, lng: 5, status: 'planned', day: '2027-06-01' };
  assert.isNull(nearestOf([{ ...date, status: 'cancelled' }, { ...date, day: '2027-04-30' }, { ...date, lat: null }], { lat: 47, lng: 5 }, '2027-05-01'));
  assert.isNull(nearestOf([date], { lat: null, lng: null }, '2027-05-01'));
  assert.deepEqual(nearestOf([{ ...date, day: '2027-07-01' }, date], { lat: 47, lng: 5 }, '2027-05-01'), { date, km: 0 });
  // As near as the server tells fans of: server/nearby/wish.ts.
  assert.equal(NEAR_KM, 80);
  for (const locale of LOCALES) assert.include((await nearSpeech(locale))('nearFar', { city: 'Dijon', km: 1200, day: 'x' }), 'Dijon');
});
