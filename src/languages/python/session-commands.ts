import type { Node } from 'web-tree-sitter';
import type { Span } from '../../model/text.ts';
import { argumentsOf, plain } from './expressions.ts';

/** One word of a command that a program of nox runs. */
export interface SessionWord {
  readonly text: string;
  /** Where it stands in the program; null for what the name of the method says. */
  readonly span: Span | null;
  /** Only a run can tell it. */
  readonly isDynamic: boolean;
}

/** The methods of a session that install, each with the words before its arguments (https://nox.thea.codes/en/stable/config.html#nox.sessions.Session). */
const METHODS: ReadonlyMap<string, readonly string[]> = new Map([
  ['install', ['pip', 'install']],
  ['conda_install', ['conda', 'install']],
  ['run', []],
  ['run_always', []],
  ['run_install', []],
]);

/** @returns Whether a text may hold such calls; most do not. */
export function mentionsSession(text: string): boolean {
  return /\bnox\b/.test(text) && /\.\s*(?:(?:conda_)?install|run(?:_always|_install)?)\s*\(/.test(text);
}

/**
 * Reads what `session.install("a")` and `session.run("pip", "install", "a")` run, of a parameter that is called `session`, or
 * annotated as one.
 *
 * @returns The words of each command, its program first, in the order of the program.
 */
export function sessionCommands(root: Node): readonly (readonly SessionWord[])[] {
  const names = sessionNames(root);
  return root.descendantsOfType('call').flatMap((call) => {
    const method = call.childForFieldName('function');
    const words = METHODS.get(plain(method?.childForFieldName('attribute') ?? null));
    if (words === undefined || !names.has(plain(method?.childForFieldName('object') ?? null))) return [];
    const implied = words.map((text) => ({ text, span: null, isDynamic: false }));
    const operands = argumentsOf(call).filter(({ type }) => type !== 'keyword_argument');
    return [[...implied, ...operands.map(wordOf)]];
  });
}

function sessionNames(root: Node): ReadonlySet<string> {
  const annotated = root.descendantsOfType('typed_parameter').filter((parameter) => {
    return /(?:^|\.)Session["']?$/.test(parameter.childForFieldName('type')?.text ?? '');
  });
  return new Set(['session', ...annotated.map((parameter) => plain(parameter.namedChildren[0] ?? null))]);
}

/** A string is what stands in its quotes; one with escapes or expressions, and all else, only a run can tell. */
function wordOf(argument: Node): SessionWord {
  if (argument.type !== 'string') return { text: argument.text, span: spanOf(argument), isDynamic: true };
  const content = argument.namedChildren.filter(({ type }) => !QUOTES.has(type));
  const [first, last] = [content[0], content.at(-1)];
  const span = first && last ? { start: first.startIndex, end: last.endIndex } : spanOf(argument);
  const isDynamic = argument.text.includes('\\') || content.some(({ type }) => type !== 'string_content');
  return { text: content.map(({ text }) => text).join(''), span, isDynamic };
}

const QUOTES: ReadonlySet<string> = new Set(['string_start', 'string_end']);

function spanOf({ startIndex, endIndex }: Node): Span {
  return { start: startIndex, end: endIndex };
}
