/**
 * The form in which texts are compared if case, diacritics, width and spacing do not matter: compatibility characters decomposed
 * (Unicode NFKD), marks and invisible characters removed, in lower case, with single spaces. A text of such characters only stays as
 * it is, so that it equals itself and nothing else.
 */
export function fold(text: string): string {
  const letters = text.normalize('NFKD').replaceAll(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '');
  // To upper case first: ß and ss are one, and so are the forms of i. The final sigma depends on its neighbors.
  const lower = letters.toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return lower.replaceAll(/\s+/g, ' ').trim() || text;
}
