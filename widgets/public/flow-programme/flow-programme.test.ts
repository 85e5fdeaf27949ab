import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { inferRouterOutputs } from '@trpc/server';
import type { PublicRouter } from '../../../server/public-router.ts';
import { fakeApi } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import type { FlowProgramme } from './flow-programme.ts';

const show = { id: 'shw_1', title: 'Nora Solveig', artist: 'nora-solveig', day: '2027-06-12', startTime: '20:30', timeZone: 'Europe/Paris', place: 'Halle aux Grains', city: 'Lyon', country: 'FR', lat: null, lng: null, ticketUrl: 'https://example.org/billets', free: false, status: 'planned', genres: ['chanson', 'folk'] } as const;
const programme = { name: 'Théâtre', today: '2027-06-01', shows: [{ ...show, genres: [...show.genres] }, { ...show, id: 'shw_2', title: 'Bal', day: '2027-07-03', place: 'Théâtre', genres: ['bal'], status: 'cancelled' as const, ticketUrl: '' }] };

async function mount(answer: (asked: { past?: boolean | undefined; stage?: string | undefined; artist?: string | undefined }) => inferRouterOutputs<PublicRouter>['programme']['shows'], more = html``) {
  await define('flow-programme');
  const api = fakeApi<PublicRouter>({ programme: { shows: answer } });
  const widget = await fixture<FlowProgramme>(html`<flow-programme .api=${api}>${more}</flow-programme>`);
  await waitUntil(() => widget.shadowRoot!.querySelector('section'));
  const text = (selector: string) => [...widget.shadowRoot!.querySelectorAll(selector)].map((one) => one.textContent.replaceAll(/[\s\u00a0\u202f]+/g, ' ').trim());
  return { widget, text };
}

it('dates stand under their months, with the way in (EM-01, MA-03)', async () => {
  const { widget, text } = await mount(() => programme);
  assert.deepEqual(text('h3'), ['juin 2027', 'juillet 2027']);
  assert.deepEqual(text('.title'), ['Nora Solveig', 'Bal']);
  assert.deepEqual(text('.shows .muted'), ['Halle aux Grains, Lyon', 'bal']);
  const link = widget.shadowRoot!.querySelector('a')!;
  assert.equal(link.getAttribute('aria-label')!.replaceAll(/\s/g, ' '), 'Billets pour Nora Solveig, samedi 12 juin 2027');
  assert.equal(link.rel, 'noopener');
});

it('what is cancelled says so, and sells nothing', async () => {
  const { widget } = await mount(() => programme);
  const gone = widget.shadowRoot!.querySelector('.gone')!;
  assert.include(gone.textContent, 'Annulé');
  assert.isNull(gone.querySelector('a'));
});

it('past dates on request, and words where there are none', async () => {
  const { widget, text } = await mount(({ past }) => (past ? { ...programme, shows: [] } : programme));
  widget.shadowRoot!.querySelector<HTMLButtonElement>('.turn button')!.click();
  await waitUntil(() => text('.notice')[0] === 'Aucune date passée.');
  assert.isTrue(widget.past);
  assert.equal(text('.turn button')[0], 'Dates à venir');
});

it('says the dates to search engines only where the page asks for it, and no text can close the script', async () => {
  const { widget } = await mount(() => programme);
  assert.isNull(widget.querySelector('script'));
  const api = fakeApi<PublicRouter>({ programme: { shows: () => ({ ...programme, shows: [{ ...show, genres: [], title: '</script><b>' }] }) } });
  const told = await fixture<FlowProgramme>(html`<flow-programme json-ld .api=${api}></flow-programme>`);
  await waitUntil(() => told.querySelector('script'));
  assert.notInclude(told.querySelector('script')!.textContent, '</');
  assert.equal((JSON.parse(told.querySelector('script')!.textContent) as { name: string }[])[0]?.name, '</script><b>');
});

const pressed = (widget: FlowProgramme) => widget.shadowRoot!.querySelector('[aria-pressed=true]')!.textContent.trim();
const press = async (widget: FlowProgramme, words: string) => {
  [...widget.shadowRoot!.querySelectorAll('button')].find((one) => one.textContent.trim() === words)!.click();
  await widget.updateComplete;
};
const choose = async (widget: FlowProgramme, name: string, value: string) => {
  const select = widget.shadowRoot!.querySelector<HTMLSelectElement>(`select[name=${name}]`)!;
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await widget.updateComplete;
};

it('the same dates as a list, a grid and a calendar, each by name (EM-01)', async () => {
  const { widget, text } = await mount(() => programme);
  assert.equal(pressed(widget), 'Liste');
  await press(widget, 'Grille');
  assert.deepEqual(text('.cards .title'), ['Nora Solveig', 'Bal']);
  await press(widget, 'Calendrier');
  assert.equal(pressed(widget), 'Calendrier');
  assert.deepEqual(text('h3'), ['juin 2027', 'juillet 2027']);
  assert.deepEqual(text('.days li:not(.none) .title, .days li:not(.none) a'), ['Nora Solveig', 'Bal']);
  assert.equal(widget.shadowRoot!.querySelectorAll('.days')[0]!.children.length, 30);
  assert.equal(widget.shadowRoot!.querySelector('.days li:not(.none) time')!.getAttribute('aria-label'), 'samedi 12 juin 2027');
  assert.equal(widget.view, 'list', 'what the page says stays as it was');
});

