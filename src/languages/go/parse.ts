import type { Parsed, Parser, Scan, Source } from '../../model/language.ts';
import type { ParsedImport } from '../../model/reference.ts';
import { loadInstalls, mayInstall } from '../shared/installs.ts';
import { importsOfCell, readCell } from './cells.ts';
import { CELL } from './dialects.ts';
import { readImports, type ReadImports } from './imports.ts';

/** A line that `go generate` runs, wherever it stands, in a string too: https://pkg.go.dev/cmd/go#hdr-Generate_Go_files_by_processing_source */
const DIRECTIVE = /^\/\/go:generate[ \t]/;

/**
 * What a text imports is certain; of commands that it has `go generate` or the kernel of a notebook run, only their readers
 * tell what they install.
 */
export function scan(source: Source): Scan {
  if (commandsIn(source) !== null) return { kind: 'unsure', reason: 'a command of it may install something' };
  return { kind: 'superset', specifiers: new Set(importsIn(source).imports.map(({ path }) => path)) };
}

/** Reads imports, and what commands for `go generate`, or in a cell of a notebook, install. Where Go rejects the imports of a text, those that it finds are all. */
export const parser: Parser = {
  async parse(source): Promise<Parsed> {
    const { imports, mistake } = importsIn(source);
    return {
      imports: [...imports.map(parsedImport), ...(await installsIn(source))],
      broken: mistake && { ...mistake, cause: 'errors', approximate: false, doubts: [] },
    };
  },
  async glance(source) {
    return { imports: (await parser.parse(source)).imports, doubts: [] };
  },
};

function parsedImport({ path, start, end }: ReturnType<typeof readImports>['imports'][number]): ParsedImport {
  return {
    kind: 'static',
    target: { kind: 'literal', specifier: path, names: [] },
    span: { start, end },
    optional: false,
  };
}

function importsIn({ text, dialect }: Source): ReadImports {
  return dialect === CELL ? importsOfCell(text) : readImports(text);
}

async function installsIn(source: Source): Promise<readonly ParsedImport[]> {
  const commands = commandsIn(source);
  return commands === null ? [] : (await loadInstalls())(commands, 'sh').imports;
}

/** @returns The text with blanks in place of all but the commands, each where it stands; null where none may install anything. */
function commandsIn({ text, dialect }: Source): string | null {
  if (dialect !== CELL) return directivesIn(text);
  const { commands } = readCell(text);
  return mayInstall(commands) ? commands : null;
}

function directivesIn(text: string): string | null {
  if (!text.includes('//go:generate')) return null;
  const lines = text.split('\n').map((line) => {
    const [mark] = DIRECTIVE.exec(line) ?? [];
    return mark !== undefined && mayInstall(line)
      ? line.slice(mark.length).padStart(line.length)
      : ' '.repeat(line.length);
  });
  const commands = lines.join('\n');
  return commands.trim() === '' ? null : commands;
}
