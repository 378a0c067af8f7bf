import type { Node } from 'web-tree-sitter';
import { argumentsOf, isBareCall, isMember, plain, type Expressions } from './expressions.ts';
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
  readonly expressions: Expressions;
}

/**
 * Reads what the imports and assignments of a file call loaders and their modules.
 *
 * @param dialect In a notebook (`ipynb`) the bare functions count too: another cell may have imported them.
 */
export function bindingsOf(root: Node, dialect: string, expressions: Expressions): Bindings {
  const modules = new Map([...loaders.keys()].map((name) => [name, name]));
  const notebook = dialect === 'ipynb' ? ['import_module', 'importorskip'] : [];
  const functions = new Map(['__import__', ...notebook].map((name) => [name, name]));
  const bindings = { modules, functions, expressions };
  for (const statement of root.descendantsOfType(['import_statement', 'import_from_statement'])) {
    if (statement.type === 'import_statement') bindModules(statement, bindings);
    else bindFunctions(statement, bindings);
  }
  bindAssigned(root.descendantsOfType(['assignment', 'named_expression']), bindings);
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

/** `load = importlib.import_module`, `(load := importlib.import_module)`, `lib = importlib`, `a = b = importlib`. */
function bindAssigned(assignments: readonly Node[], bindings: Bindings): void {
  const { modules, functions, expressions } = bindings;
  let last: { id: number; loader: string | undefined; module: string | undefined } | undefined;
  for (const assignment of assignments) {
    const left = assignment.childForFieldName('left') ?? assignment.childForFieldName('name');
    const value = left?.type === 'identifier' ? expressions.assigned(assignment) : null;
    if (left === null || value === null) continue;
    if (last?.id !== value.id)
      last = { id: value.id, loader: loaderOf(value, bindings), module: moduleOf(value, bindings) };
    if (last.loader !== undefined) functions.set(plain(left), last.loader);
    if (last.module !== undefined) modules.set(plain(left), last.module);
  }
}

/** @returns The loader that an expression gives: by a name, out of its module, `getattr(importlib, "import_module")`. */
export function loaderOf(node: Node | null, bindings: Bindings): string | undefined {
  const expression = bindings.expressions.callee(node);
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

function provided(module: string | undefined, name: string | undefined): string | undefined {
  if (module === undefined || name === undefined) return undefined;
  return loaders.get(module)?.has(name) === true ? name : undefined;
}

/** `importlib` under any name, `__import__("importlib")`, `sys.modules["importlib"]`. */
function moduleOf(node: Node | null, { modules, functions, expressions }: Bindings): string | undefined {
  const expression = expressions.unwrapped(node);
  if (expression?.type === 'identifier') return modules.get(plain(expression));
  if (expression?.type === 'subscript') {
    const registry = expression.childForFieldName('value');
    const isRegistry = isMember(registry, 'sys', 'modules') || isBareCall(registry, 'globals');
    return isRegistry ? known(keyOf(expression)) : undefined;
  }
  if (expression?.type !== 'call') return undefined;
  const callee = expressions.unwrapped(expression.childForFieldName('function'));
  if (callee?.type !== 'identifier' || !functions.has(plain(callee))) return undefined;
  const [name] = argumentsOf(expression);
  return known(name && literalOf(name)?.value);
}

/** `__builtins__`, which is a dictionary in most modules, `builtins.__dict__`, `vars(builtins)`. */
function namespaceOf(node: Node | null, bindings: Bindings): string | undefined {
  const expression = bindings.expressions.unwrapped(node);
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
