import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';
import { entry } from '../flow-sites/flow-sites.fixture.ts';
import { dayAfter, type Entry, type Manifest, type Report, type Views } from './model.ts';

type Answers = Parameters<typeof fakeApi<AppRouter>>[0];
const artist = { name: 'artist', type: { text: 'string' }, description: 'The artist.' };

/** Two elements of the manifest, as the analyser writes it. */
export const manifest: Manifest = { modules: [{ declarations: [
  { tagName: 'flow-programme', attributes: [{ name: 'stage', type: { text: 'string' } }, artist, { name: 'key', type: { text: 'string' } }, { name: 'past', type: { text: 'boolean' } }, { name: 'limit', type: { text: 'number' } }] },
  { tagName: 'flow-booking-request', attributes: [artist, { name: 'asker', type: { text: "'private' | 'venue' | 'camping' | 'commune' | ''" } }, { name: 'new-one', type: { text: 'string' }, description: 'Something that has no words of ours yet.' }] },
] }] };

const none = { views: 0, requests: 0, conversions: 0, errors: 0 };

/** A month of views: `of` says how many there were on the nth day. */
export function viewsOf(from: string, until: string, of: (n: number) => number): Views {
  const days: Views['days'] = [];
  for (let day = from, n = 0; day <= until; day = dayAfter(day, 1), n += 1) days.push({ key: day, views: of(n), requests: of(n) > 40 ? 2 : 0, conversions: 0, errors: 0 });
  const sum = (what: 'views' | 'requests'): number => days.reduce((total, day) => total + day[what], 0);
  const all = { ...none, views: sum('views'), requests: sum('requests'), conversions: 1, errors: 3 };
  return {
    all, days, widgets: [],
    pages: [{ ...all, key: 'https://theatre.example/agenda' }, { ...none, views: 12, key: 'https://theatre.example/une-page-au-nom-tres-tres-long/qui-ne-tient-pas-sur-une-ligne' }, { ...none, views: 4, key: '' }],
    faults: [{ code: 'origin_not_allowed', n: 2 }, { code: 'something_new', n: 1 }],
  };
}

/** Nothing happened. */
export const noViews: Views = { all: none, days: [], pages: [], widgets: [], faults: [] };

/** A page whose policy keeps us out. */
export const strict: Report = {
  outcome: 'read', url: 'https://theatre.example/agenda',
  findings: [
    { what: 'page_answers', state: 'good', figures: { url: 'https://theatre.example/agenda' } }, { what: 'key_ending', state: 'warn', figures: { key: 'pk_theatre', until: '2027-03-05T12:00:00.000Z' } },
    { what: 'policy_lacks', state: 'bad', figures: { n: '1' } }, { what: 'origin_missing', state: 'bad', figures: { origin: 'https://theatre.example' } },
  ],
  lacks: [{ directive: 'script-src', now: "script-src 'self'", add: 'https://flow.example', line: "script-src 'self' https://flow.example", nonce: false }], amended: "default-src 'self'; script-src 'self' https://flow.example",
};

/** A page where all is well. */
export const well: Report = { outcome: 'read', url: 'https://theatre.example/agenda', findings: [{ what: 'script_found', state: 'good', figures: {} }, { what: 'key_live', state: 'good', figures: {} }], lacks: [], amended: '' };

/** A venue's server, with one site. */
export const embedsServer = ({ sites = () => [entry()], ...partners }: NonNullable<Answers['partners']> & { sites?: () => Entry[] } = {}, views: NonNullable<Answers['analytics']>['views'] = ({ from, until }) => viewsOf(from, until, (n) => (n * 17) % 53)): Api => fakeApi<AppRouter>({
  identity: {
    me: () => ({ user: null, organisations: [], link: null, development: false, now: '2027-02-05T10:00:00.000Z', mediaOrigin: 'https://media.example' }),
    organisation: () => ({ kind: 'venue' }) as never,
  },
  partners: { sites, ...partners }, analytics: { views },
});
