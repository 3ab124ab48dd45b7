/** The texts of the view of an event. */
import type { FieldErrorCode, Visibility } from '@event-management/client';
import { inLanguage } from '../../shared/language.ts';
import type { Message } from '../../shared/texts.ts';

interface Texts {
  readonly actions: string;
  readonly more: string;
  readonly edit: string;
  readonly publish: string;
  readonly publishing: string;
  readonly published: Readonly<Record<Visibility, string>>;
  readonly unpublish: string;
  readonly unpublishQuestion: string;
  readonly unpublishExplained: string;
  readonly confirmUnpublish: string;
  readonly unpublishing: string;
  readonly keepPublished: string;
  readonly unpublished: string;
  readonly cancel: string;
  readonly cancelQuestion: string;
  readonly cancelExplained: string;
  readonly confirmCancel: string;
  readonly cancelling: string;
  readonly keep: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly cancelled: string;
  readonly delete: string;
  readonly deleteQuestion: string;
  readonly deleteExplained: readonly [before: string, after: string];
  readonly confirmDelete: string;
  readonly deleting: string;
  deleted(name: string): string;
  readonly changedMeanwhile: Message;
  onceVisible(who: string): string;
  readonly notReady: string;
  readonly notReadyHint: string;
  /** What to do about what keeps an event from being published; of other codes, the page shows the message of the field. */
  readonly missing: Partial<Readonly<Record<FieldErrorCode, string>>>;
  readonly duplicate: string;
  readonly duplicateQuestion: string;
  readonly duplicateExplained: string;
  readonly confirmDuplicate: string;
  readonly duplicating: string;
  readonly duplicated: string;
  readonly notNow: string;
  copyOf(name: string): string;
  readonly share: string;
  readonly shareTitle: string;
  /** Who can open the link of a published event. */
  readonly reach: Readonly<Record<Visibility, string>>;
  readonly reachOfDraft: string;
  readonly link: string;
  readonly copyLink: string;
  readonly linkCopied: string;
  readonly sendLink: string;
  readonly qrCode: string;
  readonly saveAs: (format: string) => string;
  readonly done: string;
  readonly preview: string;
  readonly previewTitle: string;
  readonly previewExplained: string;
  readonly previewForm: string;
  readonly backToEvent: string;
}

