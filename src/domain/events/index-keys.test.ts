import { publishedShards } from './index-keys.ts';

test('the list of published events has between one and ten shards', () => {
  expect(publishedShards).toBeGreaterThanOrEqual(1);
  expect(publishedShards).toBeLessThanOrEqual(10);
});
