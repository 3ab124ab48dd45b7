/** The texts of the page for organizers. */
import { inLanguage } from '../shared/language.ts';
import { formatCount } from '../shared/parts/event-text.ts';
import type { Message } from '../shared/texts.ts';

interface Texts {
  readonly purpose: string;
  readonly nothing: string;
  readonly theForm: string;
  readonly guests: string;
  readonly theGuests: string;
  readonly theGuest: string;
  readonly confirmed: string;
  readonly waiting: string;
  readonly checkedIn: string;
  of(count: string, capacity: string): string;
  guestCount(count: number): string;
  found(count: number, all: number): string;
  searching(all: number): string;
  readonly search: string;
  readonly searchHint: string;
  readonly status: string;
  readonly checkIn: string;
  readonly checkIns: Readonly<Record<'all' | 'yes' | 'no', string>>;
  readonly clear: string;
  readonly notYourEvent: Message;
  readonly noGuests: Message;
  readonly noGuestFound: Message;
  readonly addGuest: string;
  readonly addAnother: string;
  readonly cannotAdd: Message;
  readonly download: string;
  downloading(count: number): string;
  downloaded(count: number): string;
  guestFile(event: string): string;
  readonly name: string;
  readonly email: string;
  readonly yes: string;
  readonly no: string;
  readonly notAsked: string;
  moreAnswers(count: number): string;
  position(ahead: number): string;
  readonly erased: string;
  erasedOn(time: string): string;
  readonly registeredAt: string;
  readonly cancelledAt: string;
  readonly cancelledBy: Readonly<Record<'attendee' | 'organizer', string>>;
  readonly scans: string;
  readonly full: string;
  readonly add: string;
  readonly addToWaitlist: string;
  readonly saving: string;
  readonly save: string;
  readonly discard: string;
  readonly notNow: string;
  readonly inTheList: string;
  readonly savedBefore: Message;
  hasSeat(name: string): string;
  isWaiting(name: string): string;
  readonly saved: string;
  readonly ticket: string;
  readonly qrCode: (name: string) => string;
  readonly passOn: string;
  readonly actions: string;
  readonly edit: string;
  readonly cancel: string;
  readonly cancelQuestion: (name: string) => string;
  readonly cancelSeat: string;
  readonly cancelWait: string;
  readonly confirmCancel: string;
  readonly keep: string;
  readonly keepData: string;
  readonly reason: string;
  readonly reasonHint: string;
  cancelled(name: string): string;
  cancelledBefore(name: string): string;
  readonly erase: string;
  readonly eraseQuestion: (name: string) => string;
  readonly eraseExplained: string;
  readonly confirmErase: string;
  readonly erasedToast: string;
  readonly changedMeanwhile: Message;
  readonly noSuchGuest: Message;
  readonly guestNotShown: string;
}

