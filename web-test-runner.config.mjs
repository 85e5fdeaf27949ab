import { fileURLToPath } from 'node:url';
import { defaultReporter } from '@web/test-runner';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { chromiumArgs, findBrowser } from './scripts/browser.mjs';
import { widgetTally } from './scripts/tally.mjs';

/* What a widget does, in a real browser. Waiting times are for a machine with two busy cores. */
export default {
  files: 'widgets/**/*.test.ts',
  nodeResolve: { exportConditions: ['development', 'browser'] },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)) })],
  browsers: [playwrightLauncher({ product: 'chromium', launchOptions: { executablePath: findBrowser(), args: chromiumArgs } })],
  concurrency: 1, browserStartTimeout: 60_000, testsStartTimeout: 60_000, testsFinishTimeout: 120_000,
  testFramework: { config: { timeout: 10_000 } },
  testRunnerHtml: (test) => `<!doctype html><html lang="fr"><head><title>Flow Stage</title></head><body><script type="module" src="${test}"></script></body></html>`,
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: false }), widgetTally()],
};
