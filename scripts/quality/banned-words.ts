/**
 * Words and phrases that this project does not use, each with what it uses instead (docs/glossary.md).
 *
 * A space in a pattern also matches a line break, with the comment marks at the start of the next line.
 */
export interface BannedWord {
  readonly pattern: RegExp;
  readonly instead: string;
}

export const bannedWords: readonly BannedWord[] = [
  // Constructions
  {
    pattern:
      /(?<!\bthere )(?<!\bthere \w+ )\b(?:is|are|was|were) no\b(?! (?:longer|more|less|fewer|later|earlier|larger|smaller|better|worse)\b)/i,
    instead: 'is not a …, must be …, has no …',
  },
  { pattern: /\b(?:whoever|whatever|whomever)\b/i, instead: 'anyone who, anything that, any, regardless of' },
  { pattern: /nobod(?:y|ies)/i, instead: 'no one, nothing; or name the subject' },
  { pattern: /\b(?:stands?|stood)\b(?! for\b|-)/i, instead: 'is, appears' },
  { pattern: /\b(?:lies|lie|lying)\b/i, instead: 'is' },
  { pattern: /begun/i, instead: 'started' },
  { pattern: /\bfor good\b(?! reason)/i, instead: 'permanently; final' },
  { pattern: /\bcan(?:not)? be had\b/i, instead: 'is available, is unavailable' },
  { pattern: /\bwithout a word\b/i, instead: 'silently' },
  { pattern: /\banew\b/i, instead: 'again' },
  { pattern: /\b(?:is|are|was|were) made of\b/i, instead: 'consists of, is built from' },
  { pattern: /\b(?:all|any|every|each) \w+ but\b/i, instead: 'except' },
  { pattern: /\bgo(?:es)? on\b(?! (?:a|an|the) )|\bwent on\b/i, instead: 'continue' },
  { pattern: /\b(?:hold|holds|held|holding)(?: [^\s.;:]+){0,8}? against\b/i, instead: 'check against, compare with' },
  { pattern: /\b(?:take|takes|taking|took|taken)(?: (?!and\b)[^\s.;:]+){0,4}? back\b/i, instead: 'unpublish, undo' },
  {
    pattern:
      /(?<!\b(?:leave|leaves|leaving|left)(?: \S+){0,5} )\bbehind\b(?! (?:\S+ ){0,4}(?:gateway|proxy|balancer|API|TLS|origin)\b)/i,
    instead: 'after; or name the relation',
  },
  { pattern: /\bof (?:your|its|his|their|the client's) own making\b/i, instead: 'client-generated' },
  { pattern: /\bdecides? by\b/i, instead: 'branch on' },

  // Terms of the field
  { pattern: /\b[Mm]end|[a-z]Mend/, instead: 'fix (verb), remedy (of a problem)' },
  { pattern: /\btime-outs?\b/i, instead: 'timeout' },
  { pattern: /judg/i, instead: 'validate, check, classify; case' },
  { pattern: /\b(?:most|longest|fewest)[A-Z]\w*|\b(?:most|longest|fewest)_[a-z]\w*/, instead: 'max…, min…' },
  {
    // A registration has answers to questions; an API, a server or a function has none.
    pattern:
      /answer(?:ing|Of\b|Call|\()|\banswer(?:s|ed)? (?:with|by|the (?:request|caller|client))\b|\b(?:API|server|service|gateway|database|function|handler|it) answer(?:s|ed)?\b/i,
    instead: 'response (of HTTP), return (of a function)',
  },
  { pattern: /(?<!de)fault(?!y|[- ]?(?:injection|tolera))/i, instead: 'field error, error, failure, bug, mutant' },
  {
    pattern: /refusal|objection|impossibilit|disagreement|denial(?! of service)/i,
    instead: 'problem, rejection, error',
  },
  { pattern: /\bretire(?:s|d|ment)?\b|\bretiring\b|retirement/i, instead: 'deprecate, deprecation; sunset' },
  { pattern: /\bbreach(?:es)?\b/i, instead: 'violation' },
  {
    pattern: /(?<!Git )\b(?:the|its|his|their|current|present|old|stale) tag\b/i,
    instead: 'ETag (revision of an event)',
  },
  { pattern: /\b(?:a|an|each|every|another) (?:reading|writing)\b|\b(?:readings|writings)\b/i, instead: 'read, write' },
  { pattern: /\bplain server\b/i, instead: 'Node.js server' },
  { pattern: /\bAmazon's (?:engine|database)\b/i, instead: 'DynamoDB Local' },
  { pattern: /\b(?:its|our|own|the|their) words\b/i, instead: 'message, text' },
  { pattern: /\b(?:hear|hears|heard)\b/i, instead: 'detect, receive, observe' },
  { pattern: /\bweakness(?:es)?\b/i, instead: 'vulnerability' },
  { pattern: /\b[Ww]ish(?:es)?\b|[a-z]Wish/, instead: 'request, feature request' },
  { pattern: /\bdear(?:er|est)\b/i, instead: 'more expensive, most expensive' },

  // Spelling
  { pattern: /colour/i, instead: 'color' },
  { pattern: /behaviour/i, instead: 'behavior' },
  { pattern: /\blicence/i, instead: 'license' },
  { pattern: /neighbour|favour|honour/i, instead: 'neighbor, favor, honor' },
  {
    pattern: /\b(?:recogni|seriali|normali|initiali|organi|optimi|authori|summari)s(?:e|es|ed|ing|er|ers|ation)\b/i,
    instead: '-ize',
  },
  { pattern: /\bcancel(?:ed|ing)\b/i, instead: 'cancelled, cancelling (as in the contract)' },
];
