import { hashPassword } from 'better-auth/crypto';
import { MANDATE_VERSION, mandateOf } from '../../server/accounting/mandate.ts';
import { DEMO_OPERATORS } from '../../server/core/config.ts';
import type { Context } from '../../server/core/context.ts';
import { keepFile } from '../../server/core/files.ts';
import { addDays, dayIn, daysBetween, daysFrom, fromDay, type Day } from '../../server/core/time.ts';
import { keepCopies } from '../../server/profiles/service.ts';
import { ARTISTS, type DemoArtist } from './artists.ts';
import { layAsked } from './asked.ts';
import { chance, inventedIban, inventedSiret, inventedVatNumber } from './chance.ts';
import { layMarket } from './market.ts';
import { drawPicture } from './pictures.ts';
import { PLACES, type Place } from './places.ts';
import { budgetOfStage, sheetOfArtist, sheetOfStage } from './sheets.ts';
import { layReviews } from './reviews.ts';
import { playTones } from './sounds.ts';
import { STAGES, type DemoStage } from './stages.ts';

/** What every demo person signs in with. */
const password = 'scene-ouverte-2026';
const trackSeconds = 8;
/** The web site of an artist: the others are of stages. */
const pageOfLinks = { name: 'link-in-bio', key: 'pk_demo_link' } as const;

interface World {
  readonly ctx: Context;
  readonly today: Day;
  readonly passwordHash: string;
  /** The days on which an artist already plays. */
  readonly taken: Set<string>;
}

/**
 * Fills an empty database with the demo world: twelve artists, six places, a booker, and the web sites of `demo-sites/`. All
 * names are invented, the communes are real. Dates are counted from the trade's today.
 */
export async function layOut(ctx: Context): Promise<void> {
  const world: World = { ctx, today: dayIn(ctx.now(), 'Europe/Paris'), passwordHash: await hashPassword(password), taken: new Set() };
  for (const [i, artist] of ARTISTS.entries()) await layArtist(world, artist, i);
  for (const [i, stage] of STAGES.entries()) await layStage(world, stage, i);
  for (const artist of ARTISTS) await layTour(world, artist);
  await layBooker(world);
  await layOperators(world);
  await layDeals(world);
  await layPlayed(world);
  await layMarket(ctx, world.today);
  await layAsked(ctx, world.today, artistOrg);
}

const artistOrg = (slug: string) => `org_demo${slug.replaceAll('-', '')}`;

async function layUser({ ctx, passwordHash }: World, { id, email, name }: { id: string; email: string; name: string }): Promise<void> {
  await ctx.db.user.create({ data: { id, email, name, emailVerified: true, createdAt: ctx.realNow(), accounts: { create: { id: `${id}acc`, accountId: id, providerId: 'credential', password: passwordHash } } } });
}

async function layPerson(world: World, person: { id: string; orgId: string; email: string; name: string }): Promise<void> {
  await layUser(world, person);
  await world.ctx.db.member.create({ data: { orgId: person.orgId, userId: person.id, role: 'owner' } });
}

const organisation = (ctx: Context, place: Place) => ({
  country: place.country, timeZone: place.country === 'CH' ? 'Europe/Zurich' : place.country === 'BE' ? 'Europe/Brussels' : 'Europe/Paris', claimed: true,
  postcode: place.postcode, city: place.city, insee: place.insee, createdAt: ctx.now(),
});

