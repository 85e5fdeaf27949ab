import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { mandate, organisation, proposal, terms, venue } from './flow-organisation.fixture.ts';
import type { FlowOrganisation } from './flow-organisation.ts';

async function mount(api: Api) {
  await define('flow-organisation');
  const element = await fixture<FlowOrganisation>(html`<flow-organisation .api=${api}></flow-organisation>`);
  const root = element.shadowRoot!;
  const button = (label: string) => [...root.querySelectorAll('button')].find((one) => one.textContent.includes(label))!;
  await waitUntil(() => root.querySelector('form, [role=alert]'));
  return { element, root, button, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('names what a contract still lacks, and keeps what is typed (CO-16)', async () => {
  const kept: object[] = [];
  let own = organisation({ siret: '', missing: ['siret', 'licence'] });
  const { root, text } = await mount(fakeApi<AppRouter>({ identity: { organisation: () => own, representations: () => [], updateOrganisation: (input) => { kept.push(input); own = organisation(); return own; } } }));
  assert.include(text(), 'il manque : SIRET, Récépissé d’entrepreneur de spectacles');
  root.querySelector<HTMLInputElement>('[name=siret]')!.value = '73282932000074';
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('Tout ce qu’il faut pour un contrat est là'));
  assert.deepInclude(kept[0]!, { siret: '73282932000074', licenceUntil: '2031-03-05', locale: 'fr' });
});

it('a small seller declares the franchise, and takes it back (VAT-FR-08)', async () => {
  const kept: (boolean | undefined)[] = [];
  let own = organisation();
  const { root, element } = await mount(fakeApi<AppRouter>({ identity: { organisation: () => own, representations: () => [], updateOrganisation: (input) => { kept.push(input.vatFranchise); own = organisation({ vatFranchise: input.vatFranchise === true }); return own; } } }));
  const box = () => root.querySelector<HTMLInputElement>('[name=vatFranchise]')!;
  box().checked = true;
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => kept.length === 1);
  await waitUntil(() => root.querySelector('form:not([aria-busy=true])') && !root.querySelector<HTMLButtonElement>('form button')!.disabled);
  await element.updateComplete;
  box().checked = false;
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => kept.length === 2);
  assert.deepEqual(kept, [true, false]);
});

it('a seller that pays its tax when it invoices says so; one abroad is not asked (PUB-09)', async () => {
  const kept: (boolean | undefined)[] = [];
  const { root } = await mount(fakeApi<AppRouter>({ identity: { organisation: () => organisation(), representations: () => [], updateOrganisation: (input) => { kept.push(input.vatOnDebits); return organisation({ vatOnDebits: true }); } } }));
  root.querySelector<HTMLInputElement>('[name=vatOnDebits]')!.checked = true;
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => kept.length === 1);
  assert.deepEqual(kept, [true]);
  const abroad = await mount(fakeApi<AppRouter>({ identity: { organisation: () => organisation({ country: 'BE' }), representations: () => [] } }));
  assert.isNull(abroad.root.querySelector('[name=vatOnDebits]'));
});

