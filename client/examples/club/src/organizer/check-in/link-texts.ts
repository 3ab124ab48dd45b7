/** The texts about the check-in that the page needs before it loads the view. */
import { inLanguage } from '../../shared/language.ts';

interface Texts {
  readonly checkIn: string;
  readonly theCheckIn: string;
  lost(count: number): string;
  readonly keep: string;
  readonly signOutQuestion: string;
  readonly signOutAnyway: string;
}

export const texts = inLanguage<Texts>({
  en: {
    checkIn: 'Check-in',
    theCheckIn: 'the check-in',
    lost: (count) =>
      count === 1
        ? '1 scan has not been sent yet: it would be lost.'
        : `${count} scans have not been sent yet: they would be lost.`,
    keep: 'Keep',
    signOutQuestion: 'Sign out and lose scans?',
    signOutAnyway: 'Sign out anyway',
  },
  de: {
    checkIn: 'Einlass',
    theCheckIn: 'Der Einlass',
    lost: (count) =>
      count === 1
        ? '1 Scan ist noch nicht gesendet und ginge verloren.'
        : `${count} Scans sind noch nicht gesendet und gingen verloren.`,
    keep: 'Behalten',
    signOutQuestion: 'Ausloggen und Scans verlieren?',
    signOutAnyway: 'Trotzdem ausloggen',
  },
});
