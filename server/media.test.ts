import { expect, test } from 'vitest';
import { serveMedia } from './media.ts';

type Asked = Parameters<typeof serveMedia>;

const files: Readonly<Record<string, { bytes: Uint8Array; mime: string; isPublic: boolean; name: string }>> = {
  fil_1: { bytes: Buffer.from('%PDF-1.7'), mime: 'application/pdf', isPublic: true, name: 'Fiche d’accueil "été".pdf' },
  fil_2: { bytes: Buffer.from('avif'), mime: 'image/avif', isPublic: true, name: 'a' },
  fil_3: { bytes: Buffer.from('%PDF-1.7'), mime: 'application/pdf', isPublic: false, name: 'contrat.pdf' },
};
const app = serveMedia(
  { db: { file: { findUnique: ({ where }: { where: { id: string } }) => Promise.resolve(files[where.id] ?? null) } }, log: { error: () => undefined } } as unknown as Asked[0],
  { limits: { caller: () => Promise.resolve() } as unknown as Asked[1]['limits'], addressOf: () => '192.0.2.1' },
);

test('PR-03: a document is saved under its name and never opened on the origin of uploads', async () => {
  const answer = await app.request('/fil_1');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename*=UTF-8\'\'Fiche%20d%E2%80%99accueil%20%22%C3%A9t%C3%A9%22.pdf');
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test('a picture is shown where it is asked for; what is not public is not there', async () => {
  const answer = await app.request('/fil_2', { headers: { range: 'bytes=1-2' } });
  expect([answer.status, await answer.text(), answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([206, 'vi', 'image/avif', null]);
  expect((await app.request('/fil_3')).status).toBe(404);
  expect((await app.request('/fil_9')).status).toBe(404);
});
