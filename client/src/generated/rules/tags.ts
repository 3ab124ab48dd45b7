// Copied by `make generate` from src/domain/events/tags.ts; do not edit.
/** Rules about the tags of an event. */
import type { FieldError } from '../schemas.ts';
import { fold } from './fold.ts';

/** The errors of tags that are syntactically valid, with pointers into the body of a request: an event has each tag once. */
export function tagErrors(tags: readonly string[]): FieldError[] {
  const folded = tags.map(fold);
  return folded.flatMap((tag, index): FieldError[] => {
    const first = folded.indexOf(tag);
    if (first === index) return [];
    return [
      { pointer: `/tags/${index}`, code: 'duplicate-item', detail: `must be unique: tag ${first + 1} is the same` },
    ];
  });
}
