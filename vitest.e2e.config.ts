import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The trial by blows takes longest: it begins first, on one of the two cores. */
class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const length = ({ moduleId }: TestSpecification): number => Number(moduleId.includes('/chaos.'));
    return Promise.resolve(files.toSorted((a, b) => length(b) - length(a) || a.moduleId.localeCompare(b.moduleId)));
  }
}

/* Journeys through the demo sites, two at a time: each starts what it needs on ports of its own and drives a browser with playwright-core. */
export default defineConfig({
  test: { include: ['e2e/**/*.spec.ts'], globalSetup: ['e2e/world.ts'], maxWorkers: 2, sequence: { sequencer: LongestFirst }, testTimeout: 120_000, hookTimeout: 240_000 },
});
