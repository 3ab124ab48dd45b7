/** The texts of the form of an event. The names of fields are in labels.ts. */
import type { Visibility } from '@event-management/client';
import { inLanguage } from '../../shared/language.ts';
import { formatCount } from '../../shared/parts/event-text.ts';
import type { Message } from '../../shared/texts.ts';

interface Texts {
  readonly newEvent: string;
  readonly editEvent: string;
  readonly requiredNote: string;
  readonly parts: Readonly<Record<'about' | 'when' | 'where' | 'registration' | 'questions', string>>;
  readonly organizerHint: string;
  readonly pictureHint: string;
  readonly pictureFailed: string;
  readonly urlHint: string;
  readonly timesHint: string;
  readonly startsInPast: string;
  readonly zoneHint: string;
  readonly zoneSearch: string;
  zonesFound(count: number): string;
  zoneChosen(zone: string): string;
  zoneNotFound(query: string, zone: string): string;
  /** What the visibility means once the event is published. */
  readonly visibilityHints: Readonly<Record<Visibility, string>>;
  readonly capacityHint: string;
  ambiguousNumber(typed: string): string;
  readonly capacityExample: string;
  belowRegistrations(count: number): string;
  readonly publishedNeedsPlace: string;
  readonly waitlistChoice: string;
  readonly waitlistHint: string;
  readonly opensHint: string;
  readonly closesHint: string;
  readonly tagsHint: string;
  tagProblem(tag: string, message: string): string;
  tags(count: number, max: number): string;
  readonly questionsHint: string;
  questionsAnswered(count: number): string;
  question(number: number): string;
  readonly questionText: string;
  readonly statement: string;
  readonly answer: string;
  readonly mustBeAnswered: string;
  readonly mustBeChecked: string;
  readonly options: string;
  option(number: number): string;
  readonly addQuestion: string;
  readonly addOption: string;
  noMoreQuestions(max: number): string;
  noMoreOptions(max: number): string;
  moveUp(name: string): string;
  moveDown(name: string): string;
  readonly drag: string;
  remove(name: string): string;
  removed(label: string): string;
  readonly undo: string;
  movedTo(place: number, count: number): string;
  readonly saving: string;
  readonly save: string;
  readonly saveDraft: string;
  readonly discard: string;
  readonly discardChanges: string;
  readonly saved: string;
  readonly savedAsDraft: string;
  unsavedChanges(time: string, name: string): string;
  readonly continueDraft: string;
  readonly leaveTitle: string;
  readonly leaveText: string;
  readonly leave: string;
  readonly keepEditing: string;
  readonly notSaved: Message;
  readonly savedBefore: Message;
  readonly findIt: string;
  readonly gone: Message;
  readonly saveAsNew: string;
  readonly backToEvent: string;
  readonly notAllowed: Readonly<Record<'role' | 'organizer' | 'cancelled', Message>>;
  readonly conflict: Message;
  readonly noConflict: string;
  readonly yours: string;
  readonly theirs: string;
  readonly theyChanged: string;
  readonly theyAlsoChanged: string;
  readonly keepTheirs: string;
}

