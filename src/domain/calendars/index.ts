import type { Handlers } from '../../contract/binding.ts';
import type { Database } from '../../storage/database.ts';
import type { Dependencies } from './dependencies.ts';
import { createCalendarFeed } from './operations/create-calendar-feed.ts';
import { deleteCalendarFeed } from './operations/delete-calendar-feed.ts';
import { getCalendarFeed } from './operations/get-calendar-feed.ts';
import { getCalendar } from './operations/get-calendar.ts';
import { getEventCalendar } from './operations/get-event-calendar.ts';
import { listCalendarFeeds } from './operations/list-calendar-feeds.ts';
import { createFeedRepository } from './repository.ts';

type CalendarHandlers = Pick<
  Handlers,
  | 'getEventCalendar'
  | 'listCalendarFeeds'
  | 'createCalendarFeed'
  | 'getCalendarFeed'
  | 'deleteCalendarFeed'
  | 'getCalendar'
>;

export interface CalendarOptions extends Pick<Dependencies, 'events' | 'registrations' | 'now'> {
  readonly database: Database;
  /** The name of the calendar-feeds table. */
  readonly tableName: string;
}

/** The handlers of all operations on calendars. They open no connection before their first call. */
export function createCalendarHandlers({ database, tableName, ...sources }: CalendarOptions): CalendarHandlers {
  const dependencies: Dependencies = { ...sources, feeds: createFeedRepository(database, tableName) };
  return {
    getEventCalendar: (call) => getEventCalendar(call, dependencies),
    listCalendarFeeds: (call) => listCalendarFeeds(call, dependencies),
    createCalendarFeed: (call) => createCalendarFeed(call, dependencies),
    getCalendarFeed: (call) => getCalendarFeed(call, dependencies),
    deleteCalendarFeed: (call) => deleteCalendarFeed(call, dependencies),
    getCalendar: (call) => getCalendar(call, dependencies),
  };
}
