/** The arithmetic of the deployment guide: products and sums are correct, and values from the contract are up to date. */
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { contract } from '../../contract/contract.ts';

const guide = readFileSync('docs/deploying.md', 'utf8');
const [, costs = ''] = /^## What it costs\n(.*?)^## /ms.exec(guide) ?? [];

interface Row {
  readonly name: string;
  readonly arithmetic: string;
  readonly usd: number;
}

const rows = [...costs.matchAll(/^\| (.+?) \| (.*?) ?\| \**(\d+\.\d\d)\b.*\|$/gm)].map(
  ([, name = '', arithmetic = '', usd]): Row => ({ name, arithmetic, usd: Number(usd) }),
);
const products = rows.filter(({ arithmetic }) => arithmetic.includes('×'));

/** The meaning of the units: counts, seconds, and gigabytes. */
const units: Readonly<Record<string, string>> = {
  '/M': '/1e6',
  M: '*1e6',
  '%': '/100',
  ms: '/1e3',
  kB: '/1e6',
  B: '/1e9',
};

/** The value of a term such as `0.2 M × 25 kB + 0.8 M × 1.5 kB`; words, and remarks in brackets, are ignored. */
function valueOf(term: string): number {
  const formula = term
    .replace(/\([^()+]*\)/g, '')
    .replace(/(?<=\d),(?=\d{3})/g, '')
    .replace(/(?<=\d) ?(\/M|M|%|ms|kB|B)(?![\w-])/g, (_, unit: string) => units[unit] ?? '')
    .replace(/(?<![\de.])[A-Za-z`_][\w`-]*/g, '')
    .replace(/(?<!\d),|,(?!\d)/g, '')
    .replaceAll('×', '*');
  return Number(runInNewContext(formula));
}

it('the cost table has rows with arithmetic', () => {
  expect(products.length).toBeGreaterThan(12);
});

it.each(products)('the cost of $name is the product of its factors', ({ arithmetic, usd }) => {
  const [first = '', second] = arithmetic.split(' = ');
  // The first result is the first factor of the second product.
  if (second !== undefined) expect(valueOf(first)).toBeCloseTo(valueOf(second.split(' × ')[0] ?? ''), 6);
  expect(Math.abs(valueOf(second ?? first) - usd)).toBeLessThan(0.00501);
});

it('the total is the sum of the rows above it', () => {
  const end = rows.findIndex(({ name }) => name === '**Sum**');
  const sum = rows.slice(0, end).reduce((total, { usd }) => total + usd, 0);
  expect(sum).toBeCloseTo(rows[end]?.usd ?? 0, 6);
});

it('the guide states the throttles of the contract', () => {
  const { open, unrouted, secured } = contract['x-throttles'];
  const [, rate, times, each] =
    /let (\d+) requests per second through, together at most (\d+) × (\d+) × 2\.6 M s = 104 M/.exec(
      guide.replace(/\s+/g, ' '),
    ) ?? [];
  expect([Number(rate), Number(each), Number(times) * Number(each)]).toEqual([
    open.rate,
    unrouted.rate,
    open.rate + unrouted.rate,
  ]);
  const [, shown, factor] =
    /`getEvent` needs no token either, and lets (\d+) requests per second through, at most (\d+) × 2\.6 M s = 260 M/.exec(
      guide.replace(/\s+/g, ' '),
    ) ?? [];
  const { rate: own } = contract.paths['/events/{eventId}']?.['get']?.['x-throttle'] ?? {};
  expect([Number(shown), Number(factor), Number(factor) * 2.6]).toEqual([own, own, 260]);
  const [, calendars, calendarFactor] =
    /`getEventCalendar` and `getCalendar` let (\d+) requests per second through each, at most (\d+) × 2\.6 M s = 130 M/.exec(
      guide.replace(/\s+/g, ' '),
    ) ?? [];
  for (const path of ['/events/{eventId}/calendar', '/calendars/{calendarFile}']) {
    const { rate } = contract.paths[path]?.['get']?.['x-throttle'] ?? {};
    expect([Number(calendars), Number(calendarFactor), Number(calendarFactor) * 2.6]).toEqual([rate, rate, 130]);
  }
  expect(guide).toContain(`${secured.rate}/s for an operation with a token`);
});
