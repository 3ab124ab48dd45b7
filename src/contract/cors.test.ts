import { corsNeeds } from './cors.ts';
import { operations } from './operations.ts';

describe('corsNeeds', () => {
  it('returns the methods and headers of all operations of the contract', () => {
    expect(corsNeeds(operations)).toEqual({
      methods: ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'],
      allowedHeaders: [
        'Authorization',
        'Client-Version',
        'Content-Type',
        'Idempotency-Key',
        'If-Match',
        'If-None-Match',
      ],
      exposedHeaders: [
        'Apigw-Requestid',
        'Cache-Control',
        'Content-Disposition',
        'Deprecation',
        'Dry-Run',
        'ETag',
        'Idempotency-Replayed',
        'Link',
        'Location',
        'Retry-After',
        'Sunset',
        'WWW-Authenticate',
        'X-Request-Id',
      ],
    });
  });

  it('returns only the methods and headers of the given operations', () => {
    const health = operations.filter(({ operationId }) => operationId === 'getHealth');
    expect(corsNeeds(health)).toEqual({
      methods: ['GET', 'HEAD'],
      allowedHeaders: ['Authorization', 'Client-Version', 'Content-Type'],
      exposedHeaders: ['Apigw-Requestid', 'Cache-Control', 'Deprecation', 'Sunset', 'X-Request-Id'],
    });
  });
});
