/** Which version the changes of the contract ask for, and whether it may be as it is. */
import { gte, inc, lt, valid } from 'semver';
import { asObject, type JsonObject } from '../../../src/openapi/document.ts';
import { releasesOf } from './changelog.ts';
import type { Change } from './changes.ts';

/** What the gate knows of the state of releases. */
export interface Versions {
  /** Of the contract that is kept. */
  readonly baseline: string;
  /** Of the contract as it is now. */
  readonly next: string;
  /** The versions with a date in the changelog, and what it says of each. */
  readonly released: ReadonlyMap<string, string>;
}

/** The version in `info.version`; throws an Error where there is none that Semantic Versioning knows. */
export function versionOf(contract: JsonObject, file: string): string {
  const version = asObject(contract['info'])['version'];
  if (typeof version === 'string' && valid(version) !== null) return version;
  throw new Error(`${file}: info.version must be a version such as 1.2.3.`);
}

/** The versions that have a heading with a date in the changelog (`## [1.2.3] - 2030-06-21`), and their sections. */
export function releasedVersions(changelog: string): ReadonlyMap<string, string> {
  return new Map(releasesOf(changelog).map(({ version, changes }) => [version, changes]));
}

/**
 * The least version that a contract with these changes may have (Semantic Versioning 2.0.0, sections 6 to 8). Before 1.0.0 the
 * second position stands for the first, as package managers read `^0.1.0`.
 */
export function minimumVersion(baseline: string, changes: readonly Change[]): string {
  const beforeOne = lt(baseline, '1.0.0');
  const has = (level: Change['level']) => changes.some((change) => change.level === level);
  if (has('breaking')) return inc(baseline, beforeOne ? 'minor' : 'major') as string;
  return has('compatible') ? (inc(baseline, beforeOne ? 'patch' : 'minor') as string) : baseline;
}

/** Why the contract cannot stay as it is, and what to do; undefined if it can. */
export function releaseError(changes: readonly Change[], { baseline, next, released }: Versions): string | undefined {
  if (lt(next, baseline)) return `The version of the contract went back, from ${baseline} to ${next}.`;
  const least = minimumVersion(
    baseline,
    changes.filter(({ level }) => level === 'breaking'),
  );
  if (gte(next, least)) return undefined;
  return released.has(baseline)
    ? `This breaks clients of ${baseline}: revert the change, or raise info.version to ${least} or later.`
    : `This breaks clients. Version ${baseline} is not released yet, so no client relies on it: if this is intended, accept it with \`make baseline\`.`;
}

/** Why the contract cannot become the baseline, and what to do; undefined if it can. */
export function baselineError(changes: readonly Change[], { baseline, next, released }: Versions): string | undefined {
  if (!released.has(baseline)) return undefined;
  if (!released.has(next) || next === baseline) {
    const how = 'raise info.version, and add a heading with the version and its date to CHANGELOG.md';
    return `The baseline is the contract of ${baseline}, and moves only with a release: ${how}.`;
  }
  const least = minimumVersion(baseline, changes);
  if (lt(next, least)) return `After ${baseline} these changes make it ${least}, not ${next}.`;
  const missing = missingIn(released.get(next) ?? '', changes);
  return missing.length === 0
    ? undefined
    : `CHANGELOG.md says nothing of ${missing.join(', ')} in ${next}: take it from \`make changes\`, and rewrite it for users.`;
}

/** What the section of a version does not mention: operations that changed, and that something breaks clients. */
function missingIn(section: string, changes: readonly Change[]): string[] {
  const visible = changes.filter(({ level }) => level !== 'docs');
  const operations = new Set(visible.flatMap(({ operation }) => (operation === undefined ? [] : [`\`${operation}\``])));
  const breaking = visible.some(({ level }) => level === 'breaking') ? ['**Breaking:**'] : [];
  return [...operations, ...breaking].filter((text) => !section.includes(text));
}
