import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['server/**/*.test.ts', 'prisma/**/*.test.ts', 'scripts/**/*.test.ts', '*.test.ts'],
    globalSetup: ['server/core/test-database.ts'],
    // Each file has a database of its own; the one PostgreSQL serves them all, and needs a core too.
    maxWorkers: 2,
    // Limits for what hangs, and no measure of speed: a contract printed by a browser beside another suite took twenty seconds on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
