import { formatTags, parseTags } from './tags.ts';

describe('the tags of a form', () => {
  it.each([
    ['music, jazz', ['music', 'jazz']],
    [' music ,, jazz,', ['music', 'jazz']],
    ['"rock, pop", jazz', ['rock, pop', 'jazz']],
    ['"say ""hi""", x', ['say "hi"', 'x']],
    ['"open, jazz', ['"open', 'jazz']],
    ['the "best", x', ['the "best"', 'x']],
    ['', []],
    [' , ', []],
  ])('%j are read as %j', (text, tags) => {
    expect(parseTags(text)).toEqual(tags);
  });

  it.each([
    [['music', 'jazz']],
    [['rock, pop', 'jazz']],
    [['"', '""', 'a "b"', '"a", "b"']],
    [[' music', 'music ']],
    [[]],
  ])('%j are the same after they are written and read', (tags) => {
    expect(parseTags(formatTags(tags))).toEqual(tags);
  });

  it('are written without quotes if they need none', () => {
    expect(formatTags(['music', 'the "best"'])).toBe('music, the "best"');
  });
});
