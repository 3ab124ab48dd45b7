import type { EventStatus } from '@event-management/client';
import type { ErrorsByField } from '../../shared/parts/field-errors.ts';
import { Field } from '../../shared/parts/field.tsx';
import { TextFilter } from '../../shared/parts/text-filter.tsx';
import { texts } from '../../shared/texts.ts';
import { useUser } from '../../shared/services.ts';
import { type Filters, statuses } from './filters.ts';

interface FilterBarProps {
  readonly filters: Filters;
  /** The errors of the API, by parameter. */
  readonly errors: ErrorsByField;
  /** Changes the current filters, which may be newer than the rendered ones. */
  change(changed: (now: Filters) => Partial<Filters>): void;
}

/** The filters above a list. */
export function FilterBar({ filters, errors, change }: FilterBarProps) {
  const user = useUser();
  const set = (changed: Partial<Filters>) => change(() => changed);
  function toggle(status: EventStatus): void {
    change((now) => ({ statuses: statuses.filter((one) => (one === status) !== now.statuses.includes(one)) }));
  }

  return (
    <search className="filters">
      {user.isOrganizer && (
        <fieldset className="segments">
          <legend>Whose</legend>
          <Choice name="whose" label="Mine" checked={filters.whose === 'mine'} choose={() => set({ whose: 'mine' })} />
          <Choice
            name="whose"
            label="Everyone's"
            checked={filters.whose === 'everyone'}
            choose={() => set({ whose: 'everyone' })}
          />
        </fieldset>
      )}
      <Field name="when" label="When">
        {(control) => (
          <select
            {...control}
            value={filters.when}
            onChange={(event) => set({ when: event.currentTarget.value as Filters['when'] })}
          >
            <option value="upcoming">Upcoming</option>
            <option value="past">Past</option>
            <option value="between">Between two days</option>
          </select>
        )}
      </Field>
      {filters.when === 'between' && (
        <>
          <Day
            name="from"
            label="From"
            value={filters.from}
            errors={errors['startsFrom']}
            set={(from) => set({ from })}
          />
          <Day name="to" label="To" value={filters.to} errors={errors['startsBefore']} set={(to) => set({ to })} />
        </>
      )}
      <TextFilter
        name="q"
        label="Search"
        placeholder="any"
        value={filters.q}
        errors={errors['q']}
        set={(q) => set({ q })}
      />
      <TextFilter
        name="tag"
        label="Tag"
        placeholder="any"
        value={filters.tag}
        errors={errors['tag']}
        set={(tag) => set({ tag })}
      />
      {filters.whose === 'mine' && (
        <fieldset className="chips">
          <legend>Status</legend>
          {statuses.map((status) => (
            <label key={status}>
              <input type="checkbox" checked={filters.statuses.includes(status)} onChange={() => toggle(status)} />
              <span>{texts.status[status]}</span>
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
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly errors: readonly string[] | undefined;
  set(value: string): void;
}

function Day({ name, label, value, errors, set }: FilterFieldProps) {
  return (
    <Field name={name} label={label} errors={errors}>
      {(control) => (
        <input {...control} type="date" value={value} onChange={(event) => set(event.currentTarget.value)} />
      )}
    </Field>
  );
}
