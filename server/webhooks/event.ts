/** What is sent, to the letter: what happened, when, and the ids it carries. Never a name, an address or an amount. */
export const bodyOf = (type: string, at: Date, data: Readonly<Record<string, string>>): string => JSON.stringify({ type, timestamp: at.toISOString(), data });

/** The name of the event that a test sends. */
export const TEST_EVENT = 'webhook.test';

/** The first 500 characters of an answer, as they are kept: what no line holds is left out. */
export const keptOf = (answer: string): string => /^.{0,500}/su.exec(answer.replaceAll(/[^\t\n\P{C}]/gu, '').trim())?.[0] ?? '';

/** How a try ended, in a word that the log has a sentence for. */
export type Outcome = 'delivered' | 'status' | 'redirect' | 'gone' | 'slow' | 'unknown_host' | 'unreachable' | 'address_refused' | 'secret_lost';

/** What a status says: any of the 200s is thanks, `410 Gone` ends the subscription, a redirect is not followed. */
export const outcomeOf = (status: number): Outcome => (status >= 200 && status < 300 ? 'delivered' : status === 410 ? 'gone' : status >= 300 && status < 400 ? 'redirect' : 'status');
