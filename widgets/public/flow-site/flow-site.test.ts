import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { PublicRouter } from '../../../server/public-router.ts';
import { fakeApi } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';

const api = fakeApi<PublicRouter>({ programme: { shows: () => ({ name: 'Festival', today: '2027-06-01', shows: [] }) } });
// A partner's page: our script is there.
Object.assign(window, { FlowStage: {} });
const words = (widget: Element) => widget.querySelector('flow-programme')!.shadowRoot!.querySelector('.notice')?.textContent;

it('one page speaks two languages side by side, each on its own theme (EM-01)', async () => {
  await Promise.all([define('flow-site'), define('flow-programme')]);
  const page = await fixture(html`<div>
    <flow-site lang="fr" key="pk_a"><flow-programme .api=${api}></flow-programme></flow-site>
    <flow-site lang="en" key="pk_a" theme="dark"><flow-programme .api=${api}></flow-programme></flow-site></div>`);
  const [french, english] = [...page.querySelectorAll('flow-site')];
  await waitUntil(() => words(english!) === 'No date announced for now.' && words(french!) === 'Aucune date annoncée pour l’instant.');
  const look = (site: Element) => site.querySelector('flow-programme')!.shadowRoot!.querySelector<HTMLElement>('.flow')!;
  assert.equal(look(english!).dataset['theme'], 'dark');
  assert.equal(look(english!).lang, 'en');
  assert.notEqual(getComputedStyle(look(english!)).backgroundColor, getComputedStyle(look(french!)).backgroundColor);
});

it('the language can change while it is read', async () => {
  const site = await fixture<HTMLElement>(html`<flow-site lang="fr"><flow-programme .api=${api}></flow-programme></flow-site>`);
  await waitUntil(() => words(site)?.startsWith('Aucune'));
  site.setAttribute('lang', 'en');
  await waitUntil(() => words(site)?.startsWith('No date'));
});

it('a time zone that is none is the device’s own, and what the page takes away is the page’s own again (EM-01)', async () => {
  await Promise.all([define('flow-site'), define('flow-booking-request')]);
  const site = await fixture<HTMLElementTagNameMap['flow-site']>(html`<flow-site lang="en" time-zone="Mars/Phobos"><flow-booking-request .api=${api}></flow-booking-request></flow-site>`);
  const form = site.querySelector('flow-booking-request')!;
  await waitUntil(() => form.site.locale === 'en');
  assert.equal(form.site.timeZone, Intl.DateTimeFormat().resolvedOptions().timeZone);
  await form.updateComplete;
  site.removeAttribute('time-zone');
  site.removeAttribute('lang');
  site.removeAttribute('key');
  await waitUntil(() => form.site.locale === 'fr');
});
