import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** An item as JavaScript values. */
export type Item = Record<string, unknown>;

/** An item as DynamoDB's protocol has it. */
export type Attributes = Record<string, AttributeValue>;

/** Members that are undefined are left out. */
export function toAttributes(item: Item): Attributes {
  return marshall(item, { removeUndefinedValues: true });
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
