/** How a plan says no. A code decides the status at every door and is the key of its message. */
export const plansErrors = {
  /** The booker's plan takes no more artists; `details.most` says how many. Those it has stay. */
  plan_limit: 'CONFLICT',
  /** A paid plan gives this, and the free one does not; `details.plan` names the smallest that does. */
  plan_needed: 'FORBIDDEN',
  /** No card is saved yet to charge. */
  plan_card_missing: 'PRECONDITION_FAILED',
  /** The sum is another than the one that was agreed to: look again. */
  plan_sum_changed: 'CONFLICT',
  /** We cannot write the invoice: `details.field` is missing of the organisation. */
  plan_party_incomplete: 'PRECONDITION_FAILED',
  /** A card is being charged; wait for its answer. */
  plan_charge_open: 'CONFLICT',
  /** It was answered or paid before, or its organisation has a plan that is paid beyond that day. */
  plan_quote_closed: 'CONFLICT',
  /** This plan has no price of its own: it is quoted. */
  plan_on_quote: 'CONFLICT',
  /** A public body pays by transfer, for what was done: this plan is quoted to it. */
  plan_public: 'CONFLICT',
  /** A code that does not exist, ended, was used, or is one's own. */
  plan_code_refused: 'BAD_REQUEST',
} as const;
