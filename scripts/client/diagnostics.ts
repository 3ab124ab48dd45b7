import ts from 'typescript';

/** The errors of the compiler as text; empty if there are none. @param folder the one that paths are relative to */
export function textOfDiagnostics(diagnostics: readonly ts.Diagnostic[], folder: string): string {
  return ts.formatDiagnostics(diagnostics, {
    getCanonicalFileName: (path) => path,
    getCurrentDirectory: () => folder,
    getNewLine: () => '\n',
  });
}
