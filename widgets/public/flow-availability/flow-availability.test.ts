import { assert, fixture, html, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { PublicRouter } from '../../../server/public-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import type { FlowAvailability } from './flow-availability.ts';

/** June 2027: the 14th is free, the 15th to be confirmed, the rest taken. */
const june = fakeApi<PublicRouter>({ calendar: { availability: ({ artist, from, until }) => ({
  artist, name: artist === 'nora-solveig' ? 'Nora Solveig' : 'Les Vagues Lentes', today: '2027-06-02', timeZone: 'Europe/Paris',
  days: Array.from({ length: Number(until.slice(8)) }, (_, at) => `${from.slice(0, 8)}${String(at + 1).padStart(2, '0')}`)
    .map((day) => ({ day, state: day.endsWith('14') ? 'free' as const : day.endsWith('15') ? 'flexible' as const : 'busy' as const })),
}) } });

async function mount(api: Api) {
  await define('flow-availability');
  const widget = await fixture<FlowAvailability>(html`<flow-availability artist="les-vagues-lentes" from="2027-06" .api=${api}><a href="mailto:a@b.example">Écrire</a></flow-availability>`);
  const root = widget.shadowRoot!;
  const cell = (day: string) => root.querySelector<HTMLButtonElement>(`[data-day="${day}"]`)!;
  const press = async (key: string) => {
    root.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true }));
    await widget.updateComplete;
  };
  return { widget, root, cell, press, shown: () => waitUntil(() => root.querySelector('.month .free, [role=alert]')) };
}

it('tells each day in words, and the free ones as a list too (CL-01, NF-13)', async () => {
  const { root, cell, shown } = await mount(june);
  await shown();
  assert.equal(cell('2027-06-14').getAttribute('aria-label'), 'lundi 14 juin 2027, libre');
  assert.equal(cell('2027-06-15').getAttribute('aria-label'), 'mardi 15 juin 2027, à confirmer');
  assert.equal(cell('2027-06-16').getAttribute('aria-label'), 'mercredi 16 juin 2027, pris');
  assert.deepEqual([...root.querySelectorAll('aside li')].map((line) => line.textContent), ['lun. 14 juinlibre', 'mar. 15 juinà confirmer']);
});

it('a free day can be chosen, and the page hears of it; a taken one cannot (CL-09)', async () => {
  const { widget, cell, shown } = await mount(june);
  await shown();
  cell('2027-06-16').click();
  assert.equal(widget.day, '');
  setTimeout(() => { cell('2027-06-14').click(); });
  const heard = await oneEvent(document, 'flow-date-selected');
  assert.deepEqual(heard.detail, { artist: 'les-vagues-lentes', day: '2027-06-14' });
  await widget.updateComplete;
  assert.equal(cell('2027-06-14').getAttribute('aria-pressed'), 'true');
});

it('one Tab stop, arrows within, and the next month at its edge (NF-13)', async () => {
  const { root, cell, press, shown } = await mount(june);
  await shown();
  assert.deepEqual([...root.querySelectorAll('.month [tabindex="0"]')], [cell('2027-06-02')]);
  cell('2027-06-02').focus();
  await press('ArrowDown');
  await waitUntil(() => root.activeElement === cell('2027-06-09'));
  await press('PageDown');
  await waitUntil(() => root.activeElement?.getAttribute('data-day') === '2027-07-09');
  assert.include(root.querySelector('h3')!.textContent, 'juillet 2027');
  await press('PageUp');
  await press('ArrowUp');
  await press('ArrowUp');
  await waitUntil(() => root.activeElement?.getAttribute('data-day') === '2027-06-02');
});

it('the past is not offered', async () => {
  const { root, shown } = await mount(june);
  await shown();
  assert.isTrue(root.querySelector<HTMLButtonElement>('.head button')!.disabled);
});

it('nothing moves while a month is read', async () => {
  const { widget, root } = await mount(fakeApi<PublicRouter>({ calendar: { availability: () => new Promise(() => undefined) } }));
  assert.lengthOf(root.querySelectorAll('.month tbody tr'), 6);
  assert.equal(root.querySelector('section')!.getAttribute('aria-busy'), 'true');
  assert.isAtLeast(widget.getBoundingClientRect().height, 500);
});

