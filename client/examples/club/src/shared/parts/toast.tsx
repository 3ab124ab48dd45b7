import { type ReactNode, useEffect, useState } from 'react';
import { texts } from '../texts.ts';

/** The time to read a message: half a second for each word, and time to notice it. */
const readingMs = (message: string) => 5_000 + message.split(' ').length * 500;

/** A view may change together with a message about what has led to it. */
const sameTimeMs = 1_000;

interface Message {
  readonly text: string;
  readonly at: number;
}

/**
 * Short messages at the bottom of the page, which screen readers announce. A message can be closed, is not removed while the pointer or the
 * focus is on it, and does not outlast the view that it is about.
 *
 * @returns what shows the messages, and a function that shows one; an empty one removes it
 */
export function useToast(): [toast: ReactNode, announce: (text: string) => void] {
  const [message, setMessage] = useState<Message>();
  const [isHeld, setIsHeld] = useState(false);
  const close = () => setMessage(undefined);
  useEffect(() => {
    if (!message || isHeld) return;
    const timer = setTimeout(close, readingMs(message.text));
    return () => clearTimeout(timer);
  }, [message, isHeld]);
  useEffect(() => {
    if (!message) return setIsHeld(false);
    const follow = () => Date.now() - message.at > sameTimeMs && close();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [message]);
  const hold = { onMouseEnter: () => setIsHeld(true), onFocus: () => setIsHeld(true) };
  const release = { onMouseLeave: () => setIsHeld(false), onBlur: () => setIsHeld(false) };
  const toast = (
    <div className="toast" {...hold} {...release}>
      <p role="status" aria-live="polite">
        {message?.text}
      </p>
      {message && (
        <button type="button" aria-label={texts.closeMessage} onClick={close}>
          ×
        </button>
      )}
    </div>
  );
  return [toast, (text) => setMessage(text === '' ? undefined : { text, at: Date.now() })];
}
