/** Isolation of text in a sentence of the page, so that text in another direction cannot reorder what is around it (UAX #9). */

/** Characters from right to left, and characters that change the direction of what follows them. */
const reordering =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const directionControls = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * The text for a place where no element can isolate it: in a longer text, or in the title of the page. It is unchanged unless it has
 * characters from right to left or controls of direction. In elements, use `<bdi>`.
 */
export function isolated(text: string): string {
  return reordering.test(text) ? `\u2068${text.replace(directionControls, '')}\u2069` : text;
}