it('dates are chosen by genre, place, period and free entry; what does not fit is said, with the way back', async () => {
  const { widget, text } = await mount(() => ({ ...programme, shows: [...programme.shows, { ...show, genres: [...show.genres], id: 'shw_3', title: 'Entrée libre', day: '2027-06-03', free: true, ticketUrl: '' }] }));
  await choose(widget, 'genre', 'bal');
  assert.deepEqual(text('.title'), ['Bal']);
  assert.equal(text('[role=status]')[0], '1 date sur 3');
  await choose(widget, 'where', 'Halle aux Grains');
  assert.include(text('.notice')[0], 'Aucune date ne correspond à ce choix.');
  await press(widget, 'Tout afficher');
  assert.lengthOf(text('.title'), 3);
  widget.shadowRoot!.querySelector<HTMLInputElement>('[name=free]')!.click();
  await widget.updateComplete;
  assert.deepEqual(text('.title'), ['Entrée libre']);
  await press(widget, 'Dates passées');
  widget.free = false;
  widget.period = 'week';
  await waitUntil(() => text('.title').length === 1);
});

it('a page shares a choice by attributes, and may show the dates alone', async () => {
  await define('flow-programme');
  const api = fakeApi<PublicRouter>({ programme: { shows: () => programme } });
  const widget = await fixture<FlowProgramme>(html`<flow-programme genre="folk" view="calendar" plain .api=${api}></flow-programme>`);
  await waitUntil(() => widget.shadowRoot!.querySelector('.days'));
  assert.isNull(widget.shadowRoot!.querySelector('.bar'));
  assert.lengthOf(widget.shadowRoot!.querySelectorAll('.days'), 1);
});

it('a calendar and a feed can be subscribed to, by the name of whose shows they are', async () => {
  await define('flow-programme');
  const api = fakeApi<PublicRouter>({ programme: { shows: () => programme } });
  const widget = await fixture<FlowProgramme>(html`<flow-programme stage="theatre" .api=${api}></flow-programme>`);
  await waitUntil(() => widget.shadowRoot!.querySelector('.feeds'));
  const links = [...widget.shadowRoot!.querySelectorAll<HTMLAnchorElement>('.feeds a')];
  assert.deepEqual(links.map((link) => new URL(link.href).pathname), ['/feeds/theatre.ics', '/feeds/theatre.rss']);
});

it('search engines read what is sold, what is free and what is cancelled', async () => {
  const api = fakeApi<PublicRouter>({ programme: { shows: () => programme } });
  const told = await fixture<FlowProgramme>(html`<flow-programme json-ld .api=${api}></flow-programme>`);
  await waitUntil(() => told.querySelector('script'));
  const [on, gone] = JSON.parse(told.querySelector('script')!.textContent) as { eventStatus: string; offers?: { url: string } }[];
  assert.equal(on!.offers!.url, 'https://example.org/billets');
  assert.equal(gone!.eventStatus, 'https://schema.org/EventCancelled');
  assert.isUndefined(gone!.offers);
});

it('a number of dates that is none, and what a page takes away, are as if they had not been said (EM-01)', async () => {
  await define('flow-programme');
  const asked: unknown[] = [];
  const api = fakeApi<PublicRouter>({ programme: { shows: (input) => { asked.push(input); return programme; } } });
  const widget = await fixture<FlowProgramme>(html`<flow-programme limit="7" stage="halle" artist="x" genre="bal" where="x" .api=${api}></flow-programme>`);
  for (const said of ['abc', '100000', '0', '1.5']) {
    widget.setAttribute('limit', said);
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
  for (const name of ['limit', 'stage', 'artist', 'genre', 'where', 'view', 'period']) widget.removeAttribute(name);
  await new Promise((resolve) => { setTimeout(resolve, 30); });
  assert.deepEqual(asked, [{ stage: 'halle', artist: 'x', past: false, limit: 7 }, { stage: 'halle', artist: 'x', past: false, limit: 60 }, { stage: '', artist: '', past: false, limit: 60 }]);
  await waitUntil(() => widget.shadowRoot!.querySelector('.shows'));
});

it('titles of one long word stay within the page, in every view and at any size of text (NF-13)', async () => {
  const long = 'Donaudampfschifffahrtsgesellschaftskapelle';
  const { widget } = await mount(() => ({ ...programme, name: long, shows: [{ ...show, genres: [long, 'bal'], title: long, place: long, city: long }, { ...show, id: 'shw_2', genres: ['bal'], day: '2027-06-13' }] }));
  for (const view of ['list', 'grid', 'calendar'] as const) {
    widget.view = view;
    for (const [width, size] of [[320, 16], [320, 32], [640, 32], [720, 16]] as const) {
      Object.assign(widget.style, { width: `${width}px`, fontSize: `${size}px` });
      await widget.updateComplete;
      const edge = widget.getBoundingClientRect().right + 1;
      for (const one of widget.shadowRoot!.querySelectorAll('.flow *:not(option)')) assert.isAtMost(one.getBoundingClientRect().right, edge, `${view}: ${one.localName}.${one.className} at ${width} px and ${size} px`);
    }
  }
});
