import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { cancelled, cancelledWaiting, decided, deposited, frozen } from '../widgets/workspace/flow-ledger/flow-ledger.fixture.ts';
import { contestedPayment, contract, dispute, envelope, file, holder, invoice, money, offer, purchase, serverOf, steps, unpaid, type Known, bookersPart } from '../widgets/workspace/flow-file/flow-file.fixture.ts';
import type { FlowFile } from '../widgets/workspace/flow-file/flow-file.ts';

const euros = (minor: number) => ({ minor, currency: 'EUR' as const });
const signed = { ...contract, status: 'signed' as const, sealedFileId: 'fil_9', evidenceFileId: 'fil_8', signedAt: '2027-02-02T12:00:00.000Z' };
const show = { day: '2027-05-14', startTime: '20:30', artistConfirmedAt: null, buyerConfirmedAt: null, playedAt: null, contestedBy: null, contest: '', contestedAt: null };
const read = ['contract.read', 'payment.read', 'invoice.read', 'ledger.read'];
const agreed = { offers: [offer({ status: 'accepted' }), offer({ id: 'off_2', proposedBy: 'buyer', status: 'countered', price: euros(110_000) })], show };

/** The file of a booking, from the request to the released payment, as either side sees it. */
export default {
  title: 'Workspace/File',
  component: 'flow-file',
  loaders: [() => define('flow-file'), () => define('flow-ledger'), () => define('flow-market'), () => define('flow-reviews')],
  render: ({ api }) => html`<flow-file booking-id="bkg_1" .api=${api}></flow-file>`,
} satisfies Meta<FlowFile>;

type Story = StoryObj<FlowFile>;
const seen = (known: Known): Story => ({ args: { api: serverOf(known) } });

