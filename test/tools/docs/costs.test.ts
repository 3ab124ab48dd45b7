/** The arithmetic of the deployment guide: products and sums are correct, and values from the contract are up to date. */
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { contract } from '../../contract/contract.ts';

const guide = readFileSync('docs/deploying.md', 'utf8');
const scaling = readFileSync('docs/scaling.md', 'utf8');
const {
  region,
  date,
  usd: prices,
} = JSON.parse(readFileSync('docs/prices.json', 'utf8')) as {
  region: string;
  date: string;
  usd: Readonly<Record<string, number>>;
};
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

/** The price in the arithmetic of each row. */
const pricesOf: Readonly<Record<string, readonly string[]>> = {
  Gateway: ['API Gateway, a million requests'],
  'Function, requests': ['Lambda, a million requests'],
  'Function, duration': ['Lambda, a GB-second'],
  'Function, INIT': ['Lambda, a GB-second'],
  'Tables, reads': ['DynamoDB, a million read units'],
  'Tables, writes': ['DynamoDB, a million write units'],
  Logs: ['CloudWatch, a GB of logs'],
  'Logs, stored for 30 days': ['CloudWatch, a GB-month of logs'],
  'Data transfer out': ['Data transfer, a GB'],
  'Traces, only with `tracing`': ['X-Ray, a million traces'],
  Alarms: ['CloudWatch, an alarm'],
  'Health check': ['Route 53, a health check', 'Route 53, HTTPS of a health check'],
  'Metrics by operation, for each': ['CloudWatch, a metric'],
  'Metrics by route, for each': ['CloudWatch, a metric'],
  'Provisioned concurrency, for each instance': ['Lambda, a GB-second of provisioned concurrency'],
  Dashboard: ['CloudWatch, a dashboard'],
  Data: ['DynamoDB, a GB-month', 'DynamoDB, a GB-month of point-in-time recovery'],
  Users: ['Cognito, an active user'],
};

/** A price as the guides write it: with two decimals, or as many as it has. */
const written = (price: number) =>
  Number(price.toFixed(2)) === price ? price.toFixed(2) : price.toFixed(10).replace(/0+$/, '');

it('each row of the guide has the price of prices.json, and no price there is unused', () => {
  for (const [name, keys] of Object.entries(pricesOf)) {
    const [row] = rows.filter((one) => one.name === name);
    for (const key of keys)
      expect({ name, arithmetic: row?.arithmetic }).toEqual({
        name,
        arithmetic: expect.stringContaining(written(prices[key]!)),
      });
  }
  expect([...new Set(Object.values(pricesOf).flat())].sort()).toEqual(Object.keys(prices).sort());
});

it('both guides say where and when the prices apply', () => {
  expect(guide).toContain(`List prices of ${region} (N. Virginia) as of ${date}`);
  expect(scaling.replace(/\s+/g, ' ')).toContain(`of ${region}, ${date})`);
  const [write, read] = ['write', 'read'].map((kind) => written(prices[`DynamoDB, a million ${kind} units`]!));
  expect(scaling).toContain(`Write units at ${write} and read units at ${read} US dollars per million`);
});

/** The operations in scaling.md, each with its least units. Cells without a number first, and divisions of sizes, are left out. */
const operationsOfScaling = [...scaling.matchAll(/^\| (`\w+`.*?) \| (\d.*?) \| (\d.*?) \| (\d+\.\d\d)\b.*\|$/gm)]
  .map(([, name = '', writes = '', reads = '', usd]) => ({ name, writes, reads, usd: Number(usd) }))
  .filter(({ reads }) => !reads.includes('/'));
const least = (cell: string) => valueOf(cell.split(/[:;]|,(?! \+)/)[0] ?? '');
const unitPrice = (kind: string) => prices[`DynamoDB, a million ${kind} units`]!;

it('the table of operations has most of them', () => {
  expect(operationsOfScaling.length).toBeGreaterThan(15);
});

it.each(operationsOfScaling)('a million of $name cost their units', ({ writes, reads, usd }) => {
  expect(Math.abs(least(writes) * unitPrice('write') + least(reads) * unitPrice('read') - usd)).toBeLessThan(0.00501);
});

it('a request of the example costs what every request costs, and the units of its operation', () => {
  const [, each] = /A request costs (\d\.\d\d) per\s+million without its units/.exec(guide) ?? [];
  const common = [
    'Gateway',
    'Function, requests',
    'Function, duration',
    'Function, INIT',
    'Logs',
    'Logs, stored for 30 days',
  ];
  const sum = rows.filter(({ name }) => common.includes(name)).reduce((total, { usd }) => total + usd, 0);
  expect(Number(each)).toBeCloseTo(sum, 6);
  const costs: Readonly<Record<string, string>> = {
    getEvent: '`getEvent`',
    registerForEvent: '`registerForEvent`, new',
    cancelMyRegistration: '`cancelMyRegistration`, with a seat',
    getCalendar: '`getCalendar`, 20 published events of 1 kB',
  };
  for (const [operation, name] of Object.entries(costs)) {
    const units = operationsOfScaling.find((one) => one.name === name)?.usd ?? NaN;
    const row = products.find((one) => one.name.startsWith(`\`${operation}\``));
    expect({ operation, arithmetic: row?.arithmetic }).toEqual({
      operation,
      arithmetic: expect.stringContaining(`× ${(sum + units).toFixed(2)}/M`),
    });
  }
});

it('the guide says what a flood of requests without a token costs in a month', () => {
  const text = guide.replace(/\s+/g, ' ');
  const request = Number(/A request costs (\d\.\d\d) per million without its units/.exec(text)?.[1]);
  const read = unitPrice('read');
  const { preflight } = contract['x-throttles'];
  expect(text).toContain(`preflight requests have ${preflight.rate} per second, at most ${preflight.rate} × 2.6 M s`);
  const floods = [
    { million: 104, reads: 0, usd: /= 104 M a month\..*? about (\d+) USD/ },
    { million: 260, reads: 2, usd: /= 260 M a month: about (\d+) USD/ },
    { million: 130, reads: 1, usd: /= 130 M a month: about (\d+) USD each/ },
    { million: 2.6 * preflight.rate, reads: 0, usd: /= 1,300 M a month: about ([\d,]+) USD/ },
  ];
  for (const { million, reads, usd } of floods) {
    const said = Number(usd.exec(text)?.[1]?.replace(',', ''));
    const computed = million * (request + reads * read);
    // To two digits.
    expect({ million, said }).toEqual({ million, said: Number(computed.toPrecision(2)) });
  }
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
