/**
 * Samples of each operation: in each language, one for each example that the contract has of its body. They are complete programs,
 * which work as they are, any number of times and in any order: what a sample needs, it creates first. Tests run them all. They take
 * the access token from the environment variable `TOKEN`. Each language is one file in `samples/`.
 */
import type { DocumentedContract, DocumentedOperation } from './contract.ts';
import { curlSample } from './samples/curl.ts';
import { goSample } from './samples/go.ts';
import { type Program, programOf } from './samples/program.ts';
import { pythonSample } from './samples/python.ts';
import { sdkSample } from './samples/sdk.ts';

/**
 * The labels and languages in the order of the switch, the highlighter's names for the languages, and headings. A sample in a language
 * that is not listed is silently omitted by Redoc.
 */
export const sampleLanguages = [
  { lang: 'JavaScript', label: 'SDK', fence: 'js', heading: 'Client package' },
  { lang: 'curl', label: 'curl', fence: 'sh', heading: 'curl' },
  { lang: 'Python', label: 'Python', fence: 'py', heading: 'Python' },
  { lang: 'Go', label: 'Go', fence: 'go', heading: 'Go' },
] as const;

export type SampleLanguage = (typeof sampleLanguages)[number];

export interface Sample {
  readonly language: SampleLanguage;
  /** The summary of the example whose body is sent; absent where there is at most one. */
  readonly example?: string;
  readonly source: string;
}

/** The samples of an operation, the client package's first; in each language those of the examples in their order. */
export function samplesOf(
  operation: DocumentedOperation,
  contract: DocumentedContract,
  sdk: string,
): readonly Sample[] {
  const { examples } = operation;
  const programs = (examples.length === 0 ? [undefined] : examples).map((example) => ({
    program: programOf(operation, contract, example),
    ...(example !== undefined && examples.length > 1 ? { example: example.summary } : {}),
  }));
  const write = {
    SDK: (program: Program) => sdkSample(program, sdk),
    curl: curlSample,
    Python: pythonSample,
    Go: goSample,
  } satisfies Record<SampleLanguage['label'], (program: Program) => string>;
  return sampleLanguages.flatMap((language) =>
    programs.map(({ program, ...example }) => ({ language, ...example, source: write[language.label](program) })),
  );
}
