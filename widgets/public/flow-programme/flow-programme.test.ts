import { assert, fixture, html, waitUntil } from '@open-wc/testing';
import type { PublicRouter } from '../../../server/public-router.ts';
import { fakeApi } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import type { FlowProgramme } from './flow-programme.ts';

const show = { id: 'shw_1', title: 'Nora Solveig', artist: 'nora-solveig', day: '2027-06-12', startTime: '20:30', timeZone: 'Europe/Paris', place: 'Halle aux Grains', city: 'Lyon', country: 'FR', lat: null, lng: null, ticketUrl: 'https://example.org/billets', free: false, status: 'planned', genres: ['chanson', 'folk'] } as const;
const programme = { name: 'Théâtre', today: '2027-06-01', shows: [{ ...show, genres: [...show.genres] }, { ...show, id: 'shw_2', title: 'Bal', day: '2027-07-03', place: 'Théâtre', genres: ['bal'], status: 'cancelled' as const, ticketUrl: '' }] };

async function mount(answer: (asked: { past?: boolean | undefined; stage?: string | undefined; artist?: string | undefined }) => typeof programme, more = html``) {
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
