import { accountingErrors } from '../accounting/errors.ts';
import { approvalsErrors } from '../approvals/errors.ts';
import { bankingErrors } from '../banking/errors.ts';
import { billingErrors } from '../billing/errors.ts';
import { bookersErrors } from '../bookers/errors.ts';
import { bookingErrors } from '../booking/errors.ts';
import { calendarErrors } from '../calendar/errors.ts';
import { claimsErrors } from '../claims/errors.ts';
import { contestsErrors } from '../contests/errors.ts';
import { contractsErrors } from '../contracts/errors.ts';
import { alertsErrors } from '../alerts/errors.ts';
import { discoveryErrors } from '../discovery/errors.ts';
import { disputesErrors } from '../disputes/errors.ts';
import { escrowErrors } from '../escrow/errors.ts';
import { findsErrors } from '../finds/errors.ts';
import { identityErrors } from '../identity/errors.ts';
import { invoicesErrors } from '../invoices/errors.ts';
import { learningErrors } from '../learning/errors.ts';
import { municipalErrors } from '../municipal/errors.ts';
import { nearbyErrors } from '../nearby/errors.ts';
import { operationsErrors } from '../operations/errors.ts';
import { partnersErrors } from '../partners/errors.ts';
import { payoutsErrors } from '../payouts/errors.ts';
import { plansErrors } from '../plans/errors.ts';
import { pricesErrors } from '../prices/errors.ts';
import { profilesErrors } from '../profiles/errors.ts';
import { refundsErrors } from '../refunds/errors.ts';
import { requestsErrors } from '../requests/errors.ts';
import { reviewsErrors } from '../reviews/errors.ts';
import { roadbooksErrors } from '../roadbooks/errors.ts';
import { roadsErrors } from '../roads/errors.ts';
import { searchesErrors } from '../searches/errors.ts';
import { sendingsErrors } from '../sendings/errors.ts';
import { sheetsErrors } from '../sheets/errors.ts';
import { signingErrors } from '../signing/errors.ts';
import { subscriptionsErrors } from '../subscriptions/errors.ts';
import { toursErrors } from '../tours/errors.ts';
import { webhooksErrors } from '../webhooks/errors.ts';

const coreErrors = {
  signed_out: 'UNAUTHORIZED',
  /** It is not there, or it is somebody else's: we do not say which. */
  not_found: 'NOT_FOUND',
  role_too_low: 'FORBIDDEN',
  /** A field of the request is missing or wrong; `details.field` names it. */
  input_invalid: 'BAD_REQUEST',
  /** More was sent than any form of ours sends. */
  input_too_large: 'PAYLOAD_TOO_LARGE',
  /** A sign that our papers cannot print; `details.field` names where. */
  text_unprintable: 'BAD_REQUEST',
  rate_limited: 'TOO_MANY_REQUESTS',
  /** The same idempotency key came with another request. */
  key_reused: 'CONFLICT',
} as const;

/** Every way the server says no, and the one word that decides the status at every door. A code is also the key of its message. */
export const ERRORS = {
  ...coreErrors, ...roadsErrors, ...pricesErrors, ...subscriptionsErrors, ...plansErrors, ...identityErrors, ...bookersErrors, ...partnersErrors, ...profilesErrors, ...calendarErrors, ...bookingErrors, ...requestsErrors, ...nearbyErrors, ...municipalErrors, ...sheetsErrors,
  ...contractsErrors, ...signingErrors, ...escrowErrors, ...reviewsErrors, ...refundsErrors, ...disputesErrors, ...claimsErrors, ...invoicesErrors, ...billingErrors, ...contestsErrors, ...accountingErrors, ...bankingErrors, ...payoutsErrors, ...webhooksErrors, ...operationsErrors, ...approvalsErrors, ...learningErrors, ...findsErrors, ...alertsErrors, ...discoveryErrors, ...toursErrors, ...searchesErrors, ...sendingsErrors, ...roadbooksErrors,
};

export type ErrorCode = keyof typeof ERRORS;

/** A refusal the caller can act on. A bug is not a refusal: it fails an `assert`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, details: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}
