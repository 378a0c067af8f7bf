import type { Source } from '../../model/language.ts';
import type { ParsedImport } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import { installsOf, type LineReader } from './installs.ts';
import { lineEnd, logicalLineEnd } from './logical-lines.ts';

/** The Python of a source, at the same offsets, and what the commands in the rest of it install or import. */
export interface PythonText {
  readonly text: string;
  readonly commands: readonly ParsedImport[];
  /** Where the commands stand. */
  readonly escapes: readonly Span[];
  /** The text is the body of a cell magic that is not known here: it may be no Python at all. */
  readonly doubtful: boolean;
}

/** Cell magics of IPython and of well-known extensions whose body is Python. */
const pythonMagics =
  /^(?:time|timeit|capture|prun|debug|memit|mprun|lprun|snakeviz|scalene|heat|skip|ipytest|pypy|python[23]?|px|local|wandb|script|writefile|file)$/;

/** Cell magics whose body is another language, markup, or text for a file. */
const foreignMagics =
  /^(?:!|bash|sh|zsh|cmd|powershell|pwsh|system|sx|html|HTML|svg|SVG|latex|markdown|javascript|js|css|perl|ruby|R|julia|octave|matlab|java|scala|cpp|cu|cuda|cython|fortran|rust|sql|sparksql|bigquery|bq|duckdb|kql|cypher|sparql|mermaid|graphviz|dot|configure|writetemplate|ai|chat)$/;
const shellMagics = /^(?:!|bash|sh|zsh|cmd|powershell|pwsh|system|sx|script)$/;

/** Magics of a line or a cell that run the Python behind their options. */
const runsPython =
  /[ \t]*%{1,2}(?:time|timeit|prun|memit|mprun|lprun|debug)(?=[ \t])(?:[ \t]+-(?:[fmsvDT][ \t]+\S+|\w+(?:[ \t]+\d+)?))*/y;
/**
 * Help, a shell command, a line magic, or autocall (`/f`, `,f`, `;f`). A magic may lack its `%`, which is told from
 * Python where another word follows.
 */