export const RequestReceived = seen({});
export const HoldGranted = seen({ file: file({ steps: steps('offer'), holds: [{ id: 'hld_1', day: '2027-05-14', rank: 1, expiresAt: '2027-02-15T10:00:00.000Z', status: 'live' }] }) });
export const OfferWaits = seen({ file: file({ status: 'negotiating', steps: steps('agreement'), offers: [offer()], may: ['offer.send'], next: { act: 'answer_offer', by: 'buyer', until: '2027-02-08T10:00:00.000Z' } }) });
export const BuyerAnswersTheOffer = seen({ me: holder('answer'), file: file({ side: 'buyer', status: 'negotiating', steps: steps('agreement'), offers: [offer({ yours: true })], may: ['offer.answer'], next: { act: 'answer_offer', by: 'buyer', until: '2027-02-08T10:00:00.000Z' } }) });
export const LegalDetailsMissing = seen({ me: holder('answer'), file: file({ ...agreed, side: 'buyer', status: 'agreed', steps: steps('contract'), may: ['party.edit'], party: { missing: ['legalName', 'address', 'postcode', 'city', 'representative', 'siret'], otherComplete: true, known: { country: 'FR' } }, next: { act: 'complete_party', by: 'buyer', until: null } }) });
export const PurchaseOrderMissing = seen({ me: holder('answer'), purchase, file: file({ ...agreed, side: 'buyer', path: 'public', status: 'agreed', may: ['purchase.order'], next: { act: 'order_purchase', by: 'buyer', until: null } }) });
export const QuoteExpired = seen({ purchase: { ...purchase, expired: true }, file: file({ ...agreed, path: 'public', status: 'agreed', next: { act: 'order_purchase', by: 'buyer', until: null } }) });
export const QuoteExpiredForItsBuyer = seen({ me: holder('answer'), purchase: { ...purchase, expired: true }, file: file({ ...agreed, side: 'buyer', path: 'public', status: 'agreed', may: ['purchase.order'], next: { act: 'order_purchase', by: 'buyer', until: null } }) });
export const ToSign = seen({ file: file({ ...agreed, status: 'agreed', steps: steps('contract'), may: ['contract.read', 'contract.sign'], next: { act: 'sign', by: 'artist', until: null } }) });
export const OtherSideSigns = seen({ envelope: envelope({ signers: [{ side: 'artist', name: 'Camille Estran', email: '', signedAt: '2027-02-02T11:00:00.000Z' }, { side: 'buyer', name: 'Jeanne Roche', email: '', signedAt: null }] }), file: file({ ...agreed, status: 'agreed', steps: steps('contract'), may: ['contract.read'], next: { act: 'sign', by: 'buyer', until: null } }) });
export const DepositDue = seen({ me: holder('pay'), contract: signed, money: unpaid, file: file({ ...agreed, side: 'buyer', status: 'contracted', steps: steps('deposit'), may: ['contract.read', 'payment.read', 'payment.pay'], next: { act: 'pay', by: 'buyer', until: '2027-02-09T00:00:00.000Z' } }) });
export const BalanceRefused = seen({ me: holder('pay'), contract: signed, money: { ...money, payments: money.payments.map((payment) => (payment.part === 'balance' ? { ...payment, status: 'refused', refusal: 'card_declined' } : payment)) }, file: file({ ...agreed, side: 'buyer', status: 'contracted', steps: steps('balance'), may: ['contract.read', 'payment.read', 'payment.pay'], next: { act: 'pay', by: 'buyer', until: '2027-04-16T00:00:00.000Z' } }) });
export const DepositHeld = seen({ contract: signed, file: file({ ...agreed, status: 'contracted', steps: steps('balance'), may: read, next: { act: 'wait', by: null, until: null } }), invoices: [invoice({ kind: 'deposit', number: 'F-2027-0001', total: euros(37_980), due: euros(0), paidAt: '2027-02-03T10:00:00.000Z' })] });
export const ShowToConfirm = seen({ contract: signed, file: file({ ...agreed, status: 'contracted', steps: steps('show'), may: [...read, 'show.confirm'], next: { act: 'confirm_show', by: 'artist', until: null } }) });
const problem = { ...show, contestedBy: 'buyer' as const, contest: 'Le groupe est arrivé à 23 h 10 et n’a joué que vingt minutes.', contestedAt: '2027-05-15T08:10:00.000Z' };
export const ShowToConfirmOrContest = seen({ contract: signed, me: holder('confirm'), file: file({ ...agreed, side: 'buyer', status: 'contracted', steps: steps('show'), may: ['contract.read', 'show.confirm', 'show.contest'], next: { act: 'confirm_show', by: 'buyer', until: null } }) });
export const ShowContestedByMe = seen({ contract: signed, me: holder('confirm'), file: file({ ...agreed, show: problem, side: 'buyer', status: 'contracted', steps: steps('show'), may: ['contract.read', 'show.confirm', 'show.contest'], next: { act: 'confirm_show', by: 'buyer', until: null } }) });
const disputed = (side: 'artist' | 'buyer') => ({ account: frozen, contract: signed, dispute: dispute(), file: file({ ...agreed, side, show: problem, status: 'contracted', steps: steps('show'), may: [...read, 'dispute.argue', ...(side === 'buyer' ? ['show.confirm', 'show.contest'] : [])], next: { act: 'confirm_show' as const, by: 'buyer' as const, until: null } }) });
export const DisputeAsTheArtistReadsIt = seen(disputed('artist'));
export const DisputeAsTheBuyerReadsIt = seen({ ...disputed('buyer'), me: holder('confirm') });
export const DisputeWithoutEvidence = seen({ ...disputed('artist'), dispute: dispute({ evidence: [] }) });
export const DisputeDecided = seen({ contract: signed, account: decided, dispute: dispute({ status: 'decided', decidedAt: '2027-05-20T10:00:00.000Z', decision: 'La moitié du spectacle a été jouée : la moitié est versée, la moitié rendue.', held: euros(0), release: euros(63_300), refund: euros(63_300) }), file: file({ ...agreed, show: problem, status: 'settled', steps: steps('release', 'stopped'), may: read, next: { act: 'nothing', by: null, until: null } }) });
const cancellable = file({ ...agreed, status: 'contracted', steps: steps('balance'), may: [...read, 'booking.cancel'], next: { act: 'wait', by: null, until: null } });
const asked = (by: 'artist' | 'buyer') => ({ ...deposited, cancellation: { ...cancelled.cancellation!, cause: 'force_majeure' as const, by, reason: 'La route est coupée par la crue.', status: 'asked' as const, doneAt: null } });
export const PaymentContestedAtTheBank = seen({ contract: signed, contested: [contestedPayment(), contestedPayment({ id: 'cbk_2', status: 'won' }), contestedPayment({ id: 'cbk_3', status: 'lost' })], file: file({ ...agreed, show: problem, status: 'settled', steps: steps('release'), may: read, next: { act: 'nothing', by: null, until: null } }) });
export const MayCancel = seen({ contract: signed, file: cancellable });
export const ForceMajeureAskedByTheOther = seen({ contract: signed, account: asked('buyer'), file: cancellable });
export const ForceMajeureAskedByMe = seen({ contract: signed, account: asked('artist'), file: cancellable });
export const Cancelled = seen({ contract: signed, account: cancelled, money: { ...money, due: euros(0), held: euros(0), released: euros(36_000), payout: { amount: euros(31_680), status: 'sent', paidAt: null }, payments: money.payments.map((payment) => (payment.part === 'balance' ? { ...payment, status: 'lapsed' } : payment)) }, file: file({ ...agreed, status: 'cancelled', steps: steps('balance', 'stopped'), may: read, next: { act: 'nothing', by: null, until: null } }) });
export const CancelledWhileADebitIsUnderWay = seen({ contract: signed, account: cancelledWaiting, file: file({ ...agreed, status: 'cancelled', steps: steps('balance'), may: read, next: { act: 'nothing', by: null, until: null } }) });
export const ShowContestedByTheOther = seen({ contract: signed, file: file({ ...agreed, show: { ...problem, artistConfirmedAt: '2027-05-15T07:00:00.000Z' }, status: 'contracted', steps: steps('show'), may: read, next: { act: 'confirm_show', by: 'buyer', until: null } }) });
export const CommuneOwesTheInvoice = seen({ invoices: [invoice({ overdue: true, days: -20, late: { rateBps: 1_015, interest: euros(704), fixed: euros(4_000), total: euros(4_704), owed: euros(4_704) } })], purchase: { ...purchase, orderNumber: 'BC-2027-118', orderedAt: '2027-02-03T10:00:00.000Z' }, file: file({ ...agreed, path: 'public', status: 'played', may: ['invoice.read', 'invoice.settle'], next: { act: 'settle_invoice', by: 'buyer', until: '2027-06-14T00:00:00.000Z' } }) });
export const CommuneHasThirtyDays = seen({ invoices: [invoice({ days: 12, chorus: { process: 'A1', seller: '73282932000074', buyer: '21290134500011', order: 'BC-2027-118', commitment: 'EJ-2027-118', serviceCode: 'CULTURE', market: '', iban: 'FR7630006000011234567890189', rib: 'banque 30006, guichet 00001, compte 12345678901, clé 89' } })], purchase: { ...purchase, orderNumber: 'BC-2027-118', commitmentNumber: 'EJ-2027-118', serviceCode: 'CULTURE', orderedAt: '2027-02-03T10:00:00.000Z' }, me: holder('follow'), file: file({ ...agreed, side: 'buyer', path: 'public', status: 'played', may: ['invoice.read'], next: { act: 'settle_invoice', by: 'buyer', until: '2027-06-14T00:00:00.000Z' } }) });
export const InvoiceCreditedInPart = seen({ invoices: [invoice({ xmlFileId: 'fil_3', ublFileId: 'fil_4', due: euros(106_550), left: euros(106_550), credits: [{ id: 'crd_1', number: 'AFS-00001-2027-0001', issuedDay: '2027-05-20', total: euros(20_050), reason: 'Une seule partie a été jouée.', fileId: 'fil_7', xmlFileId: 'fil_8', ublFileId: 'fil_9' }] })], file: file({ ...agreed, path: 'public', status: 'played', may: ['invoice.read', 'invoice.settle', 'invoice.credit'], next: { act: 'settle_invoice', by: 'buyer', until: '2027-06-14T00:00:00.000Z' } }) });
export const InvoiceWaitsForTheMandate = seen({ file: file({ ...agreed, path: 'public', status: 'played', may: ['invoice.read', 'invoice.issue'], next: { act: 'issue_invoice', by: 'artist', until: null } }) });
export const DepositInvoiceWaitsForTheMandate = seen({ contract: signed, file: file({ ...agreed, status: 'contracted', steps: steps('balance'), may: [...read, 'invoice.issue'], next: { act: 'wait', by: null, until: null } }) });
export const Settled = seen({ contract: signed, money: { ...money, due: euros(0), held: euros(0), released: euros(126_600), payout: { amount: euros(112_200), status: 'paid', paidAt: '2027-05-16T10:00:00.000Z' }, payments: money.payments.map((payment) => ({ ...payment, status: 'captured', capturedAt: '2027-04-16T10:00:00.000Z' })) }, invoices: [invoice({ paidAt: '2027-05-16T10:00:00.000Z', due: euros(0), days: null })], file: file({ ...agreed, status: 'settled', steps: steps(), may: read, next: { act: 'nothing', by: null, until: null } }) });
export const SettledWithBooker = seen({ contract: signed, money: { ...money, due: euros(0), held: euros(0), released: euros(126_600), booker: { ...bookersPart, state: 'paid', paidAt: '2027-05-16T10:00:00.000Z' }, payout: { amount: euros(103_560), status: 'paid', paidAt: '2027-05-16T10:00:00.000Z' }, payments: money.payments.map((payment) => ({ ...payment, status: 'captured', capturedAt: '2027-04-16T10:00:00.000Z' })) }, invoices: [invoice({ paidAt: '2027-05-16T10:00:00.000Z', due: euros(0), days: null })], file: file({ ...agreed, status: 'settled', steps: steps(), may: read, next: { act: 'nothing', by: null, until: null } }) });
export const Declined = seen({ file: file({ status: 'declined', steps: steps('offer', 'stopped'), may: [], next: { act: 'nothing', by: null, until: null } }) });
export const LinkForAnotherStep = seen({ me: holder('follow'), file: file({ side: 'buyer', status: 'negotiating', steps: steps('agreement'), offers: [offer({ yours: true })], may: [], next: { act: 'answer_offer', by: 'buyer', until: null } }) });
export const PartlyUnread: Story = { args: { api: serverOf({}, { matching: { score: () => Promise.reject(new Error('down')) } }) } };
export const LinkDead: Story = { args: { api: serverOf({}, { dossier: { file: () => Promise.reject(refusal('link_dead')) } }) } };
export const StillLoading: Story = { args: { api: serverOf({}, { dossier: { file: () => new Promise(() => undefined) } }) } };
export const ServerDown: Story = { args: { api: serverOf({}, { dossier: { file: () => Promise.reject(new Error('down')) } }) } };
export const PlayedAndReviewed = seen({ contract: signed, file: file({ ...agreed, show: { ...problem, contestedBy: null, contest: '', contestedAt: null, playedAt: '2027-05-15T08:10:00.000Z' }, status: 'played', steps: steps('release'), may: read, next: { act: 'wait', by: null, until: null } }) });
