/** The pattern of a string with this `x-text` and this minLength. */
export function textPattern(kind: string, minLength?: number): string;
