/** The placeholder while `what`, such as "the event", is loaded. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <div aria-busy="true">
      <p class="hidden" role="status">
        Loading {what}
      </p>
      <div class="skeleton page" aria-hidden="true">
        <div />
        <div />
        <div />
      </div>
    </div>
  );
}