async function layArtist(world: World, artist: DemoArtist, i: number): Promise<void> {
  const { ctx, today } = world;
  const place = PLACES[artist.home];
  const orgId = artistOrg(artist.slug);
  const email = `${artist.slug}@demo.example`;
  const first = ['Camille', 'Lou', 'Nora', 'Élise', 'Anouk', 'Sacha', 'Jeanne', 'Ondine', 'Marius', 'Idris', 'Claire', 'Ruben'][i] ?? 'Camille';
  const last = ['Estran', 'Quai', 'Solveig', 'Champart', 'Lazuli', 'Courant', 'Dubal', 'Ferrat', 'Arcade', 'Minuit', 'Orée', 'Cayenne'][i] ?? 'Estran';
  await ctx.db.organisation.create({
    data: {
      id: orgId, kind: 'artist', name: artist.name, email, phone: '03 00 00 00 00', legalName: `Les Productions ${artist.name}`, legalForm: 'Association loi 1901', siret: inventedSiret(i + 1),
      vatNumber: inventedVatNumber(i + 1), iban: inventedIban(i + 1), address: `${3 + i} rue de la Répétition`, representative: `${first} ${last}`, capacity: 'présidence', licence: `PLATESV-D-2026-99${String(i + 1).padStart(4, '0')}`,
      licenceUntil: fromDay(addDays(today, 1_200)), ...organisation(ctx, place),
    },
  });
  await ctx.db.seller.create({ data: { orgId, kind: 'entity', tin: place.country === 'FR' ? inventedSiret(i + 1).slice(0, 9) : '', noVat: false, ibanHolder: `Les Productions ${artist.name}`, updatedAt: ctx.now() } });
  await ctx.db.invoicingMandate.create({ data: { orgId, version: MANDATE_VERSION, acceptedAt: ctx.now(), userId: `usr_demo${artist.slug.replaceAll('-', '')}`, signedBy: `${first} ${last}`, text: mandateOf(`Les Productions ${artist.name}`, ctx.config.company.name).join('\n') } });
  await layPerson(world, { id: `usr_demo${artist.slug.replaceAll('-', '')}`, orgId, email, name: `${first} ${last}` });
  await ctx.db.epk.create({
    data: {
      orgId, slug: artist.slug, name: artist.name, genres: [...artist.genres], lineUp: artist.lineUp, tagline: artist.tagline, bio: artist.bio, quotes: [...artist.quotes],
      links: [], technical: artist.technical, feeMinMinor: BigInt(artist.fee[0]) * 100n, feeMaxMinor: BigInt(artist.fee[1]) * 100n, audienceMin: artist.audience[0], audienceMax: artist.audience[1],
      durationMinutes: artist.minutes, insee: place.insee, city: place.city, lat: place.lat, lng: place.lng, publishedAt: ctx.now(), updatedAt: ctx.now(),
    },
  });
  await ctx.db.sheet.create({ data: sheetOfArtist(artist, orgId, today) });
  await Promise.all([...[0, 1, 2].map((variant) => layPhoto(ctx, artist, variant)), ...artist.tracks.map((title, n) => layTrack(ctx, artist, title, n)), ...(artist.papers ?? []).map((paper, n) => layPaper(ctx, artist, paper, n))]);
  // Fridays and Saturdays are the days that artists sell; a third of the others too.
  const marks = daysFrom(today, 420).flatMap((day) => {
    const weekday = fromDay(day).getUTCDay();
    const draw = chance(artist.slug, day);
    const state = weekday === 5 || weekday === 6 ? (draw < 0.7 ? 'free' as const : draw < 0.85 ? 'flexible' as const : 'busy' as const) : draw < 0.35 ? 'free' as const : draw < 0.5 ? 'busy' as const : null;
    return state ? [{ orgId, day: fromDay(day), state }] : [];
  });
  await ctx.db.dayMark.createMany({ data: marks });
}

async function layPhoto(ctx: Context, artist: DemoArtist, variant: number): Promise<void> {
  const orgId = artistOrg(artist.slug);
  const name = `${artist.slug}-${variant + 1}.webp`;
  const picture = await ctx.adapters.readPicture(await drawPicture(artist.slug, variant, artist.lineUp), name);
  const fileId = await keepFile(ctx, { orgId, name, mime: picture.mime, bytes: picture.bytes, isPublic: true });
  // One artist shows every format; the others stand as photos of before, which spares a new world some minutes.
  const kept = await keepCopies(ctx, { orgId, name, fileId, picture, copies: artist.slug === 'les-vagues-lentes' ? await picture.copies() : [] });
  const alt = [`${artist.name} sur scène, sous les lampes`, `${artist.name}, silhouettes en plein jour`, `${artist.name}, de près`][variant] ?? artist.name;
  await ctx.db.media.create({ data: { id: ctx.newId('med'), orgId, kind: 'photo', title: artist.name, alt, fileId, ...kept, width: picture.width, height: picture.height, position: variant } });
}

