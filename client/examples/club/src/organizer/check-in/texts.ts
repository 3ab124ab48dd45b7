/** The texts of the view for the door. */
import type { CheckInOutcome } from '@event-management/client';
import { inLanguage } from '../../shared/language.ts';
import type { Message } from '../../shared/texts.ts';
import type { CameraProblem } from './camera.ts';

/** What a scan came to, on the device or at the API. */
export type Outcome = CheckInOutcome['outcome'] | 'not-a-ticket' | 'undone' | 'let-in';

interface Texts {
  readonly inside: string;
  insideOf(count: string, all: string): string;
  readonly online: string;
  readonly offline: string;
  readonly connecting: string;
  readonly signedOut: string;
  readonly refused: string;
  listFrom(time: string): string;
  readonly noList: string;
  unsent(count: number): string;
  readonly allSent: string;
  readonly signInToSend: Message;
  readonly notDurable: Message;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  number(number: number): string;
  at(time: string): string;
  hereAt(time: string): string;
  elsewhereAt(time: string): string;
  readonly alsoElsewhere: string;
  readonly details: Partial<Readonly<Record<Outcome, string>>>;
  unknownOffline(time: string): string;
  readonly waitsForNetwork: string;
  readonly letIn: string;
  readonly undo: string;
  undoOf(name: string): string;
  readonly startCamera: string;
  readonly stopCamera: string;
  readonly cameraStarts: string;
  readonly cameraPicture: string;
  readonly lightOn: string;
  readonly lightOff: string;
  readonly soundOn: string;
  readonly soundOff: string;
  readonly cameraProblems: Readonly<Record<CameraProblem, Message>>;
  readonly search: string;
  readonly searchHint: string;
  readonly check: string;
  checkInOf(name: string): string;
  readonly noMatch: string;
  moreMatches(count: number): string;
  readonly isInside: string;
  readonly recent: string;
  readonly noneRecent: string;
  readonly toClarify: string;
  readonly kept: string;
  keptFor(name: string): string;
  readonly forget: string;
  readonly forgetQuestion: string;
  readonly forgetExplained: string;
}

