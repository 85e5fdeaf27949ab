/** A key for one thing that is sent, good where `crypto.randomUUID` is not: on plain-http pages. */
export const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
