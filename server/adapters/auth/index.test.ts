import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuthMail } from '../../core/letters.ts';
import { openTestWorld } from '../../core/test-world.ts';
import { openAuth, type Auth } from './index.ts';

type World = Awaited<ReturnType<typeof openTestWorld>>;

const password = 'tournesol-bleu-47';
let world: World;
let auth: Auth;
let mails: AuthMail[] = [];
let people = 0;
let callers = 0;

beforeAll(async () => {
  world = await openTestWorld();
  auth = openAuth({ db: world.db, config: world.ctx.config, send: async (mail) => { mails.push(mail); } });
});
afterAll(() => world.close());
beforeEach(() => {
  mails = [];
  callers += 1;
});

/** A browser: it keeps cookies, and says where it stands. */
function browser(origin = world.ctx.config.urls.platform) {
  const jar = new Map<string, string>();
  const ip = `192.0.2.${callers}`;
  const headers = (extra: Record<string, string> = {}) => new Headers({
    origin, 'content-type': 'application/json', 'x-flow-ip': ip, cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), ...extra,
  });
  const post = async (path: string, body: unknown, extra?: Record<string, string>) => {
    const response = await auth.handler(new Request(`${world.ctx.config.urls.platform}/auth${path}`, { method: 'POST', headers: headers(extra), body: JSON.stringify(body) }));
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '' || cookie.includes('Max-Age=0')) jar.delete(name);
      else jar.set(name, value);
    }
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) as unknown, cookies: response.headers.getSetCookie(), text };
  };
  return { post, person: () => auth.personOf(headers()), jar };
}

/** Somebody new, who signed up and confirmed their address in this browser. */
async function joined(page = browser(), person = newcomer()) {
  await page.post('/sign-up/email', person);
  expect((await page.post('/verify-email', { token: fragment('verify') })).status).toBe(200);
  mails = [];
  return { page, person };
}
const refused = (reason: string, details: unknown = expect.anything()) => ({ error: { reason, details } });
const newcomer = () => ({ name: 'Nora Solveig', email: `nora${people += 1}@ondes.example`, password });
const fragment = (kind: string) => {
  const { url } = mails.findLast((mail) => mail.kind === kind)!;
  return new URLSearchParams(new URL(url).hash.slice(1)).get(kind)!;
};

