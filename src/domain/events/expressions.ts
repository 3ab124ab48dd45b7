/** DynamoDB's expressions, made of named clauses. */
import type { EventStatus } from '../../contract/generated/types.ts';
import type { Item } from '../../storage/database.ts';
import type { EventRecord } from './model.ts';

/** What an event must be like for a write to happen; all of it. */
export interface Expectation {
  readonly organizerId: string;
  readonly status?: EventStatus;
  /** The revision that was read or named; `unmatchable` where a tag can fit no event. */
  readonly revision?: Pick<EventRecord, 'revision' | 'nonce'> | 'unmatchable';
  readonly hasLocation?: true;
  /** An instant that the start must lie after. */
  readonly startsAfter?: string;
  readonly registeredAtMost?: number;
}

/** A condition with the names and values that it uses. */
export interface Condition {
  readonly expression: string;
  readonly names: Record<string, string>;
  readonly values: Item;
}

type Clause = readonly [
  attribute: keyof EventRecord,
  comparison: (name: string, value: string) => string,
  value?: unknown,
];

/** The condition for an expectation. A tombstone has no `organizerId`, so it never fits. */
export function toCondition({
  organizerId,
  status,
  revision,
  hasLocation,
  startsAfter,
  registeredAtMost,
}: Expectation): Condition {
  const matched = revision === 'unmatchable' ? { revision: -1, nonce: '-' } : revision;
  const clauses: Clause[] = [
    ['organizerId', equals, organizerId],
    ...(status === undefined ? [] : [['status', equals, status] as const]),
    ...(matched === undefined
      ? []
      : [['revision', equals, matched.revision] as const, ['nonce', equals, matched.nonce] as const]),
    ...(hasLocation ? [['location', (name: string) => `attribute_exists(${name})`] as const] : []),
    ...(startsAfter === undefined
      ? []
      : [['startsAt', (name: string, value: string) => `${name} > ${value}`, startsAfter] as const]),
    ...(registeredAtMost === undefined
      ? []
      : [['registeredCount', (name: string, value: string) => `${name} <= ${value}`, registeredAtMost] as const]),
  ];
  return {
    expression: clauses.map(([attribute, compare]) => compare(`#if_${attribute}`, `:if_${attribute}`)).join(' AND '),
    names: Object.fromEntries(clauses.map(([attribute]) => [`#if_${attribute}`, attribute])),
    values: Object.fromEntries(
      clauses.filter(([, , value]) => value !== undefined).map(([attribute, , value]) => [`:if_${attribute}`, value]),
    ),
  };
}

const equals = (name: string, value: string) => `${name} = ${value}`;

/** An update that sets members, removes those that are null, and moves the revision by one. */
export function toUpdate(members: Item, condition: Condition) {
  const set = Object.entries(members).filter(([, value]) => value !== null && value !== undefined);
  const removed = Object.keys(members).filter((name) => members[name] === null);
  const assignments = [...set.map(([name]) => `#${name} = :${name}`), '#revision = #revision + :one'];
  return {
    UpdateExpression: [
      `SET ${assignments.join(', ')}`,
      ...(removed.length > 0 ? [`REMOVE ${removed.map((name) => `#${name}`).join(', ')}`] : []),
    ].join(' '),
    ConditionExpression: condition.expression,
    ExpressionAttributeNames: {
      ...condition.names,
      '#revision': 'revision',
      ...Object.fromEntries([...set.map(([name]) => name), ...removed].map((name) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ...condition.values,
      ':one': 1,
      ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
    },
  };
}
