import { Button } from '../../shared/parts/button.tsx';
import type { StoredDraft } from '../../shared/drafts.ts';
import { locale } from '../../shared/language.ts';
import { texts } from './texts.ts';

interface OfferedDraftsProps<Content> {
  readonly drafts: readonly StoredDraft<Content>[];
  /** What the visitor recognizes a draft by. */
  nameOf(content: Content): string;
  resume(draft: StoredDraft<Content>): void;
  discard(draft: StoredDraft<Content>): void;
}

/** `19:02`, with the day if it is not today. */
function timeOf(keptAt: string): string {
  const date = new Date(keptAt);
  const isToday = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(locale, { timeStyle: 'short', ...(isToday ? {} : { dateStyle: 'medium' }) });
}

/** Offers what was typed into a form before a reload or a crash. */
export function OfferedDrafts<Content>({ drafts, nameOf, resume, discard }: OfferedDraftsProps<Content>) {
  return drafts.map((draft) => (
    <div className="notice offered-draft" role="status" key={draft.draftId}>
      <p>{texts.unsavedChanges(timeOf(draft.keptAt), nameOf(draft.content).trim())}</p>
      <div className="buttons">
        <Button variant="primary" onClick={() => resume(draft)}>
          {texts.continueDraft}
        </Button>
        <Button variant="quiet" onClick={() => discard(draft)}>
          {texts.discard}
        </Button>
      </div>
    </div>
  ));
}
