import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbedded, type Embedded } from './embedded.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'flow-test-embedded-'));
let running: Embedded;

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end());
  return Object.values(rows[0] ?? {})[0];
}

const serverPid = () => Number.parseInt(readFileSync(path.join(dir, 'cluster/postmaster.pid'), 'utf8'), 10);

beforeAll(async () => {
  running = await startEmbedded({ dir });
  await ask(running.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
}, 60_000);
afterAll(async () => {
  await running.stop();
  rmSync(dir, { recursive: true });
});

test('it is heard on this machine alone, and by the password alone, which its owner alone may read', async () => {
  expect(running.origin).toBe('started');
  expect(await ask(running.url, 'SHOW listen_addresses')).toBe('127.0.0.1');
  expect(statSync(path.join(dir, 'password')).mode & 0o777).toBe(0o600);
  await expect(ask(running.url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow('password authentication failed');
});

test('it never runs as root', () => {
  const uid = process.platform === 'linux' ? statSync(`/proc/${serverPid()}`).uid : statSync(path.join(dir, 'cluster')).uid;
  // In a namespace without users the files stay ours, and PostgreSQL sees `nobody`.
  expect(uid === 65_534 || uid === process.getuid?.()).toBe(true);
});

test('a second start joins it, and its stop does not end it', async () => {
  const other = spawn(process.execPath, ['--input-type=module', '--import', 'tsx', '-e', `
    const { startEmbedded } = await import(${JSON.stringify(path.resolve('server/core/embedded.ts'))});
    const joined = await startEmbedded({ dir: ${JSON.stringify(dir)} });
    console.log(joined.origin, joined.url);
    await joined.stop();
  `], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  other.stdout.on('data', (data) => lines.push(String(data)));
  await once(other, 'close');
  expect(lines.join('').trim()).toBe(`shared ${running.url}`);
  expect(await ask(running.url, 'SELECT answer FROM kept')).toBe(42);
});

test('a process that is killed leaves it running; the next one finds it again and owns it', async () => {
  await running.stop();
  const victim = spawn(process.execPath, ['--input-type=module', '--import', 'tsx', '-e', `
    const { startEmbedded } = await import(${JSON.stringify(path.resolve('server/core/embedded.ts'))});
    await startEmbedded({ dir: ${JSON.stringify(dir)} });
    process.kill(process.pid, 'SIGKILL');
  `], { stdio: 'inherit' });
  expect((await once(victim, 'close'))[1]).toBe('SIGKILL');
  const pid = serverPid();
  running = await startEmbedded({ dir });
  expect(running.origin).toBe('attached');
  expect(serverPid()).toBe(pid);
  expect(await ask(running.url, 'SELECT answer FROM kept')).toBe(42);
});

test('killed itself, it recovers what was committed', async () => {
  await ask(running.url, 'INSERT INTO kept VALUES (43)');
  process.kill(serverPid(), 'SIGKILL');
  const before = running.url;
  running = await startEmbedded({ dir });
  expect(running.origin).toBe('started');
  expect(await ask(running.url, 'SELECT max(answer) FROM kept')).toBe(43);
  expect(new URL(running.url).password).toBe(new URL(before).password);
});

test('a lock file whose number went to another program does not hold it up', async () => {
  const lock = readFileSync(path.join(dir, 'cluster/postmaster.pid'), 'utf8');
  await running.stop();
  if (process.platform !== 'linux') return void (running = await startEmbedded({ dir }));
  writeFileSync(path.join(dir, 'cluster/postmaster.pid'), lock.replace(/^\d+/, String(process.pid)));
  running = await startEmbedded({ dir });
  expect(running.origin).toBe('started');
});

test('a taken port is said plainly; a remembered one that is taken is changed', async () => {
  const { port } = new URL(running.url);
  await running.stop();
  const holder = createServer().listen({ port: Number(port), host: '127.0.0.1' });
  await once(holder, 'listening');
  await expect(startEmbedded({ dir, port: (holder.address() as AddressInfo).port })).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken by another program`);
  running = await startEmbedded({ dir });
  expect(new URL(running.url).port).not.toBe(port);
  holder.close();
});

test('a lost password is said plainly', async () => {
  const kept = readFileSync(path.join(dir, 'password'));
  await running.stop();
  rmSync(path.join(dir, 'password'));
  await expect(startEmbedded({ dir })).rejects.toThrow('The password of the database');
  writeFileSync(path.join(dir, 'password'), kept, { mode: 0o600 });
  running = await startEmbedded({ dir });
});
