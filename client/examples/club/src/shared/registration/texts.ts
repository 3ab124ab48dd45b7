/** The texts of what an event offers to a guest. */
import { inLanguage } from '../language.ts';
import type { Message } from '../texts.ts';

interface Texts {
  readonly register: string;
  readonly joinWaitlist: string;
  seatsLeft(count: number): string;
  readonly full: string;
  readonly fullWithWaitlist: string;
  opensAt(time: string): string;
  closedAt(time: string): string;
  readonly over: string;
  readonly eventIsCancelled: Message;
  readonly name: string;
  readonly email: string;
  readonly emailHint: string;
}

export const texts = inLanguage<Texts>({
  en: {
    register: 'Register',
    joinWaitlist: 'Join the waitlist',
    seatsLeft: (count) => (count === 1 ? '1 seat left' : `${count} seats left`),
    full: 'Fully booked',
    fullWithWaitlist: 'Fully booked: you can join the waitlist, and move up when somebody cancels.',
    opensAt: (time) => `Registration opens on ${time}.`,
    closedAt: (time) => `Registration closed on ${time}.`,
    over: 'This event is over.',
    eventIsCancelled: ['The event is cancelled', 'It will not take place.'],
    name: 'Your name',
    email: 'Email address',
    emailHint: 'Only the organizer can see it.',
  },
  de: {
    register: 'Teilnehmen',
    joinWaitlist: 'Auf die Warteliste',
    seatsLeft: (count) => (count === 1 ? 'Noch 1 Platz' : `Noch ${count} Plätze`),
    full: 'Ausgebucht',
    fullWithWaitlist:
      'Ausgebucht: Sie können sich auf die Warteliste setzen lassen und rücken nach, wenn jemand absagt.',
    opensAt: (time) => `Die Anmeldung beginnt am ${time}.`,
    closedAt: (time) => `Anmeldeschluss war am ${time}.`,
    over: 'Diese Veranstaltung ist vorbei.',
    eventIsCancelled: ['Die Veranstaltung ist abgesagt', 'Sie findet nicht statt.'],
    name: 'Ihr Name',
    email: 'E-Mail-Adresse',
    emailHint: 'Nur der Veranstalter kann sie sehen.',
  },
});
