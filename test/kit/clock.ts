import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bin, type Scratch } from './scratch.ts';

/**
 * Puts the tool on a person's PATH, as `npm install --global` does, for the hooks that `init` writes. In it every day is
 * the one that the variable TODAY names (`YYYY-MM-DD`), at noon in UTC.
 *
 * @returns The file that stands on PATH.
 */
export function installWithClock(scratch: Scratch): string {
  const programs = path.join(scratch.home, 'bin');
  const clock = path.join(scratch.home, 'clock.mjs');
  const file = path.join(programs, 'vetted-imports');
  mkdirSync(programs);
  writeFileSync(
    clock,
    `const Clock = Date;
globalThis.Date = class extends Clock {
  constructor(...parts) { super(...(parts.length === 0 ? [process.env.TODAY + 'T12:00:00Z'] : parts)); }
};\n`,
  );
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' --import '${clock}' '${bin}' "$@"\n`);
  chmodSync(file, 0o755);
  scratch.env['PATH'] = `${programs}:${path.dirname(process.execPath)}:${scratch.env['PATH'] ?? ''}`;
  return file;
}
