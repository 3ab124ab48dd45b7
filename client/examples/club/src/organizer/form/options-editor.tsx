import { limits } from '@event-management/client/schemas';
import { type ClipboardEvent, type KeyboardEvent, useState } from 'react';
import { Button } from '../../shared/parts/button.tsx';
import { Counter } from '../../shared/parts/counter.tsx';
import type { ErrorsByField } from '../../shared/parts/field-errors.ts';
import { RowButtons } from './row-buttons.tsx';
import { texts } from './texts.ts';
import { useNextFocus } from './use-next-focus.ts';
import { useReorder } from './use-reorder.ts';

interface OptionsEditorProps {
  /** The key of the question. */
  readonly name: string;
  readonly options: readonly string[];
  readonly errors: ErrorsByField;
  change(options: readonly string[]): void;
}

const { maxItems, items: itemLimits } = limits.ChoiceQuestion.options;

/** The options of a question. Enter adds one, and a text of several lines is pasted as several. */
export function OptionsEditor({ name, options, errors, change }: OptionsEditorProps) {
  const [status, setStatus] = useState('');
  const focusNext = useNextFocus();
  const idOf = (index: number) => `${name}-option-${index}`;
  const { list, dragged, move, startDragging } = useReorder(options, (ordered, index) => {
    change(ordered);
    setStatus(texts.movedTo(index + 1, ordered.length));
  });

  function add(after: number): void {
    if (options.length >= maxItems) return;
    focusNext(idOf(after + 1));
    change(options.toSpliced(after + 1, 0, ''));
  }
  function remove(index: number): void {
    focusNext(idOf(Math.max(index - 1, 0)));
    change(options.length > 1 ? options.toSpliced(index, 1) : ['']);
  }
  function press(event: KeyboardEvent, index: number): void {
    if (event.key !== 'Enter' || event.repeat) return;
    event.preventDefault();
    if (options[index + 1] === '') document.getElementById(idOf(index + 1))?.focus();
    else add(index);
  }
  function paste(event: ClipboardEvent, index: number): void {
    const lines = event.clipboardData
      .getData('text')
      .split('\n')
      .map((line) => line.trim());
    const pasted = lines.filter((line) => line !== '').slice(0, maxItems - options.length + 1);
    if (options[index] !== '' || pasted.length < 2) return;
    event.preventDefault();
    change(options.toSpliced(index, 1, ...pasted));
  }

  return (
    <fieldset className="question-options wide">
      <legend>{texts.options}</legend>
      <ol ref={list}>
        {/* The index is the key: two options can have the same text while they are typed. */}
        {options.map((option, index) => {
          const messages = errors[idOf(index)];
          return (
            <li key={index} className={index === dragged ? 'dragged' : undefined}>
              <span className="option-row">
                <input
                  id={idOf(index)}
                  dir="auto"
                  autoComplete="off"
                  aria-label={texts.option(index + 1)}
                  aria-required="true"
                  aria-invalid={messages !== undefined}
                  aria-describedby={messages && `${idOf(index)}-errors`}
                  value={option}
                  onChange={({ currentTarget }) => change(options.with(index, currentTarget.value))}
                  onKeyDown={(event) => press(event, index)}
                  onPaste={(event) => paste(event, index)}
                />
                <RowButtons
                  name={texts.option(index + 1)}
                  index={index}
                  count={options.length}
                  {...{ move, remove, startDragging }}
                />
              </span>
              {messages && (
                <p className="field-error" id={`${idOf(index)}-errors`}>
                  {messages.join(' ')}
                </p>
              )}
              <Counter text={option} max={itemLimits.maxLength} />
            </li>
          );
        })}
      </ol>
      {options.length < maxItems ? (
        <Button onClick={() => add(options.length - 1)}>{texts.addOption}</Button>
      ) : (
        <p className="hint">{texts.noMoreOptions(maxItems)}</p>
      )}
      <p className="hidden" role="status">
        {status}
      </p>
    </fieldset>
  );
}
