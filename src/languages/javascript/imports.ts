/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- the parser has some 190 kinds of nodes, of which few matter here */
import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';
import type { Source } from '../../model/language.ts';
import type { ImportedName, ImportKind, Omission, ParsedImport } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import { ComputedNames } from './computed-names.ts';
import { erasureOf, type Erasure } from './erasure.ts';
import { textOf } from './literal-parts.ts';
import { Loaders, memberName, ownerName, unwrap } from './loader-values.ts';
import { MOCKERS, mockerKind } from './loaders.ts';
import { walk, type Visit } from './nodes.ts';
import { isNode } from './parsers/syntax.ts';
import { VirtualMocks } from './virtual-mocks.ts';

/**
 * Every import of a parsed program, in the order of the text. The source's text is what the spans count in, and
 * what specifiers are read from, so it may differ from what was parsed in anything else.
 */
export function importsOf(program: TSESTree.Program, source: Source): readonly ParsedImport[] {
  const { visits, bindings } = walk(program, isRelevant);
  const context: Context = {
    text: source.text,
    loaders: new Loaders(bindings),
    mockers: new Mockers(),
    mocks: new VirtualMocks(program, bindings),
    computed: new ComputedNames(bindings),
    erasure: erasureOf(program, source),
  };
  return visits
    .flatMap((visit) => importAt(visit, context) ?? [])
    .sort((first, second) => first.span.start - second.span.start);
}

/** A module's name as the program gives it, with the circumstances of the import. */
interface Request {
  readonly kind: ImportKind;
  readonly source: TSESTree.Node;
  readonly names: readonly ImportedName[];
  readonly optional: boolean;
}

const RELEVANT: ReadonlySet<string> = new Set([
  Type.ImportDeclaration,
  Type.ExportNamedDeclaration,
  Type.ExportAllDeclaration,
  Type.TSImportEqualsDeclaration,
  Type.TSImportType,
  Type.ImportExpression,
  Type.CallExpression,
  Type.NewExpression,
]);

function isRelevant(node: TSESTree.Node): boolean {
  return RELEVANT.has(node.type);
}

/** What an import is read with: the text, and what is known of the program's names and calls. */
interface Context {
  readonly text: string;
  readonly loaders: Loaders;
  readonly mockers: Mockers;
  readonly mocks: VirtualMocks;
  readonly computed: ComputedNames;
  readonly erasure: Erasure;
}

function importAt(visit: Visit, context: Context): ParsedImport | undefined {
  const { text } = context;
  const request = requestAt(visit, context);
  // The parser's types promise a source also for a type `import()`, which has none.
  if (request === undefined || !isNode(request.source)) return undefined;
  const { kind, names, optional } = request;
  const source = unwrap(request.source);
  const specifier = specifierOf(source, text);
  // The parser lets a declaration pass that names its module by an expression, or by no string; no engine does.
  if ((kind === 'static' || kind === 'type') && (source.type !== Type.Literal || specifier === undefined))
    return undefined;
  if (specifier === undefined) {
    const span = spanOf(source);
    const expression = text.slice(span.start, span.end);
    return { kind, target: context.computed.targetOf(source, { expression, names }), span, optional };
  }
  const span = { start: source.range[0] + 1, end: source.range[1] - 1 };
  const omission = kind === 'type' ? undefined : omissionOf(visit, specifier, context);
  const target = { kind: 'literal', specifier, names } as const;
  return { kind, target, span, optional, ...(omission && { omission }) };
}

function omissionOf(visit: Visit, specifier: string, context: Context): Omission | undefined {
  const { node } = visit;
  if (context.mocks.has(specifier) && isLoad(node, context)) return 'mock';
  return isErased(visit, context) ? 'types' : undefined;
}

