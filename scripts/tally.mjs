/*
 * One last line for every runner: `N passed, N failed`. A test that was skipped counts as failed, and so does a file that could not run
 * and a run without a test: nothing is left out in silence.
 */

/** @param {number} passed @param {number} failed */
export const tallyLine = (passed, failed) => `${passed} passed, ${failed} failed`;

/** @param {string} output What a runner printed. @returns {{ passed: number, failed: number } | undefined} Its last tally. */
export function readTally(output) {
  const [, passed, failed] = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1) ?? [];
  return passed === undefined ? undefined : { passed: Number(passed), failed: Number(failed) };
}

/** For vitest: `--reporter=./scripts/tally.mjs`. */
export default class VitestTally {
  onTestRunEnd(modules, unhandledErrors) {
    let [passed, failed] = [0, unhandledErrors.length];
    for (const module of modules) {
      for (const test of module.children.allTests()) test.result().state === 'passed' ? passed++ : failed++;
      failed += module.errors().length;
    }
    console.log(`\n${tallyLine(passed, failed)}`);
  }
}

/** For Web Test Runner: one of its `reporters`. */
export const widgetTally = () => ({
  onTestRunFinished({ sessions }) {
    let [passed, failed] = [0, 0];
    const count = (suite) => {
      for (const test of suite?.tests ?? []) test.passed && !test.skipped ? passed++ : failed++;
      suite?.suites.forEach(count);
    };
    for (const { testResults, errors } of sessions) {
      count(testResults);
      failed += errors.length;
    }
    console.log(`\n${tallyLine(passed, failed)}`);
  },
});
