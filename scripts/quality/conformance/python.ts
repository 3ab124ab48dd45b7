/** Schemathesis, icalendar and requests, in a Python environment of their own. */
import { join } from 'node:path';
import { installPythonPackages } from '../python.ts';

/** The paths of the interpreter and of Schemathesis. */
export interface Tools {
  readonly python: string;
  readonly schemathesis: string;
}

/** The paths of the interpreter and of the program `schemathesis`, which are installed first if necessary. */
export function tools(): Tools {
  const bin = installPythonPackages('Schemathesis', 'scripts/quality/conformance/requirements.txt');
  return { python: join(bin, 'python'), schemathesis: join(bin, 'schemathesis') };
}
