import { texts } from '../texts.ts';

/** The placeholder while `what`, such as "the event", is loaded. */
export function Loading({ what }: { readonly what: string }) {
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
