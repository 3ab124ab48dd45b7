import { bannedWords } from './banned-words.ts';
import { countByFolder, createSearch, isSearched } from './language.ts';

const search = createSearch(bannedWords);

describe('the search for banned words', () => {
  it.each([
    'This is no YAML',
    'the bodies are no objects',
    'whoever calls it',
    'whatever stands here',
    'nobodysId',
    'what stands in the file',
    'it lies in the folder',
    'begunAt',
    'cancelling is for good',
    'a token that cannot be had',
    'dropped without a word',
    'asked anew',
    'it is made of parts',
    'every operation but one',
    'goes on with the next page',
    'the tests hold each exchange against the contract',
    'taking an event back',
    'the next page begins behind the key',
    'a key of your own making',
    'clients decide by the code',
    'mendsTheFault',
    'a time-out',
    'judgement',
    'mostAttempts',
    'longestWaitMs',
    'fewest_requests',
    'answerOf',
    'The API answers at once.',
    'a request is answered with 404',
    'theFault',
    'isRefusal',
    'retirementOf',
    'the current tag',
    'after a writing',
    'the plain server',
    "Amazon's engine",
    'its words',
    'the colour',
    'serialised',
    'canceled',
  ])('finds a banned word in "%s"', (text) => {
    expect(search('a.ts', text)).not.toEqual([]);
  });

  it.each([
    'There is no event with this id.',
    'There must be no other.',
    'It is no longer used.',
    'The defaults are applied.',
    'as recommended',
    'the function behind the gateway',
    'The API behind another proxy',
    'it leaves no timer behind',
    'A stand-in stands for the gateway.',
    'fault injection',
    'tags and a tag',
    'cancelled, cancelling, cancellation',
    'the error is returned to the caller',
    'the answers to the questions of the event',
    'a question that must be answered',
  ])('finds nothing in "%s"', (text) => {
    expect(search('a.ts', text)).toEqual([]);
  });

  it('finds a phrase that continues on the next line of a comment, and names its first line', () => {
    const text = 'const a = 1;\n/**\n * The event is\n * no draft.\n */\n';
    expect(search('a.ts', text)).toEqual([
      { file: 'a.ts', line: 3, found: 'is no', instead: expect.any(String) as string },
    ]);
  });

  it('permits a word on a line with a reason, and on the line after it', () => {
    expect(search('a.ts', 'answer(); // language-allow: a name of the package')).toEqual([]);
    expect(search('a.ts', '// language-allow: a name of the package\nanswer();')).toEqual([]);
    expect(search('a.ts', '// language-allow: a name of the package\n\nanswer();')).toHaveLength(1);
  });

  it('does not permit a word without a reason', () => {
    expect(search('a.ts', 'answer(); // language-allow:')).toHaveLength(1);
  });

  it.each([
    ['src/config.ts', true],
    ['Makefile', true],
    ['docs/decisions/0001-handlers-return-problems.md', true],
    ['package-lock.json', false],
    ['scripts/bench/package-lock.json', false],
    ['client/src/generated/operations.ts', false],
    ['openapi/baseline.yaml', false],
    ['docs/glossary.md', false],
    ['scripts/quality/banned-words.ts', false],
    ['docs/images/docs.png', false],
  ])('searches %s: %s', (file, expected) => {
    expect(isSearched(file)).toBe(expected);
  });

  it('counts findings by folder, the largest count first', () => {
    const findings = ['README.md', 'src/http/a.ts', 'src/http/node/b.ts', 'src/x.ts'].map((file) => ({
      file,
      line: 1,
      found: 'x',
      instead: 'y',
    }));
    expect(countByFolder(findings)).toEqual([
      ['src/http', 2],
      ['.', 1],
      ['src', 1],
    ]);
  });
});
