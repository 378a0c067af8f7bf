/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- the parser has some 190 kinds of nodes, of which few matter here */
import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';
import type { Source } from '../../model/language.ts';
import type { ImportedName, ImportKind, Omission, ParsedImport } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import { detached } from '../../text/detached.ts';
import { ComputedNames } from './computed-names.ts';
import { soleDeclarations } from './declarations.ts';
import { erasureOf, type Erasure } from './erasure.ts';
import { textOf } from './literal-parts.ts';
import { LoaderBases } from './loader-bases.ts';
import { Loaders } from './loader-values.ts';
import { MOCKERS, mockerKind } from './loaders.ts';
import { literalOfUrl, urlGivenTo, type UrlContext } from './module-urls.ts';
import { walk, type Visit } from './nodes.ts';
import { OwnPaths } from './own-paths.ts';
import { isNode } from './parsers/syntax.ts';
import { noBindings } from './scopes.ts';
import { pathOfUrl } from './url-paths.ts';
import { memberName, ownerName, unwrap } from './values.ts';
import { VirtualMocks } from './virtual-mocks.ts';

/**
 * Every import of a parsed program, in the order of the text. The source's text is what the spans count in, and
 * what specifiers are read from, so it may differ from what was parsed in anything else.
 */
export function importsOf(program: TSESTree.Program, source: Source): readonly ParsedImport[] {
  const declarations = soleDeclarations(program, source.text);
  const { visits, bindings } =
    declarations === undefined ? walk(program, isRelevant) : { visits: declarations, bindings: noBindings };
  const paths = new OwnPaths(bindings);
  const context: Context = {
    text: source.text,
    loaders: new Loaders(bindings),
    mockers: new Mockers(),
    mocks: new VirtualMocks(program, bindings),
    computed: new ComputedNames(bindings),
    erasure: erasureOf(program, source),
    bases: new LoaderBases(bindings),
    isUrlClass: (callee) => paths.isUrlClass(callee),
  };
  return visits
    .flatMap((visit) => importsAt(visit, context))
    .sort((first, second) => first.span.start - second.span.start);
}

