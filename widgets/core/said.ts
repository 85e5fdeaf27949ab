/* What a page says by an attribute, a property or an address: what does not fit is as if it were not said. Our server reads addresses by the same rules. */

/** A day of this century, `YYYY-MM-DD`; empty for anything else: 30 February is no day. */
export function dayOf(said: string | null): string {
  const at = Date.parse(said ?? '');
  return said?.startsWith('20') && at && new Date(at).toISOString().slice(0, 10) === said ? said : '';
}

/** A month, `YYYY-MM`; empty for anything else. */
export const monthOf = (said: string | null): string => dayOf(`${said}-01`).slice(0, 7);

/** How many dates at most, 1 to 200; 60 for anything else. */
export const limitOf = (said: string | number | null): number => (Number.isInteger(Number(said)) && Number(said) >= 1 && Number(said) <= 200 ? Number(said) : 60);
