/** The bare handler validates only where it does the same work; otherwise `alone.mjs` takes the place of this file. */
export * from './validators.mjs';
