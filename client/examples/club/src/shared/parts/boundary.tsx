import { useQueryClient } from '@tanstack/react-query';
import { Component, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { texts } from '../texts.ts';
import { Heading } from './heading.tsx';

interface BoundaryProps {
  /** The address of the view. At another address it is rendered again. */
  readonly address: string;
  /** A link that leads out of the view. */
  readonly home: ReactNode;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly address: string;
  readonly failed: boolean;
}

/** Replaces a view that throws while it is rendered, and reports the exception like an uncaught one. React catches exceptions in classes only. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { address: this.props.address, failed: false };

  static getDerivedStateFromError(): Partial<BoundaryState> {
    return { failed: true };
  }

  static getDerivedStateFromProps({ address }: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return state.address === address ? null : { address, failed: false };
  }

  override componentDidCatch(thrown: unknown): void {
    reportError(thrown);
  }

  override render(): ReactNode {
    return this.state.failed ? (
      <Failure retry={() => this.setState({ failed: false })} home={this.props.home} />
    ) : (
      this.props.children
    );
  }
}

function Failure({ retry, home }: { retry(): void; readonly home: ReactNode }) {
  const caches = useQueryClient();
  function retryWithout(): void {
    // What cannot be rendered may be in there.
    caches.clear();
    retry();
  }
  return (
    <>
      <Heading title={texts.viewFailed[0]} />
      <div className="notice problem" role="alert">
        <p>{texts.viewFailed[1]}</p>
        <Button onClick={retryWithout}>{texts.tryAgain}</Button> {home}
      </div>
    </>
  );
}
