import type { RegistrationStatus } from '@event-management/client';
import { Field } from '../../shared/parts/field.tsx';
import { TextFilter } from '../../shared/parts/text-filter.tsx';
import { texts as common } from '../../shared/texts.ts';
import { texts } from '../texts.ts';
import { type GuestFilters, registrationStatuses } from './filters.ts';

interface GuestFilterBarProps {
  readonly filters: GuestFilters;
  /** The address of the list without filters; undefined if none is set. */
  readonly clear: string | undefined;
  change(changed: (now: GuestFilters) => Partial<GuestFilters>): void;
}

/** The filters above the guest list. */
export function GuestFilterBar({ filters: { statuses, checkedIn, q }, clear, change }: GuestFilterBarProps) {
  function toggle(status: RegistrationStatus): void {
    change((now) => ({
      statuses: registrationStatuses.filter((one) => (one === status) !== now.statuses.includes(one)),
    }));
  }
  return (
    <search className="filters">
      <TextFilter
        name="q"
        label={texts.search}
        placeholder={texts.searchHint}
        value={q}
        set={(text) => change(() => ({ q: text }))}
      />
      <fieldset className="chips">
        <legend>{texts.status}</legend>
        {registrationStatuses.map((status) => (
          <label key={status}>
            <input type="checkbox" checked={statuses.includes(status)} onChange={() => toggle(status)} />
            <span>{common.registrationStatus[status]}</span>
          </label>
        ))}
      </fieldset>
      <Field name="checked-in" label={texts.checkIn}>
        {(control) => (
          <select
            {...control}
            value={checkedIn}
            onChange={({ currentTarget: { value: checked } }) =>
              change(() => ({ checkedIn: checked as GuestFilters['checkedIn'] }))
            }
          >
            {Object.entries(texts.checkIns).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      {clear !== undefined && (
        <a className="button quiet" href={clear}>
          {texts.clear}
        </a>
      )}
    </search>
  );
}
