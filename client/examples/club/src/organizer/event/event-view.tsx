import { Details, Title } from '../../shared/parts/details.tsx';
import { Loading } from '../../shared/parts/loading.tsx';
import { LoadFailure } from '../../shared/parts/load-failure.tsx';
import { texts } from '../../shared/texts.ts';
import { BackToList } from '../back-to-list.tsx';
import { defaultFilters } from '../list/filters.ts';
import { addressOf } from '../router.ts';
import { Actions, isIncomplete } from './actions.tsx';
import { Checklist } from './checklist.tsx';
import { Settings } from './settings.tsx';
import { useEvent } from './use-event.ts';

/** The view of one event: its details, and actions for its organizer. */
export function EventView({ eventId }: { readonly eventId: string }) {
  const { event, error, reload, show } = useEvent(eventId);
  if (error)
    return (
      <LoadFailure error={error} retry={reload}>
        <BackToList />
      </LoadFailure>
    );
  if (!event)
    return (
      <>
        <BackToList />
        <Loading what={texts.theEvent} />
      </>
    );
  const isOwn = event.allowedActions.includes('duplicateEvent');
  const tagged = (tag: string) =>
    addressOf({ name: 'list', filters: { ...defaultFilters, whose: isOwn ? 'mine' : 'everyone', tag } });
  return (
    <>
      <BackToList />
      <Title event={event} />
      {isOwn && isIncomplete(event) && <Checklist event={event} />}
      {isOwn && <Actions event={event} show={show} />}
      <Details event={event} tagged={tagged}>
        {isOwn && <Settings event={event} />}
      </Details>
    </>
  );
}
