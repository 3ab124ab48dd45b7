/** The released versions in CHANGELOG.md. */

export interface Release {
  readonly version: string;
  /** Such as `2030-06-21`. */
  readonly date: string;
  /** Markdown. */
  readonly changes: string;
}

/** The released versions of a changelog, newest first. What is not released yet has no date, and no entry. */
export function releasesOf(changelog: string): readonly Release[] {
  return changelog.split(/^(?=## )/m).flatMap((section) => {
    const [heading = '', version, date] = /^## \[([^\]]+)\] - (\d{4}-\d{2}-\d{2})\n/.exec(section) ?? [];
    if (version === undefined || date === undefined) return [];
    // The links of the versions are at the end of the file.
    return [
      {
        version,
        date,
        changes: section
          .slice(heading.length)
          .replace(/^\[[^\]]+\]: .*$/gm, '')
          .trim(),
      },
    ];
  });
}
