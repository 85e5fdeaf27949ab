/** What is not known, among degrees; 0 to 254 are the others. */
const notKnown = 255;

/** The degrees of a score's criteria in the scorecard's order, a byte each: 0 to 254, or 255 for what is not known. */
export const degreesOf = ({ criteria }: { readonly criteria: readonly { readonly degree: number; readonly known: boolean }[] }): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(criteria, ({ degree, known }) => (known && Number.isFinite(degree) ? Math.round(Math.min(1, Math.max(0, degree)) * (notKnown - 1)) : notKnown));

/** Those of `found` of whom nobody was told yet, in their order. */
export const fresh = <T extends { readonly orgId: string }>(found: readonly T[], told: readonly string[]): T[] => {
  const known = new Set(told);
  return found.filter(({ orgId }) => !known.has(orgId));
};

/** The groups of a score's strongest reasons for it, each once: what a mail says of it in few words. */
export function groupsFor({ for: reasons, criteria }: { readonly for: readonly { readonly criterion: string }[]; readonly criteria: readonly { readonly criterion: string; readonly group: string }[] }): string[] {
  const groups = reasons.map(({ criterion }) => criteria.find((one) => one.criterion === criterion)?.group).filter((group) => group !== undefined);
  return [...new Set(groups)];
}
