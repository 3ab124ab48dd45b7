// Stands for Lambda: loads the file that its argument names, and hands the events of its parent to the handler.
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
