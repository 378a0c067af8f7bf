import { readCellImports, type ReadImports } from './imports.ts';

/**
 * A line that the kernel takes for itself: gophernotes has `%go111module on`, `:help` and `$ ls`, gonb `%goflags`, `!ls`,
 * `!*ls`, which runs in another folder, and the same behind `//gonb:`. Behind a backslash it goes on.
 */
const SPECIAL_LINE = /(?<![^\n])(?:\/\/gonb:)?(?:([!$]\*?)|[%:])(?:\\\r?\n|[^\n])*/g;

/** The first line of a cell whose rest is for a program, by gonb: `%%bash`, `%%sh`, `%%script bash`. */
const CELL_OF_PROGRAM = /^\s*(?:\/\/gonb:)?%%(?:(?:script[ \t]+)?(bash|sh)\b|script\b|writefile\b)[^\n]*/;

/** What a cell says: to Go, and to a shell. Offsets are those of the cell. */
export interface GoCell {
  /** The program, with blanks in place of what the kernel takes for itself. */
  readonly program: string;
  /** What a shell is told, with blanks in place of all else. */
  readonly commands: string;
}

/** Reads a cell for gophernotes or gonb: lines of Go without a package clause, among lines for the kernel. */
export function readCell(text: string): GoCell {
  const [start, shell] = CELL_OF_PROGRAM.exec(text) ?? [];
  if (start !== undefined) {
    const commands = shell === undefined ? blank(text) : blank(start) + text.slice(start.length);
    return { program: blank(text), commands };
  }
  let commands = '';
  const program = text.replace(SPECIAL_LINE, (line, mark: string | undefined, at: number) => {
    if (mark !== undefined) {
      const signs = line.indexOf(mark) + mark.length;
      commands += blank(text.slice(commands.length, at + signs)) + line.slice(signs);
    }
    return blank(line);
  });
  return { program, commands: commands + blank(text.slice(commands.length)) };
}

/**
 * Kernels take imports wherever a statement may stand. Whether a line inside a string or comment is one for the kernel
 * differs between them: where that decides what is code, both readings count.
 *
 * @returns The imports of a cell, in their order.
 */
export function importsOfCell(text: string): ReadImports {
  const { program } = readCell(text);
  const usual = readCellImports(program);
  const isAmbiguous = delimiterCount(program) !== delimiterCount(text) && !CELL_OF_PROGRAM.test(text);
  if (!isAmbiguous) return usual;
  const byStart = new Map(
    [...usual.imports, ...readCellImports(text).imports].map((each) => [each.start, each]),
  );
  const imports = [...byStart.values()].sort((left, right) => left.start - right.start);
  return { imports, mistake: usual.mistake };
}

/** @returns How many signs there are that may begin or end what goes over several lines. */
function delimiterCount(text: string): number {
  return text.match(/`|\/\*|\*\//g)?.length ?? 0;
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
