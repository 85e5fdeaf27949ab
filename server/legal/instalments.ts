/** Days after the last signature within which a private buyer pays the deposit, or saves a card for it (money.md, read 2026-11-21). */
export const depositDays = 7;

/** Days before the show on which the balance is charged (money.md, read 2026-11-21). */
export const balanceDays = 28;

/** Days. The provider holds money for 90 at most; five are kept as a margin (Stripe; legal.md PAY-02, read 2026-11-21). */
const heldAtMost = 85;

/** Days from the show to the release: two for both sides to confirm or dispute. */
const untilRelease = 2;

/** Days before the show from which money for it may be taken: earlier, the provider would hold it longer than it may. */
export const windowDays = heldAtMost - untilRelease;
