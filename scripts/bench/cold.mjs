// One cold start: loads the program that the first argument names and answers the event in the second, then says how long it took.
const [, , file, event] = process.argv;
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;
const cpu = process.cpuUsage();
const begin = performance.now();
const { handler } = await import(file);
const imported = performance.now();
const { statusCode, body } = await handler(JSON.parse(event), {});
const answered = performance.now();
const { user, system } = process.cpuUsage(cpu);
write(
  JSON.stringify({
    imported: imported - begin,
    answered: answered - begin,
    cpu: (user + system) / 1000,
    statusCode,
    body: statusCode < 300 ? undefined : body,
  }),
);
process.exit(0);
