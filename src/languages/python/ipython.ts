import type { Source } from '../../model/language.ts';
import type { ParsedImport } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import { lazyPattern } from '../../text/lazy-pattern.ts';
import { mayInstall, type ReadInstalls } from '../shared/installs.ts';
import { interpreter } from './interpreters.ts';
import { escapeEnd, LINE_BREAKS, logicalLineEnd } from './logical-lines.ts';
import { modulesOf } from './magic-modules.ts';
import {
  foreignMagics,
  lineMagics,
  optionsBefore,
  pythonMagics,
  runningMagics,
  shellMagics,
} from './magics.ts';

/** The Python of a source, at the same offsets, and what the commands in the rest of it install or import. */
export interface PythonText {
  readonly text: string;
  /** What magics import, and what commands install where there is a reader of these. */
  readonly commands: readonly ParsedImport[];
  /** Where the commands stand. */
  readonly escapes: readonly Span[];
  /** The text is the body of a cell magic that is not known here: it may be no Python at all. */
  readonly doubtful: boolean;
}

/** Options, and a word that Python would not take there: a name, a string, a variable. */
const argument = String.raw`(?:[ \t]+--?[A-Za-z][\w-]*(?:=\S*)?(?=[ \t]))*[ \t]+(?!(?:if|in|and|or|is|not|for|else|as)\b)(?=[\w"'$~{])`;

/** Those of the magics that run Python which may lack their sign: the others are no part of IPython. */
const bareMagics = /^(?:time|timeit|prun|debug)$/;

