// Replaces Lambda: loads the file that its argument names, and passes the events from its parent to the handler. The packed function has no
// option for a clock or a deadline, so both are replaced in its process.
const RealDate = Date;
let offset = 0;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [Date.now()] : parts));
  }
  static now() {
    return RealDate.now() + offset;
  }
};

const deadlineMs = Number(process.env.TEST_DEADLINE_MS ?? Infinity);
const timeout = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (milliseconds) => timeout(Math.min(milliseconds, deadlineMs));

// Through the same channel as the responses, so that the log line of a request arrives before its response.
process.stdout.write = (line) => process.send({ line });

const { handler } = await import(process.argv[2]);

process.on('message', async ({ id, event, advance = 0 }) => {
  offset += advance;
  if (event === undefined) return;
  try {
    process.send({ id, result: await handler(event, {}) });
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) });
  }
});
process.send({ started: true });
