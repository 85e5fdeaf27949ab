import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import type { AppRouter } from '../server/app-router.ts';
import { fakeApi } from '../widgets/core/fake-api.ts';
import { draw } from '../widgets/parts/map-svg.ts';
import type { Step } from '../widgets/parts/steps.ts';
import { define } from '../widgets/registry.ts';
import { contract, file, holder, offer, serverOf, steps, unpaid } from '../widgets/workspace/flow-file/flow-file.fixture.ts';
import { payServer } from '../widgets/workspace/flow-pay/flow-pay.fixture.ts';
import { fits } from './fits.ts';
import { availability, epk, partner, places, programme, server, tour } from './world.ts';

/* The two languages with the longest words, in the narrowest column that we promise: nothing may run out of its box. */

const way = ['request', 'hold', 'offer', 'agreement', 'contract', 'deposit', 'balance', 'show', 'release'].map((step, at) => ({ step, state: at < 4 ? 'done' : at === 4 ? 'now' : 'to_come' }) as Step);
const api = server({
  calendar: { availability }, partners: { partner: () => partner }, profiles: { epk: () => epk, places: () => places }, dossier: { steps: () => ({ steps: way }) },
  programme: { shows: () => programme, tour: () => tour }, booking: { sendRequest: () => ({ reference: 'refu2p4n2m6zuuc7svurobpzatjqk', artist: 'Les Vagues Lentes', showDay: '2027-06-12', email: 'zoe@example.org' }) },
});
const show = { day: '2027-05-14', startTime: '20:30', artistConfirmedAt: null, buyerConfirmedAt: null, playedAt: null, contestedBy: null, contest: '', contestedAt: null };

/** A column of 320 CSS pixels, as a partner's page or, without a key, as one of our own. */
const column = (lang: string, key: string, widget: TemplateResult): TemplateResult => html`<div id="column" style="width: 320px"><flow-site key=${key} theme="light" lang=${lang}>${widget}</flow-site></div>`;
const settled = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 400); });

/** The reader's language, in words too short or too long for a layout made in French. */
export default {
  title: 'Languages/Dutch and German, narrow',
  loaders: [() => Promise.all(['flow-site', 'flow-epk', 'flow-availability', 'flow-booking-request', 'flow-programme', 'flow-tour-map', 'flow-contract-status', 'flow-file', 'flow-pay', 'flow-frame'].map((tag) => define(tag)))],
} satisfies Meta;

type Story = StoryObj;
/** A story that is looked over once it stands, after `act`. */
const seen = (lang: string, widget: () => TemplateResult, { key = 'pk_stories', act }: { key?: string; act?: (root: HTMLElement) => void } = {}): Story => ({
  render: () => column(lang, key, widget()),
  play: async ({ canvasElement }) => {
    const standing = canvasElement.querySelector<HTMLElement>('#column');
    if (!standing) throw new Error('There is no column.');
    await settled();
    act?.(standing);
    await settled();
    fits(standing);
  },
});
const press = (selector: string) => (root: HTMLElement): void => { root.querySelector('flow-site > *')?.shadowRoot?.querySelector<HTMLElement>(selector)?.click(); };

const kit = () => html`<flow-epk artist="les-vagues-lentes" request-href="https://example.org/demande" .api=${api}></flow-epk>`;
const days = () => html`<flow-availability artist="les-vagues-lentes" from="2027-06" day="2027-06-12" .api=${api}></flow-availability>`;
const form = (asker: string) => () => html`<flow-booking-request artist="les-vagues-lentes" day="2027-06-12" asker=${asker} no-draft .api=${api}></flow-booking-request>`;
const bill = () => html`<flow-programme .api=${api}></flow-programme>`;
const map = () => html`<flow-tour-map artist="les-vagues-lentes" .api=${api} .draw=${draw}></flow-tour-map>`;
const status = () => html`<flow-contract-status reference="refu2p4n2m6zuuc7svurobpzatjqk" .api=${api}></flow-contract-status>`;
const statusAsked = () => html`<flow-contract-status .api=${api}></flow-contract-status>`;
const own = { key: '' };
const opened = (known: Parameters<typeof serverOf>[0]) => () => html`<flow-file booking-id="bkg_1" .api=${serverOf(known)}></flow-file>`;
const offered = opened({ me: holder('answer'), file: file({ side: 'buyer', status: 'negotiating', steps: steps('agreement'), offers: [offer({ yours: true })], may: ['offer.answer'], next: { act: 'answer_offer', by: 'buyer', until: '2027-02-08T10:00:00.000Z' } }) });
const toPay = opened({ me: holder('pay'), contract: { ...contract, status: 'signed', signedAt: '2027-02-02T12:00:00.000Z' }, money: unpaid, file: file({ side: 'buyer', status: 'contracted', steps: steps('deposit'), offers: [offer({ status: 'accepted' })], show, may: ['contract.read', 'payment.read', 'payment.pay'], next: { act: 'pay', by: 'buyer', until: '2027-02-09T00:00:00.000Z' } }) });
const toSign = opened({ file: file({ status: 'agreed', steps: steps('contract'), offers: [offer({ status: 'accepted' })], show, may: ['contract.read', 'contract.sign'], next: { act: 'sign', by: 'artist', until: null } }) });
const pay = () => html`<flow-pay booking-id="bkg_1" .api=${payServer()}></flow-pay>`;
const door = () => html`<flow-frame reference="ref_1" .api=${fakeApi<AppRouter>({})}></flow-frame>`;

export const GermanPressKit = seen('de', kit);
export const GermanDays = seen('de', days);
export const GermanRequest = seen('de', form('private'));
export const GermanRequestOfATown = seen('de', form('commune'));
export const GermanRequestToCorrect = seen('de', form('venue'), { act: press('[type=submit]') });
export const GermanProgramme = seen('de', bill);
export const GermanTour = seen('de', map);
export const GermanStatus = seen('de', status);
export const GermanStatusAsked = seen('de', statusAsked);
export const GermanOffer = seen('de', offered, own);
export const GermanSigning = seen('de', toSign, own);
export const GermanPaymentDue = seen('de', toPay, own);
export const GermanCard = seen('de', pay, own);
export const GermanDoor = seen('de', door, own);
export const DutchPressKit = seen('nl', kit);
export const DutchDays = seen('nl', days);
export const DutchRequest = seen('nl', form('private'));
export const DutchRequestToCorrect = seen('nl', form('venue'), { act: press('[type=submit]') });
export const DutchProgramme = seen('nl', bill);
export const DutchTour = seen('nl', map);
export const DutchStatus = seen('nl', status);
export const DutchOffer = seen('nl', offered, own);
export const DutchSigning = seen('nl', toSign, own);
export const DutchPaymentDue = seen('nl', toPay, own);
export const DutchCard = seen('nl', pay, own);
