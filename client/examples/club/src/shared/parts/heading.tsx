import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { language } from '../language.ts';
import { isolated } from './bidi.ts';

const names = [...document.querySelectorAll<HTMLMetaElement>('meta[name="application-name"]')];

/** The name of this page in the language of the visitor, as its HTML has it. */
export const pageName = (names.find(({ lang }) => lang === language) ?? names[0])?.content ?? '';

/** The title of the page for a view. */
export const titleOf = (view: string) => (view === pageName ? view : `${isolated(view)} – ${pageName}`);

/** The heading of a view: sets the title of the page, and takes the focus when the view appears, so that screen readers start there. */
export function Heading({ title, children = title }: { readonly title: string; readonly children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    heading.current?.focus();
    scrollTo(0, 0);
  }, []);
  useLayoutEffect(() => {
    document.title = titleOf(title);
  }, [title]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
