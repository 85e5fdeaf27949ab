import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startEmbedded, type Embedded } from '../../server/core/embedded.ts';
import { pause } from '../product.ts';

/** The built server and its PostgreSQL, each a process that may be ended at any moment. */
export interface Power {
  readonly address: string;
  readonly databaseUrl: string;
  /** Ends it at once, as a power cut would. */
  readonly kill: (what: 'server' | 'database') => Promise<void>;
  /** Brings back whatever is away, and waits until the server answers. */
  readonly restore: () => Promise<void>;
  /** Ends everything well. */
  readonly close: () => Promise<void>;
}

const root = path.resolve(import.meta.dirname, '../..');

/** Starts both on data under `folder`; `env` is what the server is told besides. */
export async function openPower(folder: string, env: Readonly<Record<string, string>>, port: number): Promise<Power> {
  const built = path.join(root, 'dist/server/main.js');
  if (!existsSync(built)) throw new Error('The server is not built: node build.mjs server');
  const dir = path.join(folder, 'pg');
  const address = `http://127.0.0.1:${port}`;
  let database: Embedded | null = await startEmbedded({ dir });
  const databaseUrl = database.url;
  let server: ChildProcess | null = null;

  const running = (child: ChildProcess | null): child is ChildProcess => child !== null && child.exitCode === null && child.signalCode === null;
  const gone = (child: ChildProcess) => new Promise((resolve) => { if (running(child)) child.once('exit', resolve); else resolve(null); });

  function begin(): ChildProcess {
    const shown = Boolean(process.env['SHOW_SERVER']);
    return spawn(process.execPath, [built], {
      cwd: root, stdio: ['ignore', shown ? 'inherit' : 'ignore', shown ? 'inherit' : 'ignore'],
      env: { ...process.env, NODE_ENV: 'development', PORT: String(port), DATA_DIR: folder, LOG_LEVEL: shown ? 'error' : 'fatal', FLOW_CLOCK: 'development', DEMO: 'off', DATABASE_URL: databaseUrl, ...env },
    });
  }
  async function beginDatabase(): Promise<void> {
    for (let tries = 1; database === null; tries += 1) {
      try {
        database = await startEmbedded({ dir });
      } catch (error) {
        // The sessions of the killed one still hold its memory for a moment.
        if (tries === 100) throw error;
        await pause(50);
      }
    }
  }
  async function restore(): Promise<void> {
    await beginDatabase();
    for (let tries = 0; tries < 1_200; tries += 1) {
      if (!running(server)) server = begin();
      if (await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(2_000) }).then((answer) => answer.ok, () => false)) return;
      await pause(50);
    }
    throw new Error('the server did not come back within a minute');
  }
  await restore();
  return {
    address, databaseUrl, restore,
    kill: async (what) => {
      if (what === 'server') {
        if (!running(server)) return;
        server.kill('SIGKILL');
        await gone(server);
        return;
      }
      const lock = readFileSync(path.join(dir, 'cluster/postmaster.pid'), 'utf8');
      process.kill(Number(lock.split('\n')[0]), 'SIGKILL');
      database = null;
    },
    close: async () => {
      if (running(server)) {
        server.kill('SIGTERM');
        await gone(server);
      }
      await beginDatabase();
      await database?.stop();
    },
  };
}
