import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** An item as JavaScript values. */
export type Item = Record<string, unknown>;

/** An item as DynamoDB's protocol has it. */
export type Attributes = Record<string, AttributeValue>;

/** Members that are undefined are left out. */
export function toAttributes(item: Item): Attributes {
  return marshall(withoutClasses(item), { removeUndefinedValues: true });
}

/** `marshall` takes an object with a member `constructor` for an instance of a class. It asks nothing of the kind of a `Map`. */
function withoutClasses<T>(value: T): T;
function withoutClasses(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => withoutClasses(one));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, withoutClasses(member)] as const);
  return Object.hasOwn(value, 'constructor') ? new Map(entries) : Object.fromEntries(entries);
}

export function toItem(attributes: Attributes): Item;
export function toItem(attributes: Attributes | undefined): Item | undefined;
export function toItem(attributes: Attributes | undefined): Item | undefined {
  return attributes && unmarshall(attributes);
}

/** The member of an input with the values of its expressions; none without values. */
export function valuesOf(values: Item | undefined): { ExpressionAttributeValues?: Attributes } {
  return values === undefined ? {} : { ExpressionAttributeValues: toAttributes(values) };
}
