import { tagErrors } from './tags.ts';

test('an event has each tag once, without regard to case, diacritics and width', () => {
  expect(tagErrors([])).toEqual([]);
  expect(tagErrors(['Jazz', 'jazz night', 'Café'])).toEqual([]);
  expect(tagErrors(['Jazz', 'Café', 'ＪＡＺＺ', 'cafe', 'jazz'])).toEqual([
    { pointer: '/tags/2', code: 'duplicate-item', detail: 'must be unique: tag 1 is the same' },
    { pointer: '/tags/3', code: 'duplicate-item', detail: 'must be unique: tag 2 is the same' },
    { pointer: '/tags/4', code: 'duplicate-item', detail: 'must be unique: tag 1 is the same' },
  ]);
});
