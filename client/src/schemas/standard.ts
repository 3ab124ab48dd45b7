/** The part of the Standard Schema interface (https://standardschema.dev, version 1) that the schemas of the client implement. */

/** An error as Standard Schema has it. */
export interface StandardIssue {
  readonly message: string;
  /** The names and indexes that lead to the value. */
  readonly path: readonly (string | number)[];
}

/** The result of a validation: the value in its normal form, or what is wrong. */
export type StandardResult<Output, Issue extends StandardIssue> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly Issue[] };

/** What libraries for forms and others call. Its validation is synchronous. */
export interface StandardSchema<Value, Issue extends StandardIssue> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'event-management';
    readonly validate: (value: unknown) => StandardResult<Value, Issue>;
    /** For the compiler only. */
    readonly types?: { readonly input: Value; readonly output: Value } | undefined;
  };
}
