import type { Node } from 'web-tree-sitter';
import type { CommandWord } from '../../model/command.ts';
import type { Span } from '../../model/text.ts';
import { argumentsOf, plain } from './expressions.ts';

/** The methods of a session that install, each with the words before its arguments (https://nox.thea.codes/en/stable/config.html#nox.sessions.Session). */
const METHODS: ReadonlyMap<string, readonly string[]> = new Map([
  ['install', ['pip', 'install']],
  ['conda_install', ['conda', 'install']],
  ['run', []],
  ['run_always', []],
  ['run_install', []],
]);

/**
 * Reads what `session.install("a")` and `session.run("pip", "install", "a")` run, of a parameter that is called `session`, or
 * annotated as one of nox.
 *
 * @returns The words of each command, its program first, in the order of the program.
 */
export function sessionCommands(root: Node): readonly (readonly CommandWord[])[] {
  const names = sessionNames(root);
  if (names.size === 0) return [];
  return root.descendantsOfType('call').flatMap((call) => {
    const method = call.childForFieldName('function');
    const name = method?.childForFieldName('attribute') ?? null;
    const words = METHODS.get(plain(name));
    if (
      name === null ||
      words === undefined ||
      !names.has(plain(method?.childForFieldName('object') ?? null))
    )
      return [];
    const implied = words.map((text): CommandWord => ({ text, dynamic: [], spanOf: () => spanOf(name) }));
    const operands = argumentsOf(call).filter(({ type }) => type !== 'keyword_argument');
    return [[...implied, ...operands.map(wordOf)]];
  });
}

function sessionNames(root: Node): ReadonlySet<string> {
  const parameters = root.descendantsOfType('parameters').flatMap(({ namedChildren }) => namedChildren);
  const sessions = parameters.filter(
    (parameter) => nameOf(parameter) === 'session' || SESSION_TYPE.test(typeOf(parameter)),
  );
  return new Set(sessions.map(nameOf));
}

const SESSION_TYPE = /^["']?(?:nox\.(?:sessions\.)?)?Session["']?$/;

/** A parameter is a name, or a name with its type. */
function nameOf(parameter: Node): string {
  return plain(parameter.type === 'typed_parameter' ? (parameter.namedChildren[0] ?? null) : parameter);
}

function typeOf(parameter: Node): string {
  return parameter.childForFieldName('type')?.text ?? '';
}

/** A string is what stands in its quotes; of one with escapes, and of all else, only a run can tell anything. */
function wordOf(argument: Node): CommandWord {
  const content =
    argument.type === 'string' ? argument.namedChildren.filter(({ type }) => !QUOTES.has(type)) : [argument];
  const [first, last] = [content[0], content.at(-1)];
  const { start, end } = first && last ? { start: first.startIndex, end: last.endIndex } : spanOf(argument);
  const text = content.map((part) => part.text).join('');
  const certain = (part: Node) => part.type === 'string_content' && !argument.text.includes('\\');
  const dynamic = content.flatMap((part) =>
    certain(part) ? [] : [{ start: part.startIndex - start, end: part.endIndex - start }],
  );
  return {
    text,
    dynamic,
    spanOf: (part) => ({ start: start + part.start, end: Math.min(start + part.end, end) }),
  };
}

const QUOTES: ReadonlySet<string> = new Set(['string_start', 'string_end']);

function spanOf({ startIndex, endIndex }: Node): Span {
  return { start: startIndex, end: endIndex };
}
