import type { Event as ApiEvent, FieldError } from '@event-management/client';
import { useQuery } from '@tanstack/react-query';
import { messagesByField } from '../../shared/parts/field-errors.ts';
import { useServices } from '../../shared/services.ts';
import { fieldAt } from '../form/values.ts';
import { addressOf } from '../router.ts';
import { texts } from './texts.ts';

/** What a draft needs before it can be published, as the API says; each item leads to its field. */
export function Checklist({ event }: { readonly event: ApiEvent }) {
  const { api } = useServices();
  const { data: missing = [] } = useQuery({
    queryKey: ['missing', event.eventId, event.etag],
    queryFn: async ({ signal }) => {
      const { error } = await api.publishEvent(event, { dryRun: true }, { signal }).result();
      return error?.problem?.errors ?? [];
    },
    // Time alone can make a draft unpublishable.
    staleTime: 0,
  });
  if (missing.length === 0) return null;
  return (
    <section className="notice checklist" aria-labelledby="checklist">
      <h2 id="checklist">{texts.notReady}</h2>
      <p>{texts.notReadyHint}</p>
      <ul>
        {missing.map((error) => (
          <li key={error.pointer}>
            <a href={addressOf({ name: 'edit', eventId: event.eventId, field: fieldAt(error.pointer ?? '') })}>
              {textOf(error)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const textOf = (error: FieldError) =>
  texts.missing[error.code] ??
  Object.values(messagesByField([error]))
    .flat()
    .join(' ');
