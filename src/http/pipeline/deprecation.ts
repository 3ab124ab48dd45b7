import type { JsonObject, Operation, Parameter } from '../../contract/operations.ts';
import { type Retirement, retirementOf } from '../../openapi/deprecation.ts';
import type { RawInput } from '../../contract/validation/validator.ts';

/**
 * The headers `Deprecation` (RFC 9745) and `Sunset` (RFC 8594) for what this request uses: the operation, a parameter, or a
 * member of the body. Where several are retired, the earliest day of each kind counts.
 *
 * Looks at the request as it was sent: afterwards, what has a default is always there.
 */
export function deprecationHeaders(operation: Operation): (input: RawInput) => Record<string, string> {
  const { retirement, parameters, requestBody } = operation;
  const retiredParameters = parameters.flatMap((one) => entry(one, (input) => isSent(one, input)));
  const retiredMembers = Object.values(requestBody?.content ?? {}).flatMap(({ schema }) =>
    Object.entries(((schema as JsonObject)['properties'] ?? {}) as Record<string, JsonObject>).flatMap(
      ([name, member]) =>
        entry(member, ({ body }) => body !== null && typeof body === 'object' && Object.hasOwn(body, name)),
    ),
  );
  const always = retirement ? [{ retirement, used: () => true }] : [];
  const all = [...always, ...retiredParameters, ...retiredMembers];
  return (input) => headersOf(all.filter(({ used }) => used(input)).map((one) => one.retirement));
}

function isSent({ in: place, name }: Parameter, { query, headers }: RawInput): boolean {
  if (place === 'query') return new URLSearchParams(query).has(name);
  return place === 'path' || headers[name.toLowerCase()] !== undefined;
}

function entry(node: JsonObject, used: (input: RawInput) => boolean) {
  const retirement = retirementOf(node);
  return retirement ? [{ retirement, used }] : [];
}

function headersOf(retirements: readonly Retirement[]): Record<string, string> {
  const since = earliest(retirements.map((one) => one.since));
  const sunset = earliest(retirements.map((one) => one.sunset));
  return {
    ...(since ? { Deprecation: `@${Date.parse(since) / 1000}` } : {}),
    ...(sunset ? { Sunset: new Date(sunset).toUTCString() } : {}),
  };
}

const earliest = (days: readonly (string | undefined)[]) => days.filter((day) => day !== undefined).sort()[0];