export const texts = inLanguage<Texts>({
  en: {
    purpose: 'Create events, publish them when they are ready, and keep them up to date.',
    nothing: 'nothing',
    theForm: 'the form',
    guests: 'Guests',
    theGuests: 'the guests',
    theGuest: 'the guest',
    confirmed: 'Confirmed',
    waiting: 'Waitlist',
    checkedIn: 'Checked in',
    of: (count, capacity) => `${count} of ${capacity}`,
    guestCount: (count) => (count === 1 ? '1 guest' : `${formatCount(count)} guests`),
    found: (count, all) => `${formatCount(count)} of ${all === 1 ? '1 guest' : `${formatCount(all)} guests`}`,
    searching: (all) => `Still searching: ${formatCount(all)} guests so far…`,
    search: 'Search',
    searchHint: 'Name or number',
    status: 'Status',
    checkIn: 'Check-in',
    checkIns: { all: 'Everybody', yes: 'Checked in', no: 'Not checked in' },
    clear: 'Show all guests',
    notYourEvent: ['This is not your event', 'Only its organizer can see the guests.'],
    noGuests: ['No guests yet', 'When people register, or when you add them, they appear here.'],
    noGuestFound: ['No guests found', 'Try another name or number, or show all guests.'],
    addGuest: 'Add a guest',
    addAnother: 'Add another guest',
    cannotAdd: ['No guests can be added', 'You can add guests once the event is published, and until it ends.'],
    download: 'Download all as CSV',
    downloading: (count) => `Downloading: ${formatCount(count)}…`,
    downloaded: (count) => (count === 1 ? 'The file has 1 guest.' : `The file has ${formatCount(count)} guests.`),
    guestFile: (event) => `${event} – Guests`,
    name: 'Name',
    email: 'Email address',
    yes: 'Yes',
    no: 'No',
    notAsked: 'no longer asked',
    moreAnswers: (count) => (count === 1 ? 'and 1 more answer' : `and ${count} more answers`),
    position: (ahead) => (ahead === 0 ? 'Next in line' : `At most ${formatCount(ahead)} ahead`),
    erased: 'Erased',
    erasedOn: (time) => `The personal data was erased on ${time}.`,
    registeredAt: 'Registered',
    cancelledAt: 'Cancelled',
    cancelledBy: { attendee: 'by the guest', organizer: 'by you' },
    scans: 'Scans of the ticket',
    full: 'All seats are taken: this guest will go on the waitlist.',
    add: 'Add the guest',
    addToWaitlist: 'Add to the waitlist',
    saving: 'Saving…',
    save: 'Save',
    discard: 'Discard changes',
    notNow: 'Not now',
    inTheList: 'You will find the guest in the list.',
    savedBefore: ['Already saved', 'An earlier attempt to save this form did reach the API.'],
    hasSeat: (name) => `${name} has a seat.`,
    isWaiting: (name) => `${name} is on the waitlist.`,
    saved: 'Saved.',
    ticket: 'Ticket',
    qrCode: (name) => `QR code of the ticket of ${name}`,
    passOn:
      'You added this guest, so pass the ticket on: print it, or send a picture of it. Anyone who has it can use it.',
    actions: 'Actions',
    edit: 'Edit',
    cancel: 'Cancel registration…',
    cancelQuestion: (name) => `Cancel the registration of ${name}?`,
    cancelSeat: 'The seat goes to the next person on the waitlist. No one is notified, and this cannot be undone.',
    cancelWait: 'The place on the waitlist is lost. No one is notified, and this cannot be undone.',
    confirmCancel: 'Cancel the registration',
    keep: 'Keep it',
    keepData: 'Keep the data',
    reason: 'Reason (optional)',
    reasonHint: 'The guest can read it.',
    cancelled: (name) => `The registration of ${name} has been cancelled.`,
    cancelledBefore: (name) => `${name} had already cancelled.`,
    erase: 'Erase personal data…',
    eraseQuestion: (name) => `Erase the personal data of ${name}?`,
    eraseExplained:
      'Name, email address and answers are permanently erased; only the number remains. This cannot be undone.',
    confirmErase: 'Erase permanently',
    erasedToast: 'The personal data has been erased.',
    changedMeanwhile: [
      'Somebody changed this guest in the meantime',
      'Nothing was saved. Compare, and save again if yours should replace it:',
    ],
    noSuchGuest: ['Guest not found', 'The event has no guest with this number.'],
    guestNotShown: 'The guest cannot be shown',
  },
  de: {
    purpose: 'Veranstaltungen anlegen, veröffentlichen, wenn sie fertig sind, und aktuell halten.',
    nothing: 'nichts',
    theForm: 'Das Formular',
    guests: 'Gäste',
    theGuests: 'Die Gästeliste',
    theGuest: 'Der Gast',
    confirmed: 'Bestätigt',
    waiting: 'Warteliste',
    checkedIn: 'Eingelassen',
    of: (count, capacity) => `${count} von ${capacity}`,
    guestCount: (count) => (count === 1 ? '1 Gast' : `${formatCount(count)} Gäste`),
    found: (count, all) => `${formatCount(count)} von ${all === 1 ? '1 Gast' : `${formatCount(all)} Gästen`}`,
    searching: (all) => `Die Suche läuft: bisher ${formatCount(all)} Gäste…`,
    search: 'Suche',
    searchHint: 'Name oder Nummer',
    status: 'Status',
    checkIn: 'Einlass',
    checkIns: { all: 'Alle', yes: 'Eingelassen', no: 'Nicht eingelassen' },
    clear: 'Alle Gäste anzeigen',
    notYourEvent: ['Das ist nicht Ihre Veranstaltung', 'Nur der Veranstalter kann die Gäste sehen.'],
    noGuests: ['Noch keine Gäste', 'Wer sich anmeldet oder von Ihnen eingetragen wird, steht hier.'],
    noGuestFound: [
      'Kein Gast gefunden',
      'Versuchen Sie einen anderen Namen oder eine andere Nummer oder lassen Sie sich alle anzeigen.',
    ],
    addGuest: 'Gast eintragen',
    addAnother: 'Weiteren Gast eintragen',
    cannotAdd: [
      'Es können keine Gäste eingetragen werden',
      'Gäste eintragen können Sie von der Veröffentlichung bis zum Ende der Veranstaltung.',
    ],
    download: 'Alle als CSV herunterladen',
    downloading: (count) => `Wird heruntergeladen: ${formatCount(count)}…`,
    downloaded: (count) => `In der Datei ${count === 1 ? 'steht 1 Gast' : `stehen ${formatCount(count)} Gäste`}.`,
    guestFile: (event) => `${event} – Gäste`,
    name: 'Name',
    email: 'E-Mail-Adresse',
    yes: 'Ja',
    no: 'Nein',
    notAsked: 'wird nicht mehr gefragt',
    moreAnswers: (count) => (count === 1 ? 'und 1 weitere Antwort' : `und ${count} weitere Antworten`),
    position: (ahead) => (ahead === 0 ? 'Als Nächstes dran' : `Höchstens ${formatCount(ahead)} davor`),
    erased: 'Gelöscht',
    erasedOn: (time) => `Die persönlichen Daten wurden am ${time} gelöscht.`,
    registeredAt: 'Angemeldet',
    cancelledAt: 'Abgesagt',
    cancelledBy: { attendee: 'vom Gast', organizer: 'von Ihnen' },
    scans: 'So oft wurde das Ticket gescannt',
    full: 'Alle Plätze sind vergeben: Dieser Gast kommt auf die Warteliste.',
    add: 'Gast eintragen',
    addToWaitlist: 'Auf die Warteliste setzen',
    saving: 'Wird gespeichert…',
    save: 'Speichern',
    discard: 'Änderungen verwerfen',
    notNow: 'Jetzt nicht',
    inTheList: 'Sie finden den Gast in der Liste.',
    savedBefore: ['Schon gespeichert', 'Ein früherer Versuch, dieses Formular zu speichern, ist doch angekommen.'],
    hasSeat: (name) => `${name} hat einen Platz.`,
    isWaiting: (name) => `${name} steht auf der Warteliste.`,
    saved: 'Gespeichert.',
    ticket: 'Ticket',
    qrCode: (name) => `QR-Code des Tickets von ${name}`,
    passOn:
      'Sie haben diesen Gast eingetragen. Geben Sie das Ticket weiter: gedruckt oder als Bild. Wer es hat, kann es benutzen.',
    actions: 'Aktionen',
    edit: 'Bearbeiten',
    cancel: 'Teilnahme absagen…',
    cancelQuestion: (name) => `Die Teilnahme von ${name} absagen?`,
    cancelSeat:
      'Der Platz geht an die nächste Person auf der Warteliste. Niemand wird benachrichtigt, und es lässt sich nicht rückgängig machen.',
    cancelWait:
      'Der Platz auf der Warteliste geht verloren. Niemand wird benachrichtigt, und es lässt sich nicht rückgängig machen.',
    confirmCancel: 'Teilnahme absagen',
    keep: 'Nicht absagen',
    keepData: 'Nicht löschen',
    reason: 'Grund (freiwillig)',
    reasonHint: 'Der Gast kann ihn lesen.',
    cancelled: (name) => `Die Teilnahme von ${name} wurde abgesagt.`,
    cancelledBefore: (name) => `${name} hatte schon abgesagt.`,
    erase: 'Persönliche Daten löschen…',
    eraseQuestion: (name) => `Die persönlichen Daten von ${name} löschen?`,
    eraseExplained:
      'Name, E-Mail-Adresse und Antworten werden endgültig gelöscht, nur die Nummer bleibt. Das lässt sich nicht rückgängig machen.',
    confirmErase: 'Endgültig löschen',
    erasedToast: 'Die persönlichen Daten wurden gelöscht.',
    changedMeanwhile: [
      'Dieser Gast wurde inzwischen geändert',
      'Es wurde nichts gespeichert. Vergleichen Sie und speichern Sie noch einmal, wenn Ihre Angaben gelten sollen:',
    ],
    noSuchGuest: ['Gast nicht gefunden', 'Unter dieser Nummer hat die Veranstaltung keinen Gast.'],
    guestNotShown: 'Der Gast kann nicht angezeigt werden',
  },
});
