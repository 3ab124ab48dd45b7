import { limits, questionKinds } from '@event-management/client/schemas';
import { useState } from 'react';
import { Button } from '../../shared/parts/button.tsx';
import type { ErrorsByField } from '../../shared/parts/field-errors.ts';
import { Field } from '../../shared/parts/field.tsx';
import { labels } from './labels.ts';
import { OptionsEditor } from './options-editor.tsx';
import { hasOptions, newQuestion, type QuestionValues } from './questions.ts';
import { RowButtons } from './row-buttons.tsx';
import { texts } from './texts.ts';
import { useNextFocus } from './use-next-focus.ts';
import { useReorder } from './use-reorder.ts';

interface QuestionsEditorProps {
  readonly questions: readonly QuestionValues[];
  readonly errors: ErrorsByField;
  /** How many people have registered: their answers stay. */
  readonly registered: number;
  change(questions: readonly QuestionValues[]): void;
}

const { maxItems } = limits.EventCreate.questions;
const { label: labelLimits } = limits.OpenQuestion;

/** The questions for the people who register: adding, changing, reordering and removing them. */
export function QuestionsEditor({ questions, errors, registered, change }: QuestionsEditorProps) {
  const [status, setStatus] = useState('');
  /** The question that was removed last, until it is brought back or something else happens. */
  const [removed, setRemoved] = useState<{ readonly question: QuestionValues; readonly index: number }>();
  const focusNext = useNextFocus();
  const { list, dragged, move, startDragging } = useReorder(questions, (ordered, index) => {
    change(ordered);
    setStatus(texts.movedTo(index + 1, ordered.length));
  });

  function add(): void {
    const question = newQuestion();
    focusNext(`${question.key}-label`);
    setRemoved(undefined);
    change([...questions, question]);
  }
  function update(key: string, changes: Partial<QuestionValues>): void {
    change(questions.map((one) => (one.key === key ? { ...one, ...changes } : one)));
  }
  function remove(index: number): void {
    const question = questions[index] as QuestionValues;
    setRemoved({ question, index });
    focusNext('undo-remove');
    change(questions.toSpliced(index, 1));
  }
  function undo(): void {
    if (!removed) return;
    focusNext(`${removed.question.key}-label`);
    setRemoved(undefined);
    change(questions.toSpliced(removed.index, 0, removed.question));
  }

  return (
    <div className="questions wide">
      <p className="hint">{texts.questionsHint}</p>
      {registered > 0 && <p className="notice-line">{texts.questionsAnswered(registered)}</p>}
      {errors['questions'] && <p className="field-error">{errors['questions'].join(' ')}</p>}
      <ol ref={list}>
        {questions.map((question, index) => (
          <li key={question.key} className={index === dragged ? 'question dragged' : 'question'}>
            <div className="question-head">
              <h3>{texts.question(index + 1)}</h3>
              <RowButtons
                name={texts.question(index + 1)}
                index={index}
                count={questions.length}
                move={move}
                remove={remove}
                startDragging={startDragging}
              />
            </div>
            <QuestionFields question={question} errors={errors} update={(changes) => update(question.key, changes)} />
          </li>
        ))}
      </ol>
      {removed && (
        <p className="removed">
          <span id="removed-question">{texts.removed(removed.question.label)}</span>{' '}
          <button type="button" id="undo-remove" aria-describedby="removed-question" onClick={undo}>
            {texts.undo}
          </button>
        </p>
      )}
      <div className="buttons">
        {questions.length < maxItems ? (
          <Button onClick={add}>{texts.addQuestion}</Button>
        ) : (
          <p className="hint">{texts.noMoreQuestions(maxItems)}</p>
        )}
      </div>
      <p className="hidden" role="status">
        {status}
      </p>
    </div>
  );
}

interface QuestionFieldsProps {
  readonly question: QuestionValues;
  readonly errors: ErrorsByField;
  update(changes: Partial<QuestionValues>): void;
}

function QuestionFields({ question, errors, update }: QuestionFieldsProps) {
  const { key, kind, label, required, options } = question;
  return (
    <>
      <Field
        name={`${key}-label`}
        label={kind === 'checkbox' ? texts.statement : texts.questionText}
        errors={errors[`${key}-label`]}
        limit={{ text: label, max: labelLimits.maxLength }}
        required={labelLimits.required}
        wide
      >
        {(control) => (
          <input
            {...control}
            dir="auto"
            autoComplete="off"
            value={label}
            onChange={({ currentTarget }) => update({ label: currentTarget.value })}
          />
        )}
      </Field>
      <Field name={`${key}-kind`} label={texts.answer}>
        {(control) => (
          <select
            {...control}
            value={kind}
            onChange={({ currentTarget }) => update({ kind: currentTarget.value as QuestionValues['kind'] })}
          >
            {questionKinds.map((one) => (
              <option key={one} value={one}>
                {labels.questionKinds[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="checks">
        <label>
          <input
            type="checkbox"
            checked={required}
            onChange={({ currentTarget }) => update({ required: currentTarget.checked })}
          />
          <span>{kind === 'checkbox' ? texts.mustBeChecked : texts.mustBeAnswered}</span>
        </label>
      </div>
      {hasOptions(kind) && (
        <OptionsEditor
          name={key}
          options={options}
          errors={errors}
          change={(changed) => update({ options: changed })}
        />
      )}
    </>
  );
}
