import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { texts } from '../texts.ts';
import { Button } from './button.tsx';
import { Heading } from './heading.tsx';
import { Loading } from './loading.tsx';

/**
 * A view whose code is loaded when it is first shown, so that it does not delay the others. If that fails, as without a network, it says so
 * and can be tried again.
 *
 * @param what what is loaded, such as "the form"
 */
export const lazyView = <Props extends object>(what: string, load: Load<Props>): ComponentType<Props> =>
  lazily(what, load, (title) => <Heading title={title} />);

/** A part of a view, such as a dialog, that is loaded like {@link lazyView}. The view keeps its title and its heading. */
export const lazyPart = <Props extends object>(what: string, load: Load<Props>): ComponentType<Props> =>
  lazily(what, load, (title) => <h2>{title}</h2>);

type Load<Props> = () => Promise<ComponentType<Props>>;

function lazily<Props extends object>(
  what: string,
  load: Load<Props>,
  headingOf: (title: string) => ReactNode,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function LazyView(props: Props) {
    const [View, setView] = useState(() => loaded);
    const [failed, setFailed] = useState(false);
    const [attempt, setAttempt] = useState(0);
    useEffect(() => {
      if (loaded) return;
      setFailed(false);
      load().then(
        (view) => {
          loaded = view;
          setView(() => view);
        },
        () => setFailed(true),
      );
    }, [attempt]);
    if (View) return <View {...props} />;
    if (!failed) return <Loading what={what} />;
    const [title, detail] = texts.codeNotLoaded;
    return (
      <>
        {headingOf(title)}
        <div className="notice problem" role="alert">
          <p>{detail}</p>
          <Button onClick={() => setAttempt(attempt + 1)}>{texts.tryAgain}</Button>
        </div>
      </>
    );
  };
}
