import { chooseEngine } from './database.ts';
import { databaseBinary, startDatabase } from './dynoxide.ts';
import { listen } from '../listen.ts';
import { PortError } from '../ports.ts';

describe('the local database', () => {
  it('responds as soon as it has started, and no longer after it is stopped', async () => {
    const database = await startDatabase({ port: 0 });
    await expect(fetch(database.endpoint)).resolves.toMatchObject({ status: 200 });
    await database.stop();
    await database.stop();
    expect(database.process.exitCode).toBe(0);
    await expect(fetch(database.endpoint)).rejects.toThrow();
  });

  it('says which setting to change when its port is taken', async () => {
    const { port, close } = await listen(() => {});
    await expect(startDatabase({ port })).rejects.toThrow(
      new PortError(
        `Port ${port} is already in use by another program: stop that program or choose another port with DYNAMODB_PORT=<port>.`,
      ),
    );
    await close();
  });

  it('says what to do on a platform without a program and without Java', () => {
    expect(() => databaseBinary('plan9', 'mips')).toThrow(
      "The local database has no program for plan9-mips here: install Java (version 8 or later) for Amazon's DynamoDB Local, " +
        'or "npm install --no-save @dynoxide/plan9-mips" if npm has it, or set DYNAMODB_ENDPOINT to a DynamoDB that you run yourself.',
    );
  });

  it.each([
    ['dynoxide', true, true],
    ['dynoxide', true, false],
    ['DynamoDB Local', false, true],
    // Its message says what to do.
    ['dynoxide', false, false],
  ])('is %s if dynoxide is installed: %s, and Java: %s', (engine, dynoxide, java) => {
    expect(chooseEngine(dynoxide, () => java)).toBe(engine);
  });
});
