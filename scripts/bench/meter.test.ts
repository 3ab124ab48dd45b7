import type { RequestListener } from 'node:http';
import { listen } from '../stack/listen.ts';
import { startMeter } from './meter.ts';

/** Calls that a database responds to like this, one after the other, as the meter has sent them. */
async function sentTo(responses: readonly RequestListener[]): Promise<string[][]> {
  const left = [...responses];
  const database = await listen((request, response) => left.shift()?.(request, response));
  const meter = await startMeter(database.url);
  try {
    for (const [index] of responses.entries())
      await fetch(meter.endpoint, {
        method: 'POST',
        headers: { 'x-amz-target': `DynamoDB_20120810.Call${index}` },
        body: '{}',
      }).catch(() => undefined);
    return meter.sent.map((together) => together.map(({ call }) => call));
  } finally {
    await meter.close();
    await database.close();
  }
}

test('a call that fails has ended: the next one is not counted as under way at the same time', async () => {
  const fails: RequestListener = (request) => request.socket.destroy();
  const succeeds: RequestListener = (_request, response) => response.end('{}');
  expect(await sentTo([fails, succeeds])).toEqual([['Call0'], ['Call1']]);
});
