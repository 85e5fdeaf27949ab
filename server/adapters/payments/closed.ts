import { AppError } from '../../core/errors.ts';
import type { PaymentProvider } from '../ports.ts';

const shut = async (): Promise<never> => Promise.reject(new AppError('provider_unreachable'));

/** No provider at all (`PAYMENTS=off`): every command is refused, and nobody is believed to be one. Public buyers can still be served. */
export const closedPayments: PaymentProvider = {
  name: 'stripe', ways: [], signedBy: [],
  beginPayment: shut, askTransfer: shut, beginMandate: shut, chargeMandate: shut, readIntent: shut, complete: shut, cancel: shut, refund: shut, nameMethod: shut, openAccount: shut, readAccount: shut, payOut: shut, readBalance: shut, readFees: shut,
  readNotice: () => { throw new AppError('signature_invalid'); },
  parseNotice: () => { throw new AppError('signature_invalid'); },
};