it('a refusal is said in words beside the page’s own link, and on the element as a code', async () => {
  await define('flow-availability');
  const heard: string[] = [];
  const hear = (event: DocumentEventMap['flow-error']) => { heard.push(event.detail.code); };
  document.addEventListener('flow-error', hear);
  const { root, shown } = await mount(fakeApi<PublicRouter>({ calendar: { availability: () => Promise.reject(refusal('origin_not_allowed', { origin: 'https://a.example' })) } }));
  await shown();
  assert.include(root.querySelector('[role=alert]')!.textContent, 'pas ouvert à cette adresse');
  assert.include(root.querySelector('[role=alert]')!.textContent, location.origin);
  assert.lengthOf(root.querySelector('slot')!.assignedElements(), 1);
  assert.deepEqual(heard, ['origin_not_allowed']);
  document.removeEventListener('flow-error', hear);
});

it('a host that unsets everything does not undo it', async () => {
  const hostile = document.createElement('style');
  hostile.textContent = '* { all: unset !important }';
  document.head.append(hostile);
  const { widget, cell, shown } = await mount(june);
  await shown();
  assert.equal(getComputedStyle(widget).display, 'block');
  assert.isAtLeast(cell('2027-06-14').getBoundingClientRect().height, 44);
  hostile.remove();
});

