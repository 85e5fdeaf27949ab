import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, findBrowser } from './scripts/browser.mjs';

process.env.STORYBOOK_DISABLE_TELEMETRY = '1';

/* Every state of every widget in a real browser, and axe on each. */
export default defineConfig({
  plugins: [storybookTest({ configDir: fileURLToPath(new URL('.storybook', import.meta.url)) })],
  // Named here, or Vite finds them one by one in mid-run, reloads the page and loads Lit twice.
  optimizeDeps: { include: ['lit', 'lit/decorators.js', 'lit/directive-helpers.js', 'lit/directives/*.js', '@lit/context', '@lit/task', '@trpc/client', '@trpc/server/observable', 'penpal', 'maplibre-gl', 'wavesurfer.js'] },
  test: {
    name: 'stories',
    testTimeout: 30_000,
    browser: {
      enabled: true, headless: true, screenshotFailures: false, instances: [{ browser: 'chromium' }],
      provider: playwright({ launchOptions: { executablePath: findBrowser(), args: chromiumArgs } }),
    },
  },
});
