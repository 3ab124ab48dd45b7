/** How often a change that lost a race is attempted before it fails. */
export const maxAttempts = 5;
