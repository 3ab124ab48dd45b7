/** The two operations that every program has: one item read by its id, and one written. The SDK is used as its documentation shows. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

const TableName = process.env.EVENTS_TABLE_NAME;
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: process.env.DYNAMODB_ENDPOINT }));

export async function readEvent(eventId) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { eventId }, ConsistentRead: true }));
  return Item;
}

export async function writeEvent(body) {
  const eventId = randomUUID();
  const now = new Date().toISOString();
  const event = {
    ...body,
    eventId,
    organizerId: 'somebody',
    status: 'draft',
    registeredCount: 0,
    createdAt: now,
    updatedAt: now,
  };
  await documents.send(
    new PutCommand({
      TableName,
      Item: { ...event, startsAtId: `${body.startsAt}#${eventId}` },
      ConditionExpression: 'attribute_not_exists(eventId)',
    }),
  );
  return event;
}
