/** The names of the fields of an event and of their values, for the form and for lists of changes. */
import type { Question, Visibility } from '@event-management/client';
import { inLanguage } from '../../shared/language.ts';
import type { FieldName, PlaceKind } from './values.ts';

interface Labels {
  readonly fields: Readonly<Record<FieldName | 'when' | 'registration' | 'status', string>>;
  readonly places: Readonly<Record<PlaceKind, string>>;
  readonly visibilities: Readonly<Record<Visibility, string>>;
  readonly questionKinds: Readonly<Record<Question['kind'], string>>;
  readonly required: string;
  readonly waitlist: Readonly<Record<'on' | 'off', string>>;
  readonly skippedTime: string;
  opens(time: string): string;
  closes(time: string): string;
}

export const labels = inLanguage<Labels>({
  en: {
    fields: {
      name: 'Name',
      organizerName: 'Organizer',
      description: 'Description',
      imageUrl: 'Picture',
      starts: 'Starts',
      ends: 'Ends',
      timeZone: 'Time zone',
      place: 'Place',
      venue: 'Venue',
      address: 'Address',
      url: 'Link',
      visibility: 'Visible to',
      capacity: 'Capacity',
      waitlist: 'Waitlist',
      opens: 'Registration opens',
      closes: 'Registration closes',
      tags: 'Tags',
      questions: 'Questions',
      when: 'When',
      registration: 'Registration',
      status: 'Status',
    },
    places: { none: 'To be announced', venue: 'At a venue', online: 'Online', hybrid: 'Both' },
    visibilities: {
      'signed-in': 'Everyone who has signed in',
      public: 'Everyone',
      unlisted: 'Everyone with the link',
    },
    questionKinds: {
      text: 'Short text',
      'long-text': 'Long text',
      checkbox: 'Checkbox',
      choice: 'One choice',
      choices: 'Several choices',
    },
    required: 'required',
    waitlist: { on: 'On', off: 'Off' },
    skippedTime: 'Clocks go forward on that day: this time does not exist there.',
    opens: (time) => `opens ${time}`,
    closes: (time) => `closes ${time}`,
  },
  de: {
    fields: {
      name: 'Name',
      organizerName: 'Veranstalter',
      description: 'Beschreibung',
      imageUrl: 'Bild',
      starts: 'Beginn',
      ends: 'Ende',
      timeZone: 'Zeitzone',
      place: 'Ort',
      venue: 'Veranstaltungsort',
      address: 'Adresse',
      url: 'Link',
      visibility: 'Sichtbar für',
      capacity: 'Plätze',
      waitlist: 'Warteliste',
      opens: 'Anmeldung ab',
      closes: 'Anmeldung bis',
      tags: 'Stichwörter',
      questions: 'Fragen',
      when: 'Zeit',
      registration: 'Anmeldung',
      status: 'Status',
    },
    places: { none: 'Wird bekannt gegeben', venue: 'Vor Ort', online: 'Online', hybrid: 'Beides' },
    visibilities: {
      'signed-in': 'Alle, die eingeloggt sind',
      public: 'Alle',
      unlisted: 'Alle, die den Link haben',
    },
    questionKinds: {
      text: 'Kurzer Text',
      'long-text': 'Langer Text',
      checkbox: 'Ankreuzfeld',
      choice: 'Einfachauswahl',
      choices: 'Mehrfachauswahl',
    },
    required: 'Pflicht',
    waitlist: { on: 'Ein', off: 'Aus' },
    skippedTime: 'An diesem Tag werden die Uhren vorgestellt: Diese Uhrzeit gibt es dort nicht.',
    opens: (time) => `ab ${time}`,
    closes: (time) => `bis ${time}`,
  },
});
