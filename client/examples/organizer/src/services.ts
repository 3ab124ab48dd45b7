import type { EventsClient } from '@event-management/client';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { User } from './session.ts';

/** The services available to every view. */
export interface Services {
  readonly api: EventsClient;
  readonly user: User;
  /** Shows a short message, which screen readers announce. */
  announce(message: string): void;
  /**
   * Starts a new sign-in, which returns to the current view.
   *
   * @param draft returns the input of the view, for `takeDraft` after the return
   * @throws Error if the issuer does not respond; `explainSignIn` returns the message
   */
  signInAgain(draft?: () => unknown): Promise<void>;
}

export const ServicesContext = createContext<Services | undefined>(undefined);

/** Returns the services of the page; only for components within `<App>`. */
export function useServices(): Services {
  return useContext(ServicesContext) as Services;
}
