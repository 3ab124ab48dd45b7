import type { EventStatus } from '@event-management/client';
import { useEffect, useState } from 'preact/hooks';
import type { FaultsByField } from '../parts/faults.ts';
import { Field } from '../parts/field.tsx';
import { useServices } from '../services.ts';
import { type Filters, statuses, statusNames } from './filters.ts';

interface FilterBarProps {
  readonly filters: Filters;
  /** What the API finds wrong, by the name of its parameter. */
  readonly faults: FaultsByField;
  change(filters: Filters): void;
}

const pauseMs = 350;

export function FilterBar({ filters, faults, change }: FilterBarProps) {
  const { user } = useServices();
  const set = (changed: Partial<Filters>) => change({ ...filters, ...changed });
  function toggle(status: EventStatus): void {
    const isChosen = filters.statuses.includes(status);
    set({ statuses: statuses.filter((one) => (one === status ? !isChosen : filters.statuses.includes(one))) });
  }

  return (
    <search class="filters">
      {user.isOrganizer && (
        <fieldset class="segments">
          <legend>Whose</legend>
          <Choice name="whose" label="Mine" checked={filters.whose === 'mine'} choose={() => set({ whose: 'mine' })} />
          <Choice name="whose" label="Everyone's" checked={filters.whose === 'everyone'} choose={() => set({ whose: 'everyone' })} />
        </fieldset>
      )}
      <Field name="when" label="When">
        {(control) => (
          <select {...control} value={filters.when} onChange={(event) => set({ when: event.currentTarget.value as Filters['when'] })}>
            <option value="upcoming">Upcoming</option>
            <option value="past">Past</option>
            <option value="between">Between two days</option>
          </select>
        )}
      </Field>
      {filters.when === 'between' && (
        <>
          <Day name="from" label="From" value={filters.from} faults={faults['startsAfter']} set={(from) => set({ from })} />
          <Day name="to" label="To" value={filters.to} faults={faults['startsBefore']} set={(to) => set({ to })} />
        </>
      )}
      <TagFilter tag={filters.tag} faults={faults['tag']} set={(tag) => set({ tag })} />
      {filters.whose === 'mine' && (
        <fieldset class="chips">
          <legend>Status</legend>
          {statuses.map((status) => (
            <label key={status}>
              <input type="checkbox" checked={filters.statuses.includes(status)} onChange={() => toggle(status)} />
              <span>{statusNames[status]}</span>
            </label>
          ))}
        </fieldset>
      )}
    </search>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly checked: boolean;
  choose(): void;
}

function Choice({ name, label, checked, choose }: ChoiceProps) {
  return (
    <label>
      <input type="radio" name={name} checked={checked} onChange={choose} />
      <span>{label}</span>
    </label>
  );
}

interface FilterFieldProps {
  readonly faults: readonly string[] | undefined;
  set(value: string): void;
}

function Day({ name, label, value, faults, set }: FilterFieldProps & { readonly name: string; readonly label: string; readonly value: string }) {
  return (
    <Field name={name} label={label} faults={faults}>
      {(control) => <input {...control} type="date" value={value} onChange={(event) => set(event.currentTarget.value)} />}
    </Field>
  );
}

/** Asks when the typing pauses. */
function TagFilter({ tag, faults, set }: FilterFieldProps & { readonly tag: string }) {
  const [text, setText] = useState(tag);
  // "Back", or a link that clears the filters.
  useEffect(() => setText(tag), [tag]);
  useEffect(() => {
    if (text === tag) return;
    const timer = setTimeout(() => set(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <Field name="tag" label="Tag" faults={faults}>
      {(control) => <input {...control} type="search" value={text} placeholder="any" autoCapitalize="off" onInput={(event) => setText(event.currentTarget.value)} />}
    </Field>
  );
}
