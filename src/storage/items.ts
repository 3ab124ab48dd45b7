import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { TranslateConfig } from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** An item as JavaScript values. */
export type Item = Record<string, unknown>;

/** Members that are undefined are left out. */
const marshallOptions = { removeUndefinedValues: true } as const;

/** How the SDK's document client translates items. It changes the options that it gets. */
export const translation = (): TranslateConfig => ({ marshallOptions: { ...marshallOptions } });

/** The item that a condition failed on: the document client translates results, but not errors. */
export function currentOf({ Item }: { readonly Item?: Record<string, AttributeValue> | undefined }): Item | undefined {
  return Item && unmarshall(Item);
}

/** An item as the database returns it after it was written. */
export function asStored(item: Item): Item {
  return unmarshall(marshall(item, marshallOptions));
}
