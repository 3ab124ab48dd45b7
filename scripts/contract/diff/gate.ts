/** Which version the changes of the contract ask for, and whether it may be as it is. */
import { gte, inc, lt, valid } from 'semver';
import { asObject, type JsonObject } from '../../../src/openapi/document.ts';
import type { Change } from './changes.ts';

/** What the gate knows of the state of releases. */
export interface Versions {
  /** Of the contract that is kept. */
  readonly baseline: string;
  /** Of the contract as it is now. */
  readonly next: string;
  /** The versions with a date in the changelog. */
  readonly released: ReadonlySet<string>;
}

/** The version in `info.version`; throws an Error where there is none that Semantic Versioning knows. */
export function versionOf(contract: JsonObject, file: string): string {
  const version = asObject(contract['info'])['version'];
  if (typeof version === 'string' && valid(version) !== null) return version;
  throw new Error(`${file}: info.version must be a version such as 1.2.3.`);
}

/** The versions that have a heading with a date in the changelog: `## [1.2.3] - 2030-06-21`. */
export function releasedVersions(changelog: string): ReadonlySet<string> {
  return new Set(
    [...changelog.matchAll(/^## \[(\S+)\] - \d{4}-\d{2}-\d{2}$/gm)].map(([, version]) => version as string),
  );
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
  return gte(next, least) ? undefined : `After ${baseline} these changes make it ${least}, not ${next}.`;
}
