import type { Context } from 'aws-lambda';
import express from 'express';
import { toGatewayEvent } from '../../test/support/gateway.ts';
import { corsNeeds } from '../contract/cors.ts';
import { operations } from '../contract/operations.ts';
import { createLambdaHandler } from './lambda.ts';

/** Those that the contract describes, and those that every response or request may have. */
const { allowedHeaders, exposedHeaders } = corsNeeds(operations);
const inRequests = [...allowedHeaders, 'Accept', 'Origin'].map((name) => name.toLowerCase());
const inResponses = [...exposedHeaders, 'Allow', 'Cache-Control', 'Content-Type', 'Vary'].map((name) =>
  name.toLowerCase(),
);

it('the handler passes on every header of a request, and every header of its response', async () => {
  let received: object = {};
  const app = express().use(({ headers }, response) => {
    received = headers;
    for (const name of inResponses) response.setHeader(name, `of ${name}`);
    response.end();
  });
  const sent = Object.fromEntries(inRequests.map((name) => [name, `of ${name}`]));
  const event = toGatewayEvent({ method: 'GET', path: '/', headers: sent, bytes: undefined });
  const { headers } = await createLambdaHandler(app)(event, {} as Context);
  expect(received).toMatchObject(sent);
  expect(headers).toMatchObject(Object.fromEntries(inResponses.map((name) => [name, `of ${name}`])));
});
