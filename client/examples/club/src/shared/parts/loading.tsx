import { useLayoutEffect } from 'react';
import { texts } from '../texts.ts';
import { titleOf } from './heading.tsx';

/** The placeholder while `what`, such as "the event", is loading. It replaces the title of the previous view, too. */
export function Loading({ what }: { readonly what: string }) {
  useLayoutEffect(() => {
    const before = document.title;
    document.title = titleOf(texts.loading(what));
    // What is loaded may be a part of a view, such as a dialog.
    return () => void (document.title = before);
  }, []);
  return (
    <div aria-busy="true">
      <p className="hidden" role="status">
        {texts.loading(what)}
      </p>
      <div className="skeleton page" aria-hidden="true">
        <div />
        <div />
        <div />
      </div>
    </div>
  );
}
