/** The texts that both pages use. */
import type {
  ClientCode,
  EventsApiError,
  EventStatus,
  FieldErrorCode,
  RegistrationStatus,
} from '@event-management/client';
import { inLanguage } from './language.ts';

/** A title, and what the visitor can do. */
export type Message = readonly [title: string, detail: string];

interface Texts {
  readonly signIn: string;
  readonly signOut: string;
  readonly skip: string;
  readonly closeMessage: string;
  readonly tryAgain: string;
  readonly showMore: string;
  loading(what: string): string;
  readonly theEvent: string;
  readonly allEvents: string;
  readonly requestId: string;
  readonly signInEnded: Message;
  readonly signInAgain: string;
  readonly signInLeft: string;
  signInRefused(reason: string): string;
  readonly signInFailed: string;
  leadsTo(event: string): string;
  readonly cannotStart: string;
  readonly noConfig: string;
  configLacks(names: string): string;
  readonly viewFailed: Message;
  readonly codeNotLoaded: Message;
  readonly noSuchEvent: Message;
  readonly eventNotShown: string;
  readonly inputKept: string;
  readonly when: string;
  readonly where: string;
  readonly organizer: string;
  readonly guests: string;
  readonly tags: string;
  readonly about: string;
  yourTime(time: string): string;
  by(name: string): string;
  cancelledOn(time: string): string;
  readonly noPlace: string;
  readonly online: string;
  andOnline(place: string): string;
  registered(count: string): string;
  registeredOf(count: string, capacity: string): string;
  waiting(count: string): string;
  arrived(count: string): string;
  unknownZone(zone: string): string;
  readonly status: Readonly<Record<EventStatus, string>>;
  readonly registrationStatus: Readonly<Record<RegistrationStatus, string>>;
  readonly number: string;
  checkedIn(time: string): string;
  readonly print: string;
  readonly optional: string;
  readonly choose: string;
  characters(count: number, max: number): string;
  readonly ongoing: string;
  readonly ended: string;
  /** Messages for errors without a problem of the API: no response, or one from a proxy. */
  readonly ownMessages: Readonly<Record<ClientCode, Message> & Partial<Record<EventsApiError['code'], Message>>>;
  /** Messages for problems of the API whose own text refers to `errors`, or is not in the language of the page. */
  readonly problems: Partial<Readonly<Record<EventsApiError['code'], Message>>>;
  readonly otherProblem: Message;
  /** Whether the texts of the API, which are English, can be shown among these texts. */
  readonly apiTexts: boolean;
  readonly fields: FieldTexts;
}

/** What is wrong with a field. */
interface FieldTexts {
  readonly date: string;
  readonly required: string;
  tooShort(limit: string): string;
  tooLong(limit: string): string;
  tooSmall(limit: string): string;
  tooLarge(limit: string): string;
  tooMany(limit: string): string;
  lastsTooLong(limit: string): string;
  readonly wholeNumber: string;
  readonly httpsUrl: string;
  readonly email: string;
  /** Whole sentences for codes that need no limit. */
  readonly sentences: Partial<Readonly<Record<FieldErrorCode, string>>>;
  readonly otherForm: string;
}

