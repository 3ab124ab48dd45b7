import type { Event as ApiEvent, Registration } from '@event-management/client';
import { updateRegistrationInput, withQuestions } from '@event-management/client/schemas';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../shared/parts/button.tsx';
import { Problem } from '../../shared/parts/problem.tsx';
import { RegistrationFields } from '../../shared/registration/fields.tsx';
import { useRegistrationForm } from '../../shared/registration/use-registration-form.ts';
import { type Values, valuesOf } from '../../shared/registration/values.ts';
import { useServices } from '../../shared/services.ts';
import { texts as common } from '../../shared/texts.ts';
import { ChangeList } from '../form/change-list.tsx';
import { useUnsavedChanges } from '../form/unsaved-changes.tsx';
import { texts } from '../texts.ts';
import { changesBetweenGuests, changesOf, mergedWith } from './changes.ts';

/** The input that is kept during a new sign-in. */
export interface GuestDraft {
  readonly values?: Values;
  /** The registration that was changed. */
  readonly before?: Registration;
  /** The reason of a cancellation. */
  readonly reason?: string;
}

interface EditGuestFormProps {
  readonly event: ApiEvent;
  readonly guest: Registration;
  readonly draft: GuestDraft | undefined;
  reload(): Promise<Registration | undefined>;
  close(): void;
}

/** The form for the details of a guest. If somebody else was faster, it shows what they changed, and keeps what was typed. */
export function EditGuestForm({ event, guest, draft, reload, close }: EditGuestFormProps) {
  const { queries, announce } = useServices();
  const { questions } = event;
  const [before, setBefore] = useState(draft?.before ?? guest);
  const [replaced, setReplaced] = useState<Registration>();
  const mutation = useMutation(queries.updateRegistration(before));
  const isConflict = mutation.error?.code === 'precondition-failed';
  const error = isConflict ? null : mutation.error;
  const state = useRegistrationForm(draft?.values ?? valuesOf(guest), questions, error);
  const { values } = state;
  const safeToLeave = useRef(false);
  const hasChanges = () => JSON.stringify(values) !== JSON.stringify(valuesOf(before));
  const confirmation = useUnsavedChanges(() => !safeToLeave.current && hasChanges());
  useEffect(() => draft && announce(common.inputKept), []);

  function submit(submitted: SubmitEvent): void {
    submitted.preventDefault();
    if (mutation.isPending) return;
    const input = changesOf(before, values, questions);
    if (!state.isValid(withQuestions(updateRegistrationInput, questions), input)) return mutation.reset();
    mutation.mutate(input, {
      onSuccess() {
        announce(texts.saved);
        close();
      },
      onError: (failure) => (failure.code === 'precondition-failed' ? void compare() : state.showErrors(failure)),
    });
  }
  async function compare(): Promise<void> {
    const theirs = await reload();
    if (!theirs) return;
    state.replace(mergedWith(theirs, before, values));
    setReplaced(before);
    setBefore(theirs);
  }
  function keepInput(): GuestDraft {
    safeToLeave.current = true;
    return { values, before };
  }

  return (
    <>
      {confirmation}
      <form ref={state.form} className="event-form" noValidate onSubmit={submit}>
        {isConflict && replaced && (
          <div className="notice concurrent-change" role="alert">
            <h2>{texts.changedMeanwhile[0]}</h2>
            <p>{texts.changedMeanwhile[1]}</p>
            <ChangeList changes={changesBetweenGuests(replaced, before, questions)} />
          </div>
        )}
        {error && state.needsNotice && <Problem error={error} draft={keepInput} />}
        <RegistrationFields own={false} state={state} questions={questions} labels={texts} />
        <div className="buttons">
          <Button type="submit" variant="primary" busy={mutation.isPending}>
            {mutation.isPending ? texts.saving : texts.save}
          </Button>
          <Button variant="quiet" onClick={close}>
            {texts.discard}
          </Button>
        </div>
      </form>
    </>
  );
}
