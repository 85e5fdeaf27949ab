import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, type SqlDriverAdapter, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';

/** Prisma's own schema engine, as WebAssembly: the stock command downloads a program, which a machine without network cannot. */
export async function openEngine(datamodels: [string, string][], url: string): Promise<{ engine: SchemaEngine; close: () => Promise<void> }> {
  const bg = await (loaded ??= loadEngine());
  const factory = new MigrationPg(url);
  const engine = await bg.SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory));
  return { engine, close: () => factory.close() };
}

interface Engine {
  readonly SchemaEngine: typeof SchemaEngine;
  readonly __wbg_set_wasm: (exports: WebAssembly.Exports) => void;
}

// Its glue is one module with one memory: a second instance would write into the first.
let loaded: Promise<Engine> | undefined;

async function loadEngine(): Promise<Engine> {
  // Without this registry a panic of the engine becomes a TypeError that hides its text.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => { console.error(text); } } });
  // The package's main file imports the .wasm, which Node 20 does not: its glue is loaded and joined by hand.
  const bg = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as Engine;
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const { instance } = await WebAssembly.instantiate(await readFile(path.join(folder, 'schema_engine_bg.wasm')), { './schema_engine_bg.js': bg as unknown as WebAssembly.ModuleImports });
  bg.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bg;
}

/** PostgreSQL's `"char"`, which adapter-pg 7.10 does not know, and the type it may be read as. */
const quotedChar = 18;
const paddedChar = 1042;

/** Prisma's adapter, made fit for migrations; shadow databases are dropped, whatever happens. */
class MigrationPg implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = '@prisma/adapter-pg';
  readonly #url: string;
  readonly #open: (() => Promise<void>)[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  connect(): Promise<SqlDriverAdapter> {
    return this.#connect(this.#url);
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const name = `prisma_shadow_${crypto.randomUUID().replaceAll('-', '')}`;
    await this.#ask(`CREATE DATABASE "${name}"`);
    const url = new URL(this.#url);
    url.pathname = `/${name}`;
    const drop = () => this.#ask(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    this.#open.push(drop);
    const adapter = await this.#connect(url.href);
    const dispose = adapter.dispose.bind(adapter);
    return Object.assign(adapter, { dispose: () => dispose().then(drop) });
  }

  async close(): Promise<void> {
    for (const close of this.#open.reverse()) await close();
  }

  async #ask(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  }

  async #connect(connectionString: string): Promise<SqlDriverAdapter> {
    const pool = new pg.Pool({ connectionString, max: 2 });
    pool.on('error', () => undefined); // A shadow database that is dropped cuts its idle connections.
    this.#open.push(async () => { if (!pool.ended) await pool.end(); });
    const adapter = await new PrismaPg(pool).connect();
    const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult | undefined>;
    let chars: number[] = [];
    const patched = async (...args: unknown[]) => {
      const result = await query(...args);
      chars = [];
      result?.fields.forEach((field, i) => {
        if (field.dataTypeID !== quotedChar) return;
        chars.push(i);
        field.dataTypeID = paddedChar;
      });
      return result;
    };
    Object.assign(pool, { query: patched });
    const queryRaw = adapter.queryRaw.bind(adapter);
    return Object.assign(adapter, {
      queryRaw: async (asked: Parameters<typeof queryRaw>[0]) => {
        const result = await queryRaw(asked);
        for (const i of chars) result.columnTypes[i] = ColumnTypeEnum.Character;
        return result;
      },
      // Its own version cuts a script at every `;`, and so through the bodies of functions.
      executeScript: async (script: string) => {
        try {
          await query(script);
        } catch (error) {
          (adapter as unknown as { onError: (error: unknown) => never }).onError(error);
        }
      },
    });
  }
}
