import { assert, fixture, html } from '@open-wc/testing';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { waitUntil } from '../../core/patience.ts';
import { define } from '../../registry.ts';
import { admirer, all, funnel, history, match, matchesServer } from './flow-matches.fixture.ts';
import type { FlowMatches } from './flow-matches.ts';

async function mount(api: Api) {
  await define('flow-matches');
  const element = await fixture<FlowMatches>(html`<flow-matches .api=${api}></flow-matches>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('form, [role=alert]'));
  const section = (name: string) => root.querySelector<HTMLElement>(`[aria-labelledby=${name}]`);
  const press = (where: string, label: string) => { [...section(where)!.querySelectorAll('button')].find((one) => one.textContent.trim() === label)!.click(); };
  return { element, root, section, press, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('open matches say how many days they have left, the others how they ended (MA-16, MA-17)', async () => {
  const { section, root } = await mount(matchesServer(() => all));
  assert.match(section('open')!.textContent.replaceAll(/\s+/g, ' '), /encore 3 jours.*encore 12 jours/);
  assert.equal(section('open')!.querySelectorAll('.soon').length, 1);
  assert.equal(section('contacted')!.querySelector('a')!.getAttribute('href'), '/booking?id=bkg_1');
  assert.include(section('expired')!.textContent, 'Les Nuits du Saule');
  assert.equal(section('open')!.querySelectorAll('a[href^="mailto:"]').length, 2);
  assert.isNotNull(root.querySelector('a[href="tel:+33546000000"]'));
});

it('who wrote with a super like comes first, with the whole message, and a like makes the match (MA-16, MA-30)', async () => {
  const asked: object[] = [];
  let met = false;
  const { root, press, section, text } = await mount(matchesServer(() => (met ? [match({ other: admirer().other })] : []), {
    admirers: () => [admirer({ matchId: met ? 'mat_9' : null })], choose: (input) => { asked.push(input); met = true; return { orgId: input.orgId, verdict: 'like', favourite: false, hidden: false, superLikes: 3, match: null }; },
  }));
  assert.equal(root.querySelector('section')!.getAttribute('aria-labelledby'), 'admirers');
  assert.include(text(), 'le 14 mai vous irait-il ?');
  press('admirers', 'J’aime');
  await waitUntil(() => section('open'));
  assert.isNull(section('admirers'));
  assert.deepEqual(asked, [{ orgId: 'org_2', verdict: 'like' }]);
});

it('whoever says that they wrote stops the clock', async () => {
  const asked: object[] = [];
  let [status]: ('open' | 'contacted')[] = ['open'];
  const { press, section } = await mount(matchesServer(() => [match({ status: status! })], { wrote: (input) => { asked.push(input); status = 'contacted'; return match({ status: 'contacted' }); } }));
  press('open', 'J’ai écrit ou appelé');
  await waitUntil(() => section('contacted'));
  assert.deepEqual(asked, [{ matchId: 'mat_1' }]);
});

it('one that ran out meanwhile is said, and stays in sight (MA-17)', async () => {
  const { press, section } = await mount(matchesServer(() => [match()], { wrote: () => { throw refusal('match_closed', { status: 'expired' }); } }));
  press('open', 'J’ai écrit ou appelé');
  await waitUntil(() => section('open')!.querySelector('[role=alert]'));
  assert.include(section('open')!.textContent, 'Le Hangar à Sel');
});

it('a new match appears without a reload, and is announced (MA-19)', async () => {
  let met = false;
  let tell: () => void = () => undefined;
  const told = new Promise<void>((resolve) => { tell = resolve; });
  async function* news() { await told; yield { id: '1', data: { kind: 'match', id: 'mat_1', name: 'Le Hangar à Sel', at: '2027-02-13T10:00:00.000Z' } } as never; }
  const { root, text, section } = await mount(matchesServer(() => (met ? [match()] : []), { follow: () => news() as never }));
  assert.include(text(), 'Pas encore de match');
  met = true;
  tell();
  await waitUntil(() => section('open'));
  assert.match(root.querySelector('[role=status]')!.textContent, /Nouveau match\s: Le Hangar à Sel\./);
});

it('choices are listed by kind, and each is undone (MA-10)', async () => {
  const asked: unknown[] = [];
  const { root, text } = await mount(matchesServer(() => all, {
    history: ({ which, before }) => { asked.push(which); return which === 'hidden' ? history('Le Bar des Îles') : { ...history(before ? 'Plus tard' : 'Le Hangar à Sel'), more: before ? null : '2027-01-01T00:00:00.000Z' }; },
    hide: (input) => { asked.push(input); return { orgId: input.orgId, verdict: null, favourite: false, hidden: false, superLikes: 3, match: null }; },
    choose: (input) => { asked.push(input); return { orgId: input.orgId, verdict: null, favourite: false, hidden: false, superLikes: 3, match: null }; },
  }));
  const press = (label: string) => { [...root.querySelectorAll<HTMLButtonElement>('[aria-labelledby=history] button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent).trim().replaceAll(/\s/g, ' ') === label)!.click(); };
  press('En voir plus');
  await waitUntil(() => text().includes('Plus tard'));
  press('Ne plus aimer : Le Hangar à Sel');
  await waitUntil(() => /C’est annulé\s: Le Hangar à Sel\./.test(text()));
  const select = root.querySelector<HTMLSelectElement>('[name=which]')!;
  select.value = 'hidden';
  select.dispatchEvent(new Event('change'));
  await waitUntil(() => text().includes('Le Bar des Îles'));
  press('Ne plus masquer : Le Bar des Îles');
  await waitUntil(() => asked.some((one) => JSON.stringify(one) === JSON.stringify({ orgId: 'org_h0', hidden: false })));
  assert.deepInclude(asked, { orgId: 'org_h0', verdict: null });
});

it('what was seen and what was signed stand under each other, with the rate of each step (MA-27)', async () => {
  const { section } = await mount(matchesServer(() => all));
  const said = section('funnel')!.textContent.replaceAll(/\s+/g, ' ');
  assert.match(said, /480.*62.*13 %.*27.*44 %.*18.*67 %.*6.*33 %.*Spectacles réussis.*4.*80 %/);
  const widths = [...section('funnel')!.querySelectorAll('rect')].map((one) => Number(one.getAttribute('width')));
  assert.deepEqual(widths, [...widths].sort((a, b) => b - a));
  const none = await mount(matchesServer(() => [], { funnel: () => funnel({ total: { impressions: 0, likes: 0, matches: 0, contacts: 0, contracts: 0 }, shows: { over: 0, well: 0 }, shown: 0, rates: { liked: null, mutual: null, contacted: null, signed: null, succeeded: null } }) }));
  assert.include(none.text(), 'Rien à compter encore');
});

it('wishes are kept', async () => {
  const kept: object[] = [];
  const { root, section } = await mount(matchesServer(() => [], { setWishes: (input) => { kept.push(input); return input; } }));
  root.querySelector<HTMLInputElement>('[name=mails]')!.click();
  section('wishes')!.querySelector('form')!.requestSubmit();
  await waitUntil(() => kept.length === 1);
  assert.deepEqual(kept, [{ mails: false, exceptional: false }]);
});

it('a server that is away is said', async () => {
  const { root } = await mount(matchesServer(() => Promise.reject(new Error('down'))));
  assert.isNotNull(root.querySelector('[role=alert]'));
});
