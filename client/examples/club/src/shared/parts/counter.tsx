import { useEffect, useState } from 'react';
import { texts } from '../texts.ts';

/** From which part of the limit on the length is shown. */
const near = 0.8;
/** How long nothing is typed before a screen reader is told. */
const pauseMs = 1_000;

/** How much of a limit a text has used, in characters as the API counts them; shown near the limit, and announced when the typing pauses. */
export function Counter({ text, max }: { readonly text: string; readonly max: number }) {
  const length = [...text.trim()].length;
  const shown = length >= max * near ? texts.characters(length, max) : '';
  const [announced, setAnnounced] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAnnounced(shown), pauseMs);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <>
      {shown && (
        <p className={length > max ? 'counter over' : 'counter'} aria-hidden="true">
          {shown}
        </p>
      )}
      <p className="hidden" role="status">
        {announced}
      </p>
    </>
  );
}
