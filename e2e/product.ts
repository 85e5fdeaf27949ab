import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';

/** The running product, as an operator would start it: a process, a database of its own, seven ports. */
export interface Product {
  /** Where Node reaches the platform; browsers use `origins`. */
  readonly address: string;
  readonly origins: Readonly<Record<'platform' | 'theatre' | 'festival' | 'campsite' | 'town-hall' | 'link-in-bio' | 'media', string>>;
  /** Begins again after a `kill`, on the same data. */
  readonly start: () => Promise<void>;
  /** Ends the server at once, as a power cut would. Its database notices by itself. */
  readonly kill: () => Promise<void>;
  /** The folder of its data. */
  readonly data: string;
  /** Ends everything and removes the data, unless it is to be kept. */
  readonly close: (how?: { keep: boolean }) => Promise<void>;
}

/** A product with a database of its own. */
export interface OwnProduct extends Product {
  /** What an operator does in the database by hand, and how many rows it touched: the bad luck that no page brings. */
  readonly sql: (text: string) => Promise<number>;
}

const root = path.resolve(import.meta.dirname, '..');
const sites = ['theatre', 'festival', 'campsite', 'town-hall', 'link-in-bio'] as const;

/** Starts the product on free ports with an empty database, which becomes the demo world. Ports that somebody took meanwhile are left to them. */
export async function openProduct(env: Readonly<Record<string, string>> = {}): Promise<OwnProduct> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await openOnce(env);
    } catch (error) {
      if (tries === 3 || !String(error).includes('is taken')) throw error;
    }
  }
}

async function openOnce(env: Readonly<Record<string, string>>): Promise<OwnProduct> {
  const base = await freePorts(sites.length + 2);
  const folder = mkdtempSync(path.join(tmpdir(), 'flow-stage-'));
  // A demo world that was laid out before, so that each journey need not wait for its own.
  const laidOut = process.env['PRODUCT_WORLD'];
  if (laidOut) execFileSync('cp', ['-a', `${laidOut}/.`, folder]);
  const address = `http://127.0.0.1:${base}`;
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    // The built server where it was just built, else that of the sources.
    const begun = spawn(process.execPath, process.env['BUILT'] ? ['dist/server/main.js'] : ['--import', 'tsx', 'server/main.ts'], {
      cwd: root, stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'development', PORT: String(base), DATA_DIR: folder, LOG_LEVEL: 'error', FLOW_CLOCK: 'development', DATABASE_URL: '', DEMO: 'on', ...env },
    });
    child = begun;
    const said: string[] = [];
    begun.stdout.on('data', (chunk: Buffer) => { said.push(chunk.toString()); if (process.env['SHOW_SERVER']) process.stderr.write(chunk); });
    begun.stderr.on('data', (chunk: Buffer) => { said.push(chunk.toString()); process.stderr.write(chunk); });
    for (let tries = 0; tries < 1_800; tries += 1) {
      if (begun.exitCode !== null) throw new Error(`the product did not start: ${said.join('').slice(-2_000)}`);
      if (await fetch(`${address}/health/ready`).then((answer) => answer.ok, () => false)) return;
      await pause(100);
    }
    throw new Error(`the product did not open: ${said.join('').slice(-2_000)}`);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    if (!ending || ending.exitCode !== null) return;
    const gone = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await gone;
  };
  await start();
  return {
    address,
    origins: {
      platform: `http://platform.localhost:${base}`, media: `http://media.localhost:${base + 6}`,
      ...Object.fromEntries(sites.map((site, i) => [site, `http://${site}.localhost:${base + 1 + i}`])) as Record<(typeof sites)[number], string>,
    },
    sql: async (text) => {
      const [password, port] = ['password', 'port'].map((name) => readFileSync(path.join(folder, 'pg', name), 'utf8').trim());
      const client = new pg.Client({ host: '127.0.0.1', port: Number(port), user: 'flow', password, database: 'flow' });
      await client.connect();
      try {
        return (await client.query(text)).rowCount ?? 0;
      } finally {
        await client.end();
      }
    },
    start,
    kill: () => end('SIGKILL'),
    data: folder,
    close: async ({ keep } = { keep: false }) => {
      // A killed product left its database running: beginning again and ending well takes it along.
      if (!child || child.exitCode !== null || child.signalCode !== null) await start();
      await end('SIGTERM');
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** The first of `count` ports in a row that nobody holds. */
async function freePorts(count: number): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    // Below those that the system hands out by itself.
    const first = 12_000 + Math.floor(Math.random() * 20_000);
    const free = await Promise.all(Array.from({ length: count }, (_, i) => isFree(first + i)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('no free ports');
}

const isFree = (port: number): Promise<boolean> => new Promise((resolve) => {
  const server = createServer().once('error', () => { resolve(false); }).listen(port, '127.0.0.1', () => { server.close(() => { resolve(true); }); });
});