export const texts = inLanguage<Texts>({
  en: {
    signIn: 'Sign in',
    signOut: 'Sign out',
    skip: 'Skip to the content',
    closeMessage: 'Close this message',
    tryAgain: 'Try again',
    showMore: 'Show more',
    loading: (what) => `Loading ${what}`,
    theEvent: 'the event',
    allEvents: 'All events',
    requestId: 'Request id',
    signInEnded: ['Your sign-in has ended', 'Sign in again to continue; what you entered is kept.'],
    signInAgain: 'Sign in again',
    signInLeft: 'You left without signing in.',
    signInRefused: (reason) => `The sign-in service refused the sign-in: ${reason}`,
    signInFailed: 'The sign-in could not be completed: the sign-in service is not responding correctly. Try again.',
    leadsTo: (event) => `This link leads to “${event}”.`,
    cannotStart: 'This page could not be started. Try again, or use another browser.',
    noConfig: 'The configuration of this page (config.json) cannot be read.',
    configLacks: (names) => `The configuration of this page (config.json) lacks ${names}.`,
    viewFailed: ['This view cannot be shown', 'Something on this page does not work. Your events are not affected.'],
    codeNotLoaded: [
      'This view could not be loaded',
      'Check your connection, and try again. If that does not help, reload the page.',
    ],
    noSuchEvent: ['Event not found', 'No event has this address. It may have been deleted.'],
    eventNotShown: 'The event cannot be shown',
    inputKept: 'What you typed is still here. It is not saved yet.',
    when: 'When',
    where: 'Where',
    organizer: 'Organizer',
    guests: 'Guests',
    tags: 'Tags',
    about: 'About',
    yourTime: (time) => `Your time: ${time}`,
    by: (name) => `By ${name}`,
    cancelledOn: (time) => `Cancelled on ${time}`,
    noPlace: 'Place to be announced',
    online: 'Online',
    andOnline: (place) => `${place}, and online`,
    registered: (count) => `${count} registered`,
    registeredOf: (count, capacity) => `${count} of ${capacity} registered`,
    waiting: (count) => `, ${count} waiting`,
    arrived: (count) => `, ${count} checked in`,
    unknownZone: (zone) => `UTC, as this browser does not know ${zone}`,
    status: { draft: 'Draft', published: 'Published', cancelled: 'Cancelled' },
    registrationStatus: { confirmed: 'Confirmed', waitlisted: 'Waitlist', cancelled: 'Cancelled' },
    number: 'Number',
    checkedIn: (time) => `Checked in on ${time}`,
    print: 'Print',
    optional: 'optional',
    choose: 'Please choose',
    characters: (count, max) => `${count} of ${max} characters`,
    ongoing: 'Happening now',
    ended: 'Ended',
    ownMessages: {
      'network-error': ['The API cannot be reached', 'Check your connection, and try again.'],
      timeout: ['The API takes too long', 'It did not respond in time. Try again in a moment.'],
      aborted: ['This was stopped', 'Try again if you still want to do it.'],
      // Not from the API: the issuer did not provide a new token.
      unauthenticated: [
        'Your sign-in cannot be renewed',
        'The sign-in service is not responding. Try again in a moment.',
      ],
      'unexpected-response': ['Unexpected response', 'A proxy or network device may be in the way. Try again.'],
      'too-many-requests': ['Too many requests', 'Wait a moment, and try again.'],
      'service-unavailable': ['The service is not available', 'Try again in a moment.'],
    },
    problems: {
      'invalid-request': ['Some of your input is not valid', 'Correct it, and try again.'],
      'invalid-filter': ['Some of these filters are not valid', 'Correct them, and try again.'],
      'invalid-event': ['Some of your input is not valid', 'Correct it, and try again.'],
      'invalid-registration': ['Some of your answers are not valid', 'Correct them, and try again.'],
      'not-publishable': ['This event is not ready to be published', 'Add what is missing:'],
    },
    otherProblem: ['Something went wrong', 'Try again, and include the request id if you contact support.'],
    apiTexts: true,
    fields: {
      date: 'Please give a date and a time.',
      required: 'Please fill this in.',
      tooShort: (limit) => `At least ${limit} characters, please.`,
      tooLong: (limit) => `At most ${limit} characters, please.`,
      tooSmall: (limit) => `At least ${limit}, please.`,
      tooLarge: (limit) => `At most ${limit}, please.`,
      tooMany: (limit) => `No more than ${limit}, please.`,
      lastsTooLong: (limit) => `The end must be at most ${limit} days after the start.`,
      wholeNumber: 'A whole number, please.',
      email: 'An email address, please, such as mira@example.com.',
      httpsUrl: 'An address that begins with https://, please.',
      sentences: {
        'duplicate-item': 'Each one only once, please.',
        'ends-before-start': 'The end must be after the start.',
        'closes-before-opening': 'Registration must close after it opens, and open before the event ends.',
        'too-many-bytes': 'All of this together is too long.',
      },
      otherForm: 'This does not have the expected format.',
    },
  },
  de: {
    // Signing in is not called "Anmelden": that is to register for an event.
    signIn: 'Einloggen',
    signOut: 'Ausloggen',
    skip: 'Zum Inhalt springen',
    closeMessage: 'Diese Meldung schließen',
    tryAgain: 'Noch einmal versuchen',
    showMore: 'Mehr anzeigen',
    loading: (what) => `${what} wird geladen`,
    theEvent: 'Die Veranstaltung',
    allEvents: 'Alle Veranstaltungen',
    requestId: 'Anfragenummer',
    signInEnded: [
      'Sie sind nicht mehr eingeloggt',
      'Loggen Sie sich wieder ein, um fortzufahren. Was Sie eingegeben haben, bleibt erhalten.',
    ],
    signInAgain: 'Wieder einloggen',
    signInLeft: 'Sie sind zurückgekehrt, ohne sich einzuloggen.',
    signInRefused: (reason) => `Der Login-Dienst hat das Einloggen abgelehnt: ${reason}`,
    signInFailed:
      'Das Einloggen ist nicht gelungen, weil der Login-Dienst nicht richtig antwortet. Versuchen Sie es noch einmal.',
    leadsTo: (event) => `Dieser Link führt zu „${event}“.`,
    cannotStart:
      'Diese Seite konnte nicht gestartet werden. Versuchen Sie es noch einmal oder mit einem anderen Browser.',
    noConfig: 'Die Konfiguration dieser Seite (config.json) ist nicht lesbar.',
    configLacks: (names) => `In der Konfiguration dieser Seite (config.json) fehlen Angaben: ${names}.`,
    viewFailed: [
      'Diese Ansicht kann nicht angezeigt werden',
      'Etwas auf dieser Seite funktioniert nicht. Ihre Veranstaltungen sind davon nicht betroffen.',
    ],
    codeNotLoaded: [
      'Diese Ansicht konnte nicht geladen werden',
      'Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal. Hilft das nicht, laden Sie die Seite neu.',
    ],
    noSuchEvent: [
      'Veranstaltung nicht gefunden',
      'Unter dieser Adresse gibt es keine Veranstaltung. Vielleicht wurde sie gelöscht.',
    ],
    eventNotShown: 'Die Veranstaltung kann nicht angezeigt werden',
    inputKept: 'Ihre Eingaben sind noch da. Sie sind noch nicht gespeichert.',
    when: 'Wann',
    where: 'Wo',
    organizer: 'Veranstalter',
    guests: 'Gäste',
    tags: 'Stichwörter',
    about: 'Beschreibung',
    yourTime: (time) => `Ihre Zeit: ${time}`,
    by: (name) => `Von ${name}`,
    cancelledOn: (time) => `Abgesagt am ${time}`,
    noPlace: 'Der Ort wird noch bekannt gegeben',
    online: 'Online',
    andOnline: (place) => `${place} und online`,
    registered: (count) => `${count} angemeldet`,
    registeredOf: (count, capacity) => `${count} von ${capacity} angemeldet`,
    waiting: (count) => `, ${count} auf der Warteliste`,
    arrived: (count) => `, ${count} eingelassen`,
    unknownZone: (zone) => `UTC, denn dieser Browser kennt ${zone} nicht`,
    status: { draft: 'Entwurf', published: 'Veröffentlicht', cancelled: 'Abgesagt' },
    registrationStatus: { confirmed: 'Bestätigt', waitlisted: 'Warteliste', cancelled: 'Abgesagt' },
    number: 'Nummer',
    checkedIn: (time) => `Eingelassen am ${time}`,
    print: 'Drucken',
    optional: 'freiwillig',
    choose: 'Bitte wählen',
    characters: (count, max) => `${count} von ${max} Zeichen`,
    ongoing: 'Läuft gerade',
    ended: 'Vorbei',
    ownMessages: {
      'network-error': [
        'Der Dienst ist nicht erreichbar',
        'Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
      ],
      timeout: [
        'Der Dienst braucht zu lange',
        'Er hat nicht rechtzeitig geantwortet. Versuchen Sie es gleich noch einmal.',
      ],
      aborted: ['Das wurde abgebrochen', 'Versuchen Sie es noch einmal, wenn Sie es doch möchten.'],
      unauthenticated: [
        'Ihre Sitzung kann nicht verlängert werden',
        'Der Login-Dienst antwortet nicht. Versuchen Sie es gleich noch einmal.',
      ],
      'unexpected-response': [
        'Unerwartete Antwort',
        'Vielleicht liegt es an einem Proxy oder einem Gerät im Netz. Versuchen Sie es noch einmal.',
      ],
      'too-many-requests': ['Zu viele Anfragen', 'Warten Sie einen Moment und versuchen Sie es noch einmal.'],
      'service-unavailable': ['Der Dienst ist nicht verfügbar', 'Versuchen Sie es gleich noch einmal.'],
    },
    problems: {
      'invalid-request': ['Einige Angaben sind nicht gültig', 'Korrigieren Sie sie und versuchen Sie es noch einmal.'],
      'invalid-filter': ['Einige Filter sind nicht gültig', 'Korrigieren Sie sie und versuchen Sie es noch einmal.'],
      'invalid-event': ['Einige Angaben sind nicht gültig', 'Korrigieren Sie sie und versuchen Sie es noch einmal.'],
      'invalid-registration': [
        'Einige Antworten sind nicht gültig',
        'Korrigieren Sie sie und versuchen Sie es noch einmal.',
      ],
      'calendar-feed-not-found': ['Abo nicht gefunden', 'Es wurde schon gelöscht.'],
      'capacity-below-registrations': ['Zu wenige Plätze', 'Es nehmen schon mehr Personen teil.'],
      'event-has-registrations': [
        'Nicht möglich',
        'Es nehmen schon Personen teil. Sagen Sie die Veranstaltung stattdessen ab.',
      ],
      'event-not-found': ['Veranstaltung nicht gefunden', 'Vielleicht wurde sie gelöscht.'],
      'event-started': ['Zu spät', 'Absagen konnte man bis zum Beginn der Veranstaltung.'],
      forbidden: ['Nicht erlaubt', 'Das können nur Veranstalter.'],
      'location-required': ['Der Ort fehlt', 'Eine veröffentlichte Veranstaltung braucht einen Ort.'],
      'not-event-organizer': ['Nicht erlaubt', 'Das kann nur, wer diese Veranstaltung angelegt hat.'],
      'registration-not-found': ['Teilnahme nicht gefunden', 'Diese Person nimmt nicht teil.'],
      'too-many-registrations': ['Zu oft', 'Sie haben bei dieser Veranstaltung zu oft zugesagt und wieder abgesagt.'],
      'event-full': ['Ausgebucht', 'Alle Plätze sind vergeben, und es gibt keine Warteliste.'],
      'registration-closed': ['Zu spät', 'Man kann sich nicht mehr anmelden.'],
      'registration-not-open': ['Zu früh', 'Man kann sich noch nicht anmelden.'],
      'not-published': ['Nicht veröffentlicht', 'Diese Veranstaltung ist noch ein Entwurf.'],
      'event-cancelled': ['Abgesagt', 'Diese Veranstaltung ist abgesagt.'],
      'already-checked-in': [
        'Schon eingelassen',
        'Die Teilnahme kann nicht mehr abgesagt werden, solange der Einlass gilt.',
      ],
      'registration-cancelled': ['Schon abgesagt', 'Diese Teilnahme ist inzwischen abgesagt.'],
      'concurrent-change': ['Nicht gespeichert', 'Zugleich gab es andere Änderungen. Versuchen Sie es noch einmal.'],
      'not-publishable': ['Diese Veranstaltung kann noch nicht veröffentlicht werden', 'Ergänzen Sie, was fehlt:'],
    },
    otherProblem: [
      'Etwas ist schiefgegangen',
      'Versuchen Sie es noch einmal und nennen Sie die Anfragenummer, wenn Sie sich an uns wenden.',
    ],
    apiTexts: false,
    fields: {
      date: 'Bitte geben Sie Datum und Uhrzeit an.',
      required: 'Bitte füllen Sie dieses Feld aus.',
      tooShort: (limit) => `Bitte mindestens ${limit} Zeichen.`,
      tooLong: (limit) => `Bitte höchstens ${limit} Zeichen.`,
      tooSmall: (limit) => `Bitte mindestens ${limit}.`,
      tooLarge: (limit) => `Bitte höchstens ${limit}.`,
      tooMany: (limit) => `Bitte nicht mehr als ${limit}.`,
      lastsTooLong: (limit) => `Das Ende darf höchstens ${limit} Tage nach dem Beginn liegen.`,
      wholeNumber: 'Bitte eine ganze Zahl.',
      email: 'Bitte eine E-Mail-Adresse, zum Beispiel mira@example.com.',
      httpsUrl: 'Bitte eine Adresse, die mit https:// beginnt.',
      sentences: {
        'duplicate-item': 'Bitte jeden Eintrag nur einmal.',
        'ends-before-start': 'Das Ende muss nach dem Beginn liegen.',
        'closes-before-opening':
          'Die Anmeldung muss enden, nachdem sie begonnen hat, und beginnen, bevor die Veranstaltung endet.',
        'too-many-bytes': 'Alles zusammen ist zu lang.',
        'unknown-time-zone': 'Bitte wählen Sie eine Zeitzone aus der Liste.',
        'year-out-of-range': 'Dieses Jahr ist nicht möglich.',
        'location-required': 'Eine veröffentlichte Veranstaltung braucht einen Ort.',
        'starts-in-past': 'Der Beginn muss in der Zukunft liegen.',
      },
      otherForm: 'Das hat nicht das erwartete Format.',
    },
  },
});
