/** Says where a server listens, as ours does. */
export const listening = (port) =>
  process.stdout.write(`${JSON.stringify({ message: 'listening', url: `http://127.0.0.1:${port}` })}\n`);
