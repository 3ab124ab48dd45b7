import { corsNeeds } from './cors.ts';
import { operations } from './operations.ts';

describe('corsNeeds', () => {
  it('names what the operations of the contract need', () => {
    expect(corsNeeds(operations)).toEqual({
      methods: ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST'],
      allowedHeaders: ['Authorization', 'Client-Version', 'Content-Type', 'Idempotency-Key', 'If-Match'],
      exposedHeaders: [
        'Apigw-Requestid',
        'Cache-Control',
        'Deprecation',
        'ETag',
        'Idempotency-Replayed',
        'Location',
        'Retry-After',
        'Sunset',
        'WWW-Authenticate',
        'X-Request-Id',
      ],
    });
  });

  it('names only the methods and headers that are there', () => {
    const health = operations.filter(({ operationId }) => operationId === 'getHealth');
    expect(corsNeeds(health)).toEqual({
      methods: ['GET', 'HEAD'],
      allowedHeaders: ['Authorization', 'Client-Version', 'Content-Type'],
      exposedHeaders: ['Apigw-Requestid', 'Cache-Control', 'Deprecation', 'Sunset', 'X-Request-Id'],
    });
  });
});
