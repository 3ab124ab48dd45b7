/** The texts of the list. */
import { inLanguage } from '../../shared/language.ts';
import { formatCount } from '../../shared/parts/event-text.ts';
import type { Message } from '../../shared/texts.ts';
import type { Filters } from './filters.ts';

interface Texts {
  readonly events: string;
  readonly theEvents: string;
  readonly newEvent: string;
  readonly view: string;
  readonly views: Readonly<Record<Filters['view'], string>>;
  readonly whose: string;
  readonly whoseEvents: Readonly<Record<Filters['whose'], string>>;
  readonly when: string;
  readonly times: Readonly<Record<Filters['when'], string>>;
  readonly from: string;
  readonly to: string;
  readonly reversed: string;
  readonly search: string;
  readonly searchHint: string;
  readonly tag: string;
  readonly any: string;
  readonly status: string;
  readonly filters: string;
  filtersSet(count: number): string;
  readonly clear: string;
  count(count: number): string;
  countSoFar(count: number): string;
  all(count: number): string;
  readonly noneFits: Message;
  readonly noneUpcoming: Message;
  readonly noneOfOthers: Message;
  readonly noneInMonth: Message;
  readonly thisMonth: string;
  timesIn(zone: string): string;
  /** Takes the place of the time of an event on the days after its first one. */
  readonly continues: string;
  readonly create: string;
  readonly pastEvents: string;
}

const enCount = (count: number) => (count === 1 ? '1 event' : `${formatCount(count)} events`);
const deCount = (count: number) => (count === 1 ? '1 Veranstaltung' : `${formatCount(count)} Veranstaltungen`);

export const texts = inLanguage<Texts>({
  en: {
    events: 'Events',
    theEvents: 'events',
    newEvent: 'New event',
    view: 'View',
    views: { list: 'List', month: 'Month' },
    whose: 'Whose',
    whoseEvents: { mine: 'Mine', everyone: "Everyone's" },
    when: 'When',
    times: { upcoming: 'Upcoming', past: 'Past', between: 'Between two days' },
    from: 'From',
    to: 'To',
    reversed: 'This day is before the first one, so no events match.',
    search: 'Search',
    searchHint: 'Name, place, tag…',
    tag: 'Tag',
    any: 'any',
    status: 'Status (none chosen: all)',
    filters: 'Filters',
    filtersSet: (count) => `Filters (${count})`,
    clear: 'Clear the filters',
    count: enCount,
    countSoFar: (count) => `${enCount(count)}, and there are more`,
    all: (count) => (count === 1 ? 'That is the only one.' : `That is all: ${enCount(count)}.`),
    noneFits: ['No events match these filters', 'Try fewer of them, or another time.'],
    noneUpcoming: ['No upcoming events', 'A new one begins as a draft that only you can see.'],
    noneOfOthers: ['No upcoming events', 'As soon as somebody publishes an event, it will appear here.'],
    noneInMonth: ['No events in this month', 'Look at another month, or choose other filters.'],
    thisMonth: 'This month',
    timesIn: (zone) => `Times in ${zone}`,
    continues: 'continues',
    create: 'Create an event',
    pastEvents: 'Past events',
  },
  de: {
    events: 'Veranstaltungen',
    theEvents: 'Die Liste',
    newEvent: 'Neue Veranstaltung',
    view: 'Ansicht',
    views: { list: 'Liste', month: 'Monat' },
    whose: 'Wessen',
    whoseEvents: { mine: 'Meine', everyone: 'Alle' },
    when: 'Wann',
    times: { upcoming: 'Kommende', past: 'Vergangene', between: 'Zwischen zwei Tagen' },
    from: 'Von',
    to: 'Bis',
    reversed: 'Dieser Tag liegt vor dem ersten, deshalb wird nichts gefunden.',
    search: 'Suche',
    searchHint: 'Name, Ort, Stichwort…',
    tag: 'Stichwort',
    any: 'alle',
    status: 'Status (ohne Auswahl: alle)',
    filters: 'Filter',
    filtersSet: (count) => `Filter (${count})`,
    clear: 'Filter zurücksetzen',
    count: deCount,
    countSoFar: (count) => `${deCount(count)}, und es gibt weitere`,
    all: (count) => (count === 1 ? 'Das ist die einzige.' : `Das sind alle: ${deCount(count)}.`),
    noneFits: ['Keine Veranstaltung passt zu diesen Filtern', 'Versuchen Sie weniger Filter oder eine andere Zeit.'],
    noneUpcoming: ['Keine kommenden Veranstaltungen', 'Eine neue beginnt als Entwurf, den nur Sie sehen können.'],
    noneOfOthers: ['Keine kommenden Veranstaltungen', 'Sobald jemand eine veröffentlicht, steht sie hier.'],
    noneInMonth: [
      'Keine Veranstaltung in diesem Monat',
      'Sehen Sie in einem anderen Monat nach oder wählen Sie andere Filter.',
    ],
    thisMonth: 'Dieser Monat',
    timesIn: (zone) => `Zeiten in ${zone}`,
    continues: 'weiter:',
    create: 'Veranstaltung anlegen',
    pastEvents: 'Vergangene Veranstaltungen',
  },
});
