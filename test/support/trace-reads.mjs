// Writes the names of all files that a program reads to the file that TRACE_FILE names. Load it with `node --import`.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { writeFileSync } = fs;
const files = new Set();

function trace(object, names) {
  for (const name of names) {
    const original = object[name];
    object[name] = (file, ...rest) => {
      if (typeof file === 'string' || file instanceof URL) files.add(String(file));
      return original.call(object, file, ...rest);
    };
  }
}
trace(fs, ['readFileSync', 'openSync', 'readFile', 'open', 'createReadStream']);
trace(fs.promises, ['readFile', 'open']);
syncBuiltinESMExports();

process.once('exit', () => writeFileSync(process.env.TRACE_FILE, JSON.stringify([...files])));
