/** The few figures that a series of measurements is reduced to. */

/** The middle of a series and the quarters on both sides of it. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function spreadOf(series: readonly number[]): Spread {
  const sorted = [...series].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

export const medianOf = (series: readonly number[]): number => spreadOf(series).median;

/** Each round's own ratio, so that what slows the machine down for a while slows both sides of it. */
export function ratiosOf(series: readonly number[], baseline: readonly number[]): Spread {
  return spreadOf(series.map((value, round) => value / (baseline[round] ?? Number.NaN)));
}

export const times = ({ median, low, high }: Spread): string =>
  `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
