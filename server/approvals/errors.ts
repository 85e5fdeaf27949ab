/** How the decision on a match says no. A code decides the status at every door and is the key of its message. */
export const approvalsErrors = {
  /** Somebody has decided already, or nobody decides any more. */
  approval_decided: 'CONFLICT',
} as const;