const escape =
  /[ \t]*(?=[!%?,;/]|(?:(?:pip|conda|mamba|micromamba|uv)[ \t]+(?:pip[ \t]+)?install|(?:re)?load_ext|aimport)[ \t]+[\w"'-])/y;
/** What a magic may run in place of Python: `%time !make`. */
const command = /[ \t]*(?=[!%])/y;
/** `%load_ext a`, `%aimport a, b, -c`: modules that a magic imports. */
const importsModules = /%?(?:(?:re)?load_ext|aimport)[ \t]+([\w., \t-]+)/y;
/** Extensions of IPython itself, which bear no module's name. */
const ownExtensions = /^(?:autoreload|storemagic)$/;
const assignedEscape = /[\w.,*[\]'" \t]*=[ \t]*(?=[!%])/y;
const helpEscape = /[ \t]*(?=%{0,2}[\w.*[\]'"]+\?\??[ \t]*(?:[\r\n]|$(?![^])))/y;

/**
 * Masks what IPython does not read as Python by text of the same length, so that offsets stay true, and reads
 * what the masked commands install. Sources of other dialects come back as they are.
 *
 * @param reader Says where commands take packages from; a scan does without.
 * Rules: https://ipython.readthedocs.io/en/stable/interactive/reference.html
 */
export function pythonOf({ text, dialect }: Source, reader?: LineReader): PythonText {
  if (dialect !== 'ipynb') return { text, commands: [], escapes: [], doubtful: false };
  const cell = /^(\s*)%%(!|[\w.]+)([^\r\n]*)/.exec(text);
  if (cell === null) return { ...maskLines(text, 0, reader), doubtful: false };
  const [{ length }, whitespace = '', name = '', words = ''] = cell;
  if (isForeign(name, words)) {
    const escapes = shellMagics.test(name) ? linesFrom(text, length) : [];
    const commands = escapes.flatMap((span) => installsOf(text, span, reader));
    return { text: blanks(text.length), commands, escapes, doubtful: false };
  }
  const statement = prefixLength(runsPython, text, whitespace.length);
  const body = maskLines(text, statement === undefined ? length : whitespace.length + statement, reader);
  return { ...body, doubtful: !pythonMagics.test(name) };
}

function isForeign(magic: string, words: string): boolean {
  if (magic === 'script') return !/\b(?:python|pypy)/.test(words);
  if (magic === 'writefile' || magic === 'file') return !/\.pyw?["']?[ \t]*$/i.test(words);
  return foreignMagics.test(magic);
}

function linesFrom(text: string, from: number): readonly Span[] {
  const spans: Span[] = [];
  for (let at = from; at < text.length;) {
    const end = Math.max(lineEnd(text, at), at + 1);
    spans.push({ start: at, end });
    at = end;
  }
  return spans;
}

/** Masks everything before `from`, and behind it each logical line that starts with an escape. */
function maskLines(text: string, from: number, reader?: LineReader): Omit<PythonText, 'doubtful'> {
  const pieces = [blanks(from)];
  const commands: ParsedImport[] = [];
  const escapes: Span[] = [];
  let copyStart = from;
  for (let at = from; at < text.length;) {
    const span = escapeAt(text, at);
    if (span === undefined) {
      at = logicalLineEnd(text, at);
      continue;
    }
    escapes.push(span);
    for (const install of installsOf(text, span, reader)) commands.push(install);
    for (const module of modulesOf(text, span)) commands.push(module);
    pieces.push(text.slice(copyStart, span.start), mask(text, span));
    copyStart = span.end;
    const runsMore = isPythonMagic(text, at) && prefixLength(command, text, copyStart) === undefined;
    at = text.charAt(span.start) === '%' && runsMore ? logicalLineEnd(text, copyStart) : copyStart;
  }
  pieces.push(text.slice(copyStart));
  return { text: pieces.join(''), commands, escapes };
}

function modulesOf(text: string, { start, end }: Span): readonly ParsedImport[] {
  importsModules.lastIndex = start;
  const named = importsModules.exec(text.slice(0, end));
  const list = named?.[1] ?? '';
  const from = start + (named?.[0].length ?? 0) - list.length;
  return [...list.matchAll(/(?<![-\w.])[\w.]+/g)]
    .filter(([specifier]) => !ownExtensions.test(specifier))
    .map(({ 0: specifier, index }) => ({
      kind: 'dynamic',
      target: { kind: 'literal', specifier, names: [] },
      span: { start: from + index, end: from + index + specifier.length },
      optional: false,
    }));
}

/** @returns What of the logical line at an offset is an escape, or undefined where it is Python. */
function escapeAt(text: string, at: number): Span | undefined {
  const timed = prefixLength(runsPython, text, at);
  if (timed !== undefined) {
    const start = text.indexOf('%', at);
    return { start, end: at + timed };
  }
  const prefix =
    prefixLength(escape, text, at) ??
    prefixLength(assignedEscape, text, at) ??
    prefixLength(helpEscape, text, at);
  if (prefix === undefined) return undefined;
  return { start: at + prefix, end: lineEnd(text, at + prefix) };
}

function isPythonMagic(text: string, at: number): boolean {
  return prefixLength(runsPython, text, at) !== undefined;
}

function prefixLength(expression: RegExp, text: string, at: number): number | undefined {
  expression.lastIndex = at;
  return expression.exec(text)?.[0].length;
}

/** A command leaves an expression behind, because it may be all that a block or an assignment holds. */
function mask(text: string, { start, end }: Span): string {
  return isPythonMagic(text, start) ? blanks(end - start) : '0'.padEnd(end - start);
}

function blanks(length: number): string {
  return ' '.repeat(length);
}

const runsText = /get_ipython\s*\(\s*\)\s*\.\s*(?:getoutput|system|magic|run_line_magic|run_cell_magic)/;

/** @returns Whether a text may have IPython install or import what stands in strings. */
export function mentionsShell(text: string): boolean {
  if (!text.includes('get_ipython') || !runsText.test(text)) return false;
  return /install|uvx|--with|load_ext|aimport|import|_(?:INDEX|LINKS)/.test(text);
}
