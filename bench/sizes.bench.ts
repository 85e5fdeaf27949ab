import { spawnSync } from 'node:child_process';

/* What a visitor of a partner's page pays, in bytes after gzip. `npm run sizes` says which of them are over their limits. */
const node = (...args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  // Figures over their limit are figures all the same.
  if (status !== 0 && !stdout.startsWith('{')) throw new Error(stderr);
  return stdout;
};
process.stderr.write(node('build.mjs', 'widgets'));
console.log(JSON.stringify({ bench: 'sizes', ...JSON.parse(node('sizes.mjs', '--json')) as object }));
