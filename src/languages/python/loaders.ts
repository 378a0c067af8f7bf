import type { Node } from 'web-tree-sitter';
import type { ParsedImport } from '../../model/reference.ts';
import { Surroundings, type Part } from './blocks.ts';
import { Expressions, isArgument, isBareCall, isMember, plain } from './expressions.ts';
import { bindingsOf, loaderOf, type Bindings } from './loader-bindings.ts';
import { literalOf, type Literal } from './strings.ts';

/** What says where a relative import of a loader starts: its second argument, which also has a name. */
const anchors: ReadonlyMap<string, string> = new Map([
  ['import_module', 'package'],
  ['__import__', 'globals'],
]);

/** Longer expressions are cut: nobody reads more, and one in another would be told again with each. In code units. */
const LONGEST_EXPRESSION = 1000;

/** A tree, and what is known about all of it. */
interface File {
  readonly bindings: Bindings;
  readonly surroundings: Surroundings;
}

/**
 * Reads the calls of `importlib.import_module`, `__import__` and `pytest.importorskip` in a tree, under any
 * name that the file's imports and assignments give them. `importlib`, `builtins` and `pytest` mean
 * themselves even where the file does not import them; in a notebook so do the bare functions, which another
 * cell may have imported.
 *
 * @param parts The statements of the tree, and the parts of compound ones.
 */
export function loaderCalls(root: Node, dialect: string, parts: readonly Part[]): readonly ParsedImport[] {
  const bindings = bindingsOf(root, dialect, new Expressions());
  const file = { bindings, surroundings: new Surroundings(parts, root.descendantsOfType('lambda')) };
  return root.descendantsOfType(['call', ...receivers.keys()]).flatMap((use) => {
    const loader = use.type === 'call' ? loaderOf(use.childForFieldName('function'), bindings) : undefined;
    return loader === undefined ? handedOn(use, file) : loaded(use, loader, file);
  });
}

/** Nodes that give a value to somebody else, by their type, and the fields that hold it; without any, each child. */
const receivers: ReadonlyMap<string, readonly string[]> = new Map([
  ['assignment', ['right']],
  ['boolean_operator', []],
  ['conditional_expression', []],
  ['decorator', []],
  ['default_parameter', ['value']],
  ['expression_list', []],
  ['for_in_clause', ['right']],
  ['for_statement', ['right']],
  ['lambda', ['body']],
  ['list', []],
  ['list_splat', []],
  ['match_statement', ['subject']],
  ['pair', ['value']],
  ['return_statement', []],
  ['set', []],
  ['tuple', []],
  ['typed_default_parameter', ['value']],
  ['yield', []],
]);

/**
 * `map(__import__, names)`, `partial(import_module, "a")`, `@__import__`, `self.load = __import__`, `load, x =
 * import_module, 1`, `return import_module`: whoever gets a loader loads what nobody can tell.
 */
function handedOn(receiver: Node, file: File): readonly ParsedImport[] {
  const values = valuesIn(receiver, file)
    .map((argument) => argument.childForFieldName('value') ?? argument)
    .filter((value) => loaderOf(value, file.bindings) !== undefined);
  if (values.length === 0) return [];
  const optional = receiver.type !== 'lambda' && file.surroundings.isOptional(receiver);
  return values.map((value) => unclear(value, optional));
}

function valuesIn(receiver: Node, file: File): readonly Node[] {
  if (receiver.type === 'call') return receiver.childForFieldName('arguments')?.namedChildren ?? [];
  if (receiver.type === 'assignment') return assignedElsewhere(receiver, file);
  const fields = receivers.get(receiver.type) ?? [];
  return fields.length === 0
    ? receiver.namedChildren
    : fields.flatMap((field) => receiver.childrenForFieldName(field));
}

/**
 * What a plain name gets is followed, but not out of a class. What takes a loader's own place, as in a test, is the
 * loader or a stand-in.
 */
function assignedElsewhere(assignment: Node, { bindings, surroundings }: File): readonly Node[] {
  const left = assignment.childForFieldName('left');
  const isFollowed =
    left?.type === 'identifier' ? !surroundings.isMember(assignment) : loaderOf(left, bindings) !== undefined;
  const value = isFollowed ? null : bindings.expressions.assigned(assignment);
  return value === null ? [] : [value];
}

function unclear({ text, startIndex, endIndex }: Node, optional: boolean): ParsedImport {
  const expression = text.length > LONGEST_EXPRESSION ? `${text.slice(0, LONGEST_EXPRESSION)}…` : text;
  const span = { start: startIndex, end: endIndex };
  return { kind: 'dynamic', target: { kind: 'unclear', expression }, span, optional };
}

