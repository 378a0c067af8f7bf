import type { Node } from 'web-tree-sitter';
import type { ParsedImport } from '../../model/reference.ts';
import { contextOf } from './contexts.ts';
import { literalOf } from './strings.ts';

/** The functions that import what their first argument names, by the modules that provide them. */
const loaders: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['importlib', new Set(['import_module', '__import__'])],
  ['builtins', new Set(['__import__'])],
  ['__builtin__', new Set(['__import__'])],
  ['__builtins__', new Set(['__import__'])],
  ['pytest', new Set(['importorskip'])],
]);

/** What says where a relative import of a loader starts: its second argument, which also has a name. */
const anchors: ReadonlyMap<string, string> = new Map([
  ['import_module', 'package'],
  ['__import__', 'globals'],
]);

/** Anchors that mean the module itself. */
const own = /^(?:__package__|__name__|__spec__\.(?:parent|name)|(?:globals|locals|vars)\(\))$/;

/** The names under which a file knows loaders (local name to function) and their modules. */
interface Bindings {
  readonly modules: Map<string, string>;
  readonly functions: Map<string, string>;
}

/**
 * Reads the calls of `importlib.import_module`, `__import__` and `pytest.importorskip` in a tree, under any
 * name that the file's imports and assignments give them. `importlib`, `builtins` and `pytest` mean
 * themselves even where the file does not import them; in a notebook so do the bare functions, which another
 * cell may have imported.
 */
export function loaderCalls(root: Node, dialect: string): readonly ParsedImport[] {
  const bindings = bindingsOf(root, dialect);
  return root.descendantsOfType(['call', 'decorator']).flatMap((use) => {
    if (use.type === 'decorator') return handedOn(use, bindings);
    const loader = loaderOf(use.childForFieldName('function'), bindings);
    if (loader !== undefined) return loaded(use, loader);
    return handedOn(use.childForFieldName('arguments'), bindings);
  });
}

/**
 * `map(__import__, names)`, `partial(import_module, "a")`, `@__import__`: whoever gets a loader loads what nobody can
 * tell.
 */
function handedOn(receiver: Node | null, bindings: Bindings): readonly ParsedImport[] {
  const given = receiver?.namedChildren ?? [];
  return given
    .map((argument) => argument.childForFieldName('value') ?? argument)
    .filter((value) => loaderOf(value, bindings) !== undefined)
    .map((value) => unclear(value, contextOf(value).optional));
}

function unclear({ text, startIndex, endIndex }: Node, optional: boolean): ParsedImport {
  const span = { start: startIndex, end: endIndex };
  return { kind: 'dynamic', target: { kind: 'unclear', expression: text }, span, optional };
}

function bindingsOf(root: Node, dialect: string): Bindings {
  const modules = new Map([...loaders.keys()].map((name) => [name, name]));
  const notebook = dialect === 'ipynb' ? ['import_module', 'importorskip'] : [];
  const functions = new Map(['__import__', ...notebook].map((name) => [name, name]));
  const bindings = { modules, functions };
  for (const statement of root.descendantsOfType(['import_statement', 'import_from_statement'])) {
    if (statement.type === 'import_statement') bindModules(statement, bindings);
    else bindFunctions(statement, bindings);
  }
  for (const assignment of root.descendantsOfType(['assignment', 'named_expression']))
    bindAssigned(assignment, bindings);
  return bindings;
}

/** `import importlib as il`. */
function bindModules(statement: Node, { modules }: Bindings): void {
  for (const name of statement.childrenForFieldName('name')) {
    const module = plain(name.childForFieldName('name'));
    const alias = plain(name.childForFieldName('alias'));
    if (loaders.has(module) && alias !== '') modules.set(alias, module);
  }
}

/** `from importlib import import_module as im`, `from importlib import *`. */
function bindFunctions(statement: Node, { functions }: Bindings): void {
  const provided = loaders.get(plain(statement.childForFieldName('module_name')));
  if (provided === undefined) return;
  if (statement.namedChildren.some((child) => child.type === 'wildcard_import')) {
    for (const name of provided) functions.set(name, name);
  }
  for (const child of statement.childrenForFieldName('name')) {
    const name = plain(child.childForFieldName('name') ?? child);
    if (provided.has(name)) functions.set(plain(child.childForFieldName('alias') ?? child), name);
  }
}

