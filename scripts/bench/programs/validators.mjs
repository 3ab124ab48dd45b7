/** The checks of inputs with Ajv, for programs whose framework has none. */
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import * as contract from './contract.mjs';

const ajv = addFormats(new Ajv({ allErrors: true, discriminator: true, strict: false }));
const isNewEvent = ajv.compile(contract.newEvent);
const isEventId = ajv.compile(contract.eventId);

/** What is wrong with an input; undefined if nothing is. */
export const errorsOfEvent = (body) => (isNewEvent(body) ? undefined : isNewEvent.errors);
export const errorsOfId = (eventId) => (isEventId(eventId) ? undefined : isEventId.errors);
