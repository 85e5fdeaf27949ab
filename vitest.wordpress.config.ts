import { defineConfig } from 'vitest/config';

/* The plugin in a real WordPress: `npm run test:wordpress` installs what it needs and runs this. */
export default defineConfig({
  test: { include: ['e2e/wordpress/*.test.ts'], fileParallelism: false, testTimeout: 180_000, hookTimeout: 240_000 },
});