/** `load = importlib.import_module`, `(load := importlib.import_module)`. */
function bindAssigned(assignment: Node, bindings: Bindings): void {
  const left = assignment.childForFieldName('left') ?? assignment.childForFieldName('name');
  let value = assignment.childForFieldName('right') ?? assignment.childForFieldName('value');
  while (value?.type === 'assignment') value = value.childForFieldName('right');
  const loader = loaderOf(value, bindings);
  if (loader !== undefined && left?.type === 'identifier') bindings.functions.set(plain(left), loader);
}

function loaderOf(given: Node | null, { modules, functions }: Bindings): string | undefined {
  const expression = unwrapped(given);
  if (expression?.type === 'identifier') return functions.get(plain(expression));
  if (expression?.type !== 'attribute') return undefined;
  const object = unwrapped(expression.childForFieldName('object'));
  const module = object?.type === 'identifier' ? modules.get(plain(object)) : undefined;
  const name = plain(expression.childForFieldName('attribute'));
  return module !== undefined && loaders.get(module)?.has(name) === true ? name : undefined;
}

/** @returns An expression without brackets around it, and without the name that `:=` gives it. */
function unwrapped(expression: Node | null): Node | null {
  let inner = expression;
  while (inner?.type === 'parenthesized_expression' || inner?.type === 'named_expression')
    inner = inner.childForFieldName('value') ?? inner.namedChildren.find(isArgument) ?? null;
  return inner;
}

function plain(name: Node | null): string {
  return (name?.text ?? '').replace(/\s+/g, '').normalize('NFKC');
}

/** @returns The import of one call; none where it has no argument, or an empty one, which Python refuses. */
function loaded(call: Node, loader: string): readonly ParsedImport[] {
  const list = call.childForFieldName('arguments');
  if (list === null) return [];
  const given = list.type === 'argument_list' ? list.namedChildren.filter(isArgument) : [list];
  const named = (name: string) =>
    given.find((argument) => plain(argument.childForFieldName('name')) === name)?.childForFieldName('value');
  const positional = given.filter(
    (argument) => !/^(?:keyword_argument|dictionary_splat)$/.test(argument.type),
  );
  const splat = given.find((argument) => argument.type === 'dictionary_splat');
  const first = positional[0] ?? named(loader === 'importorskip' ? 'modname' : 'name') ?? splat;
  if (first === undefined) return [];
  const optional = contextOf(call).optional || loader === 'importorskip';
  const literal = literalOf(first);
  if (literal === undefined) return [unclear(first, optional)];
  if (literal.value === '') return [];
  const dots = loader === '__import__' ? levelOf(positional[4] ?? named('level')) : 0;
  const written = '.'.repeat(dots) + literal.value;
  const anchorName = written.startsWith('.') ? anchors.get(loader) : undefined;
  const anchor = anchorName === undefined ? undefined : (positional[1] ?? named(anchorName) ?? splat);
  const base = anchor && literalOf(anchor)?.value;
  if (anchor && base === undefined && !own.test(plain(unwrapped(anchor)))) return [unclear(anchor, optional)];
  const target = { kind: 'literal' as const, specifier: absolute(written, base), names: [] };
  return [{ kind: 'dynamic', target, span: literal.span, optional }];
}

/** `import_module(".b", "a")` imports `a.b`: each dot behind the first leads one package up. */
function absolute(specifier: string, anchor: string | undefined): string {
  const [dots = ''] = /^\.*/.exec(specifier) ?? [];
  if (dots === '' || !anchor) return specifier;
  const parts = anchor.split('.');
  const base = parts.slice(0, Math.max(1, parts.length + 1 - dots.length));
  return [...base, specifier.slice(dots.length)].filter((part) => part !== '').join('.');
}

function isArgument(child: Node): boolean {
  return child.type !== 'comment' && child.type !== 'line_continuation' && !child.isError;
}

/** The fifth argument of `__import__`: how many dots a relative import would have. */
function levelOf(argument: Node | null | undefined): number {
  const level = argument?.type === 'integer' ? Number(argument.text) : 0;
  return Number.isSafeInteger(level) && level > 0 && level < 100 ? level : 0;
}
