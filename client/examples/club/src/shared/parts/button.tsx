import type { MouseEvent, ReactNode } from 'react';
import { useSettled } from './use-settled.ts';

interface ButtonProps {
  readonly children: ReactNode;
  /** While true, the button keeps the focus but ignores clicks. */
  readonly busy?: boolean;
  /** Whether the button ignores the pointer in the moment after it appears; for actions that appear where others were. */
  readonly settles?: boolean;
  readonly variant?: 'primary' | 'danger' | 'quiet' | undefined;
  readonly type?: 'button' | 'submit';
  /** The name for screen readers, if the text alone says too little. */
  readonly label?: string;
  /** For a button that shows and hides something: whether it is shown, and its id. */
  readonly expanded?: boolean;
  readonly controls?: string;
  readonly onClick?: () => void;
}

/** A button that can be busy. It is never `disabled`, because a disabled button loses the focus. */
export function Button(props: ButtonProps) {
  const {
    children,
    busy = false,
    settles = false,
    variant,
    type = 'button',
    label,
    expanded,
    controls,
    onClick,
  } = props;
  const settled = useSettled(settles);
  function click(event: MouseEvent): void {
    // A click of the keyboard has the detail 0: the visitor has moved the focus to this button.
    if (busy || (!settled && event.detail > 0)) event.preventDefault();
    else onClick?.();
  }
  return (
    <button
      type={type}
      className={variant}
      aria-label={label}
      aria-disabled={busy || !settled}
      aria-busy={busy}
      aria-expanded={expanded}
      aria-controls={controls}
      onClick={click}
    >
      {children}
    </button>
  );
}
