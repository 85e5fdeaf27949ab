import type { TRPCClient } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import type { ReactiveControllerHost } from 'lit';
import type { AppRouter } from '../../../server/app-router.ts';
import { reasonOf } from '../../core/api.ts';
import type { Site } from '../../core/site.ts';
import type { Acts } from '../../parts/acts.ts';
import type { Contested, Dispute } from '../../parts/dispute.ts';
import type { Account } from '../../parts/whole.ts';

type Out = inferRouterOutputs<AppRouter>;
export type Me = Out['identity']['me'];
export type BookingFile = Out['dossier']['file'];
export type Offer = BookingFile['offers'][number];
export type Net = NonNullable<Offer['net']>;
export type Score = NonNullable<Out['matching']['score']>;
export type Contract = Out['contracts']['contract'];
export type Envelope = Out['signing']['envelope'];
export type MoneyOf = Out['escrow']['money'];
export type Invoice = Out['billing']['invoices'][number];
export type Contests = Out['contests']['ofBooking'];
export type Purchase = Out['municipal']['purchase'];
export type { Account };
export type Api = TRPCClient<AppRouter>;

/** A booking's file as one reading gives it: what is not there yet, or not the reader's to see, is null. */
export interface Loaded {
  readonly me: Me;
  readonly file: BookingFile;
  readonly score: Score | null;
  readonly contract: Contract | null;
  readonly envelope: Envelope | null;
  readonly money: MoneyOf | null;
  /** The same money as the ledger has it: what went where, and what is frozen. */
  readonly account: Account | null;
  readonly dispute: Dispute | null;
  /** Payments that a bank contests: the producer's business alone. */
  readonly contested: readonly Contested[];
  readonly invoices: readonly Invoice[];
  /** Those of them that their producer contests, or still may. */
  readonly contests: Contests;
  readonly purchase: Purchase | null;
  /** Some part could not be read. */
  readonly partial: boolean;
}

/** What the sections of a file work with. */
export interface Desk extends ReactiveControllerHost {
  readonly site: Site;
  readonly acts: Acts;
  readonly framed: boolean;
  readonly siteKey: string;
  readonly renderRoot: ParentNode;
  readonly server: () => Api;
  /** Does something under a name, then reads the file again. True when it went well. */
  readonly does: (act: string, work: (api: Api) => Promise<unknown>) => Promise<boolean>;
  readonly reread: () => Promise<unknown>;
}

/** Whether the reader may do something now. */
export const may = (file: BookingFile, act: string): boolean => file.may.includes(act);

/** The name of a side. */
export const nameOf = (file: BookingFile, side: 'artist' | 'buyer'): string => (side === 'artist' ? file.artist.name : file.buyer.name);

const signing = ['agreed', 'contracted', 'played', 'settled'];

/** Reads a file and all that hangs on it and is the reader's to see. What fails beside the file itself leaves a gap, not an error. */
export async function load(api: Api, bookingId: string): Promise<Loaded> {
  const me = await api.identity.me.query();
  const id = bookingId || me.link?.bookingId;
  if (!id) throw Object.assign(new Error('link_dead'), { data: { reason: 'link_dead', details: {} } });
  const asked = { bookingId: id };
  const file = await api.dossier.file.query(asked);
  let partial = false;
  const part = async <T>(wanted: boolean, read: () => Promise<T>): Promise<T | null> => {
    if (!wanted) return null;
    try {
      return await read();
    } catch (error) {
      // Not drafted or issued yet is no gap: it comes in a moment.
      partial ||= !['not_found', 'contract_missing'].includes(reasonOf(error));
      return null;
    }
  };
  const [score, contract, envelope, money, account, dispute, contested, invoices, contests, purchase] = await Promise.all([
    part(file.side === 'artist' && !me.link, () => api.matching.score.query(asked)),
    part(may(file, 'contract.read'), () => api.contracts.contract.query(asked)),
    part(may(file, 'contract.read'), () => api.signing.envelope.query(asked)),
    part(may(file, 'payment.read'), () => api.escrow.money.query(asked)),
    part(may(file, 'contract.read'), () => api.refunds.account.query(asked)),
    part(may(file, 'contract.read') && file.path === 'secured', () => api.disputes.dispute.query(asked)),
    part(may(file, 'contract.read') && file.path === 'secured' && file.side === 'artist', () => api.disputes.chargebacks.query(asked)),
    part(may(file, 'invoice.read'), () => api.billing.invoices.query(asked)),
    part(may(file, 'invoice.read'), () => api.contests.ofBooking.query(asked)),
    part(file.path === 'public' && signing.includes(file.status), () => api.municipal.purchase.query(asked)),
  ]);
  return { me, file, score, contract, envelope, money, account, dispute, contested: contested ?? [], invoices: invoices ?? [], contests: contests ?? [], purchase, partial };
}
