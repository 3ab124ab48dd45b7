/** The languages of the pages, and the one that this visitor reads. */
const languages = ['en', 'de'] as const;
type Language = (typeof languages)[number];

/** The languages that the browser asks for, the best first. Outside a page, in tests, it is British English. */
const wanted = typeof document === 'undefined' ? ['en-GB'] : navigator.languages;

/** For dates and numbers: what the browser asks for (BCP 47), whether the pages have texts in it or not. */
export const locale = wanted[0] ?? 'en-GB';

/** The language of the texts. */
export const language: Language =
  wanted.map((tag) => languages.find((one) => tag.split('-')[0]?.toLowerCase() === one)).find((one) => one) ?? 'en';

if (typeof document !== 'undefined') document.documentElement.lang = language;

/** The texts of a table in the language of the visitor. The English ones say which there are. */
export function inLanguage<Texts>(table: { readonly en: Texts } & Readonly<Record<Language, NoInfer<Texts>>>): Texts {
  return table[language];
}
