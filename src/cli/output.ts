import type { Writable } from 'node:stream';
import { harmless, inert } from '../text/inert.ts';

/** A stream that may be a terminal. `columns` is its width, where it is one. */
export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/**
 * Where a command's text goes. Much of a text is the repository's, an argument's or git's: whatever a terminal or a
 * build server would obey in it is shown instead, here, so that no caller can forget it.
 */
export interface Output {
  readonly isTTY: boolean;
  /** The terminal's width, where it is one. */
  readonly columns: number | undefined;
  /** Writes sentences. */
  readonly write: (text: string) => void;
  /** Writes a report: colours stay, and so do commands for build servers, which its reporter puts in. */
  readonly report: (text: string) => void;
  /** The stream itself, for libraries that draw on a terminal or speak a protocol. */
  readonly stream: OutputStream;
}

/** @returns The output that a stream gives. */
export function outputOn(stream: OutputStream): Output {
  return {
    isTTY: stream.isTTY === true,
    // A terminal without a size says 0: the pre-commit framework runs hooks at one.
    columns: stream.columns === 0 ? undefined : stream.columns,
    write: (text) => stream.write(inert(text)),
    report: (text) => stream.write(harmless(text, true)),
    stream,
  };
}
