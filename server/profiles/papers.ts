/** How long the first and the last look at a PDF are, in bytes: its mark and its end may stand behind other bytes. */
const LOOK = 1_024;

/** Whether these bytes are a whole PDF that anybody can open, whatever the file is called: one that was cut off has no end, and one that is locked asks for a word. */
export function isPdf(bytes: Uint8Array): boolean {
  const text = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(Math.max(0, from), Math.max(0, to)));
  const end = text(bytes.length - LOOK, bytes.length);
  return /%PDF-[12]\.\d/.test(text(0, LOOK)) && end.includes('%%EOF') && !end.includes('/Encrypt');
}
