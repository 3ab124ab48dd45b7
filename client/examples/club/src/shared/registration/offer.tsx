import type { Event as ApiEvent } from '@event-management/client';
import { dateTimeOf, timeZoneLabel } from '../time.ts';
import { texts } from './texts.ts';

/** How many seats there are, if their number is limited and people can register. */
export function Seats({ event }: { readonly event: ApiEvent }) {
  const { seatsLeft } = event;
  if (seatsLeft === undefined || closedReason(event)) return null;
  return <p>{seatsLeft === 0 ? texts.fullWithWaitlist : texts.seatsLeft(seatsLeft)}</p>;
}

/** Why people cannot register now; undefined if they can. */
export function closedReason(event: ApiEvent): string | undefined {
  const { status, phase, registrationOpensAt, registrationClosesAt, seatsLeft, waitlist, timeZone } = event;
  const timeOf = (instant: string) => `${dateTimeOf(instant, timeZone)}, ${timeZoneLabel(instant, timeZone)}`;
  const now = Date.now();
  if (status === 'cancelled') return texts.eventIsCancelled[0];
  if (phase === 'ended') return texts.over;
  if (registrationOpensAt && Date.parse(registrationOpensAt) > now) return texts.opensAt(timeOf(registrationOpensAt));
  if (registrationClosesAt && Date.parse(registrationClosesAt) <= now)
    return texts.closedAt(timeOf(registrationClosesAt));
  return seatsLeft === 0 && !waitlist ? texts.full : undefined;
}

/** What the button that registers says. */
export const registerLabel = ({ seatsLeft }: ApiEvent) => (seatsLeft === 0 ? texts.joinWaitlist : texts.register);