async function layTrack(ctx: Context, artist: DemoArtist, title: string, n: number): Promise<void> {
  const orgId = artistOrg(artist.slug);
  const fileId = await keepFile(ctx, { orgId, name: `${artist.slug}-${n + 1}.wav`, mime: 'audio/wav', bytes: playTones(artist.slug, n, trackSeconds), isPublic: true });
  await ctx.db.media.create({ data: { id: ctx.newId('med'), orgId, kind: 'audio', title, fileId, durationSeconds: trackSeconds, position: 10 + n } });
}

async function layPaper(ctx: Context, artist: DemoArtist, { title, lines }: NonNullable<DemoArtist['papers']>[number], n: number): Promise<void> {
  const orgId = artistOrg(artist.slug);
  const bytes = await ctx.adapters.print({
    title: `${artist.name} : ${title}`, subject: title, author: artist.name, lang: 'fr-FR', footer: artist.name, at: ctx.now(),
    blocks: [{ kind: 'title', text: artist.name }, { kind: 'heading', text: title }, { kind: 'list', items: lines }],
  });
  const fileId = await keepFile(ctx, { orgId, name: `${title}.pdf`, mime: 'application/pdf', bytes, isPublic: true });
  await ctx.db.media.create({ data: { id: ctx.newId('med'), orgId, kind: 'document', title, fileId, size: bytes.length, position: 20 + n } });
}

async function layStage(world: World, stage: DemoStage, i: number): Promise<void> {
  const { ctx } = world;
  const place = PLACES[stage.place];
  const orgId = artistOrg(stage.slug);
  const [representative, capacity] = stage.representative;
  await ctx.db.organisation.create({
    data: {
      id: orgId, kind: stage.kind, name: stage.name, email: stage.mail, legalName: stage.name, legalForm: stage.legalForm, siret: inventedSiret(i + 101), address: stage.address, representative, capacity,
      ...organisation(ctx, place),
    },
  });
  await layPerson(world, { id: `usr_demo${stage.slug.replaceAll('-', '')}`, orgId, email: stage.mail, name: representative });
  await ctx.db.venue.create({
    data: {
      orgId, slug: stage.slug, name: stage.name, capacity: stage.capacity, genres: [...stage.genres], about: stage.about, address: stage.address, insee: place.insee, city: place.city, lat: place.lat, lng: place.lng,
      ...budgetOfStage(stage), updatedAt: ctx.now(),
    },
  });
  await ctx.db.sheet.create({ data: sheetOfStage(stage, orgId, world.today) });
  for (const [slug, inDays, hour, title] of stage.programme) await layShow(world, { slug, day: addDays(world.today, inDays), hour, title, stage });
  if (stage.site) await laySite(world, { orgId, name: stage.name, site: stage.site.name, key: stage.site.key });
}

/** Where a web site of the demo world stands: allowed from its own host, and from the same port of `localhost` for browsers that know no other. */
const standing = ({ config: { urls: { sites, siteFallbacks } } }: Context, site: keyof Context['config']['urls']['sites']) => ({ url: sites[site], origins: [...new Set([sites[site], siteFallbacks[site]])] });

async function laySite({ ctx }: World, { orgId, name, site, key }: { orgId: string; name: string; site: keyof Context['config']['urls']['sites']; key: string }): Promise<void> {
  await ctx.db.site.create({ data: { id: ctx.newId('sit'), orgId, name, ...standing(ctx, site), createdAt: ctx.realNow(), keys: { create: { key, createdAt: ctx.realNow() } } } });
}

/** The web sites of a demo world that was laid out before stand at the ports of today, whichever were chosen. */
export async function moveSites(ctx: Context): Promise<void> {
  for (const site of [pageOfLinks, ...STAGES.flatMap((stage) => stage.site ?? [])]) await ctx.db.site.updateMany({ where: { keys: { some: { key: site.key } } }, data: standing(ctx, site.name) });
}

