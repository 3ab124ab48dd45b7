import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Field } from '../../shared/parts/field.tsx';
import { knownTimeZone } from '../../shared/time.ts';
import { labels } from './labels.ts';
import { texts } from './texts.ts';
import { findZones, prepareZones, type Zone, zoneOf, zoneText } from './time-zones.ts';

interface TimeZoneFieldProps {
  readonly value: string;
  /** The instant at which the offsets are shown. */
  readonly at: string;
  readonly errors: readonly string[] | undefined;
  change(timeZone: string): void;
}

const listId = 'time-zones';
const optionId = (index: number) => `time-zone-${index}`;

/**
 * A combobox for the time zone (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/): empty while it has the focus, so that one can search at
 * once, without losing what was chosen.
 */
export function TimeZoneField({ value, at, errors, change }: TimeZoneFieldProps) {
  /** What is typed; undefined while the choice is shown. */
  const [query, setQuery] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const hasChosen = useRef(false);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [notFound, setNotFound] = useState<string>();
  const found = useMemo(() => (isOpen ? findZones(query ?? '', at, value) : []), [isOpen, query, at, value]);
  useEffect(() => {
    if (isOpen) popup.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen, found.length]);
  useEffect(() => {
    if (isOpen) document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' });
  }, [isOpen, active]);

  const chosen = knownTimeZone(value) === undefined ? value : zoneText(zoneOf(value, at));

  // What is typed next replaces the choice. Not `useEffect`: an effect of the rendering before may run after the choice.
  useLayoutEffect(() => {
    if (hasChosen.current) input.current?.select();
    hasChosen.current = false;
  });

  function search(text: string): void {
    setQuery(text);
    setOpen(true);
    setActive(0);
  }
  function open(): void {
    setQuery(query ?? '');
    setOpen(true);
  }
  function close(): void {
    setQuery(undefined);
    setOpen(false);
  }
  function choose(zone: Zone | undefined): void {
    if (zone) change(zone.name);
    hasChosen.current = true;
    close();
  }
  function focus(): void {
    setQuery('');
    setNotFound(undefined);
    prepareZones();
  }
  function blur(): void {
    const typed = (query ?? '').trim();
    const [first] = typed === '' ? [] : findZones(typed, at, value);
    const names = first ? [first.name, first.city].map((name) => name.toLowerCase()) : [];
    if (first && names.includes(typed.toLowerCase())) change(first.name);
    else if (typed !== '') setNotFound(typed);
    close();
  }
  function press(event: KeyboardEvent): void {
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      const step = key === 'ArrowDown' ? 1 : -1;
      if (isOpen) setActive((active + step + found.length) % Math.max(found.length, 1));
      else open();
    } else if (key === 'Enter' && isOpen) {
      event.preventDefault();
      choose(found[active]);
    } else if (key === 'Tab' && isOpen && query && found[active]) {
      choose(found[active]);
    } else if (key === 'Escape' && (isOpen || query)) {
      event.preventDefault();
      close();
    }
  }

  const isEmpty = isOpen && found.length === 0;
  const hint = notFound === undefined ? `${texts.timesHint} ${texts.zoneHint}` : texts.zoneNotFound(notFound, chosen);
  return (
    <div className="combobox wide">
      <Field name="timeZone" label={labels.fields.timeZone} errors={errors} hint={hint} required wide>
        {(control) => (
          <input
            {...control}
            ref={input}
            aria-describedby={`${control['aria-describedby'] ?? ''} time-zone-chosen`.trim()}
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={isOpen}
            aria-controls={listId}
            aria-activedescendant={isOpen && found[active] ? optionId(active) : undefined}
            autoComplete="off"
            spellCheck={false}
            placeholder={chosen}
            value={query ?? chosen}
            onChange={(event) => search(event.currentTarget.value)}
            onFocus={focus}
            onClick={open}
            onBlur={blur}
            onKeyDown={press}
          />
        )}
      </Field>
      <p className="hidden" id="time-zone-chosen">
        {texts.zoneChosen(chosen)}
      </p>
      <p className="hidden" role="status">
        {isOpen && texts.zonesFound(found.length)}
      </p>
      {/* The focus stays in the field while the pointer is used. */}
      <div ref={popup} className="options" hidden={!isOpen} onMouseDown={(event) => event.preventDefault()}>
        <ul id={listId} role="listbox" aria-label={texts.zoneSearch}>
          {found.map((zone, index) => (
            <li
              key={zone.name}
              id={optionId(index)}
              role="option"
              aria-selected={index === active}
              onClick={() => choose(zone)}
            >
              <span>{zone.city}</span>
              <span className="hint">
                {zone.city === zone.name ? '' : zone.name} · {zone.offset}
              </span>
            </li>
          ))}
        </ul>
        {isEmpty && <p className="hint">{texts.zonesFound(0)}</p>}
      </div>
    </div>
  );
}
