import type { Node } from 'web-tree-sitter';
import { literalOf } from './strings.ts';

/** The functions that import what their first argument names, by the modules that provide them. */
const loaders: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['importlib', new Set(['import_module', '__import__'])],
  ['builtins', new Set(['__import__'])],
  ['__builtin__', new Set(['__import__'])],
  ['__builtins__', new Set(['__import__'])],
  ['pytest', new Set(['importorskip'])],
]);

/** The names under which a file knows loaders (local name to function) and their modules. */
export interface Bindings {
  readonly modules: Map<string, string>;
  readonly functions: Map<string, string>;
}

/**
 * Reads what the imports and assignments of a file call loaders and their modules.
 *
 * @param dialect In a notebook (`ipynb`) the bare functions count too: another cell may have imported them.
 */
export function bindingsOf(root: Node, dialect: string): Bindings {
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

/** `load = importlib.import_module`, `(load := importlib.import_module)`, `lib = importlib`. */
function bindAssigned(assignment: Node, bindings: Bindings): void {
  const left = assignment.childForFieldName('left') ?? assignment.childForFieldName('name');
  if (left?.type !== 'identifier') return;
  const value = assignedValue(assignment);
  const loader = loaderOf(value, bindings);
  const module = moduleOf(value, bindings);
  if (loader !== undefined) bindings.functions.set(plain(left), loader);
  if (module !== undefined) bindings.modules.set(plain(left), module);
}

/** @returns What an assignment gives to its names, behind every `=`. */
export function assignedValue(assignment: Node): Node | null {
  let value = assignment.childForFieldName('right') ?? assignment.childForFieldName('value');
  while (value?.type === 'assignment') value = value.childForFieldName('right');
  return value;
}

/** @returns The loader that an expression gives: by a name, out of its module, `getattr(importlib, "import_module")`. */
export function loaderOf(given: Node | null, bindings: Bindings): string | undefined {
  const expression = withoutCall(given);
  if (expression?.type === 'identifier') return bindings.functions.get(plain(expression));
  if (expression?.type === 'attribute') {
    const module = moduleOf(expression.childForFieldName('object'), bindings);
    return provided(module, plain(expression.childForFieldName('attribute')));
  }
  if (expression?.type === 'subscript')
    return provided(namespaceOf(expression.childForFieldName('value'), bindings), keyOf(expression));
  if (expression?.type !== 'call') return undefined;
  if (plain(expression.childForFieldName('function')) !== 'getattr') return undefined;
  const [object = null, name] = argumentsOf(expression);
  return provided(moduleOf(object, bindings), name && literalOf(name)?.value);
}

/** @returns An expression without what `f.__call__` adds to `f`. */
function withoutCall(given: Node | null): Node | null {
  let expression = unwrapped(given);
  while (expression?.type === 'attribute' && plain(expression.childForFieldName('attribute')) === '__call__')
    expression = unwrapped(expression.childForFieldName('object'));
  return expression;
}

function provided(module: string | undefined, name: string | undefined): string | undefined {
  if (module === undefined || name === undefined) return undefined;
  return loaders.get(module)?.has(name) === true ? name : undefined;
}

/** `importlib` under any name, `__import__("importlib")`, `sys.modules["importlib"]`. */
function moduleOf(given: Node | null, { modules, functions }: Bindings): string | undefined {
  const expression = unwrapped(given);
  if (expression?.type === 'identifier') return modules.get(plain(expression));
  if (expression?.type === 'subscript') {
    const registry = plain(expression.childForFieldName('value'));
    return registry === 'sys.modules' || registry === 'globals()' ? known(keyOf(expression)) : undefined;
  }
  if (expression?.type !== 'call') return undefined;
  const callee = unwrapped(expression.childForFieldName('function'));
  if (callee?.type !== 'identifier' || !functions.has(plain(callee))) return undefined;
  const [name] = argumentsOf(expression);
  return known(name && literalOf(name)?.value);
}

/** `__builtins__`, which is a dictionary in most modules, `builtins.__dict__`, `vars(builtins)`. */
function namespaceOf(given: Node | null, bindings: Bindings): string | undefined {
  const expression = unwrapped(given);
  if (expression?.type === 'attribute' && plain(expression.childForFieldName('attribute')) === '__dict__')
    return moduleOf(expression.childForFieldName('object'), bindings);
  if (expression?.type === 'call' && plain(expression.childForFieldName('function')) === 'vars')
    return moduleOf(argumentsOf(expression)[0] ?? null, bindings);
  return moduleOf(expression, bindings);
}

function known(module: string | undefined): string | undefined {
  return module !== undefined && loaders.has(module) ? module : undefined;
}

function keyOf(subscript: Node): string | undefined {
  const [key] = subscript.childrenForFieldName('subscript');
  return key && literalOf(key)?.value;
}

function argumentsOf(call: Node): readonly Node[] {
  return call.childForFieldName('arguments')?.namedChildren.filter(isArgument) ?? [];
}

/** @returns An expression without brackets around it, and without the name that `:=` gives it. */
export function unwrapped(expression: Node | null): Node | null {
  let inner = expression;
  while (inner?.type === 'parenthesized_expression' || inner?.type === 'named_expression')
    inner = inner.childForFieldName('value') ?? inner.namedChildren.find(isArgument) ?? null;
  return inner;
}

/** @returns A name as Python compares it: without blanks, after NFKC; empty where there is none. */
export function plain(name: Node | null): string {
  return (name?.text ?? '').replace(/\s+/g, '').normalize('NFKC');
}

/** @returns Whether a child of a list of arguments is one, and no comment. */
export function isArgument(child: Node): boolean {
  return child.type !== 'comment' && child.type !== 'line_continuation' && !child.isError;
}
