import './node-check.mjs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/* Writes the database client, server/core/db, from prisma/schema. */

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'node_modules/prisma/build/index.js'), 'generate'], {
  cwd: root,
  encoding: 'utf8',
  // The command insists on a schema engine that it then does not use, and would download one: any program will do.
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
});
if (status !== 0) {
  process.stderr.write(`${stdout}${stderr}`);
  process.exit(status ?? 1);
}
