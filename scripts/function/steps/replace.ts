import type { Plugin } from 'esbuild';

/** A file of a package, and the module that replaces it in the bundle. */
export interface Replacement {
  /** The end of the file's path, below `node_modules/`. */
  readonly file: string;
  /** The text of the new module; it may import what is there. */
  readonly by: string;
  /** Why the original is not needed. */
  readonly because: string;
}

/**
 * A step of the build that replaces files of packages. The build fails if one of them is not found: an update has moved or removed
 * it, so the replacement must be reviewed.
 */
export function replacing(name: string, replacements: readonly Replacement[]): Plugin {
  return {
    name,
    setup({ onLoad, onEnd, initialOptions }) {
      const root = initialOptions.absWorkingDir ?? process.cwd();
      const missing = new Set(replacements.map(({ file }) => file));
      for (const { file, by } of replacements) {
        onLoad({ filter: new RegExp(`/node_modules/${escaped(file)}$`) }, ({ path }) => {
          missing.delete(file);
          return {
            contents: by,
            loader: file.endsWith('.json') ? 'json' : 'js',
            resolveDir: path.slice(0, path.lastIndexOf('/')),
          };
        });
      }
      onEnd(() => ({
        errors: [...missing].map((file) => ({
          text: `The step "${name}" did not find node_modules/${file} below ${root}. Has an update moved it, or is it no longer needed?`,
        })),
      }));
    },
  };
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
