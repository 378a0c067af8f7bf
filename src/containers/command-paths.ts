/**
 * How the value at a path is read. `shell`: by the shell that the file names, or that of POSIX. `sh`, `words`: by one of
 * POSIX, by PowerShell or cmd. `exec`: a list is the words of a command, a text is a shell's. `server`: a table with
 * `command`, `args` and `env` in which no shell has a part. `tools`: a table whose keys name what is installed, with its
 * installer: `npm:name`. `hook`: a table whose `additional_dependencies` are installed for a program in its `language`.
 * `settings`: variables for commands that stand in another file. `check`: like `exec`, with a word in front of a list that says
 * what reads it. `dockerfile`: a text. `prompt`: a text in which commands stand as `!{…}`.
 */
export type CommandReading =
  | 'shell'
  | 'sh'
  | 'words'
  | 'exec'
  | 'server'
  | 'tools'
  | 'hook'
  | 'settings'
  | 'check'
  | 'dockerfile'
  | 'prompt';

/**
 * Where commands stand in a data file. A path is keys parted by blanks: `*` is any key or ends one, `a|b` one of several, `**`
 * any number of keys. Lists stand for each of their items.
 */
export interface CommandTable {
  readonly syntax: 'json' | 'toml' | 'yaml';
  readonly commands: readonly (readonly [path: string, reading: CommandReading])[];
  /** Keys of variables that hold for the table they stand in, and all below. */
  readonly settings?: readonly string[];
  /** Paths below a table that say which shell reads the commands there. */
  readonly shells?: readonly string[];
  /** Keys that name the machine on which commands are run. */
  readonly machines?: readonly string[];
  /** Another reader of the same file tells what is wrong with it. */
  readonly isRead?: true;
}

/** A path, ready to be followed. */
export interface CommandPath {
  readonly steps: readonly Step[];
  readonly reading: CommandReading;
}

type Step = 'any' | ((key: string) => boolean);

/** @returns The paths of a table. */
export function commandPaths({ commands }: CommandTable): readonly CommandPath[] {
  return commands.map(([path, reading]) => ({ steps: path.split(' ').map(stepOf), reading }));
}

function stepOf(step: string): Step {
  if (step === '**') return 'any';
  if (step === '*') return () => true;
  const names = new Set(step.split('|'));
  const endings = [...names].filter((name) => name.startsWith('*')).map((name) => name.slice(1));
  return (key) => names.has(key) || endings.some((ending) => key.endsWith(ending));
}

/** How far each path has been followed from the top of a file to a value. */
export interface Progress {
  readonly open: readonly { readonly path: CommandPath; readonly at: number }[];
  /** How the value itself is read; undefined where no path ends there. */
  readonly reading: CommandReading | undefined;
}

/** @returns The progress at the top. */
export function startOf(paths: readonly CommandPath[]): Progress {
  return { open: paths.map((path) => ({ path, at: 0 })), reading: undefined };
}

/** @returns The progress at the value of a key. */
export function follow({ open }: Progress, key: string): Progress {
  const further: { path: CommandPath; at: number }[] = [];
  let reading: CommandReading | undefined;
  const reach = (path: CommandPath, at: number) => {
    if (!further.some((each) => each.path === path && each.at === at)) further.push({ path, at });
  };
  for (const { path, at } of open) {
    const isAnywhere = path.steps[at] === 'any';
    if (isAnywhere) reach(path, at);
    const next = isAnywhere ? at + 1 : at;
    const step = path.steps[next];
    if (step === undefined || step === 'any' || !step(key)) continue;
    if (next + 1 === path.steps.length) reading ??= path.reading;
    else reach(path, next + 1);
  }
  return { open: further, reading };
}

/** @returns What tells one progress from another. */
export function progressKey({ open, reading }: Progress, paths: readonly CommandPath[]): string {
  return `${open.map(({ path, at }) => `${paths.indexOf(path)}.${at}`).join()}:${String(reading)}`;
}
