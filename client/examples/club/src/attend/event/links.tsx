import type { Event as ApiEvent, EventsApiError } from '@event-management/client';
import { useState } from 'react';
import { Button } from '../../shared/parts/button.tsx';
import { download, fileName } from '../../shared/parts/download.ts';
import { Problem } from '../../shared/parts/problem.tsx';
import { useOnce } from '../../shared/parts/use-once.ts';
import { useServices } from '../../shared/services.ts';
import { texts } from '../texts.ts';

/** What a visitor takes along: the calendar file and the link of an event. */
export function Links({ event }: { readonly event: ApiEvent }) {
  const { api, announce } = useServices();
  const [error, setError] = useState<EventsApiError>();
  const [once, busy] = useOnce();

  async function addToCalendar(): Promise<void> {
    const { data, error: problem } = await api.getEventCalendar(event).result();
    setError(problem);
    if (data === undefined) return;
    download([data], fileName(event.name, '.ics'), 'text/calendar');
    announce(texts.calendarSaved);
  }
  async function share(): Promise<void> {
    const link = { title: event.name, url: location.href };
    // On a phone the system offers its own choice. Closing it has no effect.
    if ('share' in navigator && matchMedia('(pointer: coarse)').matches)
      return navigator.share(link).catch(() => undefined);
    await navigator.clipboard.writeText(link.url);
    announce(texts.linkCopied);
  }

  return (
    <section className="actions" aria-label={texts.share}>
      {error && (
        <Problem error={error} retry={error.code === 'event-not-found' ? undefined : () => once(addToCalendar)} />
      )}
      <div className="buttons">
        <Button busy={busy} onClick={() => once(addToCalendar)}>
          {texts.addToCalendar}
        </Button>
        <Button onClick={() => void share()}>{texts.copyLink}</Button>
      </div>
    </section>
  );
}
