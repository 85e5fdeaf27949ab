import { waitUntil as waitASecond } from '@open-wc/testing';

/** For tests: waits until something holds, for as long as a busy machine may take; the library's own second is a quiet machine's. */
export const waitUntil = (holds: () => unknown, message?: string, options: { interval?: number; timeout?: number } = {}): Promise<void> => waitASecond(holds, message, { timeout: 4_000, ...options });
