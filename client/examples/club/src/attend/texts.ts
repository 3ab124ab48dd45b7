/** The texts of the page for those who attend. */
import { inLanguage } from '../shared/language.ts';
import type { Message } from '../shared/texts.ts';

interface Texts {
  readonly purpose: string;
  readonly find: string;
  readonly findHint: string;
  readonly search: string;
  readonly tag: string;
  readonly mine: string;
  readonly theEvents: string;
  readonly theTickets: string;
  readonly theTicket: string;
  readonly noneFound: Message;
  readonly noneYet: Message;
  readonly clear: string;
  events(count: number): string;
  tickets(count: number): string;
  readonly signInToFind: Message;
  readonly signInToSee: string;
  readonly signInToRegister: string;
  readonly perhapsSignIn: Message;
  readonly change: string;
  readonly save: string;
  readonly saving: string;
  readonly discard: string;
  readonly notNow: string;
  readonly registered: string;
  readonly onWaitlist: string;
  readonly registeredToast: string;
  readonly waitlistToast: string;
  readonly savedToast: string;
  readonly cancelledToast: string;
  readonly next: string;
  ahead(count: number): string;
  readonly ticketLater: string;
  readonly showTicket: string;
  readonly meeting: string;
  readonly cancelRegistration: string;
  readonly cancelQuestion: string;
  readonly leaveWaitlist: string;
  readonly leaveQuestion: string;
  readonly wereRegistered: string;
  readonly cancelExplained: string;
  readonly cancelWaiting: string;
  readonly keep: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly addToCalendar: string;
  readonly copyLink: string;
  readonly linkCopied: string;
  readonly calendarSaved: string;
  readonly toEvent: string;
  readonly share: string;
  readonly noTickets: Message;
  readonly eventCancelled: string;
  readonly eventGone: string;
  number(number: number): string;
  readonly noSuchTicket: Message;
  readonly ticketNotShown: string;
  readonly registrationIsCancelled: Message;
  qrCode(event: string): string;
  readonly showAtDoor: string;
  readonly offline: string;
  readonly signedOut: string;
  readonly unreachable: string;
  keptTicket(time: string): string;
  keptList(time: string): string;
  keptPart(time: string): string;
}

