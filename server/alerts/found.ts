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
