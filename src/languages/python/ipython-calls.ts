import type { Node } from 'web-tree-sitter';
import type { ParsedImport } from '../../model/reference.ts';
import type { ReadInstalls } from '../shared/installs.ts';
import { Expressions, isArgument, isBareCall, plain } from './expressions.ts';
import { pythonOf } from './ipython.ts';
import { possibleImports } from './lenient.ts';
import { movedImport, type Piece } from './pieces.ts';

/** The methods of IPython's shell that run what their arguments say, and how a cell says the same. */
const methods: ReadonlyMap<string, string> = new Map([
  ['getoutput', '!'],
  ['system', '!'],
  ['system_piped', '!'],
  ['system_raw', '!'],
  ['magic', '%'],
  ['run_line_magic', '%'],
  ['run_cell_magic', '%%'],
]);

/** Methods that nothing else has, so that another cell may have bound the name of the shell. */
const ownMethods = /^run_(?:line|cell)_magic$/;

/** @returns What a text calls the shell: `ip = get_ipython()`. */
function shellNames(root: Node): ReadonlySet<string> {
  const expressions = new Expressions();
  const named = root.descendantsOfType(['assignment', 'named_expression']).filter((assignment) => {
    return isBareCall(expressions.assigned(assignment), 'get_ipython');
  });
  const names = named.map((each) => plain(each.childForFieldName('left') ?? each.childForFieldName('name')));
  return new Set(names.filter((name) => name !== ''));
}

/**
 * Reads what `get_ipython().system("pip install a")` and its relatives install or import. So are `!` and `%` written in
 * notebooks that were exported as scripts.
 */
export function shellCalls(root: Node, readInstalls: ReadInstalls): readonly ParsedImport[] {
  const names = shellNames(root);
  return root.descendantsOfType('call').flatMap((call) => {
    const method = call.childForFieldName('function');
    const attribute = method?.childForFieldName('attribute')?.text ?? '';
    const sign = methods.get(attribute);
    const list = call.childForFieldName('arguments');
    if (sign === undefined || list === null) return [];
    const object = method?.childForFieldName('object') ?? null;
    const isShell =
      ownMethods.test(attribute) || isBareCall(object, 'get_ipython') || names.has(plain(object));
    if (!isShell) return [];
    const { text, pieces } = cellOf(list, sign);
    const cell = pythonOf({ text, dialect: 'ipynb' }, readInstalls);
    return [...possibleImports(cell.text), ...cell.commands].map((each) => movedImport(each, pieces));
  });
}

/** What a cell would hold instead of a call, and from where each piece of it is, in the order of both. */
interface Cell {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** The arguments by name: those of a magic, or the command. */
const places: ReadonlyMap<string, number> = new Map([
  ['magic_name', 0],
  ['cmd', 0],
  ['arg_s', 0],
  ['line', 1],
  ['cell', 2],
]);

/** Longer expressions within a string are left out: they may hold such calls again. In UTF-16 code units. */
const longestExpression = 200;

/** Puts the strings among a call's arguments one behind the other. */
function cellOf(list: Node, sign: string): Cell {
  const pieces: Piece[] = [];
  let text = sign;
  for (const [index, argument] of argumentsInPlace(list).entries()) {
    if (index > 0) text += index === 2 ? '\n' : ' ';
    const strings = argument?.type === 'concatenated_string' ? argument.namedChildren : [argument];
    for (const part of strings.flatMap((string) => (string?.type === 'string' ? string.namedChildren : []))) {
      if (part.type !== 'string_content' && part.type !== 'interpolation') continue;
      pieces.push({ at: text.length, start: part.startIndex });
      if (part.type === 'string_content') text += unescaped(part.text);
      else text += part.endIndex - part.startIndex > longestExpression ? '{}' : part.text;
    }
  }
  return { text, pieces };
}

/** @returns The arguments that name a magic, its line and its cell, in this order; undefined for what is not there. */
function argumentsInPlace(list: Node): readonly (Node | undefined)[] {
  const inPlace: (Node | undefined)[] = [];
  let next = 0;
  for (const node of list.namedChildren.filter(isArgument)) {
    const place =
      node.type === 'keyword_argument' ? places.get(plain(node.childForFieldName('name'))) : next++;
    if (place === undefined || place > 2) continue;
    inPlace[place] = node.childForFieldName('value') ?? node;
  }
  return Array.from(inPlace);
}

/** Escapes become what they stand for, as far as commands need it, without a change of length. */
function unescaped(content: string): string {
  return content.replace(/\\([^])/g, (_, letter: string) => (letter === 'n' ? ' \n' : `  `));
}
