import type { Plugin } from 'esbuild';

/** A file of a package with what stands in its place in the bundle. */
export interface Replacement {
  /** The end of the file's path, below `node_modules/`. */
  readonly file: string;
  /** The text of the new module; it may import what is there. */
  readonly by: string;
  /** Why nothing is missing without it. */
  readonly because: string;
}

/**
 * A step of the build that replaces files of packages. It fails the build where one of them is not met any more: an update has moved
 * it, and somebody has to look again.
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
          text: `The step "${name}" has not met node_modules/${file} below ${root}: has an update moved it, or is it not needed any more?`,
        })),
      }));
    },
  };
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
