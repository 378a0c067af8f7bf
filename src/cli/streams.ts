import type { Writable } from 'node:stream';
import { isFileError } from '../git/git.ts';
import { TOOL } from '../model/tool.ts';

/**
 * Listens, once, for what can't be written to an output stream. Whoever closed the other end (`| head`) wants no more of
 * it and is told nothing; anything else is lost output, which must not look like a verdict.
 *
 * @returns The stream.
 */
export function lostOutput<T extends Writable>(stream: T, tell: (message: string) => void): T {
  if (stream.listenerCount('error') > 0) return stream;
  stream.on('error', (error) => {
    if (isFileError(error) && error.code === 'EPIPE') return;
    tell(`${TOOL}: the output could not be written: ${error.message}\nThe output is incomplete.\n`);
  });
  return stream;
}
