import { toDryResponse } from './response.ts';

const original = { eventId: 'id', revision: 3, nonce: '9c41d07be3f2' };

test('a response has the ETag of the resource as it was read, in its header and its body', () => {
  const body = { etag: '"4-9c41d07be3f2"', name: 'Riverside Jazz Night' };
  expect(toDryResponse({ status: 200, headers: { ETag: body.etag }, body }, [{}, original])).toEqual({
    status: 200,
    headers: { ETag: '"3-9c41d07be3f2"', 'Dry-Run': 'true' },
    body: { ...body, etag: '"3-9c41d07be3f2"' },
  });
});

test('a response about a resource that would be created keeps its ETag, and has no code of a ticket and no meeting', () => {
  const [etag, location] = ['"1-4d7a90c2e8b1"', '/events/id/registration'];
  const body = { etag, number: 1, code: 'code', codeDigest: 'digest', meetingUrl: 'https://meet.example.com/zebra' };
  expect(toDryResponse({ status: 201, headers: { ETag: etag, Location: location }, body }, [original])).toEqual({
    status: 201,
    headers: { ETag: etag, Location: location, 'Dry-Run': 'true' },
    body: { etag, number: 1 },
  });
});

test('the code of a ticket that exists is shown, and so is the meeting', () => {
  const body = { etag: '"1-4d7a90c2e8b1"', code: 'code', meetingUrl: 'https://meet.example.com/zebra' };
  expect(toDryResponse({ status: 200, headers: { ETag: body.etag }, body }, []).body).toEqual(body);
});

test('a response without a body has the header only', () => {
  expect(toDryResponse({ status: 204 }, [original])).toEqual({ status: 204, headers: { 'Dry-Run': 'true' } });
});

test('a problem is as usual', () => {
  const problem = { problem: 'precondition-failed', headers: { ETag: '"4-9c41d07be3f2"' } };
  expect(toDryResponse(problem, [original])).toEqual(problem);
});