describe('ID-02: e-mail and password', () => {
  test('a newcomer signs up, gets a mail whose link confirms nothing before a button is pressed, and is then signed in', async () => {
    const [page, person] = [browser(), newcomer()];
    const signedUp = await page.post('/sign-up/email', { ...person, locale: 'en' });
    expect([signedUp.status, signedUp.body, signedUp.cookies]).toEqual([200, { done: true }, [expect.stringMatching(/^flow\.joined=[\w-]{43}; .*HttpOnly/)]]);
    expect(await page.person()).toBeNull();
    expect(mails).toEqual([{ kind: 'verify', email: person.email, locale: 'en', url: expect.stringMatching(/^http:\/\/platform\.localhost:\d+\/sign-in#verify=/) as string }]);

    const token = fragment('verify');
    const scanned = await auth.handler(new Request(`${world.ctx.config.urls.platform}/auth/verify-email?token=${token}`));
    expect(scanned.status).toBe(405);
    expect(await world.db.user.findUnique({ where: { email: person.email } })).toMatchObject({ emailVerified: false });
    const { status, cookies, text } = await page.post('/verify-email', { token });
    expect(status).toBe(200);
    expect(cookies.find((cookie) => cookie.startsWith('flow.session_token='))).toMatch(/HttpOnly/i);
    expect(cookies.join()).toMatch(/SameSite=Lax/i);
    expect(text).not.toContain('token');
    expect(await page.person()).toMatchObject({ id: expect.stringMatching(/^usr_[0-9A-Z]{26}$/) as string, email: person.email, name: 'Nora Solveig' });
    expect(await world.db.user.findUnique({ where: { email: person.email } })).toMatchObject({ emailVerified: true, locale: 'en' });
  });

  test('signing out and in; a wrong password and a wrong person are refused alike', async () => {
    const { page, person } = await joined();
    expect((await page.post('/sign-out', {})).status).toBe(200);
    expect(await page.person()).toBeNull();
    const wrong = await page.post('/sign-in/email', { email: person.email, password: 'something else' });
    const nobody = await page.post('/sign-in/email', { email: 'nobody@ondes.example', password });
    expect([wrong.status, wrong.body]).toEqual([401, refused('sign_in_wrong')]);
    expect([nobody.status, nobody.body]).toEqual([wrong.status, wrong.body]);
    expect((await page.post('/sign-in/email', { email: person.email.toUpperCase(), password })).status).toBe(200);
    expect(await page.person()).toMatchObject({ email: person.email });
  });

  test('signing up says the same for an address that has an account; its owner alone hears of it', async () => {
    const { person } = await joined();
    const [fresh, stranger] = [newcomer(), browser()];
    const [unknown, taken] = [await stranger.post('/sign-up/email', fresh), await stranger.post('/sign-up/email', { ...person, email: person.email.toUpperCase(), password: 'un autre mot 2027' })];
    const shape = (cookies: readonly string[]) => cookies.map((cookie) => cookie.replace(/=[\w-]{43};/, '=…;'));
    expect([taken.status, taken.body, shape(taken.cookies)]).toEqual([unknown.status, unknown.body, shape(unknown.cookies)]);
    expect(shape(taken.cookies)).toEqual([expect.stringContaining('flow.joined=…;')]);
    expect(mails).toEqual([
      { kind: 'verify', email: fresh.email, locale: 'fr', url: expect.stringContaining('#verify=') as string },
      { kind: 'known', email: person.email, locale: 'fr', url: `${world.ctx.config.urls.platform}/sign-in` },
    ]);
    // Nor do the passwords that they chose say which was new.
    const [first, second] = [await stranger.post('/sign-in/email', fresh), await stranger.post('/sign-in/email', { email: person.email, password: 'un autre mot 2027' })];
    expect([second.status, second.body, second.cookies]).toEqual([first.status, first.body, first.cookies]);
    expect(first.body).toEqual(refused('sign_in_wrong'));
    expect((await stranger.post('/sign-in/email', person)).status).toBe(200);
  });

  test('whoever never confirmed and signs up again gets the mail again', async () => {
    const person = newcomer();
    await browser().post('/sign-up/email', person);
    await browser().post('/sign-up/email', person);
    expect(mails.map(({ kind }) => kind)).toEqual(['verify', 'verify']);
  });

  test('whoever signs up with somebody else’s address has no password there, even when its owner confirms the address', async () => {
    const [thief, owner, person] = [browser(), browser(), newcomer()];
    await thief.post('/sign-up/email', person);
    const confirmed = await owner.post('/verify-email', { token: fragment('verify') });
    expect([confirmed.status, confirmed.body]).toEqual([200, { done: true, lacks: 'password' }]);
    expect(await owner.person()).toMatchObject({ email: person.email });
    expect((await thief.post('/sign-in/email', person)).body).toEqual(refused('sign_in_wrong'));
    expect(await thief.person()).toBeNull();

    expect((await owner.post('/set-password', { newPassword: 'court' })).body).toEqual(refused('password_weak', { why: 'short' }));
    expect((await thief.post('/set-password', { newPassword: password })).body).toEqual(refused('signed_out'));
    expect((await owner.post('/set-password', { newPassword: 'canal-sous-la-pluie' })).body).toEqual({ done: true });
    // Whoever has one changes it, by saying it.
    expect((await owner.post('/set-password', { newPassword: 'canal-sous-le-givre' })).body).toEqual(refused('input_invalid', { field: 'newPassword' }));
    expect((await browser().post('/sign-in/email', { ...person, password: 'canal-sous-la-pluie' })).status).toBe(200);
    expect((await thief.post('/sign-in/email', person)).body).toEqual(refused('sign_in_wrong'));
  });

  test('nor when its owner had the same idea a moment later', async () => {
    const [thief, owner, person] = [browser(), browser(), newcomer()];
    await thief.post('/sign-up/email', person);
    await owner.post('/sign-up/email', { ...person, password: 'canal-sous-la-pluie' });
    expect((await owner.post('/verify-email', { token: fragment('verify') })).body).toEqual({ done: true, lacks: 'password' });
    expect((await thief.post('/sign-in/email', person)).body).toEqual(refused('sign_in_wrong'));
  });

  test('a password that came by mail is its owner’s, and stays', async () => {
    const [thief, owner, person] = [browser(), browser(), newcomer()];
    await thief.post('/sign-up/email', person);
    await owner.post('/request-password-reset', { email: person.email });
    await owner.post('/reset-password', { token: fragment('reset'), newPassword: 'canal-sous-la-pluie' });
    expect((await thief.post('/sign-in/email', person)).body).toEqual(refused('sign_in_wrong'));
    expect((await owner.post('/sign-in/email', { ...person, password: 'canal-sous-la-pluie' })).status).toBe(200);
    expect(await owner.person()).toMatchObject({ email: person.email });
  });

  test('one address is guessed at and written to only so often, from wherever it comes', async () => {
    const { person } = await joined();
    const from = (path: string, body: object) => { callers += 1; return browser().post(path, body); };
    const guesses = [];
    for (let i = 0; i < 31; i += 1) guesses.push((await from('/sign-in/email', { email: i % 2 ? person.email : person.email.toUpperCase(), password: `wrong guess ${i}` })).status);
    expect([guesses[0], guesses[29], guesses[30]]).toEqual([401, 401, 429]);
    const nobody = [];
    for (const path of ['/sign-in/magic-link', '/request-password-reset', '/send-verification-email', '/sign-in/magic-link', '/sign-up/email', '/request-password-reset']) {
      nobody.push((await from(path, { name: 'Nobody', email: 'nobody@flood.example', password })).status);
    }
    expect(nobody).toEqual([200, 200, 200, 200, 200, 429]);
  });

  test('a token that cannot be one is a dead link, and no fault of ours', async () => {
    for (const token of ['\0', '\ud800', 'a b', '', 'é', '%00']) {
      expect((await browser().post('/magic-link/verify', { token })).body, token).toEqual(refused('link_dead'));
      expect((await browser().post('/verify-email', { token })).body, token).toEqual(refused('link_dead'));
      expect((await browser().post('/reset-password', { token, newPassword: password })).body, token).toEqual(refused('link_dead'));
    }
    expect((await browser().post('/sign-up/email', { ...newcomer(), name: 'a\ud800' })).body).toEqual(refused('input_invalid', { field: 'name' }));
  });

  test('ID-07: weak passwords are refused, with the reason', async () => {
    const page = browser();
    expect((await page.post('/sign-up/email', { ...newcomer(), password: 'court' })).body).toEqual(refused('password_weak', { why: 'short' }));
    expect((await page.post('/sign-up/email', { ...newcomer(), password: 'Motdepasse2026' })).body).toEqual(refused('password_weak', { why: 'common' }));
    expect((await page.post('/sign-up/email', { ...newcomer(), email: 'pas une adresse' })).body).toEqual(refused('input_invalid', { field: 'email' }));
  });

  test('a new password by mail signs every other browser out, once', async () => {
    const { page, person } = await joined();
    expect((await browser().post('/request-password-reset', { email: 'nobody@ondes.example' })).body).toEqual({ done: true });
    expect(mails.filter(({ kind }) => kind === 'reset')).toEqual([]);
    expect((await browser().post('/request-password-reset', { email: person.email })).body).toEqual({ done: true });
    const token = fragment('reset');
    const rows = await world.db.verification.findMany();
    expect(JSON.stringify(rows)).not.toContain(token);
    expect((await browser().post('/reset-password', { token, newPassword: '1234567890' })).body).toEqual(refused('password_weak', { why: 'common' }));
    expect((await browser().post('/reset-password', { token, newPassword: 'canal-sous-la-brume' })).status).toBe(200);
    expect((await browser().post('/reset-password', { token, newPassword: 'canal-sous-la-neige' })).body).toEqual(refused('link_dead'));
    expect(await page.person()).toBeNull();
    expect((await page.post('/sign-in/email', { email: person.email, password: 'canal-sous-la-brume' })).status).toBe(200);
  });
});

describe('ID-05: a link by mail', () => {
  test('signs in once, only in the browser that asked, and only when a button acts', async () => {
    const [page, elsewhere] = [browser(), browser()];
    const email = `magie${people += 1}@ondes.example`;
    expect((await page.post('/sign-in/magic-link', { email, name: 'Ada' }, { 'accept-language': 'en-GB,fr;q=0.5' })).status).toBe(200);
    expect(mails).toMatchObject([{ kind: 'magic', email, locale: 'en' }]);
    const token = fragment('magic');
    expect((await auth.handler(new Request(`${world.ctx.config.urls.platform}/auth/magic-link/verify?token=${token}`))).status).toBe(405);
    expect((await elsewhere.post('/magic-link/verify', { token })).body).toEqual(refused('link_dead'));
    const done = await page.post('/magic-link/verify', { token });
    expect([done.status, done.body]).toEqual([200, { done: true }]);
    expect(await page.person()).toMatchObject({ email, name: 'Ada' });
    expect(await world.db.user.findUnique({ where: { email } })).toMatchObject({ emailVerified: true });
    expect((await page.post('/magic-link/verify', { token })).body).toEqual(refused('link_dead'));
    expect(page.jar.has('flow.magic')).toBe(false);
  });

  test('whoever signed up with an address that is not theirs loses it to its owner', async () => {
    const [thief, owner, person] = [browser(), browser(), newcomer()];
    await thief.post('/sign-up/email', person);
    await owner.post('/sign-in/magic-link', { email: person.email });
    await owner.post('/magic-link/verify', { token: fragment('magic') });
    expect(await owner.person()).toMatchObject({ email: person.email });
    expect(await thief.person()).toBeNull();
    expect((await thief.post('/sign-in/email', person)).body).toEqual(refused('sign_in_wrong'));
  });

  test('leads back to the address that the person stood on', async () => {
    await browser(world.ctx.config.urls.platformFallback).post('/sign-in/magic-link', { email: 'a@ondes.example' });
    expect(mails[0]?.url.startsWith(`${world.ctx.config.urls.platformFallback}/sign-in#magic=`)).toBe(true);
  });
});

describe('sessions', () => {
  test('ID-08: eight idle hours end one; being asked keeps it', async () => {
    const { page } = await joined();
    const { id } = (await page.person())!;
    const soon = new Date(Date.now() + 600_000);
    await world.db.session.updateMany({ where: { userId: id }, data: { expiresAt: soon } });
    expect(await page.person()).not.toBeNull();
    const { expiresAt } = await world.db.session.findFirstOrThrow({ where: { userId: id } });
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 7.9 * 3_600_000);
    await world.db.session.updateMany({ where: { userId: id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect(await page.person()).toBeNull();
  });

  test('a cookie that was made up opens nothing', async () => {
    const { page } = await joined();
    const [token = ''] = page.jar.get('flow.session_token')!.split('.');
    page.jar.set('flow.session_token', `${token}.forged`);
    expect(await page.person()).toBeNull();
  });

  test('other pages cannot post here, and other paths do not exist', async () => {
    const foreign = await browser('https://evil.example').post('/sign-in/email', newcomer());
    expect([foreign.status, foreign.body]).toEqual([403, refused('origin_not_allowed', { origin: 'https://evil.example' })]);
    for (const path of ['/get-session', '/list-sessions', '/delete-user', '/sign-in/social', '/ok', '/reset-password/abc']) {
      expect((await browser().post(path, {})).status, path).toBe(404);
    }
  });

  test('guessing is limited by address, and only by that address', async () => {
    const { page, person } = await joined();
    const answers = [];
    for (let i = 0; i < 22; i += 1) answers.push(await page.post('/sign-in/email', { email: person.email, password: `wrong guess ${i}` }, { 'x-forwarded-for': `203.0.113.${i}` }));
    expect(answers.slice(0, 20).every(({ status }) => status === 401)).toBe(true);
    expect(answers.at(-1)).toMatchObject({ status: 429, body: refused('rate_limited') });
    callers += 1;
    expect((await browser().post('/sign-in/email', { email: person.email, password })).status).toBe(200);
  });

  test('who has a network of their own is one asker, by whichever of its addresses they come', async () => {
    const from = async (ip: string, i: number) => (await browser().post('/sign-in/email', { email: `nobody${i}@ondes.example`, password }, { 'x-flow-ip': ip })).status;
    const answers = [];
    for (let i = 0; i < 21; i += 1) answers.push(await from(`2001:db8:7:7:${i}::1`, i));
    expect([answers[0], answers[19], answers[20]]).toEqual([401, 401, 429]);
    expect(await from('2001:db8:7:8::1', 21)).toBe(401);
  });
});
