/** In which shell a command runs: one of POSIX, or PowerShell. */
export type CommandShell = 'sh' | 'powershell';

/** A text that is put in the place of another one. */
export interface Replacement {
  readonly oldText: string;
  readonly newText: string;
  /** Is each occurrence replaced? */
  readonly all: boolean;
}

/** What a tool of an agent does to files. Paths stand as the model wrote them: absolute, or relative to the working folder. */
export type FileEdit =
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'replace'; readonly path: string; readonly replacements: readonly Replacement[] }
  | { readonly kind: 'insert'; readonly path: string; readonly line: number; readonly text: string }
  | { readonly kind: 'cell'; readonly path: string; readonly cell: CellEdit }
  /** A patch of several files, `*** Begin Patch`. */
  | { readonly kind: 'patch'; readonly patch: string }
  /** The file is gone. */
  | { readonly kind: 'delete'; readonly path: string };

/** The edit of one cell of a notebook. */
export interface CellEdit {
  /** The cell's id, or `cell-N` with its index; null where it is told by nothing. */
  readonly id: string | null;
  readonly mode: 'replace' | 'insert' | 'delete';
  readonly type: 'code' | 'markdown' | null;
  readonly source: string;
}

/** What an agent tells its hooks of. */
export type AgentEvent =
  | {
      readonly kind: 'edit';
      readonly moment: 'before' | 'after';
      readonly edit: FileEdit;
      /** After an edit: the text before it, null where there was no file; undefined where the agent does not tell. */
      readonly original: string | null | undefined;
    }
  | { readonly kind: 'command'; readonly text: string; readonly shell: CommandShell; readonly folder: string }
  /** `isHeld`: the turn goes on already because a hook held it. */
  | { readonly kind: 'end'; readonly isHeld: boolean }
  /** Nothing that installs or writes. */
  | { readonly kind: 'other' };

/** An event with where it happened. */
export interface ReadEvent {
  readonly event: AgentEvent;
  /** The event's name, as the agent spells it; '' where it has none. */
  readonly name: string;
  /** The agent's working folder, absolute; null where it does not tell. */
  readonly folder: string | null;
}

/** What is answered. `refuse`: it does not happen. `advise`: the model reads it. `hold`: the turn goes on with it. */
export type AgentAnswer =
  { readonly kind: 'silence' } | { readonly kind: 'refuse' | 'advise' | 'hold'; readonly text: string };

/** What the agent's process is told. */
export interface HookOutput {
  /** One JSON document, or nothing. */
  readonly stdout: string;
}

/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** How one agent spells answers, and how its events are told from those of others. */
export interface Dialect {
  readonly id: string;
  /** The event at which a call can be stopped. */
  readonly firstEvent: string;
  /** @returns Whether an event can be of this agent alone. */
  readonly recognizes: (event: JsonObject, env: Readonly<Record<string, string | undefined>>) => boolean;
  /** @returns The JSON document that says it; null where the agent has no words for it at this event. */
  readonly answer: (answer: Exclude<AgentAnswer, { kind: 'silence' }>, event: ReadEvent) => JsonObject | null;
}
