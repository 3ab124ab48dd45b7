import { listeningIn } from './emulator.ts';
import { inOrder, replaceIn, type Resource, resourcesOf } from './state.ts';

const resource = (type: string, name: string): Resource => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  values: { name },
});
const role = resource('aws_iam_role', 'function');
const table = resource('aws_dynamodb_table', 'events');
const alarm = resource('aws_cloudwatch_metric_alarm', 'errors');

describe('resourcesOf', () => {
  it('finds the resources of all modules, and leaves out data sources', () => {
    const region: Resource = { ...resource('aws_region', 'current'), mode: 'data' };
    const inner = { resources: [table, region] };
    const root_module = { resources: [role], child_modules: [{ child_modules: [inner] }, {}] };
    expect(resourcesOf({ values: { root_module } })).toEqual([role, table]);
  });
});

describe('inOrder', () => {
  it('sorts by type, and leaves out types that are ignored', () => {
    const sorted = inOrder([role, alarm, table], ['aws_dynamodb_table', 'aws_iam_role'], {
      [alarm.type]: 'No metrics.',
    });
    expect(sorted).toEqual([table, role]);
  });

  it('names the resources of unknown types', () => {
    const sort = () => inOrder([role, alarm, table], ['aws_iam_role'], {});
    expect(sort).toThrow(/aws_cloudwatch_metric_alarm\.errors, aws_dynamodb_table\.events\.$/);
  });
});

describe('replaceIn', () => {
  it('replaces every occurrence in all strings, the longest text first, and nothing else', () => {
    const values = { url: 'https://pool-1/pool', list: [{ id: 'pool' }, 7, null, true], pool: 'x' };
    const replacements = new Map([
      ['pool', '$&'],
      ['https://pool-1', 'http://issuer'],
    ]);
    expect(replaceIn(values, replacements)).toEqual({
      url: 'http://issuer/$&',
      list: [{ id: '$&' }, 7, null, true],
      pool: 'x',
    });
  });
});

describe('listeningIn', () => {
  const heading = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
  const row = (local: string, state: string, inode: number) =>
    `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100 0 0 10 0`;
  const table = [
    heading,
    row('0100007F:11D6', '0A', 1),
    row('00000000:22B3', '0A', 2),
    row('00000000:0050', '0A', 3),
    row('0200A8C0:C350', '01', 4),
    '',
  ].join('\n');

  it('finds sockets of the process that listen on other addresses than 127.0.0.1', () => {
    expect(listeningIn(table, new Set(['socket:[1]', 'socket:[2]', 'socket:[4]', '/dev/null']))).toEqual([
      '00000000:22B3',
    ]);
    expect(listeningIn(table, new Set(['socket:[1]', 'socket:[4]']))).toEqual([]);
  });
});
