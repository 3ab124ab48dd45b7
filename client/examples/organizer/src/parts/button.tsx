import type { ComponentChildren } from 'preact';

interface ButtonProps {
  readonly children: ComponentChildren;
  /** While true, the button keeps the focus but ignores clicks. */
  readonly busy?: boolean;
  readonly variant?: 'primary' | 'danger' | 'quiet';
  readonly type?: 'button' | 'submit';
  readonly onClick?: () => void;
}

/** A button that can be busy. It is never `disabled`, because a disabled button loses the focus. */
export function Button({ children, busy = false, variant, type = 'button', onClick }: ButtonProps) {
  return (
    <button type={type} class={variant} aria-disabled={busy} aria-busy={busy} onClick={busy ? undefined : onClick}>
      {children}
    </button>
  );
}
