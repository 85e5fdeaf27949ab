import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isPublic, maySend, postToWeb, readWebPage } from './web.ts';

const pages: Record<string, RequestListener> = {
  '/': (_, res) => { res.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': "default-src 'self'" }).end('<h1>Page</h1>'); },
  '/moved': (_, res) => { res.writeHead(302, { location: '/' }).end(); },
  '/inwards': (_, res) => { res.writeHead(302, { location: 'http://127.0.0.1:1/secret' }).end(); },
  '/metadata': (_, res) => { res.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end(); },
  '/file': (_, res) => { res.writeHead(302, { location: 'file:///etc/passwd' }).end(); },
  '/round': (_, res) => { res.writeHead(302, { location: '/round' }).end(); },
  '/picture': (_, res) => { res.writeHead(200, { 'content-type': 'image/png' }).end('x'); },
  '/long': (_, res) => { res.writeHead(200, { 'content-type': 'text/html' }); const more = () => { while (res.write('<p>'.repeat(20_000))); }; res.on('drain', more); more(); },
  '/packed': (_, res) => { res.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(gzipSync('<p>'.repeat(5_000_000))); },
  '/broken': (_, res) => { res.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end('no gzip'); },
  '/silent': () => undefined,
  '/echo': (req, res) => { req.pipe(res.writeHead(418, { 'x-sent': req.headers['webhook-id'] })); },
};
let server: Server;
let port = 0;
beforeAll(async () => {
  server = createServer((req, res) => { (pages[req.url ?? ''] ?? ((_, missing) => { missing.writeHead(404, { 'content-type': 'text/html' }).end('nothing'); }))(req, res); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => { server.closeAllConnections(); await new Promise((resolve) => { server.close(resolve); }); });

const local = (path: string) => readWebPage(`http://theatre.localhost:${port}${path}`, { local: true });

test('a page is read with its headers, through redirects', async () => {
  for (const path of ['/', '/moved']) {
    expect(await local(path)).toMatchObject({ outcome: 'read', status: 200, url: `http://theatre.localhost:${port}/`, html: '<h1>Page</h1>', headers: { 'content-security-policy': "default-src 'self'" } });
  }
  expect(await local('/nothing')).toMatchObject({ outcome: 'read', status: 404 });
});

test.each([
  ['/inwards', 'address_refused'], ['/metadata', 'address_refused'], ['/file', 'address_refused'], ['/round', 'redirects'], ['/picture', 'no_page'], ['/broken', 'unreachable'],
])('%s is %s', async (path, outcome) => {
  expect(await local(path)).toMatchObject({ outcome });
});

test('no more of a page is read than is needed, however it is packed', async () => {
  for (const path of ['/long', '/packed']) {
    const page = await local(path);
    expect(page).toMatchObject({ outcome: 'read' });
    expect(page.outcome === 'read' && page.html.length).toBe(1_500_000);
  }
});

test('who says nothing is not waited for', async () => {
  expect(await readWebPage(`http://localhost:${port}/silent`, { local: true, patienceMs: 300 })).toMatchObject({ outcome: 'slow' });
});

test.each([
  'http://localhost/', 'http://theatre.localhost:4001/', 'http://127.0.0.1/', 'http://127.1/', 'http://0x7f000001/', 'http://2130706433/', 'http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'http://10.0.0.1/', 'http://169.254.169.254/latest/meta-data/',
  'http://[fd00::1]/', 'http://[64:ff9b::7f00:1]/', 'http://router/', 'https://theatre.example:8443/', 'http://theatre.example:22/', 'ftp://theatre.example/', 'file:///etc/passwd', 'gopher://theatre.example/', 'https://a:b@theatre.example/', 'nonsense',
])('%s is asked by nobody', async (address) => {
  let asked = false;
  expect(await readWebPage(address, { local: false, resolve: () => { asked = true; return Promise.resolve([{ address: '93.184.216.34', family: 4 }]); } })).toEqual({ outcome: 'address_refused', url: address });
  expect(asked).toBe(false);
});

test.each([
  ['a private address', [{ address: '192.168.1.1', family: 4 }]], ['one private address among others', [{ address: '93.184.216.34', family: 4 }, { address: '10.0.0.7', family: 4 }]],
  ['this machine', [{ address: '::1', family: 6 }]], ['no address at all', []],
])('a name that leads to %s is not asked', async (_, found) => {
  expect(await readWebPage('http://rebound.example/', { local: true, resolve: () => Promise.resolve(found) })).toMatchObject({ outcome: 'address_refused' });
});

test('a name that nobody has is said to be one', async () => {
  const resolve = () => Promise.reject(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }));
  expect(await readWebPage('https://nobody.example/', { local: false, resolve })).toMatchObject({ outcome: 'unknown_host' });
});

test.each([
  ['93.184.216.34', true], ['1.1.1.1', true], ['2606:2800:220:1::1', true], ['172.15.255.255', true], ['172.32.0.1', true],
  ['0.0.0.0', false], ['172.16.0.1', false], ['172.31.255.255', false], ['100.64.0.1', false], ['198.18.0.1', false], ['224.0.0.1', false], ['255.255.255.255', false],
  ['::', false], ['fe80::1', false], ['fc00::1', false], ['ff02::1', false], ['2001:db8::1', false], ['2002:7f00:1::', false], ['::ffff:8.8.8.8', false], ['theatre.example', false],
])('%s is public: %s', (address, expected) => {
  expect(isPublic(address)).toBe(expected);
});

test.each([
  // As an address is typed: whole, mapped, in decimal, octal and hexadecimal figures, shortened.
  ['https://theatre.example/hook', true], ['https://theatre.example:8443/hook?a=1', true], ['https://93.184.216.34/', true], ['https://[2606:2800:220:1::1]/', true],
  ['http://theatre.example/', false], ['ftp://theatre.example/', false], ['file:///etc/passwd', false], ['nonsense', false], ['https://a:b@theatre.example/', false], ['https://router/', false],
  ['https://localhost/', false], ['https://hook.localhost/', false], ['https://127.0.0.1/', false], ['https://127.1/', false], ['https://2130706433/', false], ['https://0177.0.0.1/', false], ['https://017700000001/', false], ['https://0x7f000001/', false],
  ['https://0x7f.0.0.1/', false], ['https://0/', false], ['https://0.0.0.0/', false], ['https://10.0.0.1/', false], ['https://167772161/', false], ['https://012.0.0.1/', false], ['https://172.16.0.1/', false], ['https://192.168.1.1/', false], ['https://100.64.0.1/', false],
  ['https://169.254.169.254/latest/meta-data/', false], ['https://2852039166/', false], ['https://224.0.0.1/', false], ['https://255.255.255.255/', false], ['https://[::1]/', false], ['https://[::]/', false], ['https://[::ffff:127.0.0.1]/', false], ['https://[::ffff:7f00:1]/', false],
  ['https://[::ffff:169.254.169.254]/', false], ['https://[64:ff9b::a9fe:a9fe]/', false], ['https://[2002:7f00:1::]/', false], ['https://[fe80::1]/', false], ['https://[fd00:ec2::254]/', false], ['https://[ff02::1]/', false],
])('a message may be sent to %s: %s', async (address, may) => {
  expect(maySend(address, { local: false })).toBe(may);
  let asked = false;
  if (!may) expect(await postToWeb(address, { headers: {}, body: '{}' }, { local: false, patienceMs: 300, resolve: () => { asked = true; return Promise.resolve([{ address: '93.184.216.34', family: 4 }]); } })).toEqual({ outcome: 'address_refused' });
  expect(asked).toBe(false);
});

test.each([
  ['a private address', [{ address: '192.168.1.1', family: 4 }]], ['one private address among others', [{ address: '93.184.216.34', family: 4 }, { address: '10.0.0.7', family: 4 }]], ['a mapped one', [{ address: '::ffff:127.0.0.1', family: 6 }]],
  ['this machine', [{ address: '127.0.0.1', family: 4 }]], ['the cloud’s own', [{ address: '169.254.169.254', family: 4 }]], ['no address at all', []],
])('a message is not sent to a name that leads to %s when it is connected to', async (_, found) => {
  expect(await postToWeb('https://rebound.example/', { headers: {}, body: '{}' }, { local: true, patienceMs: 1_000, resolve: () => Promise.resolve(found) })).toEqual({ outcome: 'address_refused' });
});

test('a message is sent once, and of the answer no more is read than its beginning', async () => {
  const send = (path: string, body = '{"a":"é"}', patienceMs = 2_000) => postToWeb(`http://hook.localhost:${port}${path}`, { headers: { 'webhook-id': 'evt_1' }, body }, { local: true, patienceMs });
  expect(await send('/echo')).toEqual({ outcome: 'answered', status: 418, body: '{"a":"é"}' });
  expect(await send('/metadata')).toMatchObject({ outcome: 'answered', status: 302 });
  expect(await send('/silent', '{}', 300)).toEqual({ outcome: 'slow' });
  const long = await send('/long');
  expect(long.outcome === 'answered' && long.body.length).toBe(4_096);
  expect(await postToWeb('http://hook.localhost:1/', { headers: {}, body: '{}' }, { local: true, patienceMs: 2_000 })).toEqual({ outcome: 'unreachable' });
});
