/** Every operation of the contract with its handler. Where one is missing, this file does not compile. */
import type { Handlers } from './contract/binding.ts';
import { cancelEvent } from './domain/events/operations/cancel-event.ts';
import { createEvent } from './domain/events/operations/create-event.ts';
import { deleteEvent } from './domain/events/operations/delete-event.ts';
import { duplicateEvent } from './domain/events/operations/duplicate-event.ts';
import { getEvent } from './domain/events/operations/get-event.ts';
import { listEvents } from './domain/events/operations/list-events.ts';
import { publishEvent } from './domain/events/operations/publish-event.ts';
import { unpublishEvent } from './domain/events/operations/unpublish-event.ts';
import { updateEvent } from './domain/events/operations/update-event.ts';
import type { Services } from './domain/events/services.ts';
import { getHealth } from './domain/health/operations/get-health.ts';

export const handlers: Handlers<Services> = {
  listEvents,
  createEvent,
  getEvent,
  updateEvent,
  deleteEvent,
  publishEvent,
  unpublishEvent,
  cancelEvent,
  duplicateEvent,
  getHealth,
};
