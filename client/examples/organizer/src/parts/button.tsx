import type { ComponentChildren } from 'preact';

interface ButtonProps {
  readonly children: ComponentChildren;
  /** Its work is being done: it stays where it is and keeps the focus, but does nothing. */
  readonly busy?: boolean;
  readonly look?: 'primary' | 'danger' | 'quiet';
  readonly type?: 'button' | 'submit';
  readonly onClick?: () => void;
}

/** A button that can be busy. A `disabled` one would lose the keyboard's focus. */
export function Button({ children, busy = false, look, type = 'button', onClick }: ButtonProps) {
  return (
    <button type={type} class={look} aria-disabled={busy} aria-busy={busy} onClick={busy ? undefined : onClick}>
      {children}
    </button>
  );
}
