import type { Parsed, Parser, Scan, Source } from '../../model/language.ts';
import type { ParsedImport } from '../../model/reference.ts';
import { loadInstalls, mayInstall } from '../shared/installs.ts';
import { readImports } from './imports.ts';

/** A line that `go generate` runs, wherever it stands, in a string too: https://pkg.go.dev/cmd/go#hdr-Generate_Go_files_by_processing_source */
const DIRECTIVE = /^\/\/go:generate[ \t]/;

/** What a text imports is certain; of commands that it has `go generate` run, only their readers tell what they install. */
export function scan({ text }: Source): Scan {
  if (commandsIn(text) !== null)
    return { kind: 'unsure', reason: 'go generate may have a command install something' };
  return { kind: 'superset', specifiers: new Set(readImports(text).imports.map(({ path }) => path)) };
}

/** Reads imports, and what commands for `go generate` install. Where Go rejects the imports of a text, those that it finds are all. */
export const parser: Parser = {
  async parse({ text }): Promise<Parsed> {
    const { imports, mistake } = readImports(text);
    return {
      imports: [...imports.map(parsedImport), ...(await installsIn(text))],
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

async function installsIn(text: string): Promise<readonly ParsedImport[]> {
  const commands = commandsIn(text);
  return commands === null ? [] : (await loadInstalls())(commands, 'sh').imports;
}

/** @returns The text with blanks in place of all but the commands, each where it stands; null where none may install anything. */
function commandsIn(text: string): string | null {
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
