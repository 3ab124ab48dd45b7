import type { EventsClient } from '@event-management/client';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { User } from './session.ts';

/** What every view may use. */
export interface Services {
  readonly api: EventsClient;
  readonly user: User;
  /** Says something that has happened, for the eyes and for screen readers. */
  announce(message: string): void;
  /**
   * Starts a new sign-in, which comes back to where the visitor is.
   *
   * @param draft what was typed there, for `takeDraft` on return
   * @throws Error if the issuer does not respond; `explainSignIn` returns the message
   */
  signInAgain(draft?: () => unknown): Promise<void>;
}

export const ServicesContext = createContext<Services | undefined>(undefined);

/** The services of the page; only below `<App>`. */
export function useServices(): Services {
  return useContext(ServicesContext) as Services;
}