/** A module's name as the program gives it, with the circumstances of the import. */
interface Request {
  readonly kind: ImportKind;
  readonly source: TSESTree.Node;
  readonly names: readonly ImportedName[];
  readonly optional: boolean;
  /** A path may start from elsewhere than from the program's folder, or need no file. */
  readonly isOpen?: true;
  /** The source is that of a URL, which need not begin with a dot. */
  readonly isUrl?: true;
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
interface Context extends UrlContext {
  readonly loaders: Loaders;
  readonly mockers: Mockers;
  readonly mocks: VirtualMocks;
  readonly computed: ComputedNames;
  readonly erasure: Erasure;
  readonly bases: LoaderBases;
}

function importsAt(visit: Visit, context: Context): readonly ParsedImport[] {
  return requestsAt(visit, context).flatMap((request) => importOf(request, visit, context) ?? []);
}

function importOf(request: Request, visit: Visit, context: Context): ParsedImport | undefined {
  const { text } = context;
  // The parser's types promise a source also for a type `import()`, which has none.
  if (!isNode(request.source)) return undefined;
  const { kind, names, optional } = request;
  const source = unwrap(request.source);
  const literalText = specifierOf(source, text);
  const specifier = request.isUrl ? pathOfUrl(literalText ?? '') : literalText;
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
  const target = {
    kind: 'literal',
    specifier,
    names,
    ...(request.isOpen && { isOpen: request.isOpen }),
  } as const;
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
  return node.type === Type.CallExpression && loaders.isLoader(unwrap(node.callee));
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

function requestsAt(visit: Visit, context: Context): readonly Request[] {
  const { node, guarded } = visit;
  switch (node.type) {
    case Type.ImportDeclaration:
      return [declared(node.importKind, node.source, node.specifiers.map(importedName))];
    case Type.ExportNamedDeclaration: {
      const names = node.specifiers.map(({ local }) => nameOf(local));
      return node.source === null ? [] : [declared(node.exportKind, node.source, names)];
    }
    case Type.ExportAllDeclaration:
      return [declared(node.exportKind, node.source, [{ name: '*', span: spanOf(node) }])];
    case Type.TSImportEqualsDeclaration:
      return node.moduleReference.type === Type.TSExternalModuleReference
        ? [{ ...declared(node.importKind, node.moduleReference.expression, []), ...requireUnlessType(node) }]
        : [];
    case Type.TSImportType:
      return [declared('type', node.source, [])];
    case Type.ImportExpression:
      return (
        runBy(visit, literalOfUrl(node.source, context)) ??
        requests('dynamic', [node.source], guarded || isCaught(visit))
      );
    case Type.CallExpression:
    case Type.NewExpression:
      return runBy(visit, urlGivenTo(node, context)) ?? callRequests(node, guarded, context);
    default:
      return [];
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

function requests(
  kind: ImportKind,
  sources: readonly (TSESTree.Node | undefined)[],
  optional: boolean,
): readonly Request[] {
  return sources.flatMap((source) => (source === undefined ? [] : [{ kind, source, names: [], optional }]));
}

/** @returns The request for a module whose URL holds a literal; undefined without one. */
function runBy(visit: Visit, url: TSESTree.Node | undefined): readonly Request[] | undefined {
  if (url === undefined) return undefined;
  const optional = visit.guarded || isCaught(visit);
  return [{ kind: 'dynamic', source: url, names: [], optional, isUrl: true }];
}

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** `require("x")`, `require.resolve("x")`, `import.meta.resolve("x")`, `jest.mock("x")`. */
function callRequests(node: Call, guarded: boolean, context: Context): readonly Request[] {
  const requested = requestsOfCall(node, guarded, context);
  if (requested.length === 0 || !isOpen(node, context)) return requested;
  return requested.map((request) => ({ ...request, isOpen: true as const }));
}

/**
 * Vitest and Node need no file for what the program gives a stand-in for, other than Jest, and what `import.meta` resolves
 * is but a URL (https://nodejs.org/api/esm.html#importmetaresolvespecifier).
 */
function isOpen(node: Call, { bases, loaders, mockers }: Context): boolean {
  const callee = unwrap(node.callee);
  if (callee.type !== Type.MemberExpression)
    return callee.type !== Type.MetaProperty && !bases.startsHere(node);
  const object = unwrap(callee.object);
  const mocker = mockers.of(object);
  if (mocker === undefined) return loaders.isMeta(object) || !bases.startsHere(node);
  const isRunner = object.type === Type.Identifier || object.type === Type.CallExpression;
  return !isRunner || (mocker !== 'jest' && node.arguments.length > 1);
}

function requestsOfCall(node: Call, guarded: boolean, context: Context): readonly Request[] {
  const { loaders, mockers, mocks } = context;
  const callee = unwrap(node.callee);
  const [source] = node.arguments;
  const method = memberName(callee);
  const object = callee.type === Type.MemberExpression ? unwrap(callee.object) : undefined;
  if (isMetaMethod(method) && object !== undefined && loaders.isMeta(object))
    return requests('dynamic', [source], guarded);
  if (loaders.isLoader(callee)) return requests('require', [source], guarded);
  // `import.source("x")`, https://tc39.es/proposal-source-phase-imports
  if (callee.type === Type.MetaProperty && callee.property.name === 'source')
    return requests('dynamic', [source], guarded);
  if (method === undefined || object === undefined) return [];
  if (isMetaMethod(method)) return loaders.isLoader(object) ? requests('require', [source], guarded) : [];
  const call = { method, object, values: node.arguments, loaders };
  const handed = handedOn(call);
  if (handed.length > 0) return requests('require', handed, guarded);
  const kind = mockerKind(mockers.of(object) ?? '', method);
  const loadsItself = source?.type === Type.ImportExpression;
  const isNamed = kind !== undefined && !loadsItself && !mocks.isMadeBy(node);
  return isNamed ? requests(kind, [source], guarded) : [];
}

/** What both `import.meta` and `require` have, the one by the first name in Bun only, the other by the second. */
function isMetaMethod(method: string | undefined): boolean {
  return method === 'require' || method === 'resolve';
}

interface MethodCall {
  readonly method: string;
  readonly object: TSESTree.Node;
  readonly values: readonly TSESTree.Node[];
  readonly loaders: Loaders;
}

/** Methods of a list that call a function with each of its elements, and of a promise with what it gives. */
const CALLING = new Set('map forEach flatMap filter find some every then'.split(' '));

/**
 * @returns What a loader gets by `require.call(…, "x")`, `require.bind(…, "x")`, `require.apply(…, ["x"])`,
 *   `Reflect.apply(require, …, ["x"])` or `["x", "y"].map(require)`.
 */
function handedOn(call: MethodCall): readonly (TSESTree.Node | undefined)[] {
  const { method, object, values, loaders } = call;
  if (CALLING.has(method)) return values.some((value) => loaders.isLoader(value)) ? elementsOf(object) : [];
  const [loader = object, ...callArguments] =
    method === 'apply' && ownerName(object) === 'Reflect' ? values : [object, ...values];
  if (!['call', 'apply', 'bind'].includes(method) || !loaders.isLoader(loader)) return [];
  const [, value] = callArguments;
  const first = method === 'apply' && value?.type === Type.ArrayExpression ? value.elements[0] : undefined;
  return [first ?? value];
}

/** @returns The elements of a list, what a promise is made of, or what only the program's run tells. */
function elementsOf(object: TSESTree.Node): readonly (TSESTree.Node | undefined)[] {
  if (object.type === Type.ArrayExpression) return object.elements.map((element) => element ?? undefined);
  const isPromise = object.type === Type.CallExpression && ownerName(object.callee) === 'resolve';
  return isPromise ? object.arguments.slice(0, 1) : [object];
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
  return /[\\\r]/.test(raw) ? value : detached(raw);
}

function spanOf({ range: [start, end] }: TSESTree.Node): Span {
  return { start, end };
}
