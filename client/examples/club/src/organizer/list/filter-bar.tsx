import type { EventStatus } from '@event-management/client';
import { useState } from 'react';
import { Button } from '../../shared/parts/button.tsx';
import type { ErrorsByField } from '../../shared/parts/field-errors.ts';
import { Field } from '../../shared/parts/field.tsx';
import { TextFilter } from '../../shared/parts/text-filter.tsx';
import { texts as common } from '../../shared/texts.ts';
import { useUser } from '../../shared/services.ts';
import { addressOf, currentRoute, go } from '../router.ts';
import { cleared, type Filters, isFiltered, isReversed, statuses } from './filters.ts';
import { texts } from './texts.ts';

interface FilterBarProps {
  readonly filters: Filters;
  /** The errors of the API, by parameter. */
  readonly errors: ErrorsByField;
}

/** Changes the current filters, which may be newer than the rendered ones. */
function change(changed: (now: Filters) => Partial<Filters>): void {
  const current = currentRoute();
  // The visitor may have left the list while a filter was being typed.
  if (current.name !== 'list') return;
  go({ name: 'list', filters: { ...current.filters, ...changed(current.filters) } }, { replace: true });
}
const set = (changed: Partial<Filters>) => change(() => changed);

/** The filters above a list. On a phone, those other than the search are folded until they are asked for. */
export function FilterBar({ filters, errors }: FilterBarProps) {
  const [isOpen, setIsOpen] = useState(false);
  const count = [filters.whose === 'everyone', filters.when !== 'upcoming', filters.tag !== '', ...filters.statuses];
  const active = count.filter((one) => one).length;
  return (
    <search className="filters">
      <TextFilter
        name="q"
        label={texts.search}
        placeholder={texts.searchHint}
        value={filters.q}
        errors={errors['q']}
        set={(q) => set({ q })}
      />
      <div className="filters-toggle">
        <Button expanded={isOpen} controls="more-filters" onClick={() => setIsOpen(!isOpen)}>
          {active === 0 ? texts.filters : texts.filtersSet(active)}
        </Button>
      </div>
      <div id="more-filters" className={isOpen ? 'more-filters open' : 'more-filters'}>
        <MoreFilters filters={filters} errors={errors} />
      </div>
      {isFiltered(filters) && (
        <a className="button quiet" href={addressOf({ name: 'list', filters: cleared(filters) })}>
          {texts.clear}
        </a>
      )}
    </search>
  );
}

function MoreFilters({ filters, errors }: FilterBarProps) {
  const user = useUser();
  function toggle(status: EventStatus): void {
    change((now) => ({ statuses: statuses.filter((one) => (one === status) !== now.statuses.includes(one)) }));
  }
  return (
    <>
      {user.isOrganizer && (
        <fieldset className="segments">
          <legend>{texts.whose}</legend>
          {(['mine', 'everyone'] as const).map((whose) => (
            <label key={whose}>
              <input type="radio" name="whose" checked={filters.whose === whose} onChange={() => set({ whose })} />
              <span>{texts.whoseEvents[whose]}</span>
            </label>
          ))}
        </fieldset>
      )}
      {filters.view === 'list' && <Time filters={filters} errors={errors} />}
      <TextFilter
        name="tag"
        label={texts.tag}
        placeholder={texts.any}
        value={filters.tag}
        errors={errors['tag']}
        set={(tag) => set({ tag })}
      />
      {filters.whose === 'mine' && (
        <fieldset className="chips">
          <legend>{texts.status}</legend>
          {statuses.map((status) => (
            <label key={status}>
              <input type="checkbox" checked={filters.statuses.includes(status)} onChange={() => toggle(status)} />
              <span>{common.status[status]}</span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}

function Time({ filters, errors }: FilterBarProps) {
  const toErrors = isReversed(filters) ? [texts.reversed] : errors['startsBefore'];
  return (
    <>
      <Field name="when" label={texts.when}>
        {(control) => (
          <select
            {...control}
            value={filters.when}
            onChange={(event) => set({ when: event.currentTarget.value as Filters['when'] })}
          >
            {Object.entries(texts.times).map(([when, label]) => (
              <option key={when} value={when}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      {filters.when === 'between' && (
        <>
          <Day
            name="from"
            label={texts.from}
            value={filters.from}
            errors={errors['startsFrom']}
            set={(from) => set({ from })}
          />
          <Day name="to" label={texts.to} value={filters.to} errors={toErrors} set={(to) => set({ to })} />
        </>
      )}
    </>
  );
}

interface DayProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly errors: readonly string[] | undefined;
  set(value: string): void;
}

function Day({ name, label, value, errors, set }: DayProps) {
  return (
    <Field name={name} label={label} errors={errors}>
      {(control) => (
        <input {...control} type="date" value={value} onChange={(event) => set(event.currentTarget.value)} />
      )}
    </Field>
  );
}
