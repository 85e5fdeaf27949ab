import { pause, type Product } from './product.ts';

/** What the server said no with. */
export class Refusal extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string) {
    super(`${status} ${reason}`);
    this.status = status;
    this.reason = reason;
  }
}

/** Somebody who uses the product through HTTP, as a page of ours or a partner's page would. */
export interface Person {
  readonly ask: <T = Record<string, unknown>>(procedure: string, input?: unknown) => Promise<T>;
  readonly act: <T = Record<string, unknown>>(procedure: string, input?: unknown) => Promise<T>;
}

/** A mail of the development mailbox. */
export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

function person(product: Product, door: string, headers: Readonly<Record<string, string>>): Person {
  const answer = async <T>(response: Response): Promise<T> => {
    const body = await response.json() as { result?: { data: T }; error?: { message?: string; data?: { reason: string | null } } };
    if (!response.ok || !body.result) throw new Refusal(response.status, body.error?.data?.reason ?? body.error?.message ?? 'internal');
    return body.result.data;
  };
  return {
    ask: async (procedure, input) => answer(await fetch(`${product.address}${door}/${procedure}${input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`}`, { headers })),
    act: async (procedure, input) => answer(await fetch(`${product.address}${door}/${procedure}`, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(input ?? {}) })),
  };
}

/** A visitor of a partner's page. */
export const visitor = (product: Product, site: 'theatre' | 'festival' | 'campsite' | 'town-hall' | 'link-in-bio'): Person =>
  person(product, '/trpc/public', { origin: product.origins[site], 'flow-key': `pk_demo_${{ theatre: 'theatre', festival: 'festival', campsite: 'campsite', 'town-hall': 'townhall', 'link-in-bio': 'link' }[site]}` });

/** Somebody of the demo world, signed in with the password that all of them share. */
export async function signIn(product: Product, email: string): Promise<Person> {
  const response = await fetch(`${product.address}/auth/sign-in/email`, {
    method: 'POST', headers: { 'content-type': 'application/json', origin: product.origins.platform }, body: JSON.stringify({ email, password: 'scene-ouverte-2026' }),
  });
  if (!response.ok) throw new Refusal(response.status, await response.text());
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  return person(product, '/trpc', { origin: product.origins.platform, cookie });
}

/** Whoever holds the link of a mail. */
export const holder = (product: Product, token: string): Person => person(product, '/trpc', { origin: product.origins.platform, 'flow-link': token });

/** The newest mail to `to` whose subject fits and whose text speaks of `about`, once it is there. */
export async function mailTo(product: Product, to: string, subject: RegExp, about = ''): Promise<Mail> {
  return until(`a mail to ${to}: ${subject.source}`, async () => {
    const mails = await (await fetch(`${product.address}/dev/mails?to=${encodeURIComponent(to)}`)).json() as Mail[];
    return mails.find((mail) => subject.test(mail.subject) && mail.text.includes(about));
  });
}

/** The token of a mail's link. */
export function tokenOf(mail: Mail): string {
  const token = /#t=([\w-]+)/.exec(mail.text)?.[1];
  if (!token) throw new Error(`no link in "${mail.subject}"`);
  return token;
}

/** The one-time code of a mail. */
export function codeOf(mail: Mail): string {
  const code = /^\d{6}$/m.exec(mail.text)?.[0];
  if (!code) throw new Error(`no code in "${mail.subject}"`);
  return code;
}

/** Moves the trade's clock and lets everything happen that is due until then. */
export async function moveClock(product: Product, to: Date): Promise<void> {
  const response = await fetch(`${product.address}/dev/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ to: to.toISOString() }) });
  if (!response.ok) throw new Refusal(response.status, await response.text());
}

/** The trade's time. */
export async function tradeNow(product: Product): Promise<Date> {
  return new Date((await (await fetch(`${product.address}/dev/clock`)).json() as { now: string }).now);
}

/** Asks again until there is an answer; a minute at most. */
export async function until<T>(what: string, look: () => Promise<T | undefined | null | false>): Promise<T> {
  const end = performance.now() + 60_000;
  let last: unknown;
  while (performance.now() < end) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await pause(40);
  }
  throw new Error(`waited in vain for ${what}${last instanceof Error ? ` (${last.message})` : ''}`);
}
