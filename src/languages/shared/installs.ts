import { ecosystems } from '../../ecosystems/index.ts';
import type {
  Command,
  CommandReading,
  CommandWord,
  InnerCommand,
  InstallReader,
} from '../../model/command.ts';
import type { EcosystemNames } from '../../model/ecosystem.ts';
import type { InstallRun, ParsedImport } from '../../model/reference.ts';
import type { CommandDialect } from '../../shell/templates.ts';

/** What the commands of a text install. Offsets are those of the text. */
export interface TextInstalls {
  readonly imports: readonly ParsedImport[];
  /** What they install at once, with the registries that they name. */
  readonly runs: readonly InstallRun[];
  /** Where and why the grammar gives up; what stands behind it is read line by line. */
  readonly broken: { readonly message: string; readonly offset: number } | null;
}

/** Reads the commands of a text with the tools of every ecosystem. */
export type ReadInstalls = (text: string, dialect: CommandDialect) => TextInstalls;

/** Reads a command whose words a program hands on as they are, with the tools of every ecosystem. */
export type ReadWords = (words: readonly CommandWord[]) => readonly ParsedImport[];

/** What a shell takes out of a text before it reads names, besides backslashes: quotes, and ends of lines behind those. */
const QUOTES = /\\\r?\n|["']/g;

/** @returns Whether a text may name a package in a command. It loads nothing. */
export function mayInstall(text: string): boolean {
  const unquoted = text.replace(QUOTES, '');
  // A backslash may also part the folders of a path.
  const texts = unquoted.includes('\\') ? [unquoted, unquoted.replaceAll('\\', '')] : [unquoted];
  return ecosystems.some(({ installCommands }) => texts.some((each) => installCommands?.quick.test(each)));
}

/** Loads the grammar of shells and what the words of every ecosystem's tools mean; cheap after the first call. */
export async function loadInstalls(): Promise<ReadInstalls> {
  const [shell, readers] = await Promise.all([import('../../shell/read.ts'), loadReaders()]);
  const read = new CommandInstalls(readers, shell);
  return (text, dialect) => {
    const { commands, broken } = shell.readCommands(text, dialect);
    return { ...read.installs(commands), broken };
  };
}

/** Loads what the words of every ecosystem's tools mean; cheap after the first call. */
export async function loadWords(): Promise<ReadWords> {
  const [shell, readers] = await Promise.all([import('../../shell/read.ts'), loadReaders()]);
  const read = new CommandInstalls(readers, shell);
  return (words) => read.installs(shell.commandsOfWords(words)).imports;
}

/** @returns A reader that splits texts into commands line by line, for those that are too long to be parsed. */
export async function loadQuickInstalls(): Promise<ReadInstalls> {
  const [{ splitCommands }, { unwrap }, readers] = await Promise.all([
    import('../../shell/split.ts'),
    import('../../shell/unwrap.ts'),
    loadReaders(),
  ]);
  const read = new CommandInstalls(readers, null);
  return (text, dialect) => {
    const commands = splitCommands(text, dialect).flatMap((words) => unwrap(words, []).command ?? []);
    return { ...read.installs(commands), broken: null };
  };
}

interface EcosystemReader extends Pick<InstallReader, 'read'> {
  readonly ecosystem: EcosystemNames;
}

async function loadReaders(): Promise<readonly EcosystemReader[]> {
  const readers = ecosystems.map(async (ecosystem): Promise<EcosystemReader[]> => {
    if (ecosystem.installCommands === null) return [];
    const reader = await ecosystem.installCommands.reader();
    return [{ ecosystem, read: (command) => reader.read(command) }];
  });
  return (await Promise.all(readers)).flat();
}

/** How the commands in arguments of others are found. */
interface InnerCommands {
  commandsInWord(word: CommandWord): readonly Command[];
  commandsOfWords(words: readonly CommandWord[]): readonly Command[];
}

/** Commands that start commands are followed so far: `uv run poetry run pip install x`. */
const DEEPEST = 5;

class CommandInstalls {
  readonly #readers: readonly EcosystemReader[];
  readonly #inner: InnerCommands | null;

  constructor(readers: readonly EcosystemReader[], inner: InnerCommands | null) {
    this.#readers = readers;
    this.#inner = inner;
  }

  installs(commands: readonly Command[]): Omit<TextInstalls, 'broken'> {
    const imports = new Map<string, ParsedImport>();
    const runs: InstallRun[] = [];
    for (const { reader, reading } of this.#readings(commands, DEEPEST)) {
      for (const each of reading.imports) imports.set(keyOf(each), each);
      const run = runOf(reading, reader);
      if (run !== null) runs.push(run);
    }
    return { imports: [...imports.values()].toSorted(byPlace), runs };
  }

  #readings(commands: readonly Command[], depth: number): readonly ReaderReading[] {
    return commands.flatMap((command) =>
      this.#readers.flatMap((reader): readonly ReaderReading[] => {
        const reading = reader.read(command);
        if (reading === undefined) return [];
        const inner = depth === 0 ? [] : reading.inner.flatMap((each) => this.#commandsOf(each));
        return [{ reader, reading }, ...this.#readings(inner, depth - 1)];
      }),
    );
  }

  #commandsOf(inner: InnerCommand): readonly Command[] {
    if (this.#inner === null) return [];
    return inner.kind === 'text'
      ? this.#inner.commandsInWord(inner.text)
      : this.#inner.commandsOfWords(inner.words);
  }
}

interface ReaderReading {
  readonly reader: EcosystemReader;
  readonly reading: CommandReading;
}

/** What is read twice, through a wrapper and in the text of another command, counts once. */
function keyOf({ target, span }: ParsedImport): string {
  return `${target.kind} ${String(span.start)} ${String(span.end)}`;
}

function byPlace(first: ParsedImport, second: ParsedImport): number {
  return first.span.start - second.span.start || first.span.end - second.span.end;
}

function runOf(
  { imports, index, extra, noIndex }: CommandReading,
  { ecosystem }: EcosystemReader,
): InstallRun | null {
  const names = imports.flatMap(({ target }) =>
    target.kind === 'package' ? [ecosystem.canonical(target.name)] : [],
  );
  if (names.length + extra.length === 0 && index === null) return null;
  return { kind: 'command', ecosystem: ecosystem.id, names, index, extra, noIndex };
}
