/** One line, or what `init` writes as a whole, that starts this tool in a file. */
export interface Start {
  /**
   * `init`: the lines that this version of `init` writes. `block`: other lines between its marks, older ones or edited
   * ones. `command`: any other line.
   */
  readonly kind: 'init' | 'block' | 'command';
  /** The command, without its version and with single spaces. */
  readonly text: string;
  /** The version that it asks for, as written; null where it names none. */
  readonly version: string | null;
  /** What decides whether it is started, and with what. */
  readonly settings: Settings;
  /** 1-based. */
  readonly line: number;
}

/** The settings of the maps that a line stands in, by their key; each value as JSON. */
export type Settings = ReadonlyMap<string, string>;

export const noSettings: Settings = new Map();
