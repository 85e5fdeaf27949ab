import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Gets Debian packages that a test cannot do without: as root on Debian they are installed, elsewhere the command to run is said.
 *
 * @param {string} what What is missing, in words.
 * @param {string[]} packages Names of Debian packages.
 * @param {string} elsewhere What somebody without Debian does.
 * @throws Error with the command to run. A test that cannot run fails: it never skips.
 */
export function installOnDebian(what, packages, elsewhere) {
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) {
    const command = `apt-get update && apt-get ${install.join(' ')}`;
    throw new Error(`There is no ${what} here. On Debian or Ubuntu run, as root: ${command}\nElsewhere: ${elsewhere}`);
  }
  console.error(`There is no ${what} here: installing ${packages.join(', ')}.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update', '-qq'], ['-qq', ...install]]) {
    // Another process of ours may be installing too: apt waits for its turn.
    const { status } = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed: there is still no ${what}.`);
  }
}
