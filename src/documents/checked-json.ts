import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { Member, Tree, TreeRead } from './checked.ts';

/** Reads JSON (RFC 8259) as a tree: no comments, no trailing commas. */
export function readJson(text: string): TreeRead {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const problems = errors.map(({ error, offset }) => ({
    at: offset,
    breaks: true as const,
    message: `not valid JSON: ${words(printParseErrorCode(error))}`,
    next: 'Correct the line; most JSON mistakes are a comma too many or a missing quote.',
  }));
  return { root: root === undefined ? null : tree(root), problems };
}

/** `InvalidCommentToken` → `invalid comment token` */
function words(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

function tree(node: Node): Tree {
  const { offset: at, children = [] } = node;
  if (node.type === 'object') return { kind: 'map', at, members: children.flatMap(member) };
  if (node.type === 'array') return { kind: 'list', at, items: children.map(tree) };
  const value: unknown = node.value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return { kind: 'scalar', at, value, text: String(value) };
  }
  return { kind: 'scalar', at, value: null, text: '' };
}

function member({ children = [] }: Node): Member[] {
  const [key, value] = children;
  const name: unknown = key?.value;
  if (key === undefined || value === undefined || typeof name !== 'string') return [];
  return [{ key: name, at: key.offset, value: tree(value) }];
}