/** Does a node load a module by itself, which a test runner may replace? */
function isLoad(node: TSESTree.Node, { loaders }: Context): boolean {
  if (node.type === Type.ImportDeclaration || node.type === Type.ImportExpression) return true;
  return node.type === Type.CallExpression && loaders.isLoader(calleeOf(node));
}

/** Would a compiler drop the declaration? One that hands its name on (`export import x = …`) stays. */
function isErased({ node, parent }: Visit, { erasure }: Context): boolean {
  switch (node.type) {
    case Type.ImportDeclaration:
    case Type.ExportNamedDeclaration:
      return erasure.erases(node);
    case Type.TSImportEqualsDeclaration:
      return parent?.node.type !== Type.ExportNamedDeclaration && erasure.erases(node);
    default:
      return false;
  }
}

function requestAt(visit: Visit, context: Context): Request | undefined {
  const { node, guarded } = visit;
  switch (node.type) {
    case Type.ImportDeclaration:
      return declared(node.importKind, node.source, node.specifiers.map(importedName));
    case Type.ExportNamedDeclaration:
      return node.source === null
        ? undefined
        : declared(
            node.exportKind,
            node.source,
            node.specifiers.map(({ local }) => nameOf(local)),
          );
    case Type.ExportAllDeclaration:
      return declared(node.exportKind, node.source, [{ name: '*', span: spanOf(node) }]);
    case Type.TSImportEqualsDeclaration:
      return node.moduleReference.type === Type.TSExternalModuleReference
        ? { ...declared(node.importKind, node.moduleReference.expression, []), ...requireUnlessType(node) }
        : undefined;
    case Type.TSImportType:
      return declared('type', node.source, []);
    case Type.ImportExpression:
      return request('dynamic', node.source, guarded || isCaught(visit));
    case Type.CallExpression:
    case Type.NewExpression:
      return callRequest(node, visit.guarded, context);
    default:
      return undefined;
  }
}

function declared(
  kind: 'type' | 'value' | undefined,
  source: TSESTree.Node,
  names: readonly ImportedName[],
): Request {
  return { kind: kind === 'type' ? 'type' : 'static', source, names, optional: false };
}

/** `import x = require("x")` loads as `require` does; `import type` loads nothing. */
function requireUnlessType({ importKind }: TSESTree.TSImportEqualsDeclaration): { kind: ImportKind } {
  return { kind: importKind === 'type' ? 'type' : 'require' };
}

function request(
  kind: ImportKind,
  source: TSESTree.Node | undefined,
  optional: boolean,
): Request | undefined {
  return source === undefined ? undefined : { kind, source, names: [], optional };
}

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** `require("x")`, `require.resolve("x")`, `import.meta.resolve("x")`, `jest.mock("x")`. */
function callRequest(node: Call, guarded: boolean, context: Context): Request | undefined {
  const { loaders, mockers, mocks } = context;
  const callee = calleeOf(node);
  const [source] = node.arguments;
  if (loaders.isLoader(callee)) return request('require', source, guarded);
  // `import.source("x")`, https://tc39.es/proposal-source-phase-imports
  if (callee.type === Type.MetaProperty && callee.property.name === 'source')
    return request('dynamic', source, guarded);
  if (callee.type !== Type.MemberExpression) return undefined;
  const method = memberName(callee);
  if (method === undefined) return undefined;
  const object = unwrap(callee.object);
  if (method === 'resolve' || method === 'require') {
    if (isImportMeta(object)) return request('dynamic', source, guarded);
    return loaders.isLoader(object) ? request('require', source, guarded) : undefined;
  }
  const handed = handedOn({ method, object, values: node.arguments, loaders });
  if (handed !== undefined) return request('require', handed, guarded);
  const kind = mockerKind(mockers.of(object) ?? '', method);
  const loadsItself = source?.type === Type.ImportExpression;
  return kind === undefined || loadsItself || mocks.isMadeBy(node)
    ? undefined
    : request(kind, source, guarded);
}

