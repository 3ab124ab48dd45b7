// Copied by `make generate` from src/lib/fold.ts; do not edit.
/**
 * The form in which texts are compared if case, diacritics, width and spacing do not matter: compatibility characters decomposed
 * (Unicode NFKD), marks and invisible characters removed, in lower case, with single spaces. A text of such characters only stays as
 * it is, so that it equals itself and nothing else.
 */
export function fold(text: string): string {
  const letters = text.normalize('NFKD').replaceAll(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '');
  // By way of upper case, in which ß is SS and both forms of i are I. The lower case of ẞ is ß. The final sigma depends on its neighbors.
  const lower = letters.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return withSingleSpaces(lower) || withSingleSpaces(text);
}

const withSingleSpaces = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
