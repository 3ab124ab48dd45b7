import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { isolated } from './bidi.ts';

/** The heading of a view: sets the title of the page, and takes the focus when the view appears, so that screen readers start there. */
export function Heading({
  title,
  children = title,
}: {
  readonly title: string;
  readonly children?: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    heading.current?.focus();
    scrollTo(0, 0);
  }, []);
  useEffect(() => {
    document.title = `${isolated(title)} – Organizer`;
  }, [title]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
