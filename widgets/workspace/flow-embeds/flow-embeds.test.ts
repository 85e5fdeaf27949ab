import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { entry } from '../flow-sites/flow-sites.fixture.ts';
import { embedsServer, manifest, noViews, strict, viewsOf, well } from './flow-embeds.fixture.ts';
import type { FlowEmbeds } from './flow-embeds.ts';
import { attributesOf, barsOf, contrastsOf } from './model.ts';
import { probesOf } from './preview.ts';

async function mount(api: Api) {
  await define('flow-embeds');
  const element = await fixture<FlowEmbeds>(html`<flow-embeds .api=${api} .manifest=${manifest}></flow-embeds>`);
  const root = element.shadowRoot!;
  const input = (name: string) => root.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
  const set = async (name: string, value: string | boolean, event = 'change') => {
    const one = input(name);
    if (typeof value === 'boolean') one.checked = value; else one.value = value;
    one.dispatchEvent(new Event(event, { bubbles: true }));
    await element.updateComplete;
  };
  const way = async (kind: string) => { root.querySelector<HTMLInputElement>(`[name=way][value=${kind}]`)!.click(); await element.updateComplete; };
  const button = (label: string) => [...root.querySelectorAll('button')].find((one) => one.textContent.includes(label))!;
  await waitUntil(() => root.querySelector('.snippet, .empty, [role=alert]'));
  return { element, root, input, set, way, button, snippet: () => root.querySelector('.snippet pre')!.textContent, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('what is chosen stands in the snippet at once, and in the preview (EM-01)', async () => {
  const { root, set, snippet } = await mount(embedsServer());
  assert.include(snippet(), `<script async src="${location.origin}/v1/embed.js" data-key="pk_theatre"></script>`);
  assert.include(snippet(), '<flow-programme style="display:block;--flow-room:');
  await set('past', true);
  await set('limit', '12');
  await set('lang', 'de');
  await set('accent', '#b00020', 'input');
  assert.include(snippet(), 'data-lang="de"');
  await waitUntil(() => snippet().includes('>Programm</a>'), 'the plain link speaks the widget’s language');
  assert.include(snippet(), ';min-height:var(--flow-room);--flow-accent:#b00020">');
  const page = root.querySelector('iframe')!.srcdoc;
  assert.include(page, '<html lang="de">');
  assert.include(page, '<flow-programme past limit="12">');
  assert.include(page, 'data-consent="no"', 'the preview is not counted');
  assert.notInclude(page, 'style=', 'our own policy would refuse it');
  await set('theme', 'dark');
  assert.include(snippet(), 'data-theme="dark"');
  assert.notInclude(snippet(), '--flow-accent', 'a theme of ours brings its own colours');
});

it('each way writes what it carries, and says what it does not', async () => {
  const { set, way, snippet, text } = await mount(embedsServer());
  await set('past', true);
  await set('lang', 'de');
  await set('accent', '#b00020', 'input');
  await way('frame');
  assert.include(snippet(), '/e/flow-programme?key=pk_theatre&amp;past=1&amp;lang=de&amp;ground=ffffff&amp;ink=1d1b18&amp;accent=b00020"');
  assert.notInclude(text(), 'Ce moyen ne porte pas');
  await way('shortcode');
  assert.equal(snippet(), '[flow_stage widget="programme" past="1" accent="#b00020"]');
  assert.include(text(), 'Ce moyen ne porte pas : la langue.');
  await way('block');
  assert.include(snippet(), '<!-- wp:flow-stage/widget {"widget":"programme","past":true,"accent":"#b00020"} /-->');
  await way('wix');
  assert.include(snippet(), '/v1/flow-programme.js?key=pk_theatre&lang=de&accent=b00020');
  await way('link');
  assert.include(snippet(), '<a href="');
});

it('the colours are put on the page in the preview, and their contrast is said', async () => {
  const { root, set, text } = await mount(embedsServer());
  assert.notInclude(text(), 'Contraste du texte');
  await set('ground', '#101a38', 'input');
  await set('ink', '#f5ecd9', 'input');
  await set('accent', '#203060', 'input');
  assert.include(text(), 'Il faut au moins 4,5');
  await set('accent', '#e2b65a', 'input');
  assert.include(text(), 'Lisible par tous');
  const body = () => root.querySelector('iframe')!.contentDocument?.body;
  await waitUntil(() => body() && getComputedStyle(body()!).backgroundColor === 'rgb(16, 26, 56)', 'the ground of the preview');
  // The page in the preview is painted before all of it is there.
  await waitUntil(() => body()?.querySelector<HTMLElement>('flow-programme')?.style.getPropertyValue('--flow-accent') === '#e2b65a', 'the accent of the widget');
});

it('an attribute that is new is there at once, in the manifest’s words', async () => {
  const { root, set, text } = await mount(embedsServer());
  await set('tag', 'flow-booking-request');
  assert.include(text(), 'Something that has no words of ours yet.');
  assert.deepEqual([...root.querySelectorAll('[name=asker] option')].map((one) => one.textContent), ['', 'Un particulier', 'Une salle, un festival', 'Un camping', 'Une commune']);
});

it('a page is checked, and what its policy lacks is said word for word (EM-01)', async () => {
  const asked: unknown[] = [];
  const { root, input, button, text } = await mount(embedsServer({ check: (given) => { asked.push(given); return strict; } }));
  input('url').value = 'https://theatre.example/agenda';
  button('Vérifier la page').click();
  await waitUntil(() => text().includes('2 choses à corriger'));
  assert.deepEqual(asked, [{ siteId: 'sit_1', url: 'https://theatre.example/agenda' }]);
  assert.include(text(), 'L’adresse https://theatre.example n’est pas autorisée');
  assert.equal(root.querySelector('.lack pre')!.textContent, "script-src 'self' https://flow.example");
  assert.deepEqual([...root.querySelectorAll('.found .tag')].slice(0, 4).map((one) => one.className), ['tag bad', 'tag bad', 'tag warn', 'tag good']);
});

it('a page that cannot be read is said to be one, and one where all is well too', async () => {
  let found = { ...well, outcome: 'address_refused' as const, findings: [] } as typeof well;
  const { button, text } = await mount(embedsServer({ check: () => found }));
  button('Vérifier la page').click();
  await waitUntil(() => text().includes('il faut une page publique'));
  found = well;
  button('Vérifier la page').click();
  await waitUntil(() => text().includes('Tout est en place'));
});

it('a staging address is allowed, and taken off by two presses', async () => {
  let site = entry();
  const { element, input, button, text } = await mount(embedsServer({ sites: () => [site], updateSite: (given) => { site = { ...site, origins: [...given.origins] }; return site; } }));
  input('origin').value = 'https://staging.theatre.example';
  button('Autoriser').click();
  await waitUntil(() => text().includes('https://staging.theatre.example'));
  assert.deepEqual(site.origins, ['https://theatre.example', 'https://staging.theatre.example']);
  button('Retirer').click();
  await element.updateComplete;
  assert.include(text(), 'n’afficheront plus rien');
  assert.lengthOf(site.origins, 2);
  button('Retirer').click();
  await waitUntil(() => site.origins.length === 1);
});

it('the key is changed here by two presses, and what is pasted carries the new one (EM-01)', async () => {
  let site = entry();
  const rotated: string[] = [];
  const { element, button, snippet, text } = await mount(embedsServer({
    sites: () => [site],
    rotateKey: ({ id }) => {
      rotated.push(id);
      site = { ...site, keys: [{ key: 'pk_tomorrow', createdAt: '2027-02-05T10:00:00.000Z', expiresAt: null, revokedAt: null }, ...site.keys.map((key) => ({ ...key, expiresAt: '2027-02-12T10:00:00.000Z' }))] };
      return site;
    },
  }));
  button('Changer de clé').click();
  await element.updateComplete;
  assert.include(text(), 'sept jours');
  button('Annuler').click();
  await element.updateComplete;
  button('Changer de clé').click();
  await element.updateComplete;
  assert.deepEqual(rotated, []);
  button('Changer de clé').click();
  await waitUntil(() => snippet().includes('data-key="pk_tomorrow"'));
  assert.deepEqual(rotated, ['sit_1']);
  assert.include(text(), 'remplacée');
});

it('an address that is none is said at its form', async () => {
  const { input, button, text } = await mount(embedsServer({ updateSite: () => Promise.reject(refusal('origin_invalid')) }));
  input('origin').value = 'https://theatre.example/agenda';
  button('Autoriser').click();
  await waitUntil(() => text().includes('Une des adresses n’est pas complète'));
});

it('views are drawn and said, a period is chosen, and faults come with what to do', async () => {
  const asked: { from: string; until: string }[] = [];
  const { root, set, text } = await mount(embedsServer({}, (given) => { asked.push(given); return viewsOf(given.from, given.until, () => 10); }));
  await waitUntil(() => root.querySelector('svg'));
  assert.lengthOf(root.querySelectorAll('svg rect.views'), 30);
  assert.equal(root.querySelectorAll('.sums')[0]!.querySelectorAll('tbody tr').length, 30, 'the same as a table');
  assert.include(text(), 'autorisez son adresse ci-dessus');
  assert.include(text(), 'something_new');
  assert.include(text(), 'Autres pages');
  await set('period', '365');
  await waitUntil(() => root.querySelectorAll('svg rect.views').length === 53);
  assert.equal(Math.round((Date.parse(asked[1]!.until) - Date.parse(asked[1]!.from)) / 86_400_000), 364);
});

it('without a site, a key or a view it says where to begin', async () => {
  assert.include((await mount(embedsServer({ sites: () => [] }))).text(), 'Déclarez un site');
  const revoked = embedsServer({ sites: () => [entry({ keys: [{ key: 'pk_1', createdAt: '2027-01-01T00:00:00.000Z', expiresAt: null, revokedAt: '2027-01-02T00:00:00.000Z' }] })] }, () => noViews);
  await define('flow-embeds');
  const element = await fixture<FlowEmbeds>(html`<flow-embeds .api=${revoked} .manifest=${manifest}></flow-embeds>`);
  await waitUntil(() => element.shadowRoot!.textContent.includes('Toutes les clés de ce site sont révoquées'));
  await waitUntil(() => element.shadowRoot!.textContent.includes('Rien encore sur cette période'));
});

it('weeks begin at the beginning and lose no day', () => {
  const days = viewsOf('2027-01-01', '2027-04-01', () => 1).days;
  const { weekly, bars } = barsOf(days);
  assert.isTrue(weekly);
  assert.equal(bars.reduce((sum, { views }) => sum + views, 0), days.length);
  assert.equal(bars[0]!.key, '2027-01-01');
  assert.isFalse(barsOf(days.slice(0, 60)).weekly);
});

it('the manifest’s types become fields', () => {
  assert.deepEqual(attributesOf(manifest, 'flow-programme').map(({ name, kind }) => `${name} ${kind}`), ['stage text', 'artist text', 'past flag', 'limit number']);
  assert.deepEqual(attributesOf(manifest, 'flow-booking-request')[1]!.choices, ['private', 'venue', 'camping', 'commune']);
  assert.isAbove(contrastsOf({ ground: '#ffffff', ink: '#000000', accent: '#ffffff', font: '' }).text, 20);
});

it('the test in the preview tells what is there from what is not', () => {
  const inner = document.createElement('iframe');
  document.body.append(inner);
  const page = inner.contentDocument!;
  const states = () => probesOf(page, 'flow-probe', '#ffffff').map(({ state }) => state).join(' ');
  assert.equal(states(), 'wait wait wait wait');
  Object.assign(page.defaultView!, { FlowStage: {} });
  page.defaultView!.customElements.define('flow-probe', class extends (page.defaultView as unknown as { HTMLElement: typeof HTMLElement }).HTMLElement {});
  page.body.innerHTML = '<flow-probe></flow-probe>';
  const root = page.querySelector('flow-probe')!.attachShadow({ mode: 'open' });
  root.innerHTML = '<div class="flow"><div aria-busy="true">…</div></div>';
  assert.equal(states(), 'ok ok wait wait');
  root.innerHTML = '<div class="flow" style="color: rgb(200, 200, 200)">Programme</div>';
  assert.equal(states(), 'ok ok ok no');
  root.innerHTML = '<div class="flow" style="color: rgb(20, 20, 20)">Programme</div>';
  assert.equal(states(), 'ok ok ok ok');
  root.innerHTML = '<div class="flow"><div part="problem">…</div></div>';
  assert.equal(states(), 'ok ok no wait');
  inner.remove();
});
