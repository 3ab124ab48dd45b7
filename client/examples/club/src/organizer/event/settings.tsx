import type { Event as ApiEvent } from '@event-management/client';
import { type PartName, shown } from '../form/changes.ts';
import { labels } from '../form/labels.ts';
import { valuesOf } from '../form/values.ts';
import { texts } from './texts.ts';

/** What only the organizer of an event sees, in the order of the form. */
const settings: readonly PartName[] = ['visibility', 'waitlist', 'registration', 'questions'];

/** How people register for an event, as terms of its details. */
export function Settings({ event }: { readonly event: ApiEvent }) {
  const values = valuesOf(event);
  const textOf = (part: PartName) =>
    part === 'visibility' && event.status === 'draft' ? texts.onceVisible(shown(part, values)) : shown(part, values);
  return (
    settings
      // Without a limit no one waits.
      .filter((part) => part !== 'waitlist' || event.capacity !== undefined)
      .map((part) => [part, textOf(part)] as const)
      .filter(([, text]) => text !== '')
      .map(([part, text]) => (
        <div key={part}>
          <dt>{labels.fields[part]}</dt>
          <dd className="lines" dir="auto">
            {text}
          </dd>
        </div>
      ))
  );
}
