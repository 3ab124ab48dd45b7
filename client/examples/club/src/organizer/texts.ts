/** The texts of the page for organizers. */
import { inLanguage } from '../shared/language.ts';

export const texts = inLanguage({
  en: { purpose: 'Create events, publish them when they are ready, and keep them up to date.' },
  de: { purpose: 'Veranstaltungen anlegen, veröffentlichen, wenn sie fertig sind, und aktuell halten.' },
});