async function layShow(world: World, show: { slug: string; day: Day; hour: string; title?: string | undefined; stage?: DemoStage; place?: Place }): Promise<void> {
  const { ctx, today, taken } = world;
  const orgId = artistOrg(show.slug);
  if (taken.has(`${orgId} ${show.day}`)) return;
  taken.add(`${orgId} ${show.day}`);
  const place = show.stage ? PLACES[show.stage.place] : show.place ?? PLACES.besancon;
  const artist = ARTISTS.find(({ slug }) => slug === show.slug);
  const past = daysBetween(show.day, today) > 0;
  await ctx.db.show.create({
    data: {
      id: ctx.newId('shw'), orgId, stageOrgId: show.stage ? artistOrg(show.stage.slug) : null, title: show.title ?? artist?.name ?? show.slug, day: fromDay(show.day), startTime: show.hour,
      timeZone: place.country === 'CH' ? 'Europe/Zurich' : place.country === 'BE' ? 'Europe/Brussels' : 'Europe/Paris', place: show.stage?.name ?? 'Salle des fêtes', insee: place.insee, city: place.city,
      country: place.country, lat: place.lat, lng: place.lng, published: true, free: show.stage?.kind === 'municipality' || show.stage?.kind === 'camping', status: past ? 'played' : 'planned',
      playedAt: past ? fromDay(addDays(show.day, 1)) : null,
    },
  });
}

/** The rest of an artist's tour: every two to three weeks, always on a Thursday to Saturday. */
async function layTour(world: World, artist: DemoArtist): Promise<void> {
  let day = addDays(world.today, -50 + Math.floor(chance(artist.slug, 'tour') * 12));
  for (const [i, name] of artist.tour.entries()) {
    day = addDays(day, 13 + Math.floor(chance(artist.slug, 'gap', i) * 9));
    while (![4, 5, 6].includes(fromDay(day).getUTCDay())) day = addDays(day, 1);
    await layShow(world, { slug: artist.slug, day, hour: '20:30', place: PLACES[name] });
  }
}

async function layBooker(world: World): Promise<void> {
  const { ctx } = world;
  const orgId = artistOrg('agence-lisiere');
  await ctx.db.organisation.create({
    data: {
      id: orgId, kind: 'booker', name: 'Agence Lisière', email: 'agence-lisiere@demo.example', legalName: 'Agence Lisière', legalForm: 'SARL', siret: inventedSiret(201), address: '8 cours des Tilleuls',
      representative: 'Salomé Verdier', capacity: 'gérante', ...organisation(ctx, PLACES.clermont),
    },
  });
  await layPerson(world, { id: 'usr_demoagencelisiere', orgId, email: 'agence-lisiere@demo.example', name: 'Salomé Verdier' });
  for (const slug of ['quatuor-lisiere', 'ondine-ferrat']) {
    await ctx.db.representation.create({ data: { id: ctx.newId('rep'), bookerOrgId: orgId, artistOrgId: artistOrg(slug), since: new Date(ctx.now().getTime() - 86_400_000) } });
  }
  await laySite(world, { orgId: artistOrg('nora-solveig'), name: 'La page de Nora Solveig', site: pageOfLinks.name, key: pageOfLinks.key });
}

/** Our own people, who belong to no organisation. */
async function layOperators(world: World): Promise<void> {
  for (const [i, email] of DEMO_OPERATORS.entries()) await layUser(world, { id: `usr_demo${email.split('@')[0]}`, email, name: ['Inès Aubry', 'Paul Marchal'][i] ?? email });
}

/** Who plays in a line-up like that of Les Vagues Lentes, and shares a genre with them. */
const ALIKE = ['trio-alouette', 'electra-mineur', 'les-cousins-dubal', 'ondine-ferrat', 'quatuor-lisiere'];
const dealsOfEach = 2;
/** Of whom the latest show was last week, between two who have accounts. */
const playedLately = 'electra-mineur';

/** What the `i`th deal of an artist was made for, in minor units: within what it asks, to fifty euros. */
const priceOf = ({ slug, fee: [low, high] }: DemoArtist, i: number): bigint => BigInt(Math.round((low + (high - low) * (0.2 + chance(slug, 'price', i) * 0.6)) / 50) * 50) * 100n;

