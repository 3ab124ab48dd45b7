/** The texts of the view of calendar feeds. */
import type { FeedSource } from '@event-management/client';
import { inLanguage } from '../language.ts';
import type { Message } from '../texts.ts';

interface Texts {
  readonly title: string;
  readonly explained: Readonly<Record<FeedSource['kind'], string>>;
  readonly name: string;
  readonly nameHint: string;
  readonly create: string;
  readonly creating: string;
  readonly created: Readonly<Record<FeedSource['kind'], Message>>;
  readonly address: string;
  readonly copy: string;
  readonly copied: string;
  readonly open: string;
  readonly theFeeds: string;
  readonly existing: string;
  feeds(count: number): string;
  readonly none: Message;
  readonly sources: Readonly<Record<FeedSource['kind'], string>>;
  readonly ofAnother: string;
  createdOn(time: string): string;
  delete(name: string): string;
  readonly deleteShort: string;
  readonly deleteQuestion: string;
  readonly deleteExplained: string;
  readonly confirmDelete: string;
  readonly deleting: string;
  readonly keep: string;
  readonly deleted: string;
  readonly alreadyDeleted: string;
  readonly tooMany: Message;
}

export const texts = inLanguage<Texts>({
  en: {
    title: 'Calendar feeds',
    explained: {
      'published-by':
        'A feed shows your published events in a calendar app, and picks up every change. You can pass it on.',
      'my-registrations':
        'A feed shows the events that you are registered for in your calendar app, and picks up every change.',
    },
    name: 'Name (optional)',
    nameHint: 'Calendar apps show it.',
    create: 'Create a feed',
    creating: 'Creating…',
    created: {
      'published-by': [
        'Copy the address now',
        'It is shown only this once. Anyone who has it can read the calendar with your published events.',
      ],
      'my-registrations': [
        'Copy the address now',
        'It is shown only this once. Anyone who has it can read the calendar, so treat it like a password.',
      ],
    },
    address: 'Address of the feed',
    copy: 'Copy address',
    copied: 'The address has been copied.',
    open: 'Open in a calendar app',
    theFeeds: 'your feeds',
    existing: 'Your feeds',
    feeds: (count) => (count === 1 ? '1 feed' : `${count} feeds`),
    none: ['No feeds yet', 'Create one, and add its address to your calendar app.'],
    sources: { 'published-by': 'Published events', 'my-registrations': 'My registrations' },
    ofAnother: 'Published events of another organizer',
    createdOn: (time) => `created on ${time}`,
    delete: (name) => `Delete ${name}…`,
    deleteShort: 'Delete…',
    deleteQuestion: 'Delete this feed?',
    deleteExplained: 'Calendar apps that use it will no longer be updated. This cannot be undone.',
    confirmDelete: 'Delete feed',
    deleting: 'Deleting…',
    keep: 'Keep it',
    deleted: 'The feed has been deleted.',
    alreadyDeleted: 'The feed was already deleted.',
    tooMany: ['You cannot have more feeds', 'Delete one that you no longer use.'],
  },
  de: {
    title: 'Kalender-Abos',
    explained: {
      'published-by':
        'Ein Abo zeigt Ihre veröffentlichten Veranstaltungen in einer Kalender-App und übernimmt jede Änderung. Sie können es weitergeben.',
      'my-registrations':
        'Ein Abo zeigt die Veranstaltungen, zu denen Sie angemeldet sind, in Ihrer Kalender-App und übernimmt jede Änderung.',
    },
    name: 'Name (freiwillig)',
    nameHint: 'Kalender-Apps zeigen ihn an.',
    create: 'Abo anlegen',
    creating: 'Wird angelegt…',
    created: {
      'published-by': [
        'Kopieren Sie die Adresse jetzt',
        'Sie wird nur dieses eine Mal angezeigt. Wer sie hat, kann den Kalender mit Ihren veröffentlichten Veranstaltungen lesen.',
      ],
      'my-registrations': [
        'Kopieren Sie die Adresse jetzt',
        'Sie wird nur dieses eine Mal angezeigt. Wer sie hat, kann den Kalender lesen: Behandeln Sie sie wie ein Passwort.',
      ],
    },
    address: 'Adresse des Abos',
    copy: 'Adresse kopieren',
    copied: 'Die Adresse wurde kopiert.',
    open: 'In einer Kalender-App öffnen',
    theFeeds: 'Ihre Abos',
    existing: 'Ihre Abos',
    feeds: (count) => (count === 1 ? '1 Abo' : `${count} Abos`),
    none: ['Noch keine Abos', 'Legen Sie eines an und geben Sie seine Adresse in Ihrer Kalender-App ein.'],
    sources: { 'published-by': 'Veröffentlichte Veranstaltungen', 'my-registrations': 'Meine Anmeldungen' },
    ofAnother: 'Veröffentlichte Veranstaltungen einer anderen Person',
    createdOn: (time) => `angelegt am ${time}`,
    delete: (name) => `${name} löschen…`,
    deleteShort: 'Löschen…',
    deleteQuestion: 'Dieses Abo löschen?',
    deleteExplained:
      'Kalender-Apps, die es benutzen, bekommen keine Änderungen mehr. Das lässt sich nicht rückgängig machen.',
    confirmDelete: 'Abo löschen',
    deleting: 'Wird gelöscht…',
    keep: 'Behalten',
    deleted: 'Das Abo wurde gelöscht.',
    alreadyDeleted: 'Das Abo war schon gelöscht.',
    tooMany: ['Mehr Abos sind nicht möglich', 'Löschen Sie eines, das Sie nicht mehr brauchen.'],
  },
});
