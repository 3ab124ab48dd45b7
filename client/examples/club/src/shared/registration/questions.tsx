import type { Answers, Question } from '@event-management/client';
import { Field } from '../parts/field.tsx';
import type { ErrorsByField } from '../parts/field-errors.ts';
import { texts } from '../texts.ts';

type Answer = Answers[string];

interface QuestionFieldProps {
  readonly question: Question;
  readonly answer: Answer | undefined;
  readonly errors: ErrorsByField;
  change(answer: Answer): void;
}

/** The label of a question, which says so if it need not be answered. */
const labelOf = ({ label, required = false }: Question) => (required ? label : `${label} (${texts.optional})`);

/** The control for one question, by its kind. */
export function QuestionField(props: QuestionFieldProps) {
  const { question, errors } = props;
  const name = `answer-${question.questionId}`;
  const messages = errors[name];
  switch (question.kind) {
    case 'text':
    case 'long-text':
    case 'choice':
      return (
        <Field name={name} label={labelOf(question)} errors={messages} required={question.required} wide>
          {(control) => <TextControl {...props} control={control} />}
        </Field>
      );
    case 'checkbox':
    case 'choices':
      return <CheckboxGroup {...props} name={name} messages={messages} />;
  }
}

function TextControl({ question, answer, change, control }: QuestionFieldProps & { readonly control: object }) {
  const bound = {
    ...control,
    dir: 'auto' as const,
    value: typeof answer === 'string' ? answer : '',
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      change(currentTarget.value),
  };
  if (question.kind === 'long-text') return <textarea {...bound} rows={3} />;
  if (question.kind !== 'choice') return <input {...bound} />;
  return (
    <select {...bound}>
      <option value="">{texts.choose}</option>
      {question.options.map((option) => (
        <option key={option}>{option}</option>
      ))}
    </select>
  );
}

interface CheckboxGroupProps extends QuestionFieldProps {
  readonly name: string;
  readonly messages: readonly string[] | undefined;
}

/** A checkbox, or a group of them. */
function CheckboxGroup({ question, answer, change, name, messages }: CheckboxGroupProps) {
  const chosen = Array.isArray(answer) ? answer : [];
  const options = 'options' in question ? question.options : [question.label];
  const isSingle = !('options' in question);
  function toggle(option: string): void {
    if (isSingle) change(answer !== true);
    else change(options.filter((one) => (one === option) !== chosen.includes(one)));
  }
  const described = messages ? `${name}-errors` : undefined;
  const required = question.required ? 'required' : undefined;
  // One checkbox is its own group.
  const Group = isSingle ? 'div' : 'fieldset';
  return (
    <Group className="checks wide" aria-describedby={isSingle ? undefined : described}>
      {!isSingle && (
        <legend className={required}>
          <bdi>{labelOf(question)}</bdi>
        </legend>
      )}
      {options.map((option) => (
        <label key={option}>
          <input
            type="checkbox"
            name={name}
            checked={isSingle ? answer === true : chosen.includes(option)}
            aria-invalid={messages !== undefined}
            aria-describedby={isSingle ? described : undefined}
            aria-required={isSingle ? question.required : undefined}
            onChange={() => toggle(option)}
          />
          <bdi className={isSingle ? required : undefined}>{isSingle ? labelOf(question) : option}</bdi>
        </label>
      ))}
      {messages && (
        <p className="field-error" id={`${name}-errors`}>
          {messages.join(' ')}
        </p>
      )}
    </Group>
  );
}