interface MethodCall {
  readonly method: string;
  readonly object: TSESTree.Node;
  readonly values: readonly TSESTree.Node[];
  readonly loaders: Loaders;
}

/** @returns What a loader gets by `require.call(…, "x")`, `require.apply(…, ["x"])` or `Reflect.apply(require, …, ["x"])`. */
function handedOn({ method, object, values, loaders }: MethodCall): TSESTree.Node | undefined {
  const [loader = object, ...callArguments] =
    method === 'apply' && ownerName(object) === 'Reflect' ? values : [object, ...values];
  if ((method !== 'call' && method !== 'apply') || !loaders.isLoader(loader)) return undefined;
  const [, value] = callArguments;
  const first = method === 'apply' && value?.type === Type.ArrayExpression ? value.elements[0] : undefined;
  return first ?? value;
}

/** @returns What is called, `(0, f)(…)` included. */
function calleeOf({ callee }: Call): TSESTree.Node {
  const inner = unwrap(callee);
  const last = inner.type === Type.SequenceExpression ? inner.expressions.at(-1) : undefined;
  return last === undefined ? inner : unwrap(last);
}

function isImportMeta(node: TSESTree.Node): boolean {
  return node.type === Type.MetaProperty && node.meta.name === 'import' && node.property.name === 'meta';
}

/** Knows the test runner's object behind each call of a chain, which is followed once. */
class Mockers {
  readonly #ofCalls = new Map<TSESTree.Node, string | undefined>();

  /** @returns `jest` for `jest`, and for `jest.mock("a")`, which is `jest` again. */
  of(node: TSESTree.Node): string | undefined {
    const calls: TSESTree.Node[] = [];
    let object: TSESTree.Node | undefined = node;
    while (object?.type === Type.CallExpression && !this.#ofCalls.has(object)) {
      calls.push(object);
      const callee: TSESTree.Node = unwrap(object.callee);
      object = callee.type === Type.MemberExpression ? unwrap(callee.object) : undefined;
    }
    const name = object === undefined ? undefined : (this.#ofCalls.get(object) ?? ownerName(object));
    const mocker = name !== undefined && MOCKERS.has(name) ? name : undefined;
    for (const call of calls) this.#ofCalls.set(call, mocker);
    return mocker;
  }
}

/** `import("x").catch(…)`, also behind `.then(…)`; or `.then(…, …)`. */
function isCaught(visit: Visit): boolean {
  let promise = visit;
  for (;;) {
    const member = promise.parent;
    const call = member?.parent ?? null;
    const method = member === null ? undefined : memberName(member.node);
    if (call?.node.type !== Type.CallExpression || call.node.callee !== member?.node) return false;
    if (method === 'catch' || (method === 'then' && call.node.arguments.length > 1)) return true;
    if (method !== 'then' && method !== 'finally') return false;
    promise = call;
  }
}

function importedName(specifier: TSESTree.ImportClause): ImportedName {
  switch (specifier.type) {
    case Type.ImportDefaultSpecifier:
      return { name: 'default', span: spanOf(specifier.local) };
    case Type.ImportNamespaceSpecifier:
      return { name: '*', span: spanOf(specifier) };
    case Type.ImportSpecifier:
      return nameOf(specifier.imported);
  }
}

function nameOf(node: TSESTree.Identifier | TSESTree.StringLiteral): ImportedName {
  return { name: node.type === Type.Identifier ? node.name : node.value, span: spanOf(node) };
}

/** @returns The value of a literal, read from the text unless an escape has to be resolved. */
function specifierOf(node: TSESTree.Node, text: string): string | undefined {
  const value = textOf(node);
  if (value === undefined) return undefined;
  const raw = text.slice(node.range[0] + 1, node.range[1] - 1);
  return /[\\\r]/.test(raw) ? value : raw;
}

function spanOf({ range: [start, end] }: TSESTree.Node): Span {
  return { start, end };
}