export const texts = inLanguage<Texts>({
  en: {
    actions: 'Actions',
    more: 'More',
    edit: 'Edit',
    publish: 'Publish',
    publishing: 'Publishing…',
    published: {
      'signed-in': 'Published: everyone who has signed in can see it now.',
      public: 'Published: everyone can see it now.',
      unlisted: 'Published: anyone who has the link can open it now.',
    },
    unpublish: 'Unpublish…',
    unpublishQuestion: 'Unpublish this event?',
    unpublishExplained: 'It becomes a draft again, which only you can see. No one is notified.',
    confirmUnpublish: 'Unpublish',
    unpublishing: 'Unpublishing…',
    keepPublished: 'Keep it published',
    unpublished: 'It is a draft again.',
    cancel: 'Cancel event…',
    cancelQuestion: 'Cancel this event?',
    cancelExplained: 'People can still open it, marked as cancelled. No one is notified, and this cannot be undone.',
    confirmCancel: 'Cancel the event',
    cancelling: 'Cancelling…',
    keep: 'Keep it',
    reason: 'Reason (optional)',
    reasonHint: 'Everyone who can see the event can read it.',
    cancelled: 'Cancelled. People can still open the event.',
    delete: 'Delete…',
    deleteQuestion: 'Delete this event?',
    deleteExplained: ['“', '” will be permanently deleted. This cannot be undone.'],
    confirmDelete: 'Delete event',
    deleting: 'Deleting…',
    deleted: (name) => `“${name}” has been deleted.`,
    changedMeanwhile: [
      'Somebody changed this event in the meantime',
      'Nothing was done. This is the event as it is now: please decide again.',
    ],
    onceVisible: (who) => `Only you. Once it is published: ${who}`,
    notReady: 'Before you can publish',
    notReadyHint: 'Only you can see this draft. This is still missing:',
    missing: { 'location-required': 'Say where it takes place', 'starts-in-past': 'Choose a start in the future' },
    duplicate: 'Duplicate…',
    duplicateQuestion: 'Duplicate this event',
    duplicateExplained: 'The copy is a draft with the same content and questions, and without guests.',
    confirmDuplicate: 'Duplicate',
    duplicating: 'Duplicating…',
    duplicated: 'Duplicated: this is the copy, a draft.',
    notNow: 'Not now',
    copyOf: (name) => `Copy of ${name}`,
    share: 'Share',
    shareTitle: 'Share this event',
    reach: {
      'signed-in': 'Everyone who has signed in can open it.',
      public: 'Everyone can open it, even without signing in.',
      unlisted: 'Anyone who has this link can open it, and no list shows it.',
    },
    reachOfDraft: 'Only you can open it until you publish the event.',
    link: 'Link to the event',
    copyLink: 'Copy link',
    linkCopied: 'The link has been copied.',
    sendLink: 'Send…',
    qrCode: 'QR code of the link',
    saveAs: (format) => `Save as ${format}`,
    done: 'Close',
    preview: 'Preview as a guest',
    previewTitle: 'Preview',
    previewExplained: 'This is how guests will see the event. Registering does not work here.',
    previewForm: 'What guests fill in when they register',
    backToEvent: 'Back to the event',
  },
  de: {
    actions: 'Aktionen',
    more: 'Mehr',
    edit: 'Bearbeiten',
    publish: 'Veröffentlichen',
    publishing: 'Wird veröffentlicht…',
    published: {
      'signed-in': 'Veröffentlicht: Alle, die eingeloggt sind, können die Veranstaltung jetzt sehen.',
      public: 'Veröffentlicht: Alle können die Veranstaltung jetzt sehen.',
      unlisted: 'Veröffentlicht: Wer den Link hat, kann die Veranstaltung jetzt öffnen.',
    },
    unpublish: 'Zurückziehen…',
    unpublishQuestion: 'Veröffentlichung zurückziehen?',
    unpublishExplained: 'Die Veranstaltung wird wieder zum Entwurf, den nur Sie sehen. Niemand wird benachrichtigt.',
    confirmUnpublish: 'Zurückziehen',
    unpublishing: 'Wird zurückgezogen…',
    keepPublished: 'Veröffentlicht lassen',
    unpublished: 'Die Veranstaltung ist wieder ein Entwurf.',
    cancel: 'Absagen…',
    cancelQuestion: 'Diese Veranstaltung absagen?',
    cancelExplained:
      'Sie lässt sich weiterhin öffnen, als abgesagt gekennzeichnet. Niemand wird benachrichtigt, und das lässt sich nicht rückgängig machen.',
    confirmCancel: 'Veranstaltung absagen',
    cancelling: 'Wird abgesagt…',
    keep: 'Behalten',
    reason: 'Grund (freiwillig)',
    reasonHint: 'Alle, die die Veranstaltung sehen können, können ihn lesen.',
    cancelled: 'Abgesagt. Die Veranstaltung lässt sich weiterhin öffnen.',
    delete: 'Löschen…',
    deleteQuestion: 'Diese Veranstaltung löschen?',
    deleteExplained: ['„', '“ wird endgültig gelöscht. Das lässt sich nicht rückgängig machen.'],
    confirmDelete: 'Veranstaltung löschen',
    deleting: 'Wird gelöscht…',
    deleted: (name) => `„${name}“ wurde gelöscht.`,
    changedMeanwhile: [
      'Die Veranstaltung wurde inzwischen geändert',
      'Es wurde nichts ausgeführt. So sieht die Veranstaltung jetzt aus: Bitte entscheiden Sie neu.',
    ],
    onceVisible: (who) => `Nur Sie. Sobald sie veröffentlicht ist: ${who}`,
    notReady: 'Vor dem Veröffentlichen',
    notReadyHint: 'Diesen Entwurf sehen nur Sie. Es fehlt noch:',
    missing: {
      'location-required': 'Einen Ort angeben',
      'starts-in-past': 'Einen Beginn in der Zukunft wählen',
    },
    duplicate: 'Duplizieren…',
    duplicateQuestion: 'Diese Veranstaltung duplizieren',
    duplicateExplained: 'Die Kopie ist ein Entwurf mit demselben Inhalt und denselben Fragen, aber ohne Gäste.',
    confirmDuplicate: 'Duplizieren',
    duplicating: 'Wird dupliziert…',
    duplicated: 'Dupliziert: Das ist die Kopie, ein Entwurf.',
    notNow: 'Jetzt nicht',
    copyOf: (name) => `Kopie von ${name}`,
    share: 'Teilen',
    shareTitle: 'Diese Veranstaltung teilen',
    reach: {
      'signed-in': 'Alle, die eingeloggt sind, können ihn öffnen.',
      public: 'Alle können ihn öffnen, auch ohne sich einzuloggen.',
      unlisted: 'Wer diesen Link hat, kann ihn öffnen. Die Veranstaltung steht in keiner Liste.',
    },
    reachOfDraft: 'Nur Sie können ihn öffnen, bis Sie die Veranstaltung veröffentlichen.',
    link: 'Link zur Veranstaltung',
    copyLink: 'Link kopieren',
    linkCopied: 'Der Link wurde kopiert.',
    sendLink: 'Senden…',
    qrCode: 'QR-Code des Links',
    saveAs: (format) => `Als ${format} speichern`,
    done: 'Schließen',
    preview: 'Vorschau als Gast',
    previewTitle: 'Vorschau',
    previewExplained: 'So werden Gäste die Veranstaltung sehen. Anmelden kann man sich hier nicht.',
    previewForm: 'Was Gäste bei der Anmeldung ausfüllen',
    backToEvent: 'Zurück zur Veranstaltung',
  },
});
