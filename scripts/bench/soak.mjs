// A program that handles many requests, twenty at a time, no two with the same Content-Type. Writes to file descriptor 3 how its memory develops,
// and how long a request takes whose only peculiarity is its Content-Type.
import { writeSync } from 'node:fs';

const [, , file, list, total] = process.argv;
const { handler } = await import(file);
const events = JSON.parse(list);
const parts = 10;
const group = 20;

const heap = [];
for (let sent = 0; sent < total; sent += group) {
  if (sent % (total / parts) === 0) {
    globalThis.gc();
    heap.push(process.memoryUsage().heapUsed);
  }
  await Promise.all(
    Array.from({ length: group }, (_, index) => {
      const event = events[(sent + index) % events.length];
      return handler(
        { ...event, headers: { ...event.headers, 'content-type': `application/json; n=${sent + index}` } },
        {},
      );
    }),
  );
}
globalThis.gc();
heap.push(process.memoryUsage().heapUsed);

const types = [];
for (let block = 0; block < 10; block += 1) {
  const begin = performance.now();
  for (let index = 0; index < 1_000; index += 1) {
    const event = events.at(-1);
    await handler({ ...event, headers: { ...event.headers, 'content-type': `application/x-${block}-${index}` } }, {});
  }
  types.push(performance.now() - begin);
}
writeSync(3, JSON.stringify({ heap, types }));
process.exit(0);
