/** Events that were deleted in this tab. A list may still contain them for a moment, because lists are eventually consistent. */
const deleted = new Set<string>();

/** Remembers that an event was deleted. */
export const markDeleted = (eventId: string) => void deleted.add(eventId);

/** Whether an event was deleted in this tab. */
export const isDeleted = (eventId: string) => deleted.has(eventId);
