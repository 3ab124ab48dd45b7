/** See tests.js, which Jest's configuration imports. */
export const testMatch: readonly string[];
export const testNamePattern: string;