it('several artists have a tab each; arrows lead through them, and one that was withdrawn is left out', async () => {
  await define('flow-availability');
  const api = fakeApi<PublicRouter>({ calendar: { availability: ({ artist }) => (artist === 'gone' ? Promise.reject(refusal('not_found'))
    : { artist, name: artist.toUpperCase(), today: '2027-06-02', timeZone: 'Europe/Paris', days: [{ day: artist === 'a' ? '2027-06-14' : '2027-06-20', state: 'free' as const }] }) } });
  const widget = await fixture<FlowAvailability>(html`<flow-availability artists="a gone b" from="2027-06" .api=${api}></flow-availability>`);
  const root = widget.shadowRoot!;
  await waitUntil(() => root.querySelector('.month .free'));
  const tabs = () => [...root.querySelectorAll<HTMLElement>('[role=tab]')];
  assert.deepEqual(tabs().map((tab) => `${tab.textContent} ${tab.getAttribute('aria-selected')} ${tab.tabIndex}`), ['A true 0', 'B false -1']);
  tabs()[0]!.focus();
  tabs()[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
  await waitUntil(() => root.activeElement === tabs()[1]);
  assert.deepEqual([...root.querySelectorAll('aside li button')].map(({ textContent }) => textContent), ['dim. 20 juin']);
  setTimeout(() => { root.querySelector<HTMLButtonElement>('aside li button')!.click(); });
  assert.deepEqual((await oneEvent(document, 'flow-date-selected')).detail, { artist: 'b', day: '2027-06-20' });
  tabs()[1]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
  await waitUntil(() => root.activeElement === tabs()[0]);
  assert.equal(widget.day, '');
});

it('a day that somebody else takes meanwhile is said, and not chosen any more (CL-09)', async () => {
  let state: 'free' | 'busy' = 'free';
  const answer = ({ artist }: { artist: string }) => ({ artist, name: 'X', today: '2027-06-02', timeZone: 'Europe/Paris', days: [{ day: '2027-06-14', state }] });
  const { widget, root, cell, shown } = await mount(fakeApi<PublicRouter>({ calendar: { availability: answer, look: answer } }));
  await shown();
  cell('2027-06-14').click();
  await widget.updateComplete;
  state = 'busy';
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  document.dispatchEvent(new Event('visibilitychange'));
  await waitUntil(() => cell('2027-06-14').getAttribute('aria-label')!.endsWith('pris'));
  assert.equal(widget.day, '');
  assert.include(root.querySelector('[role=status].foot')!.textContent, 'vient d’être pris');
});

it('a hold that falls while somebody looks shows by itself, in seconds (CL-09)', async () => {
  let state: 'free' | 'busy' = 'busy';
  const answer = ({ artist }: { artist: string }) => ({ artist, name: 'X', today: '2027-06-02', timeZone: 'Europe/Paris', days: [{ day: '2027-06-14', state }, { day: '2027-06-15', state: 'free' as const }] });
  const { cell, shown } = await mount(fakeApi<PublicRouter>({ calendar: { availability: answer, look: answer } }));
  await shown();
  state = 'free';
  await waitUntil(() => cell('2027-06-14').getAttribute('aria-label')!.endsWith('libre'), 'the day stays taken', { timeout: 8_000 });
});

it('the zone of the days is said where the reader’s clocks differ, and only there', async () => {
  const at = (timeZone: string) => fakeApi<PublicRouter>({ calendar: { availability: ({ artist }) => ({ artist, name: 'X', today: '2027-06-02', timeZone, days: [{ day: '2027-06-14', state: 'free' as const }] }) } });
  const far = await mount(at('America/Guadeloupe'));
  await far.shown();
  far.widget.site = { ...far.widget.site, timeZone: 'Europe/Paris' };
  far.widget.requestUpdate();
  await far.widget.updateComplete;
  assert.match(far.root.querySelector('.zone')!.textContent, /^Fuseau horaire des jours\s: heure/);
  far.widget.site = { ...far.widget.site, timeZone: 'America/Martinique' };
  far.widget.requestUpdate();
  await far.widget.updateComplete;
  assert.lengthOf(far.root.querySelectorAll('.zone'), 0);
});

it('months before the first and after the last are not offered', async () => {
  const { widget, root, cell, press, shown } = await mount(june);
  await shown();
  widget.max = '2027-07';
  await widget.updateComplete;
  const [before, after] = [...root.querySelectorAll<HTMLButtonElement>('.head button')];
  assert.isFalse(after!.disabled);
  after!.click();
  await waitUntil(() => after!.disabled && !before!.disabled);
  cell('2027-07-01').focus();
  await press('PageDown');
  await waitUntil(() => root.activeElement === cell('2027-07-31'));
  widget.min = '2027-07';
  await widget.updateComplete;
  assert.isTrue(before!.disabled);
});

it('the grid or the list can stand alone', async () => {
  const { widget, root, shown } = await mount(june);
  await shown();
  widget.view = 'list';
  await widget.updateComplete;
  assert.lengthOf(root.querySelectorAll('.month'), 0);
  assert.lengthOf(root.querySelectorAll('aside li'), 2);
  widget.view = 'month';
  await widget.updateComplete;
  assert.lengthOf(root.querySelectorAll('aside'), 0);
});

it('a day or a month that is none is as if it had not been said, before and after (EM-01)', async () => {
  const { widget, root, shown } = await mount(june);
  await shown();
  for (const [name, said] of [['day', '2027-02-31'], ['day', 'not-a-day'], ['from', 'garbage'], ['min', 'garbage'], ['max', 'garbage'], ['min', '2027-13'], ['artists', '']] as const) {
    widget.setAttribute(name, said);
    await widget.updateComplete;
    widget.removeAttribute(name);
    await widget.updateComplete;
  }
  assert.equal(widget.day, '');
  assert.isFalse(root.querySelectorAll<HTMLButtonElement>('.head button')[1]!.disabled);
  const wrong = await fixture<FlowAvailability>(html`<flow-availability artist="les-vagues-lentes" from="2027-99" min="x" max="y" day="2027-06-31" .api=${june}></flow-availability>`);
  await waitUntil(() => wrong.shadowRoot!.querySelector('.month [data-day]'));
  assert.equal(wrong.day, '');
});

it('another first month is shown as soon as the page says it', async () => {
  const { widget, root, shown } = await mount(june);
  await shown();
  widget.from = '2027-09';
  await widget.updateComplete;
  assert.include(root.querySelector('h3')!.textContent, 'septembre 2027');
});

it('nothing is asked before a name is there (EM-01)', async () => {
  let asked = 0;
  const api = fakeApi<PublicRouter>({ calendar: { availability: ({ artist }) => { asked += 1; return { artist, name: 'X', today: '2027-06-02', timeZone: 'Europe/Paris', days: [{ day: '2027-06-14', state: 'free' as const }] }; } } });
  const widget = await fixture<FlowAvailability>(html`<flow-availability from="2027-06" .api=${api}></flow-availability>`);
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  assert.equal(asked, 0);
  assert.lengthOf(widget.shadowRoot!.querySelectorAll('.month tbody tr'), 6);
  widget.artist = 'x';
  await waitUntil(() => widget.shadowRoot!.querySelector('.month .free'));
});

it('large text stays within the page: the head, the days, the names of the week (NF-13)', async () => {
  const { widget, root, shown } = await mount(june);
  await shown();
  for (const locale of ['fr', 'nl', 'de'] as const) {
    widget.site = { ...widget.site, locale };
    for (const [width, size] of [[320, 32], [288, 32], [640, 32], [320, 24]] as const) {
      Object.assign(widget.style, { width: `${width}px`, fontSize: `${size}px` });
      widget.requestUpdate();
      await widget.updateComplete;
      const edge = widget.getBoundingClientRect().right + 1;
      for (const one of root.querySelectorAll('.flow *')) assert.isAtMost(one.getBoundingClientRect().right, edge, `${one.localName}.${one.className} at ${width} px and ${size} px in ${locale}`);
      const numbers = [...root.querySelectorAll('.month button')].map((one) => { const range = document.createRange(); range.selectNodeContents(one); return range.getClientRects().length; });
      assert.isTrue(numbers.every((lines) => lines === 1), `numbers at ${width} px and ${size} px`);
      const names = [...root.querySelectorAll('th')].map((one) => { const range = document.createRange(); range.selectNodeContents(one); return range.getBoundingClientRect(); });
      names.slice(1).forEach(({ left }, i) => { assert.isAtLeast(left + 0.5, names[i]!.right, `names of the week at ${width} px and ${size} px in ${locale}`); });
    }
  }
});

it('it looks less often once nothing changes, and less and less while it is refused; what is shown stays (CL-09)', async () => {
  const real = globalThis.setTimeout;
  let next: { run: () => void; ms: number } | undefined;
  const heard: string[] = [];
  const hear = (event: DocumentEventMap['flow-error']) => { heard.push(event.detail.code); };
  document.addEventListener('flow-error', hear);
  let refused = false;
  let state: 'free' | 'flexible' = 'free';
  let looks = 0;
  const answer = ({ artist }: { artist: string }) => ({ artist, name: 'X', today: '2027-06-02', timeZone: 'Europe/Paris', days: [{ day: '2027-06-14', state }] });
  const look = async (): Promise<number> => {
    next!.run();
    await new Promise((resolve) => { real(resolve, 5); });
    return next!.ms / 1_000;
  };
  globalThis.setTimeout = ((run: () => void, ms = 0, ...rest: unknown[]) => { if (ms < 5_000 || ms === 20_000) return real(run, ms, ...rest); next = { run, ms }; return 0; }) as unknown as typeof setTimeout;
  try {
    const { cell, shown, widget } = await mount(fakeApi<PublicRouter>({ calendar: { availability: answer, look: (input) => { looks += 1; return refused ? Promise.reject(refusal('rate_limited', { seconds: '9' })) : answer(input); } } }));
    await shown();
    await new Promise((resolve) => { real(resolve, 100); });
    assert.equal(next?.ms, 5_000);
    for (let i = 0; i < 11; i += 1) assert.equal(await look(), 5);
    assert.equal(await look(), 30);
    refused = true;
    assert.deepEqual([await look(), await look(), await look(), await look(), await look()], [60, 120, 240, 480, 480]);
    const before = looks;
    document.dispatchEvent(new Event('visibilitychange'));
    assert.equal(looks, before, 'a look that was refused waits');
    assert.deepEqual(heard, []);
    assert.isOk(cell('2027-06-14'));
    refused = false;
    state = 'flexible';
    assert.equal(await look(), 5);
    await widget.updateComplete;
    assert.include(cell('2027-06-14').getAttribute('aria-label'), 'à confirmer');
  } finally {
    globalThis.setTimeout = real;
    document.removeEventListener('flow-error', hear);
  }
});