/** @returns The import of one call; none where it has no argument, or an empty one, which Python refuses. */
function loaded(call: Node, loader: string, { bindings, surroundings }: File): readonly ParsedImport[] {
  const list = call.childForFieldName('arguments');
  if (list === null) return [];
  const callArguments = list.type === 'argument_list' ? list.namedChildren.filter(isArgument) : [list];
  const named = (name: string) =>
    callArguments
      .find((argument) => plain(argument.childForFieldName('name')) === name)
      ?.childForFieldName('value');
  const positional = callArguments.filter(
    (argument) => !/^(?:keyword_argument|dictionary_splat)$/.test(argument.type),
  );
  const splat = callArguments.find((argument) => argument.type === 'dictionary_splat');
  const first = positional[0] ?? named(loader === 'importorskip' ? 'modname' : 'name') ?? splat;
  if (first === undefined) return [];
  const optional = surroundings.isOptional(call) || loader === 'importorskip';
  const anchorName = anchors.get(loader);
  const level = loader === '__import__' ? levelOf(positional[4] ?? named('level')) : 0;
  const isHead = literalOf(first) === undefined;
  const literal = literalOf(first) ?? (anchorName === undefined ? undefined : relativeHead(first, level));
  if (literal === undefined) return [unclear(first, optional)];
  if (literal.value === '' && !isHead) return [];
  const moduleName = '.'.repeat(level) + literal.value;
  const isRelative = anchorName !== undefined && moduleName.startsWith('.');
  const anchor = isRelative ? (positional[1] ?? named(anchorName) ?? splat) : undefined;
  const base = anchor && literalOf(anchor)?.value;
  if (anchor && base === undefined && !isOwn(bindings.expressions.unwrapped(anchor)))
    return [unclear(anchor, optional)];
  const target = { kind: 'literal' as const, specifier: absolute(moduleName, base), names: [] };
  return [{ kind: 'dynamic', target, span: literal.span, optional }];
}

/**
 * `f".{name}"`, `"." + name`: whatever follows the dots of a relative name stays in the package that it is relative to.
 *
 * @param level How many dots stand before the name besides.
 * @returns The dots that the expression begins with; undefined where neither they nor the level make the name relative.
 */
function relativeHead(expression: Node, level: number): Literal | undefined {
  if (expression.type.endsWith('_splat')) return undefined;
  const first = firstString(expression);
  const [quotes = ''] = /^(?:[rf]|rf|fr|u)?(?:"""|'''|"|')/i.exec(first?.text ?? '') ?? [];
  const [dots = ''] = first === undefined ? [] : (/^\.+/.exec(first.text.slice(quotes.length)) ?? []);
  const { startIndex, endIndex } = expression;
  if (dots === '') return level === 0 ? undefined : { value: '', span: { start: startIndex, end: endIndex } };
  const start = (first?.startIndex ?? 0) + quotes.length;
  return { value: dots, span: { start, end: start + dots.length } };
}

/** @returns The string that the value of an expression begins with; undefined where it begins with something else. */
function firstString(expression: Node): Node | undefined {
  for (let node: Node | null = expression; node !== null;) {
    if (node.type === 'string') return node;
    if (node.type === 'binary_operator' && /^[+%]$/.test(node.childForFieldName('operator')?.type ?? ''))
      node = node.childForFieldName('left');
    else if (node.type === 'call' && isFormat(node.childForFieldName('function')))
      node = node.childForFieldName('function')?.childForFieldName('object') ?? null;
    else if (node.type === 'parenthesized_expression' || node.type === 'concatenated_string')
      node = node.namedChildren.find(isArgument) ?? null;
    else return undefined;
  }
  return undefined;
}

/** `".{}".format`. */
function isFormat(callee: Node | null): boolean {
  return callee?.type === 'attribute' && plain(callee.childForFieldName('attribute')) === 'format';
}

/** Does an anchor mean the module itself? */
function isOwn(anchor: Node | null): boolean {
  if (/^__(?:package|name)__$/.test(plain(anchor))) return true;
  if (isMember(anchor, '__spec__', 'parent') || isMember(anchor, '__spec__', 'name')) return true;
  return ['globals', 'locals', 'vars'].some((name) => isBareCall(anchor, name));
}

/** `import_module(".b", "a")` imports `a.b`: each dot behind the first leads one package up. */
function absolute(specifier: string, anchor: string | undefined): string {
  const [dots = ''] = /^\.*/.exec(specifier) ?? [];
  if (dots === '' || !anchor) return specifier;
  const parts = anchor.split('.');
  const base = parts.slice(0, Math.max(1, parts.length + 1 - dots.length));
  return [...base, specifier.slice(dots.length)].filter((part) => part !== '').join('.');
}

/** The fifth argument of `__import__`: how many dots a relative import would have. */
function levelOf(argument: Node | null | undefined): number {
  const level = argument?.type === 'integer' ? Number(argument.text) : 0;
  return Number.isSafeInteger(level) && level > 0 && level < 100 ? level : 0;
}
