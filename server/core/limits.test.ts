import { expect, test, vi } from 'vitest';
import { openLimits } from './limits.ts';

const refused = expect.objectContaining({ code: 'rate_limited' }) as Error;

test('whoever has a network of their own is one asker, by whichever of its addresses they come', async () => {
  const limits = openLimits();
  const key = 'pk_test';
  for (let i = 0; i < 5; i += 1) await limits.unproven({ ip: `2001:db8:1:2::${i}`, key });
  await expect(limits.unproven({ ip: '2001:db8:1:2:ffff::9', key })).rejects.toThrow(refused);
  await limits.unproven({ ip: '2001:db8:1:3::9', key });

  const from = (ip: string, i: number) => ({ ip, email: `a${i}@salle.example`, artist: 'les-ondes' });
  for (let i = 0; i < 20; i += 1) await limits.request(from(`2001:db8:1:2::${i}`, i));
  await expect(limits.request(from('2001:db8:1:2::ff', 20))).rejects.toThrow(refused);
  await limits.guest('2001:db8:1:2::1', 240);
  await expect(limits.guest('2001:db8:1:2::2')).rejects.toThrow(refused);
  await limits.caller('::ffff:192.0.2.7', 1_200);
  await expect(limits.caller('192.0.2.7')).rejects.toThrow(refused);
  await limits.caller('192.0.2.8');
});

test('a calendar that looks again by itself takes nothing from who asks something (CL-09)', async () => {
  const limits = openLimits();
  const page = { key: 'pk_test', origin: 'https://salle.example' };
  await limits.look('192.0.2.1', 240);
  await expect(limits.look('192.0.2.1')).rejects.toThrow(refused);
  await limits.lookPage(page, 6_000);
  await expect(limits.lookPage(page)).rejects.toThrow(refused);
  await limits.guest('192.0.2.1', 240);
  await limits.page(page, 3_000);
});

test('an organisation chooses sixty times a minute and five hundred times a day, whoever of it presses (MA-10)', async () => {
  vi.useFakeTimers();
  try {
    const limits = openLimits();
    for (let i = 0; i < 500; i += 1) {
      if (i > 0 && i % 60 === 0) {
        await expect(limits.choice('org_1')).rejects.toThrow(expect.objectContaining({ code: 'rate_limited', details: { seconds: '60' } }) as Error);
        vi.advanceTimersByTime(61_000);
      }
      await limits.choice('org_1');
    }
    vi.advanceTimersByTime(61_000);
    const refusal: unknown = await limits.choice('org_1').catch((error: unknown) => error);
    expect(Number((refusal as { details: { seconds: string } }).details.seconds)).toBeGreaterThan(80_000);
    await limits.choice('org_2');
    vi.advanceTimersByTime(86_400_000);
    await limits.choice('org_1');
  } finally {
    vi.useRealTimers();
  }
});
