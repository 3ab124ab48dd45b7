/**
 * Checks the titles of the commits since the last release (CONTRIBUTING.md). Merges are left out.
 *
 *     tsx scripts/quality/check-commits.ts
 *
 * It is skipped, with a notice, if the history is missing or too shallow. The exit code is 1 if a title breaks a rule.
 */
import { spawnSync } from 'node:child_process';
import { problemsOfTitle } from './commit-titles.ts';

/** `style: format the sources with Prettier`: older titles were written before there were rules. */
const firstChecked = '7d6e66b3928266ca5615cae88c37ee4978664b58';
const releaseTags = ['v[0-9]*', 'client-v[0-9]*'];

/** The output of Git; undefined if the command failed. */
function git(...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

const tag = git('describe', '--tags', '--abbrev=0', ...releaseTags.map((pattern) => `--match=${pattern}`));
const start = tag ?? firstChecked;

if (git('merge-base', '--is-ancestor', start, 'HEAD') === undefined) {
  console.log('Titles of commits: skipped, because the history is missing or too shallow.');
} else {
  const titles = git('log', '--no-merges', '--format=%H %s', `${start}..HEAD`)?.split('\n').filter(Boolean) ?? [];
  for (const line of titles) {
    const [commit = '', ...words] = line.split(' ');
    const title = words.join(' ');
    for (const problem of problemsOfTitle(title)) {
      console.error(`${commit.slice(0, 7)} ${title}\n  ${problem}`);
      process.exitCode = 1;
    }
  }
  console.log(`Titles of commits since ${tag ?? start.slice(0, 7)}: ${titles.length} checked.`);
}
