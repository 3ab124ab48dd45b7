import type { Event as ApiEvent } from '@event-management/client';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../shared/parts/button.tsx';
import { ChangeList } from './change-list.tsx';
import { addressOf } from '../router.ts';
import { changesBetween, conflictsOf, merge, type PartName, shown, type Side } from './changes.ts';
import { labels } from './labels.ts';
import { texts } from './texts.ts';
import { texts as organizerTexts } from '../texts.ts';
import { type Values, valuesOf } from './values.ts';

interface ConflictProps {
  readonly base: Values;
  readonly yours: Values;
  readonly before: ApiEvent;
  readonly theirs: ApiEvent;
  readonly busy: boolean;
  resolve(merged: Values): void;
  /** Called when the visitor discards their own changes. */
  discard(): void;
}

/** Resolves a conflict with changes that were saved first: lets the visitor choose for each conflicting part, and merges the others. */
export function Conflict({ base, yours, before, theirs, busy, resolve, discard }: ConflictProps) {
  const [choices, setChoices] = useState<Partial<Record<PartName, Side>>>({});
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const theirValues = valuesOf(theirs);
  const conflicts = conflictsOf(base, yours, theirValues);
  const conflicting = new Set(conflicts.map((part) => labels.fields[part]));
  const others = changesBetween(before, theirs).filter(({ label }) => !conflicting.has(label));
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    resolve(merge(base, yours, theirValues, choices));
  }

  return (
    <form className="conflict" onSubmit={submit}>
      <h2 ref={heading} tabIndex={-1}>
        {texts.conflict[0]}
      </h2>
      <p>{conflicts.length === 0 ? texts.noConflict : texts.conflict[1]}</p>
      {conflicts.map((part) => (
        <fieldset className="sides" key={part}>
          <legend>{labels.fields[part]}</legend>
          {(['yours', 'theirs'] as const).map((side) => (
            <label key={side}>
              <input
                type="radio"
                name={`side-${part}`}
                checked={(choices[part] ?? 'yours') === side}
                onChange={() => setChoices({ ...choices, [part]: side })}
              />
              <span>
                <b>{texts[side]}</b>
                <bdi>{shown(part, side === 'yours' ? yours : theirValues) || <i>{organizerTexts.nothing}</i>}</bdi>
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      {others.length > 0 && (
        <div className="others">
          <h3>{conflicts.length === 0 ? texts.theyChanged : texts.theyAlsoChanged}</h3>
          <ChangeList changes={others} />
        </div>
      )}
      <div className="buttons">
        <Button type="submit" variant="primary" busy={busy}>
          {texts.save}
        </Button>
        <a className="button quiet" onClick={discard} href={addressOf({ name: 'event', eventId: theirs.eventId })}>
          {texts.keepTheirs}
        </a>
      </div>
    </form>
  );
}
