/**
 * Makes and applies migrations, in Prisma's own layout: a machine with network may run `prisma migrate deploy` on the same folder.
 *
 *   node --import tsx prisma/migrate.ts deploy         applies what is missing to DATABASE_URL, or to the embedded database
 *   node --import tsx prisma/migrate.ts dev NAME       writes a migration for what changed in prisma/schema, and applies it
 *   node --import tsx prisma/migrate.ts status         says what is missing, changed or failed
 *   node --import tsx prisma/migrate.ts diff           prints the SQL between the migrations and prisma/schema
 *   node --import tsx prisma/migrate.ts init           writes the first migration anew from prisma/schema
 *
 * `init` is for the time before the first release alone: databases that have the old first migration must be thrown away
 * (remove .data). Whoever changes prisma/schema then runs it, and `node scripts/generate.mjs` for the client.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MigrationList, SchemasContainer } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { openEngine } from './engine.ts';

const filters = { externalTables: [], externalEnums: [] };
const first = '20261121000000_init';

/** The folder with our package.json: this file stands elsewhere once it is bundled. */
function findRoot(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : findRoot(path.dirname(folder));
}

const prismaFolder = path.join(findRoot(import.meta.dirname), 'prisma');
const migrationsFolder = path.join(prismaFolder, 'migrations');

interface Migration {
  readonly name: string;
  readonly sql: string;
}

const readMigrations = (): Migration[] => readdirSync(migrationsFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()
  .map((name) => ({ name, sql: readFileSync(path.join(migrationsFolder, name, 'migration.sql'), 'utf8') }));

const readSchema = (): SchemasContainer => ({
  files: readdirSync(path.join(prismaFolder, 'schema')).filter((name) => name.endsWith('.prisma')).sort()
    .map((name) => ({ path: `prisma/schema/${name}`, content: readFileSync(path.join(prismaFolder, 'schema', name), 'utf8') })),
});

const listOf = (migrations: readonly Migration[]): MigrationList => ({
  baseDir: migrationsFolder,
  shadowDbInitScript: '',
  lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
  migrationDirectories: migrations.map(({ name, sql }) => ({ path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } } })),
});

async function withEngine<T>(url: string, work: (engine: Awaited<ReturnType<typeof openEngine>>['engine']) => Promise<T>): Promise<T> {
  const { engine, close } = await openEngine(readSchema().files.map((file) => [file.path, file.content]), url);
  try {
    return await work(engine);
  } catch (error) {
    throw new Error(`The schema engine refused: ${error instanceof Error ? error.message : JSON.stringify(error)}`, { cause: error });
  } finally {
    await close();
  }
}

/** A name that holds the migrations as they are now: a database made from them may be kept under it. */
export function migrationsHash(): string {
  const hash = createHash('sha256').update(String(workerMigrations()));
  for (const { name, sql } of readMigrations()) hash.update(`\n${name}\n${sql}`);
  return hash.digest('hex').slice(0, 12);
}

/** How many migrations the job queue's package brings. */
const workerMigrations = () =>
  readdirSync(path.join(path.dirname(createRequire(import.meta.url).resolve('graphile-worker/package.json')), 'sql')).filter((name) => name.endsWith('.sql')).length;

/**
 * Brings the database at `url` to our migrations and to those of the job queue, and says which were applied. With nothing to do
 * it costs two queries. Several processes may call it at once: one works, the others wait.
 *
 * @throws Error for the operator when a migration failed half-way, or was changed after it had been applied.
 */
export async function deploy(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    if (await upToDate(client)) return [];
    // 6_010_001: any number that is not Prisma's own 72_707_369, which the engine takes meanwhile.
    await client.query('SELECT pg_advisory_lock(6010001)');
    if (await upToDate(client)) return [];
    const { appliedMigrationNames } = await withEngine(url, (engine) => engine.applyMigrations({ migrationsList: listOf(readMigrations()), filters }));
    const { runMigrations } = await import('graphile-worker');
    await runMigrations({ connectionString: url });
    return appliedMigrationNames;
  } finally {
    await client.end();
  }
}

