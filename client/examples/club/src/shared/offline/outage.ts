import type { EventsApiError } from '@event-management/client';

const outages = [
  'network-error',
  'timeout',
  'aborted',
  'service-unavailable',
  'unexpected-response',
  'internal-error',
  'too-many-requests',
  'unauthenticated',
];

/** Whether an error says nothing about what was asked for, so that what is kept on the device still holds. */
export const isOutage = ({ code }: EventsApiError) => outages.includes(code);
