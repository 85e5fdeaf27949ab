/** What a test card does, or a test account. Its number never comes here: the browser turns the numbers it knows into these names. */
export interface TestCard {
  /** What may be shown of it. */
  readonly label: string;
  /** When the buyer enters it. `debit`: drawn from an account within days; `redirect`: its bank asks on a page of its own. */
  readonly entered: 'accepted' | 'declined' | 'authenticate' | 'debit' | 'redirect';
  /** When it is charged while the buyer is away. */
  readonly away: 'accepted' | 'card_declined' | 'authentication_required';
  /** How its captures are told. */
  readonly told: 'once' | 'twice' | 'late';
  /** How a refund to it ends. */
  readonly refund: 'paid' | 'failed';
  /** Whether a debit arrives, or comes back. */
  readonly clears: boolean;
  /** What becomes of a payment with it that its holder contests; `null` when nobody does. */
  readonly dispute: 'won' | 'lost' | null;
}

const card = (digits: string, over: Partial<Omit<TestCard, 'label'>> = {}): TestCard =>
  ({ label: `Visa •••• ${digits}`, entered: 'accepted', away: 'accepted', told: 'once', refund: 'paid', clears: true, dispute: null, ...over });

/** The cards of the sandbox by the name that the browser sends for their number. */
export const TEST_CARDS = {
  /** 4242 4242 4242 4242 */
  pm_ok: card('4242'),
  /** 4000 0000 0000 0002 */
  pm_declined: card('0002', { entered: 'declined', away: 'card_declined' }),
  /** 4000 0025 0000 3155: asks for authentication the first time */
  pm_authenticate: card('3155', { entered: 'authenticate' }),
  /** 4000 0000 0000 0077: its webhook arrives twice */
  pm_twice: card('0077', { told: 'twice' }),
  /** 4000 0000 0000 0259: its webhook arrives late */
  pm_late: card('0259', { told: 'late' }),
  /** 4000 0000 0000 0341: can be saved, and is declined when it is charged later */
  pm_balance_declined: card('0341', { away: 'card_declined' }),
  /** 4000 0027 6000 3184: wants its holder each time, so that it cannot be charged while the buyer is away */
  pm_offsession_auth: card('3184', { away: 'authentication_required' }),
  /** 4000 0000 0000 5126: pays, and cannot be refunded */
  pm_refund_failed: card('5126', { refund: 'failed' }),
  /** 4000 0000 0000 2685: pays, and its holder takes the money back by their bank */
  pm_dispute_lost: card('2685', { dispute: 'lost' }),
  /** 4000 0000 0000 1976: pays, its holder contests it, and their bank decides for us */
  pm_dispute_won: card('1976', { dispute: 'won' }),
  /** FR14 2004 1010 0505 0001 3M02 606: an account that is debited */
  pm_sepa: { ...card('2606', { entered: 'debit' }), label: 'SEPA •••• 2606' },
  /** FR84 2004 1010 0505 0001 3M02 607: an account whose bank returns the debit */
  pm_sepa_refused: { ...card('2607', { entered: 'debit', clears: false }), label: 'SEPA •••• 2607' },
  /** Bancontact: its bank asks in a window of its own */
  pm_bancontact: { ...card('7061', { entered: 'redirect' }), label: 'Bancontact •••• 7061' },
  /** A PayPal account, approved on a page of its own: never entered with a card */
  pm_paypal: { ...card('0000'), label: 'PayPal j•••@e•••.org' },
} as const satisfies Record<string, TestCard>;

export type TestCardName = keyof typeof TEST_CARDS;
