import type { Change, Level } from './changes.ts';
import { minimumVersion, releaseError, baselineError, releasedVersions, versionOf } from './gate.ts';

const changes = (...levels: Level[]): Change[] => levels.map((level) => ({ what: 'something', level }));
const versions = (baseline: string, next: string, ...released: string[]) => ({
  baseline,
  next,
  released: new Map(released.map((version) => [version, '- **Breaking:** `getEvent` is gone.'])),
});

describe('the gate', () => {
  it.each<[string, Level[], string]>([
    ['1.4.2', ['compatible', 'breaking', 'docs'], '2.0.0'],
    ['1.4.2', ['docs', 'compatible'], '1.5.0'],
    ['1.4.2', ['docs'], '1.4.2'],
    ['1.4.2', [], '1.4.2'],
    ['0.3.1', ['breaking'], '0.4.0'],
    ['0.3.1', ['compatible'], '0.3.2'],
  ])('after %s asks for the version that %j makes: %s', (baseline, levels, least) => {
    expect(minimumVersion(baseline, changes(...levels))).toBe(least);
  });

  it.each<[string, Level, string]>([
    ['1.4.2', 'breaking', '2.0.0'],
    ['1.4.2', 'breaking', '3.1.0'],
    ['0.3.1', 'breaking', '0.4.0'],
    ['0.3.1', 'breaking', '1.0.0'],
    ['1.4.2', 'compatible', '1.4.2'],
    ['1.4.2', 'docs', '1.4.2'],
  ])('lets through after %s what is %s, as %s', (baseline, level, next) => {
    expect(releaseError(changes(level), versions(baseline, next, baseline))).toBeUndefined();
  });

  it.each([
    ['1.4.2', '1.4.2', '2.0.0'],
    ['1.4.2', '1.9.0', '2.0.0'],
    ['0.3.1', '0.3.9', '0.4.0'],
  ])('refuses what breaks clients after %s, as %s, and names %s', (baseline, next, least) => {
    expect(releaseError(changes('compatible', 'breaking'), versions(baseline, next, baseline))).toBe(
      `This breaks clients of ${baseline}: revert the change, or raise info.version to ${least} or later.`,
    );
  });

  it('refuses what breaks clients before the first release too, and says how to accept it', () => {
    expect(releaseError(changes('breaking'), versions('0.1.0', '0.1.0'))).toMatch(
      /^This breaks clients\. Version 0\.1\.0 is not released yet.+`make baseline`\.$/,
    );
    expect(baselineError(changes('breaking'), versions('0.1.0', '0.1.0'))).toBeUndefined();
  });

  it('refuses a version that went back', () => {
    expect(releaseError([], versions('0.2.0', '0.1.9', '0.2.0'))).toBe(
      'The version of the contract went back, from 0.2.0 to 0.1.9.',
    );
  });

  it('moves a released baseline only with the next release, whose version its changes allow', () => {
    const moves = /moves only with a release/;
    expect(baselineError(changes('compatible'), versions('1.4.2', '1.4.2', '1.4.2'))).toMatch(moves);
    expect(baselineError(changes('compatible'), versions('1.4.2', '1.5.0', '1.4.2'))).toMatch(moves);
    expect(baselineError(changes('compatible'), versions('1.4.2', '1.4.3', '1.4.2', '1.4.3'))).toBe(
      'After 1.4.2 these changes make it 1.5.0, not 1.4.3.',
    );
    expect(baselineError(changes('compatible'), versions('1.4.2', '1.5.0', '1.4.2', '1.5.0'))).toBeUndefined();
    expect(baselineError(changes('breaking'), versions('1.4.2', '1.5.0', '1.4.2', '1.5.0'))).toMatch(/make it 2\.0\.0/);
  });

  it('moves the baseline only if the changelog names each operation that changed, and says what breaks clients', () => {
    const changed: Change[] = [
      { operation: 'getEvent', what: 'something', level: 'breaking' },
      { operation: 'listEvents', what: 'something', level: 'compatible' },
      { operation: 'getHealth', what: 'something', level: 'docs' },
    ];
    const errorWith = (section: string) =>
      baselineError(changed, {
        baseline: '1.4.2',
        next: '2.0.0',
        released: new Map([
          ['1.4.2', ''],
          ['2.0.0', section],
        ]),
      });
    expect(errorWith('- Better.')).toMatch(
      /^CHANGELOG\.md says nothing of `getEvent`, `listEvents`, \*\*Breaking:\*\* in 2\.0\.0: /,
    );
    expect(errorWith('- **Breaking:** `getEvent` is gone.')).toMatch(/nothing of `listEvents` in 2\.0\.0: /);
    expect(errorWith('- **Breaking:** `getEvent` is gone.\n- `listEvents` sorts.')).toBeUndefined();
  });

  it('knows a released version by its day in the changelog', () => {
    expect([
      ...releasedVersions('# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2030-06-21\n\n- [0.1.0] - 2030-01-01\n'),
    ]).toEqual([['0.2.0', '- [0.1.0] - 2030-01-01']]);
  });

  it('wants a version that can be compared', () => {
    expect(versionOf({ info: { version: '1.2.3' } }, 'a.yaml')).toBe('1.2.3');
    expect(() => versionOf({ info: { version: '1.2' } }, 'a.yaml')).toThrow(
      'a.yaml: info.version must be a version such as 1.2.3.',
    );
  });
});