export const texts = inLanguage<Texts>({
  en: {
    newEvent: 'New event',
    editEvent: 'Edit event',
    requiredNote: 'Fields with a * are required.',
    parts: {
      about: 'About the event',
      when: 'Date and time',
      where: 'Where it takes place',
      registration: 'Registration',
      questions: 'Questions for guests',
    },
    organizerHint: 'The name that people know you by, such as that of your club.',
    pictureHint: 'The address of a picture; begins with https://',
    pictureFailed: 'There is no picture at this address, or it cannot be loaded.',
    urlHint: 'Begins with https://. Only people with a seat see it.',
    timesHint: 'Start and end are in this time zone.',
    startsInPast:
      'This start is in the past. You can save the event, but not publish it; you will find it among the past events.',
    zoneHint: 'Search by city, country or offset, such as Berlin or GMT+2.',
    zoneSearch: 'Search results',
    zonesFound: (count) => (count === 1 ? '1 time zone' : `${formatCount(count)} time zones`),
    zoneChosen: (zone) => `Chosen: ${zone}.`,
    zoneNotFound: (query, zone) => `No time zone was found for “${query}”; it is still ${zone}.`,
    visibilityHints: {
      'signed-in': 'Once it is published, everyone who has signed in finds it in the list of events.',
      public:
        'Once it is published, everyone who has signed in finds it in the list of events, and anyone else can open its link.',
      unlisted: 'Once it is published, anyone who has its link can open it, and only your own list shows it.',
    },
    capacityHint: 'Leave it empty for no limit.',
    ambiguousNumber: (typed) => `“${typed}” can be read in two ways: enter the number without separators.`,
    capacityExample: `Enter a whole number, such as 150 or ${formatCount(1_500)}.`,
    belowRegistrations: (count) => `At least ${formatCount(count)}: that many people already have a seat.`,
    publishedNeedsPlace: 'A published event needs a place.',
    waitlistChoice: 'People can wait for a seat when all are taken',
    waitlistHint: 'Turning it off removes no one who is waiting.',
    opensHint: 'Leave it empty to open as soon as the event is published.',
    closesHint: 'Leave it empty to close when the event ends.',
    tagsHint: 'Separated by commas. Put a tag that contains a comma in quotes: "rock, pop".',
    tagProblem: (tag, message) => `“${tag}”: ${message}`,
    tags: (count, max) => `${count} of ${max} tags`,
    questionsHint: 'The form for guests asks for the name and email address. Here you can ask for more.',
    questionsAnswered: (count) =>
      `${count === 1 ? '1 person has' : `${formatCount(count)} people have`} already registered. Their answers stay as they are, even if you change or remove a question, and no one is asked again.`,
    question: (number) => `Question ${number}`,
    questionText: 'What you ask',
    statement: 'What guests agree to',
    answer: 'Kind of answer',
    mustBeAnswered: 'Must be answered',
    mustBeChecked: 'Must be checked',
    options: 'Options',
    option: (number) => `Option ${number}`,
    addQuestion: 'Add a question',
    addOption: 'Add an option',
    noMoreQuestions: (max) => `An event can have at most ${max} questions.`,
    noMoreOptions: (max) => `A question can have at most ${max} options.`,
    moveUp: (name) => `Move up: ${name}`,
    moveDown: (name) => `Move down: ${name}`,
    drag: 'Drag to another place',
    remove: (name) => `Remove: ${name}`,
    removed: (label) => (label === '' ? 'Question removed.' : `Question “${label}” removed.`),
    undo: 'Undo',
    movedTo: (place, count) => `Now number ${place} of ${count}`,
    saving: 'Saving…',
    save: 'Save',
    saveDraft: 'Save draft',
    discard: 'Discard',
    discardChanges: 'Discard changes',
    saved: 'Saved.',
    savedAsDraft: 'Saved as a draft.',
    unsavedChanges: (time, name) => `You have unsaved changes from ${time}${name === '' ? '' : `: “${name}”`}.`,
    continueDraft: 'Continue',
    leaveTitle: 'Leave without saving?',
    leaveText: 'Your changes will be lost.',
    leave: 'Leave',
    keepEditing: 'Keep editing',
    notSaved: ['Not saved yet', 'Please fix the highlighted fields.'],
    savedBefore: ['Already saved', 'An earlier attempt to save this form did reach the API.'],
    findIt: 'You will find it among your events.',
    gone: [
      'This event was deleted',
      'It was deleted in another tab or on another device. What you typed is still here: you can save it as a new event.',
    ],
    saveAsNew: 'Save as a new event',
    backToEvent: 'Show the event',
    notAllowed: {
      role: [
        'You cannot create events',
        'Your account is not that of an organizer. Ask your administrator to add you.',
      ],
      organizer: ['You cannot edit this event', 'Only its organizer can.'],
      cancelled: ['This event is cancelled', 'Cancelled events cannot be changed. You can duplicate it instead.'],
    },
    conflict: [
      'This event was changed in another tab or on another device',
      'Both versions changed these fields. Choose which to keep.',
    ],
    noConflict: 'You did not change the same fields, so both versions can be kept together.',
    yours: 'Your version',
    theirs: 'The other version',
    theyChanged: 'The other version changed',
    theyAlsoChanged: 'The other version also changed',
    keepTheirs: 'Keep the other version',
  },
  de: {
    newEvent: 'Neue Veranstaltung',
    editEvent: 'Veranstaltung bearbeiten',
    requiredNote: 'Felder mit * sind Pflichtfelder.',
    parts: {
      about: 'Die Veranstaltung',
      when: 'Datum und Uhrzeit',
      where: 'Wo sie stattfindet',
      registration: 'Anmeldung',
      questions: 'Fragen an die Gäste',
    },
    organizerHint: 'Der Name, unter dem man Sie kennt, zum Beispiel der Ihres Vereins.',
    pictureHint: 'Die Adresse eines Bildes; sie beginnt mit https://',
    pictureFailed: 'Unter dieser Adresse gibt es kein Bild, oder es lässt sich nicht laden.',
    urlHint: 'Beginnt mit https://. Nur wer einen Platz hat, sieht ihn.',
    timesHint: 'Beginn und Ende gelten in dieser Zeitzone.',
    startsInPast:
      'Dieser Beginn liegt in der Vergangenheit. Sie können die Veranstaltung speichern, aber nicht veröffentlichen, und finden sie unter den vergangenen.',
    zoneHint: 'Suchen Sie nach Stadt, Land oder Zeitverschiebung, zum Beispiel Berlin oder GMT+2.',
    zoneSearch: 'Suchergebnisse',
    zonesFound: (count) => (count === 1 ? '1 Zeitzone' : `${formatCount(count)} Zeitzonen`),
    zoneChosen: (zone) => `Gewählt: ${zone}.`,
    zoneNotFound: (query, zone) => `Zu „${query}“ gibt es keine Zeitzone; es bleibt ${zone}.`,
    visibilityHints: {
      'signed-in': 'Sobald sie veröffentlicht ist, steht sie für alle, die eingeloggt sind, in der Liste.',
      public:
        'Sobald sie veröffentlicht ist, steht sie für alle, die eingeloggt sind, in der Liste, und alle anderen können ihren Link öffnen.',
      unlisted:
        'Sobald sie veröffentlicht ist, können alle, die den Link haben, sie öffnen. Sie steht nur in Ihrer eigenen Liste.',
    },
    capacityHint: 'Leer bedeutet: ohne Grenze.',
    ambiguousNumber: (typed) => `„${typed}“ ist nicht eindeutig: Geben Sie die Zahl ohne Trennzeichen ein.`,
    capacityExample: `Geben Sie eine ganze Zahl ein, zum Beispiel 150 oder ${formatCount(1_500)}.`,
    belowRegistrations: (count) => `Mindestens ${formatCount(count)}: So viele haben schon einen Platz.`,
    publishedNeedsPlace: 'Eine veröffentlichte Veranstaltung braucht einen Ort.',
    waitlistChoice: 'Wenn alle Plätze vergeben sind, kann man auf einen warten',
    waitlistHint: 'Wer schon wartet, bleibt auf der Warteliste, auch wenn Sie sie ausschalten.',
    opensHint: 'Leer bedeutet: sobald die Veranstaltung veröffentlicht ist.',
    closesHint: 'Leer bedeutet: bis die Veranstaltung endet.',
    tagsHint: 'Durch Kommas getrennt. Ein Stichwort mit Komma steht in Anführungszeichen: "rock, pop".',
    tagProblem: (tag, message) => `„${tag}“: ${message}`,
    tags: (count, max) => `${count} von ${max} Stichwörtern`,
    questionsHint: 'Das Formular für Gäste fragt nach Name und E-Mail-Adresse. Hier können Sie nach mehr fragen.',
    questionsAnswered: (count) =>
      `${count === 1 ? 'Eine Person hat' : `${formatCount(count)} Personen haben`} sich schon angemeldet. Ihre Antworten bleiben, wie sie sind, auch wenn Sie eine Frage ändern oder entfernen, und niemand wird noch einmal gefragt.`,
    question: (number) => `Frage ${number}`,
    questionText: 'Was Sie fragen',
    statement: 'Wozu Gäste ihr Einverständnis geben',
    answer: 'Art der Antwort',
    mustBeAnswered: 'Muss beantwortet werden',
    mustBeChecked: 'Muss angekreuzt werden',
    options: 'Antworten zur Auswahl',
    option: (number) => `Antwort ${number}`,
    addQuestion: 'Frage hinzufügen',
    addOption: 'Antwort hinzufügen',
    noMoreQuestions: (max) => `Eine Veranstaltung kann höchstens ${max} Fragen haben.`,
    noMoreOptions: (max) => `Eine Frage kann höchstens ${max} Antworten zur Auswahl haben.`,
    moveUp: (name) => `Nach oben: ${name}`,
    moveDown: (name) => `Nach unten: ${name}`,
    drag: 'An eine andere Stelle ziehen',
    remove: (name) => `Entfernen: ${name}`,
    removed: (label) => (label === '' ? 'Frage entfernt.' : `Frage „${label}“ entfernt.`),
    undo: 'Rückgängig',
    movedTo: (place, count) => `Jetzt Nummer ${place} von ${count}`,
    saving: 'Wird gespeichert…',
    save: 'Speichern',
    saveDraft: 'Entwurf speichern',
    discard: 'Verwerfen',
    discardChanges: 'Änderungen verwerfen',
    saved: 'Gespeichert.',
    savedAsDraft: 'Als Entwurf gespeichert.',
    unsavedChanges: (time, name) =>
      `Sie haben nicht gespeicherte Änderungen (${time})${name === '' ? '' : `: „${name}“`}.`,
    continueDraft: 'Weiterbearbeiten',
    leaveTitle: 'Ohne Speichern verlassen?',
    leaveText: 'Ihre Änderungen gehen verloren.',
    leave: 'Verlassen',
    keepEditing: 'Weiterbearbeiten',
    notSaved: ['Noch nicht gespeichert', 'Bitte korrigieren Sie die markierten Felder.'],
    savedBefore: ['Schon gespeichert', 'Ein früherer Versuch, dieses Formular zu speichern, ist doch angekommen.'],
    findIt: 'Sie finden sie unter Ihren Veranstaltungen.',
    gone: [
      'Diese Veranstaltung wurde gelöscht',
      'Sie wurde in einem anderen Tab oder auf einem anderen Gerät gelöscht. Ihre Eingaben sind noch da: Sie können sie als neue Veranstaltung speichern.',
    ],
    saveAsNew: 'Als neue Veranstaltung speichern',
    backToEvent: 'Veranstaltung anzeigen',
    notAllowed: {
      role: [
        'Sie können keine Veranstaltungen anlegen',
        'Ihr Konto ist nicht das eines Veranstalters. Bitten Sie die Verwaltung, Sie aufzunehmen.',
      ],
      organizer: ['Sie können diese Veranstaltung nicht bearbeiten', 'Das kann nur ihr Veranstalter.'],
      cancelled: [
        'Diese Veranstaltung ist abgesagt',
        'Abgesagte Veranstaltungen lassen sich nicht ändern. Sie können sie stattdessen duplizieren.',
      ],
    },
    conflict: [
      'Diese Veranstaltung wurde in einem anderen Tab oder auf einem anderen Gerät geändert',
      'Beide Fassungen haben diese Felder geändert. Wählen Sie, was bleiben soll.',
    ],
    noConflict: 'Sie haben nicht dieselben Felder geändert: Beide Fassungen lassen sich zusammenführen.',
    yours: 'Ihre Fassung',
    theirs: 'Die andere Fassung',
    theyChanged: 'In der anderen Fassung geändert',
    theyAlsoChanged: 'In der anderen Fassung außerdem geändert',
    keepTheirs: 'Die andere Fassung behalten',
  },
});
