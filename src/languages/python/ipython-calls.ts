import type { Node } from 'web-tree-sitter';
import type { ParsedImport } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import { pythonOf } from './ipython.ts';
import { possibleImports } from './lenient.ts';

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

/**
 * Reads what `get_ipython().system("pip install a")` and its relatives install or import. So are `!` and `%` written in
 * notebooks that were exported as scripts.
 */
export function shellCalls(root: Node): readonly ParsedImport[] {
  return root.descendantsOfType('call').flatMap((call) => {
    const method = call.childForFieldName('function');
    const sign = methods.get(method?.childForFieldName('attribute')?.text ?? '');
    const list = call.childForFieldName('arguments');
    if (sign === undefined || list === null) return [];
    // Asked last: the texts of a long chain of calls are as long as the chain.
    if (!/^get_ipython\s*\(\s*\)$/.test(method?.childForFieldName('object')?.text ?? '')) return [];
    const cell = pythonOf({ text: cellOf(list, sign), dialect: 'ipynb' });
    return [...possibleImports(cell.text), ...cell.commands].map((each) => moved(each, list.startIndex));
  });
}

function moved({ target, span, ...rest }: ParsedImport, by: number): ParsedImport {
  const move = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  if (target.kind !== 'literal') return { ...rest, target, span: move(span) };
  const names = target.names.map((each) => ({ ...each, span: move(each.span) }));
  return { ...rest, target: { ...target, names }, span: move(span) };
}

/** @returns What a cell would hold instead of the call, as long as its arguments, so that offsets stay true. */
function cellOf(list: Node, sign: string): string {
  const pieces: string[] = [];
  let at = list.startIndex;
  for (const [index, string] of list.namedChildren.filter(({ type }) => type === 'string').entries()) {
    const [, prefix = '', quote = '', content = ''] =
      /^([a-z]*)("""|'''|"|')([^]*)\2$/i.exec(string.text) ?? [];
    const start = string.startIndex + prefix.length + quote.length;
    const mark = index === 0 ? sign : index === 2 ? '\n' : '';
    pieces.push(mark.padStart(start - at), unescaped(content));
    at = start + content.length;
  }
  return pieces.join('').padEnd(list.endIndex - list.startIndex);
}

/** Escapes become what they stand for, as far as commands need it. */
function unescaped(content: string): string {
  return content.replace(/\\([^])/g, (_, letter: string) => (letter === 'n' ? ' \n' : `  `));
}
