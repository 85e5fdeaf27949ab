import type { Prisma } from '../../server/core/db/client.ts';
import { fromDay, type Day } from '../../server/core/time.ts';
import type { DemoArtist } from './artists.ts';
import { chance } from './chance.ts';
import type { DemoStage } from './stages.ts';

/** A whole number from `low` to `high` that belongs to a name: the same in every demo world. */
const drawn = (name: string, what: string, [low, high]: readonly [number, number]): number => low + Math.round(chance(name, what) * (high - low));

/** What an invented artist says of itself to be matched: from its fee and its crowd, as such artists would. */
export function sheetOfArtist(artist: DemoArtist, orgId: string, today: Day): Prisma.SheetCreateInput {
  const { slug, fee, audience, lineUp } = artist;
  const street = artist.genres.some((genre) => ['fanfare', 'spectacle de rue', 'bal'].includes(genre));
  const crowd = (audience[0] + audience[1]) / 2;
  return {
    orgId, level: fee[1] > 4_000 ? 'headliner' : fee[1] > 1_500 ? 'confirmed' : 'emerging', settings: street ? ['standing', 'roaming'] : lineUp <= 3 ? ['seated'] : ['seated', 'standing'], audiences: street ? ['families', 'tourists', 'adults'] : ['adults', ...(lineUp > 3 ? ['young'] : [])],
    lyrics: artist.genres.includes('chanson') ? ['fr'] : ['none'], weekdays: [4, 5, 6, 7], influences: [], ticketMinor: drawn(slug, 'ticket', [8, 24]) * 100, leadDays: drawn(slug, 'lead', [14, 60]), depositPercent: 30, family: street || crowd > 300, outdoor: street || lineUp > 3,
    stageMetres: 6 + lineUp * 3, inputs: 4 + lineUp * 3, kilowatts: 2 + lineUp, decibels: street ? 98 : lineUp > 4 ? 101 : 92, crew: lineUp > 4 ? 2 : lineUp > 1 ? 1 : 0, listeners: drawn(slug, 'listeners', [400, 12_000]), listenersPercent: drawn(slug, 'home', [55, 90]), followers: drawn(slug, 'followers', [600, 9_000]),
    engagement: drawn(slug, 'engagement', [15, 60]), growthPercent: drawn(slug, 'growth', [-5, 40]), mobilityKm: drawn(slug, 'mobility', [350, 900]), restDays: 1, autonomous: street, figuresAt: fromDay(today), updatedAt: fromDay(today),
  };
}

const kinds = { venue: 'theatre', festival: 'festival', camping: 'campsite', municipality: 'town' } as const;
const summer = [10, 10, 20, 30, 45, 70, 95, 100, 60, 30, 15, 20];
const winter = [80, 85, 90, 85, 70, 50, 15, 10, 65, 90, 95, 85];

/** What an invented place says of itself to be matched. */
export function sheetOfStage(stage: DemoStage, orgId: string, today: Day): Prisma.SheetCreateInput {
  const { slug, kind, capacity } = stage;
  const open = kind !== 'venue';
  return {
    orgId, placeKind: slug === 'le-hangar-a-sel' ? 'club' : slug === 'la-passerelle-claire' ? 'bar' : kinds[kind], level: capacity > 2_000 ? 'headliner' : capacity > 250 ? 'confirmed' : 'emerging', settings: kind === 'venue' && capacity < 400 ? ['seated'] : ['seated', 'standing', 'roaming'],
    audiences: kind === 'camping' ? ['families', 'tourists'] : kind === 'municipality' ? ['families', 'adults', 'seniors'] : ['adults', 'young'], lyrics: ['fr', 'en', 'none'], weekdays: kind === 'camping' ? [2, 4, 6] : [4, 5, 6], ticketMinor: kind === 'venue' || kind === 'festival' ? drawn(slug, 'ticket', [10, 28]) * 100 : null,
    leadDays: drawn(slug, 'lead', [30, 90]), depositPercent: 30, family: kind !== 'venue', outdoor: open, stageMetres: kind === 'festival' ? 120 : capacity > 400 ? 60 : 36, inputs: capacity > 400 ? 48 : 24, kilowatts: capacity > 400 ? 30 : 12, decibels: 102, fillPercent: drawn(slug, 'fill', [55, 92]),
    season: open ? summer : winter, daysToPay: kind === 'municipality' ? 28 : drawn(slug, 'pay', [2, 20]), fundingMinor: BigInt(drawn(slug, 'funding', [8, 60])) * 100_000n, covered: !open, stepFree: true, loadIn: true, parking: true, transit: kind === 'venue', ...(open && { curfew: '23:30' }), backline: kind === 'venue' ? ['drums', 'piano', 'bass_amp', 'microphones'] : ['microphones'],
    figuresAt: null, updatedAt: fromDay(today),
  };
}

/** What an invented place can pay for a show, in cents. */
export const budgetOfStage = ({ capacity, kind }: DemoStage): { budgetMinMinor: bigint; budgetMaxMinor: bigint } => {
  const most = kind === 'municipality' ? 280_000n : BigInt(Math.min(600_000, capacity * 550));
  return { budgetMinMinor: (most / 30_000n) * 10_000n, budgetMaxMinor: (most / 10_000n) * 10_000n };
};
