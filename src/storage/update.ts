/** Update expressions of DynamoDB. */
import { type Condition, toConditionInput } from './condition.ts';
import type { Item } from './database.ts';

export interface Update {
  /** New values; null removes an attribute, undefined leaves it as it is. */
  readonly set?: Item;
  /** How much is added to each number, which must exist. Negative values subtract. */
  readonly increment?: Readonly<Record<string, number>>;
}

/** The members of UpdateItem's input that carry an update and its condition. An update must change something. */
export function toUpdateInput({ set = {}, increment = {} }: Update, condition: Condition) {
  const assigned = Object.entries(set).filter(([, value]) => value !== null && value !== undefined);
  const removed = Object.keys(set).filter((name) => set[name] === null);
  const increments = Object.entries(increment);
  const assignments = [
    ...assigned.map(([name]) => `#${name} = :${name}`),
    ...increments.map(([name]) => `#${name} = #${name} + :by_${name}`),
  ];
  const conditionInput = toConditionInput(condition);
  const clauses = [
    ...(assignments.length > 0 ? [`SET ${assignments.join(', ')}`] : []),
    ...(removed.length > 0 ? [`REMOVE ${removed.map((name) => `#${name}`).join(', ')}`] : []),
  ];
  const names = [...assigned, ...increments].map(([name]) => name).concat(removed);
  const values = {
    ...conditionInput.ExpressionAttributeValues,
    ...Object.fromEntries(assigned.map(([name, value]) => [`:${name}`, value])),
    ...Object.fromEntries(increments.map(([name, by]) => [`:by_${name}`, by])),
  };
  return {
    ...conditionInput,
    UpdateExpression: clauses.join(' '),
    ExpressionAttributeNames: {
      ...conditionInput.ExpressionAttributeNames,
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
    },
    // DynamoDB rejects an empty map.
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
  };
}
