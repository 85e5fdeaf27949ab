/** How the plan of an organisation says no. A code decides the status at every door and is the key of its message. */
export const subscriptionsErrors = {
  /** The plan does not stand where this may be done; `details.state`. */
  plan_closed: 'CONFLICT',
  /** A trial is had once, and not of every plan. */
  plan_trial_used: 'CONFLICT',
  /** No Super Likes are left. */
  super_likes_spent: 'CONFLICT',
} as const;
