import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { deploy, migrationsHash } from '../../prisma/migrate.ts';
import { needPlaces } from '../../scripts/places.mjs';
import { startEmbedded } from './embedded.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL for this run of the tests, and the database that each file clones. */
    database: { readonly url: string; readonly template: string };
  }
}

const prefix = 'flow-test-';

/**
 * Vitest's global setup: one PostgreSQL for the whole run, with one migrated database to clone. It is a copy of a cluster kept in
 * .cache under the hash of the migrations, so that runs beside each other never meet. `DATABASE_URL_TEST` uses that server instead.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  await needPlaces();
  const given = process.env.DATABASE_URL_TEST;
  if (given) return onServer(given, provide);
  sweep();
  const kept = await keptCluster();
  const dir = mkdtempSync(path.join(tmpdir(), prefix));
  copy(kept, dir);
  const embedded = await startEmbedded({ dir, durable: false });
  provide('database', { url: embedded.url.replace(/\/flow$/, '/postgres'), template: 'flow' });
  return async () => {
    await embedded.stop();
    rmSync(dir, { recursive: true });
  };
}

async function onServer(url: string, provide: TestProject['provide']): Promise<() => Promise<void>> {
  const template = `flow_template_${migrationsHash()}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(6010002)`);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount === 0) {
      const address = new URL(url);
      address.pathname = `/${template}_new`;
      await client.query(`DROP DATABASE IF EXISTS ${template}_new`);
      await client.query(`CREATE DATABASE ${template}_new`);
      await deploy(address.href);
      await client.query(`ALTER DATABASE ${template}_new RENAME TO ${template}`);
    }
  } finally {
    await client.end();
  }
  provide('database', { url, template });
  return () => Promise.resolve();
}

/** A stopped cluster whose database `flow` has today's migrations; made when they have changed. */
async function keptCluster(): Promise<string> {
  const folder = path.resolve('.cache/test-database');
  const kept = path.join(folder, migrationsHash());
  if (existsSync(kept)) return kept;
  mkdirSync(folder, { recursive: true });
  const hourMs = 3_600_000;
  for (const name of readdirSync(folder)) if (Date.now() - statSync(path.join(folder, name)).mtimeMs > hourMs) rmSync(path.join(folder, name), { recursive: true });
  const aside = mkdtempSync(`${kept}.`);
  const embedded = await startEmbedded({ dir: aside, durable: false });
  await deploy(embedded.url).finally(() => embedded.stop());
  rmSync(path.join(aside, 'port'));
  try {
    renameSync(aside, kept);
  } catch (error) {
    if (!existsSync(kept)) throw error; // A run beside this one was quicker.
    rmSync(aside, { recursive: true });
  }
  return kept;
}

/** Copies with owners and modes: PostgreSQL reads nothing that is not its own. */
function copy(from: string, to: string): void {
  if (process.platform === 'win32') cpSync(from, to, { recursive: true });
  else execFileSync('cp', ['-a', `${from}/.`, to]);
}

/** Ends what a killed run of the tests left running, and removes its files. */
function sweep(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const dir = path.join(tmpdir(), name);
    const owner = numberIn(path.join(dir, 'owner'));
    if (owner === null || signal(owner, 0)) continue;
    const server = numberIn(path.join(dir, 'cluster/postmaster.pid'));
    if (server !== null) signal(server, 'SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  }
}

function numberIn(file: string): number | null {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch {
    return null;
  }
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