export const texts = inLanguage<Texts>({
  en: {
    purpose: 'Find events, register, and keep your tickets.',
    find: 'Find events',
    findHint: 'Name, place, organizer…',
    search: 'Search',
    tag: 'Tag',
    mine: 'My registrations',
    theEvents: 'events',
    theTickets: 'your registrations',
    theTicket: 'the ticket',
    noneFound: ['No events found', 'Try other words, or look at all events.'],
    noneYet: ['No events yet', 'As soon as somebody publishes an event, it will appear here.'],
    clear: 'Show all events',
    events: (count) => (count === 1 ? '1 event' : `${count} events`),
    tickets: (count) => (count === 1 ? '1 registration' : `${count} registrations`),
    signInToFind: [
      'Sign in to find events',
      'If somebody sent you a link to an event, open it: you can read it without signing in.',
    ],
    signInToSee: 'Sign in to see your registrations.',
    signInToRegister: 'Sign in to register',
    perhapsSignIn: ['Do you need to sign in?', 'Some events are shown only to people who have signed in.'],
    change: 'Change my details',
    save: 'Save',
    saving: 'Saving…',
    discard: 'Discard changes',
    notNow: 'Not now',
    registered: 'You are registered',
    onWaitlist: 'You are on the waitlist',
    registeredToast: 'You are registered.',
    waitlistToast: 'You are on the waitlist.',
    savedToast: 'Saved.',
    cancelledToast: 'Your registration has been cancelled.',
    next: 'You are next.',
    ahead: (count) => `At most ${count === 1 ? '1 person is' : `${count} people are`} ahead of you.`,
    ticketLater: 'Your ticket will appear here once you have a seat.',
    showTicket: 'Show my ticket',
    meeting: 'Join online',
    cancelRegistration: 'Cancel my registration…',
    cancelQuestion: 'Cancel your registration?',
    leaveWaitlist: 'Leave the waitlist…',
    leaveQuestion: 'Leave the waitlist?',
    wereRegistered: 'You were registered.',
    cancelExplained: 'Your seat goes to the next person. You can register again as long as there are seats.',
    cancelWaiting: 'You lose your place on the waitlist.',
    keep: 'Keep it',
    reason: 'Reason (optional)',
    reasonHint: 'Only the organizer can read it.',
    addToCalendar: 'Add to calendar',
    copyLink: 'Copy link',
    linkCopied: 'The link has been copied.',
    calendarSaved: 'Open the saved file to add the event to your calendar.',
    toEvent: 'Event and registration',
    share: 'Share',
    noTickets: ['No registrations yet', 'When you register for an event, your ticket will appear here.'],
    eventCancelled: 'Event cancelled',
    eventGone: 'An event that is no longer available',
    number: (number) => `Number ${number}`,
    noSuchTicket: ['Ticket not found', 'You are not registered for this event.'],
    ticketNotShown: 'The ticket cannot be shown',
    registrationIsCancelled: ['Your registration is cancelled', 'This ticket is no longer valid.'],
    qrCode: (event) => `QR code of your ticket for ${event}`,
    showAtDoor: 'Show it at the door. Anyone who has a picture of it can use it.',
    offline: 'You are offline.',
    signedOut: 'You are not signed in.',
    unreachable: 'The service cannot be reached.',
    keptTicket: (time) => `This is the ticket as it was on ${time}.`,
    keptList: (time) => `These are your registrations as they were on ${time}.`,
    keptPart: (time) => `These are the newest of your registrations as they were on ${time}.`,
  },
  de: {
    purpose: 'Veranstaltungen finden, sich anmelden und die Tickets immer dabeihaben.',
    find: 'Veranstaltungen',
    findHint: 'Name, Ort, Veranstalter…',
    search: 'Suche',
    tag: 'Stichwort',
    mine: 'Meine Anmeldungen',
    theEvents: 'Die Liste',
    theTickets: 'Ihre Liste',
    theTicket: 'Das Ticket',
    noneFound: ['Keine Veranstaltung gefunden', 'Versuchen Sie andere Wörter oder sehen Sie sich alle an.'],
    noneYet: ['Noch keine Veranstaltungen', 'Sobald jemand eine veröffentlicht, steht sie hier.'],
    clear: 'Alle Veranstaltungen anzeigen',
    events: (count) => (count === 1 ? '1 Veranstaltung' : `${count} Veranstaltungen`),
    tickets: (count) => (count === 1 ? '1 Anmeldung' : `${count} Anmeldungen`),
    signInToFind: [
      'Zum Suchen bitte einloggen',
      'Wenn Sie den Link zu einer Veranstaltung bekommen haben, öffnen Sie ihn: Zum Lesen müssen Sie sich nicht einloggen.',
    ],
    signInToSee: 'Loggen Sie sich ein, um Ihre Anmeldungen zu sehen.',
    signInToRegister: 'Einloggen und teilnehmen',
    perhapsSignIn: [
      'Vielleicht müssen Sie sich einloggen',
      'Manche Veranstaltungen sind nur sichtbar, wenn man eingeloggt ist.',
    ],
    change: 'Meine Angaben ändern',
    save: 'Speichern',
    saving: 'Wird gespeichert…',
    discard: 'Änderungen verwerfen',
    notNow: 'Jetzt nicht',
    registered: 'Sie nehmen teil',
    onWaitlist: 'Sie stehen auf der Warteliste',
    registeredToast: 'Sie nehmen teil.',
    waitlistToast: 'Sie stehen auf der Warteliste.',
    savedToast: 'Gespeichert.',
    cancelledToast: 'Ihre Teilnahme ist abgesagt.',
    next: 'Sie sind als Nächstes dran.',
    ahead: (count) => `Vor Ihnen ${count === 1 ? 'steht höchstens 1 Person' : `stehen höchstens ${count} Personen`}.`,
    ticketLater: 'Ihr Ticket erscheint hier, sobald Sie einen Platz haben.',
    showTicket: 'Mein Ticket anzeigen',
    meeting: 'Online teilnehmen',
    cancelRegistration: 'Teilnahme absagen…',
    cancelQuestion: 'Teilnahme absagen?',
    leaveWaitlist: 'Warteliste verlassen…',
    leaveQuestion: 'Warteliste verlassen?',
    wereRegistered: 'Sie hatten sich angemeldet.',
    cancelExplained: 'Ihr Platz geht an die nächste Person. Solange Plätze frei sind, können Sie wieder teilnehmen.',
    cancelWaiting: 'Sie verlieren Ihren Platz auf der Warteliste.',
    keep: 'Nicht absagen',
    reason: 'Grund (freiwillig)',
    reasonHint: 'Nur der Veranstalter kann ihn lesen.',
    addToCalendar: 'In den Kalender eintragen',
    copyLink: 'Link kopieren',
    linkCopied: 'Der Link wurde kopiert.',
    calendarSaved: 'Öffnen Sie die gespeicherte Datei, um die Veranstaltung in Ihren Kalender aufzunehmen.',
    toEvent: 'Zur Veranstaltung',
    share: 'Teilen',
    noTickets: ['Noch keine Anmeldungen', 'Wenn Sie an einer Veranstaltung teilnehmen, steht Ihr Ticket hier.'],
    eventCancelled: 'Veranstaltung abgesagt',
    eventGone: 'Eine Veranstaltung, die es nicht mehr gibt',
    number: (number) => `Nummer ${number}`,
    noSuchTicket: ['Ticket nicht gefunden', 'Sie nehmen an dieser Veranstaltung nicht teil.'],
    ticketNotShown: 'Das Ticket kann nicht angezeigt werden',
    registrationIsCancelled: ['Ihre Teilnahme ist abgesagt', 'Dieses Ticket ist nicht mehr gültig.'],
    qrCode: (event) => `QR-Code Ihres Tickets für ${event}`,
    showAtDoor: 'Zeigen Sie es am Einlass. Wer ein Bild davon hat, kann es benutzen.',
    offline: 'Sie sind offline.',
    signedOut: 'Sie sind nicht eingeloggt.',
    unreachable: 'Der Dienst ist nicht erreichbar.',
    keptTicket: (time) => `Ticket, zuletzt geladen: ${time}.`,
    keptList: (time) => `Ihre Anmeldungen, zuletzt geladen: ${time}.`,
    keptPart: (time) => `Die neuesten Ihrer Anmeldungen, zuletzt geladen: ${time}.`,
  },
});
