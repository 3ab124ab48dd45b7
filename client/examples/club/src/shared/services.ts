import type { EventsClient } from '@event-management/client';
import type { Queries } from '@event-management/client/tanstack-query';
import { createContext, useContext } from 'react';
import type { User } from './session.ts';

/** The services available to every view. */
export interface Services {
  readonly api: EventsClient;
  /** The base URL of the API, for what is not called but linked. */
  readonly baseUrl: string;
  /** The options of TanStack Query for each operation. */
  readonly queries: Queries;
  /** The signed-in user; absent where a page can be used without. */
  readonly visitor: User | undefined;
  /** Shows a short message, which screen readers announce; an empty one removes it. */
  announce(message: string): void;
  /**
   * Starts a sign-in, which returns to the current view.
   *
   * @param draft returns the input of the view, for `takeDraft` after the return
   * @throws Error if the issuer does not respond; `explainSignIn` returns the message
   */
  signIn(draft?: () => unknown): Promise<void>;
}

export const ServicesContext = createContext<Services | undefined>(undefined);

/** Returns the services of the page; only for components within `<Frame>`. */
export function useServices(): Services {
  return useContext(ServicesContext) as Services;
}

/** Returns the signed-in user; only for views that a page shows after a sign-in. */
export function useUser(): User {
  return useServices().visitor as User;
}