/** Magics of a line or a cell that run the Python behind their options. */
const runsPython = lazyPattern(() => {
  const magics = [...runningMagics].map(([name, valued]) => {
    const bare = bareMagics.test(name) ? `|${name}(?=${argument})` : '';
    return String.raw`(?:%{1,2}${name}(?=[ \t])${bare})${optionsBefore(valued)}`;
  });
  return new RegExp(String.raw`[ \t\f]*(?:${magics.join('|')})`, 'y');
});
/** Help, a shell command, a line magic, or autocall (`/f`, `,f`, `;f`). */
const escape = /[ \t\f]*(?=[!%?,;/])/y;
/** A magic may lack its `%`, which is told from Python where another word follows. */
const bareMagic = lazyPattern(() => new RegExp(String.raw`[ \t\f]*(?=(?:${lineMagics})${argument})`, 'y'));
/** What a magic may run in place of Python: `%time !make`. */
const command = /[ \t]*(?=[!%])/y;
/** Behind the sign of an assignment. */
const assigned = /[ \t\f]*(?=[!%])/y;
const assignmentPieces = /"""|'''|["'#([{)\]}\\]|[=!<>:]?=|[\r\n]/g;
const helpEscape = lazyPattern(() => {
  const word = String.raw`%{0,2}[\w.*[\]'"]+\?\??[ \t]*(?:[${LINE_BREAKS}]|$(?![^]))`;
  return new RegExp(String.raw`[ \t\f]*(?=${word})`, 'y');
});

/**
 * Masks what IPython does not read as Python by text of the same length, so that offsets stay true, and reads
 * what the masked commands install. Sources of other dialects come back as they are.
 *
 * @param readInstalls Reads what commands install; a scan does without.
 * Rules: https://ipython.readthedocs.io/en/stable/interactive/reference.html
 */
export function pythonOf({ text, dialect }: Source, readInstalls?: ReadInstalls): PythonText {
  if (dialect !== 'ipynb') return { text, commands: [], escapes: [], doubtful: false };
  const cell = cellMagic().exec(text);
  if (cell === null) return { ...maskLines(text, 0, readInstalls), doubtful: false };
  const [{ length }, whitespace = '', name = '', words = ''] = cell;
  if (isForeign(name, words)) {
    const escapes = shellMagics.test(name) ? [{ start: length, end: text.length }] : [];
    const commands = escapes.flatMap((span) => installsAt(text, span, readInstalls));
    return { text: blanks(text.length), commands, escapes, doubtful: false };
  }
  const lines = withBreakAt(text, length);
  const statement = prefixLength(runsPython(), lines, whitespace.length);
  const body = maskLines(
    lines,
    statement === undefined ? length : whitespace.length + statement,
    readInstalls,
  );
  return { ...body, doubtful: !pythonMagics.test(name) };
}

/** The first line of a cell with a magic; with a question mark behind its name it asks for help, and the rest is Python. */
const cellMagic = lazyPattern(
  () => new RegExp(String.raw`^(\s*)%%(?![\p{L}\p{N}_]+\?)(!|[\w.]+)([^${LINE_BREAKS}]*)`, 'u'),
);

/** @returns The text with a break that Python knows where IPython ends a line. */
function withBreakAt(text: string, at: number): string {
  const isBreak = at >= text.length || /[\r\n]/.test(text.charAt(at));
  return isBreak ? text : `${text.slice(0, at)}\n${text.slice(at + 1)}`;
}

/** What of the line of `%%writefile` is a path that no variable is part of. */
const modulePath = /^(?:[ \t]+(?:-a|--append))?[ \t]+(["']?)(?:\.\/)?((?:[\w-]+\/)*[\w-]+\.py)\1[ \t]*$/;

/**
 * @returns The module that a cell writes (https://ipython.readthedocs.io/en/stable/interactive/magics.html#cellmagic-writefile),
 *   with its path from the folder of the notebook, in which a kernel starts; undefined where it writes none.
 */
export function writtenFile({ text, dialect }: Source): string | undefined {
  if (dialect !== 'ipynb') return undefined;
  const [, , name = '', words = ''] = cellMagic().exec(text) ?? [];
  return name === 'writefile' || name === 'file' ? modulePath.exec(words)?.[2] : undefined;
}

function isForeign(magic: string, words: string): boolean {
  if (magic === 'script') return !isInterpreted(words);
  if (magic === 'writefile' || magic === 'file') return !/\.pyw?["']?[ \t]*$/i.test(words);
  return foreignMagics.test(magic);
}

/** The command of a `%%script` is split as a shell does it. */
function isInterpreted(command: string): boolean {
  const words = command.replace(/["']/g, '').replaceAll('\\', '/');
  return interpreter.test(words) || /\b(?:python|pypy)/.test(words);
}

/** @returns What the command or magic at a place installs, which begins with its sign. */
function installsAt(
  text: string,
  span: Span,
  readInstalls: ReadInstalls | undefined,
): readonly ParsedImport[] {
  if (readInstalls === undefined) return [];
  const { start, command } = commandAt(text, span);
  if (!mayInstall(command)) return [];
  return readInstalls(command, 'ipython').imports.map((each) => ({
    ...each,
    span: { start: each.span.start + start, end: each.span.end + start },
  }));
}

/** @returns The text of a command or magic without what hands it to a shell, and where that begins. */
export function commandAt(
  text: string,
  { start, end }: Span,
): { readonly start: number; readonly command: string } {
  const [sign = ''] = /^[ \t\f]*(?:[!%]+[ \t]*)?(?:(?:sx|system)[ \t]+)?/.exec(text.slice(start, end)) ?? [];
  return { start: start + sign.length, command: text.slice(start + sign.length, end) };
}

/** Masks everything before `from`, and behind it each logical line that starts with an escape. */
function maskLines(text: string, from: number, readInstalls?: ReadInstalls): Omit<PythonText, 'doubtful'> {
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
    for (const install of installsAt(text, span, readInstalls)) commands.push(install);
    for (const module of modulesOf(text, span)) commands.push(module);
    pieces.push(text.slice(copyStart, span.start), mask(text, span));
    copyStart = span.end;
    at = span.end;
    if (isPythonMagic(text, span.magic) && prefixLength(command, text, span.end) !== undefined) continue;
    at = escapeEnd(text, span.magic);
    pieces.push(statementOf(text.slice(span.end, at)));
    copyStart = at;
    if (at === text.length || /[\r\n]/.test(text.charAt(at))) continue;
    pieces.push('\n');
    at += 1;
    copyStart = at;
  }
  pieces.push(text.slice(copyStart));
  return { text: pieces.join(''), commands, escapes };
}

/** What a magic runs has no part in the next line, whatever ends it. */
function statementOf(text: string): string {
  return text.replace(/\\$(?![^])/, ' ');
}

/** What of a line is no Python, and where the magic or command in it begins. */
interface Escape extends Span {
  readonly magic: number;
}

/** @returns What of the logical line at an offset is an escape, or undefined where it is Python. */
function escapeAt(text: string, at: number): Escape | undefined {
  const timed = prefixLength(runsPython(), text, at);
  const start = at + (prefixLength(/[ \t\f]*/y, text, at) ?? 0);
  if (timed !== undefined) return { start, end: at + timed, magic: start };
  const sign = prefixLength(escape, text, at) ?? prefixLength(helpEscape(), text, at);
  const bare = sign ?? prefixLength(bareMagic(), text, at);
  const line = bare === undefined ? text : text.slice(0, escapeEnd(text, at));
  const value = sign === undefined ? assignedAt(line, at) : undefined;
  const run = value === undefined ? undefined : prefixLength(runsPython(), text, value);
  if (value !== undefined && run !== undefined) return { start, end: value + run, magic: value };
  const magic = value ?? (bare === undefined ? undefined : at + bare);
  return magic === undefined ? undefined : { start: magic, end: escapeEnd(text, magic), magic };
}

/**
 * IPython takes what stands behind the first `=` outside brackets, whatever stands before it
 * (https://github.com/ipython/ipython/blob/main/IPython/core/inputtransformer2.py).
 *
 * @returns Where the command or magic begins whose result a line assigns.
 */
function assignedAt(text: string, at: number): number | undefined {
  let depth = 0;
  assignmentPieces.lastIndex = at;
  for (let match = assignmentPieces.exec(text); match !== null; match = assignmentPieces.exec(text)) {
    const [piece] = match;
    if (piece === '=' && depth === 0) {
      const length = prefixLength(assigned, text, match.index + 1);
      return length === undefined ? undefined : match.index + 1 + length;
    }
    if (/^["'#\\]/.test(piece)) {
      const closing = /^["']/.test(piece) ? text.indexOf(piece, assignmentPieces.lastIndex) : -1;
      if (closing < 0 || text.slice(match.index, closing).includes('\n')) return undefined;
      assignmentPieces.lastIndex = closing + piece.length;
    } else if (/^[([{]/.test(piece)) depth += 1;
    else if (/^[)\]}]/.test(piece)) depth = Math.max(0, depth - 1);
    else if (/^[\r\n]/.test(piece) && depth === 0) return undefined;
  }
  return undefined;
}

function isPythonMagic(text: string, at: number): boolean {
  return prefixLength(runsPython(), text, at) !== undefined;
}

function prefixLength(expression: RegExp, text: string, at: number): number | undefined {
  expression.lastIndex = at;
  return expression.exec(text)?.[0].length;
}

/** Statements that hold others begin a line, so that nothing may stand before them. */
const compound = /[ \t]*(?:async|class|def|for|if|match|try|while|with|@)/y;

const nothing = lazyPattern(() => new RegExp(String.raw`[ \t]*(?:[${LINE_BREAKS}#]|$(?![^]))`, 'y'));

/** An expression stays behind, because it may be all that a block or an assignment holds, and keeps its indentation. */
function mask(text: string, { start, end, magic }: Escape): string {
  if (!isPythonMagic(text, magic)) return '0'.padEnd(end - start);
  const isEmpty = prefixLength(nothing(), text, end) !== undefined;
  const statement = isEmpty ? '0' : prefixLength(compound, text, end) === undefined ? '0;' : '';
  return statement.padEnd(end - start);
}

function blanks(length: number): string {
  return ' '.repeat(length);
}

const runsStrings = /\.\s*(?:getoutput|system(?:_piped|_raw)?|magic|run_(?:line|cell)_magic)\b/;

/** @returns Whether a text may have IPython install or import what stands in strings. */
export function mentionsShell(text: string): boolean {
  if (!/get_ipython|run_(?:line|cell)_magic/.test(text) || !runsStrings.test(text)) return false;
  return /load_ext|import|\brun\b/.test(text) || mayInstall(text);
}
