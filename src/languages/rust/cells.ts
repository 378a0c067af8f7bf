import { readEmbedded } from '../../ecosystems/cargo/manifests/cargo-toml.ts';
import type { Parsed, Rejection } from '../../model/language.ts';
import type { ParsedImport } from '../../model/reference.ts';
import { importsOfLine } from './script-manifest.ts';

/** A line that evcxr takes for itself: https://github.com/evcxr/evcxr/blob/main/COMMON.md */
const COMMAND = /(?<![^\n])[ \t]*:([A-Za-z_]\w*)([^\n]*)/g;

/** A crate without a version is the newest one. */
const BARE_NAME = /^\s*[\w-]+\s*$/;

/** What stands before a line that names a crate, as TOML. */
const TABLE = '[dependencies]\n';

/** @returns A cell with blanks in place of the lines that evcxr takes for itself. */
export function programOfCell(text: string): string {
  return text.replace(COMMAND, (line) => ' '.repeat(line.length));
}

/** @returns The crates that a cell asks for by lines of its own (`:dep rand = "0.9"`), and the first line that can’t be read. */
export async function cratesOfCell(text: string): Promise<Parsed> {
  const imports: ParsedImport[] = [];
  let broken: Rejection | null = null;
  for (const { 0: line, 1: command, 2: crate = '', index } of text.matchAll(COMMAND)) {
    if (command !== 'dep') continue;
    const start = index + line.length - crate.length;
    const manifest = `${TABLE}${crate}${BARE_NAME.test(crate) ? ' = "*"' : ''}`;
    const contents = await readEmbedded(manifest);
    const move = (offset: number) => start + Math.min(Math.max(offset - TABLE.length, 0), crate.length);
    for (const dependency of contents.dependencies) {
      const span = { start: move(dependency.span.start), end: move(dependency.span.end) };
      for (const each of importsOfLine({ ...dependency, span })) imports.push(each);
    }
    const [flaw] = contents.broken;
    if (flaw === undefined) continue;
    const message = `the line for a crate: ${flaw.message}`;
    broken ??= { message, offset: move(flaw.offset), cause: 'errors', approximate: false, doubts: [] };
  }
  return { imports, broken };
}
