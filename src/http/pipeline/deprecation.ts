import type { Operation } from '../../contract/operations.ts';
import type { RawInput } from '../../contract/validation/validator.ts';
import { type Deprecation, deprecationOf } from '../../openapi/deprecation.ts';
import type { JsonObject, Parameter } from '../../openapi/document.ts';

/**
 * The headers `Deprecation` (RFC 9745) and `Sunset` (RFC 8594) if the request uses something deprecated: the operation, a parameter,
 * or a member of the body. If several are deprecated, the earliest date of each kind counts.
 *
 * The input must be the request as it was sent: after validation, parameters with defaults are always present.
 */
export function deprecationHeaders(operation: Operation): (input: RawInput) => Record<string, string> {
  const { deprecation, parameters, requestBody } = operation;
  const deprecatedParameters = parameters.flatMap((one) => entry(one, (input) => isSent(one, input)));
  const deprecatedMembers = Object.values(requestBody?.content ?? {}).flatMap(({ schema }) =>
    Object.entries(((schema as JsonObject)['properties'] ?? {}) as Record<string, JsonObject>).flatMap(
      ([name, member]) =>
        entry(member, ({ body }) => body !== null && typeof body === 'object' && Object.hasOwn(body, name)),
    ),
  );
  const always = deprecation ? [{ deprecation, used: () => true }] : [];
  const all = [...always, ...deprecatedParameters, ...deprecatedMembers];
  return (input) => headersOf(all.filter(({ used }) => used(input)).map((one) => one.deprecation));
}

function isSent({ in: place, name }: Parameter, { query, headers }: RawInput): boolean {
  if (place === 'query') return new URLSearchParams(query).has(name);
  return place === 'path' || headers[name.toLowerCase()] !== undefined;
}

function entry(node: JsonObject, used: (input: RawInput) => boolean) {
  const deprecation = deprecationOf(node);
  return deprecation ? [{ deprecation, used }] : [];
}

function headersOf(deprecations: readonly Deprecation[]): Record<string, string> {
  const since = earliest(deprecations.map((one) => one.since));
  const sunset = earliest(deprecations.map((one) => one.sunset));
  return {
    ...(since ? { Deprecation: `@${Date.parse(since) / 1000}` } : {}),
    ...(sunset ? { Sunset: new Date(sunset).toUTCString() } : {}),
  };
}

const earliest = (days: readonly (string | undefined)[]) => days.filter((day) => day !== undefined).sort()[0];
