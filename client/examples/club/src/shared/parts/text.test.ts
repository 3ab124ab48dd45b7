import type { EventsApiError, FieldErrorCode } from '@event-management/client';
import { readContract } from '../../../../../../scripts/contract/read.ts';
import { isolated } from './bidi.ts';
import { locationText } from './event-text.ts';
import { errorsByField } from './field-errors.ts';

describe('text of a user in a sentence', () => {
  it.each(['Riverside Jazz Night', 'Köln – 東京', ''])('is unchanged if it cannot reorder the sentence: %j', (text) => {
    expect(isolated(text)).toBe(text);
  });

  it.each([
    '\u0645\u0647\u0631\u062c\u0627\u0646',
    '\u05e4\u05e1\u05d8\u05d9\u05d1\u05dc',
    '\u202egnp.exe',
    'x\u2069y',
  ])('is isolated, without controls that would end the isolation: %j', (text) => {
    expect(isolated(text)).toMatch(/^\u2068[^\u202a-\u202e\u2066-\u2069]*\u2069$/);
  });

  it('is isolated in a location', () => {
    const name = '\u05e4\u05e1\u05d8';
    expect(locationText({ kind: 'hybrid', name, address: 'Uferstraße 12', url: 'https://a.example' })).toBe(
      `\u2068${name}\u2069, Uferstraße 12, and online`,
    );
  });
});

describe('the message of a field error', () => {
  const { components } = readContract('openapi/openapi.yaml', 'openapi.yaml') as unknown as {
    components: { schemas: Record<string, { enum: FieldErrorCode[] }> };
  };
  const codes = components.schemas['FieldErrorCode']?.enum ?? [];
  const messageOf = (code: FieldErrorCode, detail: string) => {
    const problem = { errors: [{ pointer: '/tags', code, detail }] };
    return errorsByField({ problem } as unknown as EventsApiError)['/tags']?.[0];
  };

  it.each([
    'must NOT have duplicate items (items ## 1 and 0 are identical)',
    'must NOT have fewer than 3 characters',
    'must match pattern "^https://[^/?#]"',
    'must match format "date-time"',
  ])('is never the sentence of a validator: %s', (detail) => {
    expect(codes.length).toBeGreaterThan(15);
    for (const code of codes) expect(messageOf(code, detail)).not.toMatch(/NOT|##|pattern|format "/);
  });

  it('is the sentence of the API if that says what to enter', () => {
    expect(messageOf('ends-before-start', 'The end must be after the start.')).toBe('The end must be after the start.');
    expect(messageOf('invalid-value', 'must be one of draft, published')).toBe('Must be one of draft, published.');
  });
});
