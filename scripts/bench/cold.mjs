// One cold start: loads the program named by the first argument, handles the event in the second, then writes to file descriptor 3 how long it took.
import { writeSync } from 'node:fs';

const [, , file, event] = process.argv;
const cpu = process.cpuUsage();
const begin = performance.now();
const { handler } = await import(file);
const imported = performance.now();
const { statusCode, body } = await handler(JSON.parse(event), {});
const responded = performance.now();
const { user, system } = process.cpuUsage(cpu);
writeSync(
  3,
  JSON.stringify({
    imported: imported - begin,
    responded: responded - begin,
    cpu: (user + system) / 1000,
    statusCode,
    body: statusCode < 300 ? undefined : body,
  }),
);
process.exit(0);
