import type { Event as ApiEvent } from '@event-management/client';
import { GuestEvent } from '../../shared/parts/guest-event.tsx';
import { LoadFailure } from '../../shared/parts/load-failure.tsx';
import { Loading } from '../../shared/parts/loading.tsx';
import { RegistrationFields } from '../../shared/registration/fields.tsx';
import { closedReason, registerLabel, Seats } from '../../shared/registration/offer.tsx';
import { texts as offerTexts } from '../../shared/registration/texts.ts';
import { useRegistrationForm } from '../../shared/registration/use-registration-form.ts';
import { valuesOf } from '../../shared/registration/values.ts';
import { texts as common } from '../../shared/texts.ts';
import { addressOf } from '../router.ts';
import { texts } from './texts.ts';
import { useEvent } from './use-event.ts';

/** An event as guests will see it, whether it is published or not. */
export function PreviewView({ eventId }: { readonly eventId: string }) {
  const { event, error, reload } = useEvent(eventId);
  const back = (
    <a className="back" href={addressOf({ name: 'event', eventId })}>
      {texts.backToEvent}
    </a>
  );
  if (error)
    return (
      <LoadFailure error={error} retry={reload}>
        {back}
      </LoadFailure>
    );
  if (!event)
    return (
      <>
        {back}
        <Loading what={common.theEvent} />
      </>
    );
  const guests = asGuest(event);
  const closed = closedReason(guests);
  return (
    <>
      {back}
      <div className="notice preview" role="note" aria-label={texts.previewTitle}>
        <p>
          <strong>{texts.previewTitle}.</strong> {texts.previewExplained}
        </p>
      </div>
      <GuestEvent
        event={guests}
        panel={
          <>
            <Seats event={guests} />
            {closed ? <p>{closed}</p> : <span className="button primary">{registerLabel(guests)}</span>}
          </>
        }
      />
      {!closed && <FormPreview event={guests} />}
    </>
  );
}

/** The form in which guests will register, with the questions of the event. */
function FormPreview({ event: { questions } }: { readonly event: ApiEvent }) {
  const state = useRegistrationForm(valuesOf(undefined), questions, null);
  return (
    <section className="notice form-preview" aria-labelledby="form-preview">
      <h2 id="form-preview">{texts.previewForm}</h2>
      <fieldset className="event-form" disabled>
        <RegistrationFields own={false} state={state} questions={questions} labels={offerTexts} />
      </fieldset>
    </section>
  );
}

/** What the API returns of a published event to a person who has not registered. */
function asGuest(event: ApiEvent): ApiEvent {
  const { waitlistedCount: _waiting, checkedInCount: _arrived, location, ...shown } = event;
  const status = event.status === 'draft' ? 'published' : event.status;
  if (!location || !('url' in location)) return { ...shown, status, ...(location && { location }) };
  const { url: _url, ...place } = location;
  return { ...shown, status, location: place };
}
