import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { isolated } from './bidi.ts';

/** The name of this page, as its HTML has it. */
export const pageName = document.querySelector<HTMLMetaElement>('meta[name="application-name"]')?.content ?? '';

/** The heading of a view: sets the title of the page, and takes the focus when the view appears, so that screen readers start there. */
export function Heading({ title, children = title }: { readonly title: string; readonly children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    heading.current?.focus();
    scrollTo(0, 0);
  }, []);
  useLayoutEffect(() => {
    document.title = title === pageName ? title : `${isolated(title)} – ${pageName}`;
  }, [title]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
