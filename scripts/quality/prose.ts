/** The numbers in prose: which texts of the project have some, and where. A test compares each with the place where it is decided. */

/** The texts for people that state limits, durations and statuses, relative to the root of the project. */
export const proseFiles = [
  'README.md',
  'SECURITY.md',
  'client/README.md',
  'docs/glossary.md',
  'docs/runbook.md',
  'docs/settings.md',
  'docs/site/01-getting-started.md',
  'docs/site/02-authentication.md',
  'docs/site/03-the-life-of-an-event.md',
  'docs/site/04-public-events.md',
  'docs/site/05-registering-and-waiting.md',
  'docs/site/06-checking-people-in.md',
  'docs/site/07-what-a-user-may-do.md',
  'docs/site/08-calendars.md',
  'docs/site/09-pagination.md',
  'docs/site/10-idempotency.md',
  'docs/site/11-concurrency.md',
  'docs/site/12-errors.md',
  'docs/site/13-requests.md',
  'docs/site/14-versioning.md',
  'docs/site/21-react.md',
  'docs/site/22-forms.md',
  'docs/site/23-testing.md',
  'docs/site/24-nextjs.md',
  'docs/site/25-vue-svelte-solid.md',
  'docs/site/26-react-native.md',
] as const;

/** Parts of Markdown that state no number: code, addresses, references, names of standards and services, and the numbers of steps. */
const ignored = [
  /^```.*?^```$/gms,
  /<!--.*?-->/gs,
  /<\w+ [^>]*>/g,
  /\]\([^)]*\)/g,
  /<?https?:\/\/[^\s>)`]+/g,
  /\bRFC \d+(?:, section \d[\d.]*\d|, section \d)?/g,
  /\b(?:UTF-8|SHA-256|HTTP\/1\.1|OpenAPI 3\.\d|OAuth 2\.0|WCAG \d\.\d|API Security Top 10|Route 53)/g,
  /\{\{\w+\}\}/g,
  /^\s*\d+\. /gm,
];

/** Code that is a number too. */
const isStatus = /^`\d(?:\d\d|xx)`$/;

/** A number in digits, also in a status such as `404` or `4xx`, or in words with what it counts. */
const number =
  /(?<![\w.])\d[\d,.]*\d|(?<![\w.])\d(?:xx)?|\b(?:(?:half an?|one|two|three|four|five|ten|twenty) (?:second|minute|hour|day|week|month|year)s?|an? (?:hundred|minute|hour|day|week|month|year))\b/g;

export interface ProseNumber {
  readonly index: number;
  readonly text: string;
}

/** The numbers that a text in Markdown states, in their order. */
export function numbersIn(markdown: string): ProseNumber[] {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ');
  const withoutBlocks = ignored.reduce((text, part) => text.replace(part, blank), markdown);
  const prose = withoutBlocks.replace(/`[^`\n]*`/g, (code) => (isStatus.test(code) ? code : blank(code)));
  return [...prose.matchAll(number)].map(({ 0: text, index }) => ({ index, text }));
}