export const texts = inLanguage<Texts>({
  en: {
    inside: 'Checked in',
    insideOf: (count, all) => `${count} of ${all}`,
    online: 'Online',
    offline: 'Offline',
    connecting: 'Connecting…',
    signedOut: 'Not signed in',
    refused: 'Not allowed',
    listFrom: (time) => `List from ${time}`,
    noList: 'No list yet',
    unsent: (count) => (count === 1 ? '1 scan not sent yet' : `${count} scans not sent yet`),
    allSent: 'Everything is sent',
    signInToSend: [
      'You are not signed in',
      'Scans are kept on this device. Sign in when there is a network, and they are sent.',
    ],
    notDurable: [
      'Keep this page open',
      'This browser stores nothing: scans that have not been sent are lost when the page is closed.',
    ],
    outcomes: {
      'checked-in': 'Checked in',
      'already-checked-in': 'Already checked in',
      waitlisted: 'On the waitlist',
      cancelled: 'Registration cancelled',
      'event-cancelled': 'Event cancelled',
      'unknown-ticket': 'Unknown ticket',
      'other-event': 'Ticket for another event',
      'not-processed': 'Please scan again',
      'not-a-ticket': 'Not a ticket',
      undone: 'Check-in undone',
      'let-in': 'Let in',
    },
    number: (number) => `Number ${number}`,
    at: (time) => `At ${time}`,
    hereAt: (time) => `At ${time}, on this device`,
    elsewhereAt: (time) => `At ${time}, on another device`,
    alsoElsewhere: 'Also scanned on another device',
    details: {
      waitlisted: 'There was no seat for this person.',
      cancelled: 'This ticket is no longer valid.',
      'event-cancelled': 'It will not take place.',
      'unknown-ticket': 'No registration has this code or number.',
      'other-event': 'It is valid, but not here.',
      'not-a-ticket': 'This code is something else.',
    },
    unknownOffline: (time) =>
      `It is not in the list from ${time}: issued later, cancelled, for another event, or made up.`,
    waitsForNetwork: 'It will be sent when there is a network.',
    letIn: 'Let in anyway',
    undo: 'Undo',
    undoOf: (name) => `Undo the check-in of ${name}`,
    startCamera: 'Start the camera',
    stopCamera: 'Stop the camera',
    cameraStarts: 'The camera is starting…',
    cameraPicture: 'The picture of the camera',
    lightOn: 'Light on',
    lightOff: 'Light off',
    soundOn: 'Sound on',
    soundOff: 'Sound off',
    cameraProblems: {
      denied: [
        'Access to the camera is not allowed',
        'Allow it in the settings of the browser for this page. Until then, check people in by name or number.',
      ],
      missing: ['There is no camera', 'Check people in by name or number.'],
      busy: [
        'The camera cannot be used',
        'Another app may be using it. Close that app, or check people in by name or number.',
      ],
      unsupported: ['This browser gives pages no access to a camera', 'Check people in by name or number.'],
      decoder: ['The code reader could not be loaded', 'Try again, or check people in by name or number.'],
    },
    search: 'Name, number or code',
    searchHint: 'No ticket? Type here',
    check: 'Check in',
    checkInOf: (name) => `Check in ${name}`,
    noMatch: 'No guests found.',
    moreMatches: (count) => `And ${count} more: type more of the name.`,
    isInside: 'Checked in',
    recent: 'Last scans on this device',
    noneRecent: 'None yet.',
    toClarify: 'To be clarified',
    kept: 'Names and numbers of the guests are kept on this device, so that the check-in works without a network: until you sign out, at most until a day after the event.',
    keptFor: (name) => `They are kept for ${name}.`,
    forget: 'Remove from this device…',
    forgetQuestion: 'Remove the guest list from this device?',
    forgetExplained: 'The next visit with a network loads it again.',
  },
  de: {
    inside: 'Eingelassen',
    insideOf: (count, all) => `${count} von ${all}`,
    online: 'Verbunden',
    offline: 'Ohne Netz',
    connecting: 'Verbindung wird hergestellt…',
    signedOut: 'Nicht eingeloggt',
    refused: 'Nicht erlaubt',
    listFrom: (time) => `Liste von ${time}`,
    noList: 'Noch keine Liste',
    unsent: (count) => (count === 1 ? '1 Scan noch nicht gesendet' : `${count} Scans noch nicht gesendet`),
    allSent: 'Alles gesendet',
    signInToSend: [
      'Sie sind nicht eingeloggt',
      'Scans bleiben auf diesem Gerät. Loggen Sie sich ein, sobald es Netz gibt, dann werden sie gesendet.',
    ],
    notDurable: [
      'Lassen Sie diese Seite offen',
      'Dieser Browser speichert nichts: Was nicht gesendet ist, geht verloren, wenn Sie die Seite schließen.',
    ],
    outcomes: {
      'checked-in': 'Willkommen',
      'already-checked-in': 'Schon eingelassen',
      waitlisted: 'Auf der Warteliste',
      cancelled: 'Teilnahme abgesagt',
      'event-cancelled': 'Veranstaltung abgesagt',
      'unknown-ticket': 'Unbekanntes Ticket',
      'other-event': 'Andere Veranstaltung',
      'not-processed': 'Bitte noch einmal scannen',
      'not-a-ticket': 'Kein Ticket',
      undone: 'Einlass zurückgenommen',
      'let-in': 'Eingelassen',
    },
    number: (number) => `Nummer ${number}`,
    at: (time) => `Um ${time}`,
    hereAt: (time) => `Um ${time}, an diesem Gerät`,
    elsewhereAt: (time) => `Um ${time}, an einem anderen Gerät`,
    alsoElsewhere: 'Auch an einem anderen Gerät gescannt',
    details: {
      waitlisted: 'Für diese Person war kein Platz frei.',
      cancelled: 'Dieses Ticket ist nicht mehr gültig.',
      'event-cancelled': 'Sie findet nicht statt.',
      'unknown-ticket': 'Keine Anmeldung hat diesen Code oder diese Nummer.',
      'other-event': 'Das Ticket ist gültig, aber nicht hier.',
      'not-a-ticket': 'Dieser Code ist etwas anderes.',
    },
    unknownOffline: (time) =>
      `Es steht nicht auf der Liste von ${time}: später ausgestellt, abgesagt, für eine andere Veranstaltung oder erfunden.`,
    waitsForNetwork: 'Es wird gesendet, sobald es Netz gibt.',
    letIn: 'Trotzdem einlassen',
    undo: 'Zurücknehmen',
    undoOf: (name) => `Einlass von ${name} zurücknehmen`,
    startCamera: 'Kamera starten',
    stopCamera: 'Kamera ausschalten',
    cameraStarts: 'Die Kamera wird gestartet…',
    cameraPicture: 'Das Bild der Kamera',
    lightOn: 'Licht an',
    lightOff: 'Licht aus',
    soundOn: 'Ton an',
    soundOff: 'Ton aus',
    cameraProblems: {
      denied: [
        'Der Zugriff auf die Kamera ist nicht erlaubt',
        'Erlauben Sie ihn in den Einstellungen des Browsers für diese Seite. Bis dahin geht es mit Name oder Nummer.',
      ],
      missing: ['Es gibt keine Kamera', 'Es geht auch mit Name oder Nummer.'],
      busy: [
        'Die Kamera ist nicht verfügbar',
        'Vielleicht benutzt sie eine andere App. Schließen Sie diese oder arbeiten Sie mit Name oder Nummer.',
      ],
      unsupported: ['Dieser Browser gibt Seiten keinen Zugriff auf eine Kamera', 'Es geht auch mit Name oder Nummer.'],
      decoder: [
        'Das Programm zum Lesen der Codes konnte nicht geladen werden',
        'Versuchen Sie es noch einmal oder arbeiten Sie mit Name oder Nummer.',
      ],
    },
    search: 'Name, Nummer oder Code',
    searchHint: 'Kein Ticket? Hier suchen',
    check: 'Einlassen',
    checkInOf: (name) => `${name} einlassen`,
    noMatch: 'Kein Gast gefunden.',
    moreMatches: (count) => `Und ${count} weitere: Geben Sie mehr vom Namen ein.`,
    isInside: 'Eingelassen',
    recent: 'Letzte Scans an diesem Gerät',
    noneRecent: 'Noch keine.',
    toClarify: 'Zu klären',
    kept: 'Namen und Nummern der Gäste bleiben auf diesem Gerät, damit der Einlass auch ohne Netz funktioniert: bis Sie sich ausloggen, höchstens bis einen Tag nach der Veranstaltung.',
    keptFor: (name) => `Sie sind für ${name} gespeichert.`,
    forget: 'Vom Gerät entfernen…',
    forgetQuestion: 'Die Gästeliste von diesem Gerät entfernen?',
    forgetExplained: 'Der nächste Besuch mit Netz lädt sie wieder.',
  },
});
