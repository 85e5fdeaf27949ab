import { sum } from '../../core/money.ts';
import type { PaymentProvider, Wallet } from '../ports.ts';
import { PAYPAL } from './paypal.ts';

/**
 * A provider of cards, and PayPal beside it: a payment is begun, given back and charged again where its attempt or its account is, and both hold
 * our money together. Producers' accounts and payouts are the first one's alone.
 */
export function payBeside(main: PaymentProvider, wallet: Wallet): PaymentProvider {
  const { disputes } = main;
  const of = (ref: string): PaymentProvider | Wallet => (ref.startsWith(PAYPAL) ? wallet : main);
  return {
    ...main,
    ways: [...main.ways, ...wallet.ways],
    // What is contested at PayPal is answered on PayPal's own page: nobody hears it here.
    ...(disputes && { disputes: {
      answer: (ask) => (ask.dispute.startsWith(PAYPAL) ? Promise.resolve('closed') : disputes.answer(ask)),
      accept: (ask) => (ask.dispute.startsWith(PAYPAL) ? Promise.resolve('closed') : disputes.accept(ask)),
    } }),
    beginPayment: (ask) => (ask.ways.length > 0 && ask.ways.every((way) => wallet.ways.includes(way)) ? wallet : main).beginPayment(ask),
    askTransfer: (ref) => of(ref).askTransfer(ref),
    complete: (ref) => of(ref).complete(ref),
    chargeMandate: (ask) => of(ask.methodRef).chargeMandate(ask),
    readIntent: (ref) => of(ref).readIntent(ref),
    cancel: (ref) => of(ref).cancel(ref),
    refund: (ask) => of(ask.intent).refund(ask),
    nameMethod: (methodRef) => of(methodRef).nameMethod(methodRef),
    // Their events have no field in common that either would take for its own.
    parseNotice: (raw) => main.parseNotice(raw) ?? wallet.parseNotice(raw),
    readBalance: async (currency) => sum(await main.readBalance(currency), await wallet.readBalance(currency)),
    readFees: async (currency) => sum(await main.readFees(currency), await wallet.readFees(currency)),
  };
}
