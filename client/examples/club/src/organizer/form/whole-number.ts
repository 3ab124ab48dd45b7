/** Numbers as people type them. */

/** Spaces, and the apostrophes of Switzerland: they group digits in some languages, and never mean anything else. */
const neutral = /[\s\u00a0\u202f'’]/g;

/**
 * Reads a whole number, whose digits may be grouped by threes: by the separator of the language, or by spaces. Undefined for other text,
 * such as "1.000" in a language in which this is the number 1.
 */
export function parseWholeNumber(text: string, locale: string): number | undefined {
  const format = new Intl.NumberFormat(locale);
  const separator = format.formatToParts(1_234_567).find(({ type }) => type === 'group')?.value ?? ' ';
  const digits = [...format.format(9_876_543_210)].filter((one) => /\p{Nd}/u.test(one)).reverse();
  const typed = [...text.trim().replace(neutral, ' ').replaceAll(separator.replace(neutral, ' '), ' ')]
    .map((one) => (digits.includes(one) ? digits.indexOf(one) : one))
    .join('');
  return /^(\d+|\d{1,3}( \d{3})+)$/.test(typed) ? Number(typed.replaceAll(' ', '')) : undefined;
}

/** Whether a text is a whole number in some languages and another number, or none, in others. */
export const isAmbiguousNumber = (text: string) => /^\d{1,3}([.,]\d{3})+$/.test(text.trim());
