import type { Node } from 'web-tree-sitter';

/**
 * Looks through what stands around an expression without changing it. What was looked through once is remembered:
 * names in a row (`a = b = c = …`) and brackets in brackets are as long as the text allows.
 */
export class Expressions {
  readonly #unwrapped = new Map<number, Node | null>();
  readonly #callees = new Map<number, Node | null>();
  readonly #values = new Map<number, Node | null>();

  /** @returns An expression without brackets around it, and without the name that `:=` gives it. */
  unwrapped(expression: Node | null): Node | null {
    return follow(this.#unwrapped, expression, inner);
  }

  /** @returns An unwrapped expression without what `f.__call__` adds to `f`. */
  callee(expression: Node | null): Node | null {
    return follow(this.#callees, expression, (node) => {
      const isCall = node.type === 'attribute' && plain(node.childForFieldName('attribute')) === '__call__';
      return isCall ? node.childForFieldName('object') : inner(node);
    });
  }

  /** @returns What an assignment gives to its names, behind every `=`. */
  assigned(assignment: Node): Node | null {
    if (assignment.type === 'named_expression') return assignment.childForFieldName('value');
    const right = (node: Node) => (node.type === 'assignment' ? node.childForFieldName('right') : undefined);
    return follow(this.#values, assignment, right);
  }
}

/** Follows one node to the next, until there is none, and remembers for each where that leads. */
function follow(
  values: Map<number, Node | null>,
  from: Node | null,
  next: (node: Node) => Node | null | undefined,
): Node | null {
  const passed: number[] = [];
  let end = from;
  while (end !== null) {
    const remembered = values.get(end.id);
    const following = remembered === undefined ? next(end) : remembered;
    if (following === undefined) break;
    passed.push(end.id);
    end = following;
    if (remembered !== undefined) break;
  }
  for (const id of passed) values.set(id, end);
  return end;
}

function inner(node: Node): Node | null | undefined {
  if (node.type !== 'parenthesized_expression' && node.type !== 'named_expression') return undefined;
  return node.childForFieldName('value') ?? node.namedChildren.find(isArgument) ?? null;
}

/** @returns A name as Python compares it: without blanks around its dots, after NFKC; empty for what is no name. */
export function plain(name: Node | null): string {
  if (name?.type !== 'identifier' && name?.type !== 'dotted_name') return '';
  return name.text.replace(/\s+/g, '').normalize('NFKC');
}

/** @returns Whether an expression is a call of a function by its name alone, without arguments: `globals()`. */
export function isBareCall(expression: Node | null, name: string): boolean {
  if (expression?.type !== 'call' || plain(expression.childForFieldName('function')) !== name) return false;
  const list = expression.childForFieldName('arguments');
  return list?.type === 'argument_list' && !list.namedChildren.some(isArgument);
}

/** @returns Whether an expression is a member of something that has a name: `sys.modules`. */
export function isMember(expression: Node | null, object: string, name: string): boolean {
  if (expression?.type !== 'attribute' || plain(expression.childForFieldName('attribute')) !== name)
    return false;
  return plain(expression.childForFieldName('object')) === object;
}

/** @returns Whether a child of a list of arguments is one, and no comment. */
export function isArgument(child: Node): boolean {
  return child.type !== 'comment' && child.type !== 'line_continuation' && !child.isError;
}

/** @returns The arguments of a call; none where it has a generator in their place. */
export function argumentsOf(call: Node): readonly Node[] {
  return call.childForFieldName('arguments')?.namedChildren.filter(isArgument) ?? [];
}