async function upToDate(client: pg.Client): Promise<boolean> {
  const { rows: [tables] } = await client.query<{ ours: string | null; queue: string | null }>(`SELECT to_regclass('_prisma_migrations') AS ours, to_regclass('graphile_worker.migrations') AS queue`);
  if (!tables?.ours || !tables.queue) return false;
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL
     UNION ALL SELECT 'queue', coalesce(max(id), 0)::text, true FROM graphile_worker.migrations`);
  const applied = new Map(rows.map((row) => [row.name, row]));
  const queue = Number(applied.get('queue')?.checksum);
  const ours = readMigrations().map(({ name, sql }) => ({ name, here: createHash('sha256').update(sql).digest('hex'), there: applied.get(name)?.checksum }));
  const edited = ours.find(({ here, there }) => there !== undefined && here !== there);
  if (edited) throw new Error(`Migration ${edited.name} was changed after this database had it. In development, remove the database (.data/pg) to start afresh; elsewhere, bring the file back.`);
  return queue >= workerMigrations() && rows.every(({ finished }) => finished) && ours.every(({ there }) => there !== undefined);
}

/** What separates the migrations from prisma/schema, as SQL; empty when they say the same. Needs a server for a shadow database. */
export async function diff(url: string): Promise<string> {
  const { stdout } = await withEngine(url, (engine) => engine.diff({
    from: { tag: 'migrations', ...listOf(readMigrations()) }, to: { tag: 'schemaDatamodel', ...readSchema() },
    script: true, exitCode: null, filters,
  }));
  return stdout?.includes('This is an empty migration') ? '' : stdout ?? '';
}

async function status(url: string): Promise<string> {
  const found = await withEngine(url, (engine) => engine.diagnoseMigrationHistory({ migrationsList: listOf(readMigrations()), optInToShadowDatabase: false, filters }));
  const { history, failedMigrationNames, editedMigrationNames } = found;
  const parts = [
    history ? JSON.stringify(history) : '', failedMigrationNames.length > 0 ? `failed: ${failedMigrationNames.join(', ')}` : '',
    editedMigrationNames.length > 0 ? `changed after they were applied: ${editedMigrationNames.join(', ')}` : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join('\n') : 'The database has every migration.';
}

async function dev(url: string, name: string | undefined): Promise<string> {
  if (!name || !/^[a-z0-9_]+$/.test(name)) throw new Error('A migration needs a name in small letters: dev add_rider.');
  await deploy(url);
  const made = await withEngine(url, (engine) => engine.createMigration({ draft: false, migrationName: name, migrationsList: listOf(readMigrations()), schema: readSchema(), filters }));
  if (!made.migrationScript) return 'Nothing changed in prisma/schema.';
  write(made.generatedMigrationName, made.migrationScript);
  await deploy(url);
  return `Written and applied: prisma/migrations/${made.generatedMigrationName}`;
}

async function init(url: string): Promise<string> {
  const { stdout } = await withEngine(url, (engine) => engine.diff({
    from: { tag: 'empty' }, to: { tag: 'schemaDatamodel', ...readSchema() }, script: true, exitCode: null, filters,
  }));
  write(first, stdout ?? '');
  writeFileSync(path.join(migrationsFolder, 'migration_lock.toml'), 'provider = "postgresql"\n');
  return `Written anew: prisma/migrations/${first}`;
}

function write(name: string, sql: string): void {
  mkdirSync(path.join(migrationsFolder, name), { recursive: true });
  writeFileSync(path.join(migrationsFolder, name, 'migration.sql'), sql);
}

async function main([command, name]: readonly string[]): Promise<string> {
  const commands: Readonly<Record<string, (url: string) => Promise<string>>> = {
    deploy: async (url) => (await deploy(url)).map((applied) => `applied ${applied}`).join('\n') || 'Nothing to do.',
    dev: (url) => dev(url, name),
    status,
    init,
    diff: async (url) => await diff(url) || 'The migrations and prisma/schema say the same.',
  };
  const chosen = commands[command ?? ''];
  if (!chosen) throw new Error('Say what to do: deploy, dev NAME, status, diff or init.');
  const { readConfig } = await import('../server/core/config.ts');
  const { startEmbedded } = await import('../server/core/embedded.ts');
  const config = readConfig(process.env);
  if (config.databaseUrl) return chosen(config.databaseUrl);
  const embedded = await startEmbedded({ dir: path.join(config.dataDir, 'pg') });
  return chosen(embedded.url).finally(() => embedded.stop());
}

// Asked by itself, and not as a part of the built server.
if (import.meta.filename.endsWith('migrate.ts') && import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    console.log(await main(process.argv.slice(2)));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