/** Shows of the last two years, agreed, played and paid: enough of them, and of enough artists, for the price of one more to be told as a range. */
async function layDeals(world: World): Promise<void> {
  const { ctx, today } = world;
  const buyerOrgId = artistOrg('saison-des-granges');
  const email = 'saison-des-granges@demo.example';
  const name = 'La Saison des Granges';
  const place = PLACES.clermont;
  await ctx.db.organisation.create({ data: { id: buyerOrgId, kind: 'venue', name, email, legalName: name, legalForm: 'Association loi 1901', siret: inventedSiret(301), address: '2 chemin des Granges', ...organisation(ctx, place), claimed: false } });
  for (const artist of ARTISTS.filter(({ slug }) => ALIKE.includes(slug))) {
    for (let i = artist.slug === playedLately ? 1 : 0; i < dealsOfEach; i += 1) {
      const orgId = artistOrg(artist.slug);
      const bookingId = ctx.newId('bkg');
      // A Tuesday, on which no tour plays.
      let day = addDays(today, -200 - 180 * i - Math.floor(chance(artist.slug, 'deal', i) * 90));
      while (fromDay(day).getUTCDay() !== 2) day = addDays(day, 1);
      const before = (days: number): Date => fromDay(addDays(day, -days));
      const priceMinor = priceOf(artist, i);
      const where = { startTime: '20:30', place: 'Grange du Haut', insee: place.insee, city: place.city, lat: place.lat, lng: place.lng };
      await ctx.db.booking.create({
        data: {
          id: bookingId, orgId, buyerOrgId, reference: `ref${bookingId.slice(4).toLowerCase().replaceAll(/[^a-z2-7]/g, 'a')}`, status: 'settled', createdAt: before(70),
          request: { create: { ...where, orgId, buyerOrgId, asker: 'venue', contactName: 'Irène Combe', organisation: name, email, occasion: 'Saison des granges', showDay: fromDay(day), audience: 120, budgetMinor: priceMinor, currency: 'EUR' } },
          offers: { create: { id: ctx.newId('off'), orgId, buyerOrgId, proposedBy: 'artist', showDay: fromDay(day), priceMinor, currency: 'EUR', expiresAt: before(50), status: 'accepted', createdAt: before(64), answeredAt: before(60) } },
          show: { create: { ...where, id: ctx.newId('shw'), orgId, buyerOrgId, title: artist.name, day: fromDay(day), status: 'played', artistConfirmedAt: before(-1), buyerConfirmedAt: before(-1), playedAt: before(-1) } },
        },
      });
      await layReviews(ctx, { bookingId, orgId, buyerOrgId, day, seed: `${artist.slug} ${i}` });
    }
  }
}

/** A show that was played last week, between two who have accounts, and of which neither has said yet how it went. */
async function layPlayed({ ctx, today, taken }: World): Promise<void> {
  const stage = STAGES.find(({ slug }) => slug === 'la-passerelle-claire');
  const artist = ARTISTS.find(({ slug }) => slug === playedLately);
  if (!stage || !artist) return;
  const [orgId, buyerOrgId, bookingId] = [artistOrg(artist.slug), artistOrg(stage.slug), ctx.newId('bkg')];
  let day = addDays(today, -5);
  while (taken.has(`${orgId} ${day}`)) day = addDays(day, -1);
  const place = PLACES[stage.place];
  const before = (days: number): Date => fromDay(addDays(day, -days));
  const where = { startTime: '20:30', place: stage.name, insee: place.insee, city: place.city, lat: place.lat, lng: place.lng };
  const priceMinor = priceOf(artist, 0);
  await ctx.db.booking.create({
    data: {
      id: bookingId, orgId, buyerOrgId, reference: `ref${bookingId.slice(4).toLowerCase().replaceAll(/[^a-z2-7]/g, 'a')}`, status: 'settled', createdAt: before(60),
      request: { create: { ...where, orgId, buyerOrgId, asker: 'venue', contactName: stage.representative[0], organisation: stage.name, email: stage.mail, occasion: 'Concert de saison', showDay: fromDay(day), audience: 120, budgetMinor: priceMinor, currency: 'EUR' } },
      offers: { create: { id: ctx.newId('off'), orgId, buyerOrgId, proposedBy: 'artist', showDay: fromDay(day), priceMinor, currency: 'EUR', expiresAt: before(40), status: 'accepted', createdAt: before(55), answeredAt: before(50) } },
      show: { create: { ...where, id: ctx.newId('shw'), orgId, buyerOrgId, stageOrgId: buyerOrgId, title: artist.name, day: fromDay(day), published: true, status: 'played', artistConfirmedAt: before(-1), buyerConfirmedAt: before(-1), playedAt: before(-1) } },
    },
  });
}
