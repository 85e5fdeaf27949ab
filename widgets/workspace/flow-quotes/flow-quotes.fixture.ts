import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';

type Quotes = inferRouterOutputs<AppRouter>['quotes']['all'];
type Answers = NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['quotes']>;

const euros = (minor: number) => ({ minor, currency: 'EUR' as const });
const agency = { name: 'Agence Lisière et compagnie', email: 'agence@lisiere.example', isPublic: false };
const town = { name: 'Ville de Saint-Martin-des-Champs', email: 'culture@saint-martin.example', isPublic: true };
const terms = { month: euros(90_000), months: 12, since: '2027-01-01', until: '2028-01-01', orderNumber: 'BC-77', total: euros(1_296_000), late: null, reminders: [], endedAt: null, credit: null, ending: null };

/** What an agency asks for. */
export const asked: Quotes[number] = { id: 'plq_1', plan: 'booker_enterprise', message: 'Quarante artistes,\net un interlocuteur.', askedAt: '2027-02-03T10:00:00.000Z', status: 'asked', organisation: agency, paidUntil: '2027-03-01', assigned: null };

/** Two that wait, one that is to be paid and was asked for, one that was paid late, one that is invoiced at its end, one that was declined, and one that was ended before its date. */
export const quotes: Quotes = [
  asked, { ...asked, id: 'plq_2', plan: 'town_service', organisation: town, paidUntil: null, message: '' },
  { ...asked, id: 'plq_3', status: 'assigned', paidUntil: null, assigned: { ...terms, number: 'AB-2027-0012', dueDay: '2027-03-02', paidAt: null, late: { days: 15, interest: euros(6_471), fixed: euros(4_000) }, reminders: [{ step: 'friendly', at: '2027-03-05T08:00:00.000Z' }, { step: 'firm', at: '2027-03-17T08:00:00.000Z' }], ending: euros(213_041) } },
  { ...asked, id: 'plq_4', status: 'assigned', paidUntil: null, assigned: { ...terms, number: 'AB-2026-0101', dueDay: '2026-02-19', paidAt: '2026-02-20T10:00:00.000Z', late: { days: 1, interest: euros(431), fixed: euros(4_000) } } },
  { ...asked, id: 'plq_5', plan: 'town_service', status: 'assigned', organisation: town, paidUntil: null, assigned: { ...terms, number: null, dueDay: null, paidAt: null } },
  { ...asked, id: 'plq_6', status: 'declined', paidUntil: null },
  { ...asked, id: 'plq_7', status: 'assigned', paidUntil: null, assigned: { ...terms, total: euros(0), number: 'AB-2027-0013', dueDay: '2027-03-02', paidAt: null, endedAt: '2027-02-20T10:00:00.000Z', credit: 'AAB-2027-0001' } },
];

/** Our own people's server. */
export const quotesServer = (over: Answers = {}): Api => fakeApi<AppRouter>({ quotes: {
  all: () => quotes,
  preview: ({ month, months, since }) => ({ since, until: '2028-03-01', net: euros(month.minor * months), vat: euros(month.minor * months / 5), total: euros(month.minor * months * 1.2), invoiceDay: '2027-02-05', dueDay: '2027-03-07' }), ...over,
} });
