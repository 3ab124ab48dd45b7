/** The arithmetic of the deployment's guide: each product and each sum is what it says, and what it takes from the contract is still so. */
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

/** What the units mean: numbers of things, seconds, and gigabytes. */
const units: Readonly<Record<string, string>> = {
  '/M': '/1e6',
  M: '*1e6',
  '%': '/100',
  ms: '/1e3',
  kB: '/1e6',
  B: '/1e9',
};

/** The value of a term such as `0.2 M × 25 kB + 0.8 M × 1.5 kB`; words, and remarks in brackets, say nothing. */
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

it('there are rows to compute', () => {
  expect(products.length).toBeGreaterThan(12);
});

it.each(products)('$name', ({ arithmetic, usd }) => {
  const [first = '', second] = arithmetic.split(' = ');
  // What is computed first is the first factor of what follows.
  if (second !== undefined) expect(valueOf(first)).toBeCloseTo(valueOf(second.split(' × ')[0] ?? ''), 6);
  expect(Math.abs(valueOf(second ?? first) - usd)).toBeLessThan(0.00501);
});

it('the sum is that of the rows above it', () => {
  const end = rows.findIndex(({ name }) => name === '**Sum**');
  const sum = rows.slice(0, end).reduce((total, { usd }) => total + usd, 0);
  expect(sum).toBeCloseTo(rows[end]?.usd ?? 0, 6);
});

it('what needs no token is let through as often as the contract says', () => {
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
  expect(guide).toContain(`${secured.rate}/s for an operation with a token`);
});
