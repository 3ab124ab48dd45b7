/** The rules for the title of a commit (CONTRIBUTING.md). */

const types = ['feat', 'fix', 'refactor', 'perf', 'test', 'docs', 'build', 'ci', 'chore', 'style'];
const form = new RegExp(`^(?:${types.join('|')})(?:\\([\\w./, -]+\\))?!?: (?<subject>\\S.*)$`);
const maxLength = 72;

/** Written by a bot, which counts packages and does not shorten names. */
const byBot = /^(?:build|ci)\(deps(?:-dev)?\): bump /;

/** Words at the start of a subject that describes a state instead of the change. */
const state = /^(?:an?|the|it|this|that|these|what|who|where|which|there|no|every|each|all)\b/i;
/** Verbs that end like a participle but are imperatives. */
const imperatives = new Set(['embed', 'exceed', 'feed', 'need', 'seed', 'shed', 'speed', 'bring', 'ping', 'string']);

/** What is wrong with a title: an empty list if it follows the rules. */
export function problemsOfTitle(title: string): readonly string[] {
  const subject = form.exec(title)?.groups?.['subject'];
  if (subject === undefined) return [`must start with a type (${types.join(', ')}), a colon and a space`];
  const [first = ''] = subject.split(/\W/);
  const rules: readonly (readonly [boolean, string])[] = [
    [title.length > maxLength && !byBot.test(title), `must have at most ${maxLength} characters, has ${title.length}`],
    [subject.includes(';'), 'must name one change: no semicolon'],
    [subject.endsWith('.'), 'must not end with a period'],
    [/^[A-Z][a-z]/.test(first), 'must start in lower case after the colon'],
    [
      state.test(subject) || (/(?:ed|ing)$/.test(first) && !imperatives.has(first)),
      'must say the change in the imperative: "add", not "added" or "the … is …"',
    ],
  ];
  return rules.filter(([isBroken]) => isBroken).map(([, rule]) => rule);
}
