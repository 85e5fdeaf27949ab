/** What is not known, among degrees; 0 to 254 are the others. */
const notKnown = 255;

/** The degrees of a score's criteria in the scorecard's order, a byte each: 0 to 254, or 255 for what is not known. */
export const degreesOf = ({ criteria }: { readonly criteria: readonly { readonly degree: number; readonly known: boolean }[] }): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(criteria, ({ degree, known }) => (known && Number.isFinite(degree) ? Math.round(Math.min(1, Math.max(0, degree)) * (notKnown - 1)) : notKnown));
