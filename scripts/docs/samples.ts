/**
 * A sample of each operation for the client package and one for curl, made from the examples of the contract. They are complete
 * programs, which work as they are, any number of times and in any order: what a sample needs, it creates first. Tests run them all.
 * Both take the access token from the environment variable `TOKEN`. Each language is one file in `samples/`.
 */
import type { DocumentedContract, DocumentedOperation } from './contract.ts';
import { curlSample } from './samples/curl.ts';
import { preparationOf } from './samples/program.ts';
import { sdkSample } from './samples/sdk.ts';

export interface Sample {
  /** As the switch between samples shows it. */
  readonly label: 'SDK' | 'curl';
  /** For the highlighter. */
  readonly lang: 'JavaScript' | 'curl';
  readonly source: string;
}

/** The labels and languages in the order of the switch. A sample in a language that is not listed is silently omitted by Redoc. */
export const sampleLanguages = [
  { lang: 'JavaScript', label: 'SDK' },
  { lang: 'curl', label: 'curl' },
] as const satisfies readonly Omit<Sample, 'source'>[];

/** The samples of an operation, the client package's first. */
export function samplesOf(
  operation: DocumentedOperation,
  contract: DocumentedContract,
  sdk: string,
): readonly Sample[] {
  const program = { operation, first: preparationOf(operation, contract), server: contract.server };
  const sources = { SDK: sdkSample(program, sdk), curl: curlSample(program) };
  return sampleLanguages.map((language) => ({ ...language, source: sources[language.label] }));
}