it('a mandate ends only after its consequence was read (ID-22)', async () => {
  const ended: string[] = [];
  const { element, button, text } = await mount(fakeApi<AppRouter>({ bookers: { terms: () => [terms()] }, identity: { organisation: () => organisation(), representations: () => [mandate], endRepresentation: ({ id }) => { ended.push(id); return { id }; } } }));
  assert.include(text(), 'Agence de la Lisière');
  button('Mettre fin au mandat').click();
  await element.updateComplete;
  assert.include(text(), 'L’agent n’aura plus accès');
  assert.isEmpty(ended);
  [...element.shadowRoot!.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Mettre fin')!.click();
  await waitUntil(() => ended.length > 0);
});

it('a booker who is not there is said in words', async () => {
  const { root, text } = await mount(fakeApi<AppRouter>({ identity: { organisation: () => organisation(), representations: () => [], represent: () => Promise.reject(refusal('not_found')) } }));
  root.querySelector<HTMLInputElement>('[name=bookerEmail]')!.value = 'personne@example.org';
  [...root.querySelectorAll('form')].at(-1)!.requestSubmit();
  await waitUntil(() => text().includes('n’existe pas'));
});

it('a venue says what it is: its capacity, its styles, its budget (PR-12)', async () => {
  const kept: object[] = [];
  const { root } = await mount(fakeApi<AppRouter>({ identity: { organisation: () => organisation({ kind: 'venue' }) }, profiles: { venue: () => venue, updateVenue: (input) => { kept.push(input); return venue; } } }));
  assert.notOk(root.querySelector('[name=licence]'), 'only a producer holds one');
  root.querySelector<HTMLInputElement>('[name=genres]')!.value = 'jazz, , rock ';
  [...root.querySelectorAll('form')].at(-1)!.requestSubmit();
  await waitUntil(() => kept.length > 0);
  assert.deepInclude(kept[0]!, { capacity: 320, genres: ['jazz', 'rock'], budget: { min: { minor: 80_000, currency: 'EUR' }, max: { minor: 300_000, currency: 'EUR' } } });
});

it('an account that is known is read here and changed under Payouts (PAY-08)', async () => {
  for (const iban of ['', 'FR7630006000011234567890189']) {
    const { root, element } = await mount(fakeApi<AppRouter>({ identity: { organisation: () => organisation({ iban }), representations: () => [] } }));
    const field = root.querySelector<HTMLInputElement>('[name=iban]')!;
    assert.equal(field.readOnly, iban !== '', iban);
    assert.equal(field.closest('label, div')!.parentElement!.textContent.includes('Versements'), iban !== '');
    element.remove();
  }
});

it('the artist reads what its booker proposes and agrees; what holds is said from then on (FEE-01, FEE-02)', async () => {
  const answers: object[] = [];
  let now = terms({ proposed: proposal() });
  const { button, text } = await mount(fakeApi<AppRouter>({
    identity: { organisation: () => organisation(), representations: () => [mandate] },
    bookers: { terms: () => [now], answer: (input) => { answers.push(input); now = terms({ current: proposal({ answeredAt: '2026-10-02T09:00:00.000Z' }) }); return { id: input.id }; } },
  }));
  assert.include(text(), 'Aucune commission n’est convenue');
  assert.include(text(), 'Proposé par Agence de la Lisière le jeu. 1 octobre 2026 : agent artistique, 10 % des cachets bruts (60 % du prix hors taxe)');
  assert.include(text(), 'Trouver des engagements.');
  button('Accepter').click();
  await waitUntil(() => text().includes('depuis le'));
  await waitUntil(() => !text().includes('Aucune commission'));
  assert.deepEqual(answers, [{ id: 'trm_1', answer: 'agree' }]);
});

it('a booker proposes as an agent under the cap that the law says, and reads why more is refused (FEE-01)', async () => {
  const asked: object[] = [];
  const { element, root, button, text } = await mount(fakeApi<AppRouter>({
    identity: { organisation: () => organisation({ kind: 'booker' }), representations: () => [mandate] },
    bookers: { terms: () => [terms({ side: 'booker' })], propose: (input) => { asked.push(input); return Promise.reject(refusal('booker_over_cap', { most: '10', source: 'Code du travail art. L7121-13' })); } },
  }));
  button('Proposer une commission').click();
  await element.updateComplete;
  assert.notInclude(text(), 'Missions confiées');
  root.querySelector<HTMLInputElement>('[name=capacity][value=agent]')!.click();
  await element.updateComplete;
  assert.include(text(), 'La loi : 10 % au plus, 15 % avec des missions particulières de carrière');
  for (const [name, value] of [['rate', '12.5'], ['wage', '60'], ['missions', 'Trouver'], ['reporting', 'Par mois']]) root.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = value!;
  root.querySelector<HTMLFormElement>('form.terms')!.requestSubmit();
  await waitUntil(() => text().includes('La loi ne laisse à un agent que 10 % des cachets bruts (Code du travail art. L7121-13)'));
  assert.deepEqual(asked, [{ representationId: 'rep_1', capacity: 'agent', bps: 1_250, wageBps: 6_000, career: false, missions: 'Trouver', reporting: 'Par mois', permit: '' }]);
});
