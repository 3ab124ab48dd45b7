// Stands for Lambda: loads the file that its argument names, and hands the events of its parent to the handler. What tests set for the
// application in their own process is set here from outside, as the packed function has no place for it.
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

// On the same way as the answers, so that the line of a request is there before its answer.
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
