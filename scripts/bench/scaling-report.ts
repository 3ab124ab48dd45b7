import { type Spread, table, times } from './numbers.ts';

/** One operation at one size; times in microseconds. */
export interface Row {
  readonly operation: string;
  readonly size: number;
  /** Units of reading or writing that one request consumes. */
  readonly capacity: number;
  /** A whole request, and the same call to the database alone. */
  readonly whole: number;
  readonly alone: number;
  /** What the request takes beyond that call. */
  readonly ours: Spread;
}

const count = (size: number) => size.toLocaleString('en');

/** The table: capacity and our own part of the time, as ratios to the smallest size. */
export function report(rows: readonly Row[], sizes: readonly number[]): string {
  const names = [...new Set(rows.map(({ operation }) => operation))];
  const at = (operation: string, size: number) =>
    rows.find((row) => row.operation === operation && row.size === size) as Row;
  const [smallest = 0, ...others] = sizes;
  const head = [
    '',
    `units at ${count(smallest)}`,
    ...others.map((size) => `units ×, ${count(size)}`),
    `ours at ${count(smallest)} (µs)`,
    ...others.map((size) => `ours ×, ${count(size)}`),
    'whole request (µs)',
  ];
  const lines = names.map((operation) => {
    const base = at(operation, smallest);
    return [
      operation,
      base.capacity,
      ...others.map((size) => (at(operation, size).capacity / base.capacity).toFixed(1)),
      Math.round(base.ours.median),
      ...others.map((size) => {
        const { median, low, high } = at(operation, size).ours;
        return times({ median: median / base.ours.median, low: low / base.ours.median, high: high / base.ours.median });
      }),
      sizes.map((size) => Math.round(at(operation, size).whole)).join(' · '),
    ];
  });
  return table(head, lines);
}

const frame = { left: 70, top: 40, width: 560, height: 300 };

/** The plot: our own part of each operation's time over the number of events, which is on a logarithmic axis. */
export function plot(rows: readonly Row[], sizes: readonly number[]): string {
  const names = [...new Set(rows.map(({ operation }) => operation))];
  const highest = Math.max(...rows.map(({ ours }) => ours.high)) * 1.1;
  const [low, high] = [Math.log10(Math.min(...sizes)), Math.log10(Math.max(...sizes))];
  const x = (size: number) => frame.left + ((Math.log10(size) - low) / (high - low || 1)) * frame.width;
  const y = (microseconds: number) => frame.top + frame.height - (microseconds / highest) * frame.height;
  const text = (left: number, top: number, words: string, anchor = 'middle') =>
    `<text x="${left.toFixed(1)}" y="${top.toFixed(1)}" text-anchor="${anchor}">${words}</text>`;
  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const value = share * highest;
    const line = `<line x1="${frame.left}" x2="${frame.left + frame.width}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" stroke="#ddd"/>`;
    return line + text(frame.left - 8, y(value) + 4, String(Math.round(value)), 'end');
  });
  const series = names.map((operation, index) => {
    const color = `hsl(${Math.round((index * 360) / names.length)} 60% 40%)`;
    const own = rows.filter((row) => row.operation === operation);
    const points = own.map(({ size, ours }) => `${x(size).toFixed(1)},${y(ours.median).toFixed(1)}`).join(' ');
    const bars = own.map(
      ({ size, ours }) =>
        `<line x1="${x(size).toFixed(1)}" x2="${x(size).toFixed(1)}" y1="${y(ours.low).toFixed(1)}" y2="${y(ours.high).toFixed(1)}" stroke="${color}" opacity="0.4"/>`,
    );
    const legend = `<rect x="${frame.left + frame.width + 20}" y="${frame.top + index * 22}" width="12" height="12" fill="${color}"/>`;
    return `<polyline points="${points}" fill="none" stroke="${color}" stroke-width="2"/>${bars.join('')}${legend}${text(frame.left + frame.width + 38, frame.top + index * 22 + 11, operation.replace("'", '’'), 'start')}`;
  });
  const height = Math.max(400, frame.top + names.length * 22 + 20);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 880 ${height}" font-family="sans-serif" font-size="13" fill="#333">
<title>Time of our own in each request, in microseconds, over the number of events</title>
<rect width="880" height="${height}" fill="#fff"/>
${text(frame.left, 24, 'Time beyond the same call to the database alone (µs; median, bars from the first to the third quarter)', 'start')}
${grid.join('\n')}
${sizes.map((size) => text(x(size), frame.top + frame.height + 22, count(size))).join('\n')}
${text(frame.left + frame.width / 2, frame.top + frame.height + 46, 'events in the table')}
${series.join('\n')}
</svg>
`;
}
