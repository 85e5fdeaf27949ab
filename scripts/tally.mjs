import path from 'node:path';

/*
 * One last line for every runner: `N passed, N failed`. A test that was skipped counts as failed, and so does a file that could not run
 * and a run without a test: nothing is left out in silence.
 */

/** @param {number} passed @param {number} failed */
export const tallyLine = (passed, failed) => `${passed} passed, ${failed} failed`;

/** The mark of a line that names a failed test: runs say them again at their end, where they are found. */
const mark = 'not passed: ';

/** @param {string} name Of a test, with its file. @param {string | undefined} why The first line of it is told. */
const failureLine = (name, why) => `${mark}${name}${why ? `: ${why.trim().split('\n', 1)[0]}` : ''}`;

/** @param {string} output What a runner printed. @returns {string[]} The lines that name what failed, each once. */
export const readFailures = (output) => [...new Set(output.split('\n').filter((line) => line.startsWith(mark)))];

/** @param {string} output What a runner printed. @returns {{ passed: number, failed: number } | undefined} Its last tally. */
export function readTally(output) {
  const [, passed, failed] = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1) ?? [];
  return passed === undefined ? undefined : { passed: Number(passed), failed: Number(failed) };
}

/** For vitest: `--reporter=./scripts/tally.mjs`. */
export default class VitestTally {
  onTestRunEnd(modules, unhandledErrors) {
    let [passed, failed] = [0, unhandledErrors.length];
    const names = unhandledErrors.map((error) => failureLine('outside of any test', error.message));
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        if (state === 'passed') passed++;
        else {
          failed++;
          names.push(failureLine(`${module.relativeModuleId} > ${test.fullName}`, errors?.[0]?.message ?? state));
        }
      }
      failed += module.errors().length;
      names.push(...module.errors().map((error) => failureLine(module.relativeModuleId, error.message)));
    }
    console.log(['', ...names, tallyLine(passed, failed)].join('\n'));
  }
}

/** For Web Test Runner: one of its `reporters`. */
export const widgetTally = () => ({
  onTestRunFinished({ sessions }) {
    let [passed, failed] = [0, 0];
    const names = [];
    const count = (suite, above) => {
      for (const test of suite?.tests ?? []) {
        if (test.passed && !test.skipped) passed++;
        else {
          failed++;
          names.push(failureLine(`${above} > ${test.name}`, test.error?.message));
        }
      }
      suite?.suites.forEach((inner) => { count(inner, inner.name ? `${above} > ${inner.name}` : above); });
    };
    for (const { testFile, testResults, errors } of sessions) {
      const file = path.relative(process.cwd(), testFile);
      count(testResults, file);
      failed += errors.length;
      names.push(...errors.map(({ message }) => failureLine(file, message)));
    }
    console.log(['', ...names, tallyLine(passed, failed)].join('\n'));
  },
});
