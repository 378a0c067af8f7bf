/**
 * The tool could not do (a part of) its work. Never a finding, never silent: a fault makes the exit code 2.
 *
 * `message` says what is wrong, `next` what to do about it. Line and column are 1-based.
 */
export interface Fault {
  readonly kind:
    | 'config'
    | 'whitelist'
    | 'manifest'
    | 'unparsable'
    | 'unreadable'
    | 'too-large'
    | 'unmerged'
    | 'git'
    | 'usage';
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** The cell of a notebook that line and column count in. Left out elsewhere. */
  readonly cell?: number;
  readonly message: string;
  readonly next: string;
}
