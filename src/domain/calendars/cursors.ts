import { createCursorCodec } from '../shared/cursor.ts';
import { instantPattern } from '../shared/instants.ts';

/** The cursors of a user's feeds, which are sorted by `<createdAt>#<feedId>`. */
export const myFeeds = createCursorCodec<object>(
  new RegExp(`^${instantPattern}#[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`),
);
