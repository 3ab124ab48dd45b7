/** Search for a time zone: by city, region, country, name or offset, in the language of the visitor and in English. */
import { timeZones } from '@event-management/client/schemas';
import { locale } from '../../shared/language.ts';
import { plainText } from '../../shared/plain-text.ts';
import { cityOf, knownTimeZone, offsetOf, ownTimeZone } from '../../shared/time.ts';

/** A time zone to choose. */
export interface Zone {
  /** The name in the IANA time zone database. */
  readonly name: string;
  readonly city: string;
  /** Such as `GMT+2`, at the start of the event. */
  readonly offset: string;
}

/** `Berlin · Europe/Berlin · GMT+2`. */
export const zoneText = ({ name, city, offset }: Zone) => [...new Set([city, name, offset])].join(' · ');

export const zoneOf = (name: string, at: string): Zone => ({ name, city: cityOf(name), offset: offsetOf(at, name) });

/** The names to choose from. Others, such as `Asia/Calcutta` or `Asia/Kolkata`, are found by their own names only. */
const listed = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
const known = [...new Set(['UTC', ...timeZones])].filter(
  (name) => listed.has(name) || /^[A-Z][a-z]+\/[A-Z]/.test(name),
);

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

type Zones = readonly string[] | undefined;

/**
 * The countries of each time zone, in English and in the language of the visitor, in lower case and without diacritics. Empty in a browser
 * that does not know them.
 */
function countries(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const languages = [...new Set(['en', locale])];
  const names = languages.map((one) => new Intl.DisplayNames(one, { type: 'region', fallback: 'none' }));
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const country = names.map((one) => one.of(code) ?? '').join(' ');
    if (country.trim() === '') continue;
    // A method in the standard, and a property in older browsers.
    const region = new Intl.Locale(`und-${code}`) as { getTimeZones?(): Zones; readonly timeZones?: Zones };
    for (const zone of region.getTimeZones?.() ?? region.timeZones ?? [])
      found.set(zone, `${found.get(zone) ?? ''} ${plainText(country)}`);
  }
  return found;
}
let countriesOf: ReadonlyMap<string, string> | undefined;

/** Prepares the first search, which would otherwise delay what is typed. */
export function prepareZones(): void {
  setTimeout(() => (countriesOf ??= countries()));
}

const isOffset = /^(?:gmt|utc)?[+\-−]\d{1,2}(?::?\d\d)?$/;

/** `+02:00`, `utc+2` and `gmt+2` as `GMT+2`. */
function offsetIn(query: string): string | undefined {
  const text = query.replaceAll(' ', '');
  if (!isOffset.test(text)) return undefined;
  const [, sign = '', hours = '', minutes = ''] = /([+\-−])0?(\d{1,2}?):?(\d\d)?$/.exec(text) ?? [];
  const offset = `${sign === '+' ? '+' : '-'}${hours}`;
  return minutes === '' || minutes === '00' ? `GMT${offset}` : `GMT${offset}:${minutes}`;
}

/** Splits a text at everything except letters and digits; and whether each part of a query begins one of the parts. */
const wordsOf = (text: string) => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
const hasAll = (words: readonly string[], wanted: readonly string[]) =>
  wanted.every((one) => words.some((word) => word.startsWith(one)));

interface Query {
  readonly text: string;
  readonly words: readonly string[];
  readonly offset: string | undefined;
  readonly at: string;
}

/**
 * The time zones that a query finds, those first whose city it names.
 *
 * @param at the instant at which the offsets apply
 * @param chosen comes first if nothing is searched for
 */
export function findZones(query: string, at: string, chosen: string): readonly Zone[] {
  const text = plainText(query).trim();
  if (text === '') {
    const first = [...new Set([chosen, ownTimeZone(), 'UTC'])].filter((name) => knownTimeZone(name) !== undefined);
    const rest = known.filter((name) => listed.has(name) && !first.includes(name) && knownTimeZone(name) !== undefined);
    return [...first, ...rest].map((name) => zoneOf(name, at));
  }
  countriesOf ??= countries();
  const wanted = { text, words: wordsOf(text), offset: offsetIn(text), at };
  const ranked = known.flatMap((name) => {
    const rank = rankOf(name, wanted);
    return rank === undefined ? [] : [{ rank, zone: zoneOf(name, at) }];
  });
  return ranked.sort((one, other) => one.rank - other.rank).map(({ zone }) => zone);
}

/** How well a time zone fits a query, the best first; undefined if it does not. */
function rankOf(name: string, { text, words, offset, at }: Query): number | undefined {
  if (knownTimeZone(name) === undefined) return undefined;
  if (offset !== undefined) return listed.has(name) && offsetOf(at, name) === offset ? 0 : undefined;
  const [zone, city] = [plainText(name), plainText(cityOf(name))];
  if (zone === text || city === text) return 0;
  if (hasAll(wordsOf(city), words)) return 1;
  if (!listed.has(name)) return undefined;
  return hasAll(wordsOf(`${zone} ${countriesOf?.get(name) ?? ''}`), words) ? 2 : undefined;
}
