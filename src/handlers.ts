/** Every operation of the contract with its handler. Where one is missing, this file does not compile. */
import type { Handlers } from './contract/binding.ts';
import { cancelEvent } from './events/handlers/cancel-event.ts';
import { createEvent } from './events/handlers/create-event.ts';
import { deleteEvent } from './events/handlers/delete-event.ts';
import { duplicateEvent } from './events/handlers/duplicate-event.ts';
import { getEvent } from './events/handlers/get-event.ts';
import { listEvents } from './events/handlers/list-events.ts';
import { publishEvent } from './events/handlers/publish-event.ts';
import { unpublishEvent } from './events/handlers/unpublish-event.ts';
import { updateEvent } from './events/handlers/update-event.ts';
import type { Services } from './events/services.ts';
import { getHealth } from './health/get-health.ts';

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
