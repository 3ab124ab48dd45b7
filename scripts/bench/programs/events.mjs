/**
 * The two operations that every program has: an event and its seats read by its id, and an event written. The SDK is used as its
 * documentation shows.
 */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

const TableName = process.env.EVENTS_TABLE_NAME;
const seatsTableName = process.env.REGISTRATIONS_TABLE_NAME;
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: process.env.DYNAMODB_ENDPOINT }));

export async function readEvent(eventId) {
  const seatsKey = { scope: `${eventId}/seats`, number: 0 };
  const [{ Item }, { Item: seats }] = await Promise.all([
    documents.send(new GetCommand({ TableName, Key: { eventId }, ConsistentRead: true })),
    documents.send(new GetCommand({ TableName: seatsTableName, Key: seatsKey, ConsistentRead: true })),
  ]);
  return Item && { ...Item, registeredCount: seats?.lastNumber ?? 0 };
}

export async function writeEvent(body) {
  const eventId = randomUUID();
  const now = new Date().toISOString();
  const event = {
    ...body,
    eventId,
    organizerId: 'somebody',
    status: 'draft',
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
  return { ...event, registeredCount: 0 };
}
