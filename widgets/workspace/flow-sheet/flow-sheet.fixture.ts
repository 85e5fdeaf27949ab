import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';
import type { Own } from './model.ts';

type Answers = Parameters<typeof fakeApi<AppRouter>>[0];
const nothing: Own['sheet'] = {
  level: null, settings: [], audiences: [], lyrics: [], backline: [], weekdays: [], influences: [], ticket: null, leadDays: null, depositPercent: null, family: null, outdoor: null, stageMetres: null, inputs: null, kilowatts: null, decibels: null,
  crew: null, listeners: null, listenersPercent: null, followers: null, engagement: null, growthPercent: null, mobilityKm: null, restDays: null, autonomous: null, figuresAt: null,
  placeKind: null, fillPercent: null, season: [], daysToPay: null, funding: null, covered: null, stepFree: null, loadIn: null, parking: null, transit: null, curfew: null,
};

/** How whole a profile is. */
export const whole = (percent: number, missing: string[]): Own['complete'] => ({
  percent, missing, proposedFrom: 80, proposed: percent >= 80, shown: true, level: percent >= 100 ? 'expert' : percent >= 70 ? 'complete' : percent >= 30 ? 'basic' : null,
  levels: ([['basic', 30], ['complete', 70], ['expert', 100]] as const).map(([level, from]) => ({ level, percent: from, reached: percent >= from })),
});

/** An artist who has said half of it. */
export const artist = (sheet: Partial<Own['sheet']> = {}, over: Partial<Own> = {}): Own => ({
  seen: 'artist', kind: 'artist', currency: 'EUR', updatedAt: '2027-02-01T10:00:00.000Z', mostPromises: 2, complete: whole(75, ['photo', 'settings', 'audiences', 'mobility']),
  promises: [{ id: 'exc_1', place: 'Besançon', km: 60, from: '2027-05-01', until: '2027-06-30' }],
  sheet: { ...nothing, level: 'confirmed', lyrics: ['fr', 'br'], influences: ['Barbara'], ticket: { minor: 1_850, currency: 'EUR' }, leadDays: 30, crew: 1, listeners: 12_400, listenersPercent: 71, followers: 3_200, figuresAt: '2027-01-15', ...sheet }, ...over,
});

/** A theatre that has said all. */
export const place = (sheet: Partial<Own['sheet']> = {}, over: Partial<Own> = {}): Own => ({
  seen: 'place', kind: 'venue', currency: 'EUR', updatedAt: '2027-02-01T10:00:00.000Z', mostPromises: 2, complete: whole(100, []), promises: [],
  sheet: {
    ...nothing, placeKind: 'theatre', level: 'confirmed', family: true, settings: ['seated'], audiences: ['families', 'adults'], ticket: { minor: 1_600, currency: 'EUR' }, depositPercent: 30, daysToPay: 30, funding: { minor: 2_500_000, currency: 'EUR' }, weekdays: [5, 6],
    leadDays: 60, stageMetres: 80, inputs: 32, kilowatts: 12, decibels: 102, backline: ['drums', 'piano'], curfew: '22:30', fillPercent: 74, season: [40, 50, 60, 70, 80, 60, 20, 10, 70, 80, 75, 50], stepFree: true, parking: true, transit: true, loadIn: false, ...sheet,
  }, ...over,
});

/** A server that has this sheet. */
export const sheetServer = (own: () => Own | Promise<Own>, sheets: NonNullable<Answers['sheets']> = {}, profiles: NonNullable<Answers['profiles']> = {}): Api => fakeApi<AppRouter>({
  sheets: { own, ...sheets },
  profiles: {
    places: () => [{ insee: '44109', name: 'Nantes', postcode: '44000', country: 'FR', population: 320_000, lat: 47.2, lng: -1.55 }],
    venue: () => ({ slug: 'horloge', name: 'Théâtre', capacity: 320, genres: ['jazz'], budget: { min: { minor: 0, currency: 'EUR' as const }, max: { minor: 0, currency: 'EUR' as const } }, about: { fr: 'Un théâtre à l’italienne.' }, technical: '', address: '', insee: '25056', city: 'Besançon' }), ...profiles,
  },
});
