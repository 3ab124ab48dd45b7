import type { Event as ApiEvent } from '@event-management/client';
import { useEffect } from 'react';

/** The one policy that the page may use (https://www.w3.org/TR/trusted-types/): what it makes is data, which no browser runs. */
const dataOnly = window.trustedTypes?.createPolicy('structured-data', {
  createScript: (text) => JSON.stringify(JSON.parse(text)),
});

/** Tells search engines and assistants about the event while its view is shown (https://schema.org/Event, as JSON-LD). */
export function useStructuredData(event: ApiEvent | undefined): void {
  const text = event && JSON.stringify(eventData(event));
  useEffect(() => {
    if (text === undefined) return;
    const element = document.createElement('script');
    element.type = 'application/ld+json';
    element.textContent = (dataOnly?.createScript(text) ?? text) as string;
    document.head.append(element);
    return () => element.remove();
  }, [text]);
}

/** The event in the vocabulary of schema.org. */
export function eventData(event: ApiEvent): object {
  const { name, startsAt, endsAt, description, imageUrl, organizerName, status } = event;
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name,
    startDate: startsAt,
    endDate: endsAt,
    eventStatus: `https://schema.org/${status === 'cancelled' ? 'EventCancelled' : 'EventScheduled'}`,
    ...attendance(event),
    ...(description === undefined ? {} : { description }),
    ...(imageUrl === undefined ? {} : { image: imageUrl }),
    ...(organizerName === undefined ? {} : { organizer: { '@type': 'Organization', name: organizerName } }),
  };
}

const modes = { venue: 'Offline', online: 'Online', hybrid: 'Mixed' } as const;

function attendance({ location }: ApiEvent): object {
  if (location === undefined) return {};
  const places = 'name' in location ? [{ '@type': 'Place', name: location.name, address: location.address }] : [];
  return {
    eventAttendanceMode: `https://schema.org/${modes[location.kind]}EventAttendanceMode`,
    ...(places.length === 0 ? {} : { location: places[0] }),
  };
}
