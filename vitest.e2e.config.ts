import { defineConfig } from 'vitest/config';

/* Journeys through the demo sites, one after another: each starts what it needs and drives a browser with playwright-core. */
export default defineConfig({
  test: { include: ['e2e/**/*.spec.ts'], fileParallelism: false, testTimeout: 120_000, hookTimeout: 240_000 },
});
