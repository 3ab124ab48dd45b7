// A warm program: loads the file named by the first argument, and responds to each message with the cost of so many requests.
const [, , file] = process.argv;
const { handler } = await import(file);

process.on('message', async ({ event, status, count }) => {
  const cpu = process.cpuUsage();
  const begin = performance.now();
  for (let done = 0; done < count; done += 1) {
    // A new object each time, as an event is on Lambda.
    const { statusCode, body } = await handler(JSON.parse(event), {});
    if (statusCode !== status) return process.send({ error: `${statusCode}: ${body}` });
  }
  const { user, system } = process.cpuUsage(cpu);
  process.send({ cpu: (user + system) / count, wall: ((performance.now() - begin) * 1000) / count });
});
process.send({ ready: true });
