import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { newSecret, openSecret, sealSecret, signatureOf } from './signed-messages.ts';

const installation = 'a secret of the installation, long enough';
const body = '{"type":"contract.signed","timestamp":"2027-03-01T12:00:00.000Z","data":{"bookingId":"bkg_1é"}}';
const now = () => Math.floor(Date.now() / 1_000);
const headersOf = (secrets: readonly string[], seconds = now(), id = 'evt_1') =>
  ({ 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signatureOf({ id, seconds, body }, secrets) });

test('the signature is the one that the specification’s own example gives (AP-06)', () => {
  // The example of the package’s own README and tests.
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  expect(signatureOf({ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', seconds: 1_614_265_330, body: '{"test": 2432232314}' }, [secret])).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('another reader of the standard takes what we sign, and nothing that was touched (AP-06)', () => {
  const secret = newSecret();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(new Webhook(secret).verify(body, headersOf([secret]))).toMatchObject({ type: 'contract.signed', data: { bookingId: 'bkg_1é' } });
  expect(() => new Webhook(secret).verify(body.replace('bkg_1', 'bkg_2'), headersOf([secret]))).toThrow('No matching signature');
  expect(() => new Webhook(secret).verify(body, { ...headersOf([secret]), 'webhook-id': 'evt_2' })).toThrow('No matching signature');
  expect(() => new Webhook(newSecret()).verify(body, headersOf([secret]))).toThrow('No matching signature');
  expect(() => new Webhook(secret).verify(body, headersOf([secret], now() - 600))).toThrow('too old');
});

test('while a secret is changed, who has the old one and who has the new one both read it (AP-06)', () => {
  const [old, fresh] = [newSecret(), newSecret()];
  const headers = headersOf([fresh, old]);
  expect(headers['webhook-signature'].split(' ')).toHaveLength(2);
  for (const secret of [old, fresh]) expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'contract.signed' });
});

test('a secret is kept so that only this installation reads it, and only for its endpoint', () => {
  const secret = newSecret();
  const sealed = sealSecret(secret, 'whe_1', installation);
  expect(sealed).not.toContain(secret.slice(6, 20));
  expect(sealSecret(secret, 'whe_1', installation)).not.toBe(sealed);
  expect(openSecret(sealed, 'whe_1', installation)).toBe(secret);
  expect(openSecret(sealed, 'whe_2', installation)).toBeNull();
  expect(openSecret(sealed, 'whe_1', `${installation}!`)).toBeNull();
  expect(openSecret(`A${sealed.slice(1)}`, 'whe_1', installation) === secret).toBe(sealed.startsWith('A'));
  expect(openSecret('', 'whe_1', installation)).toBeNull();
});
