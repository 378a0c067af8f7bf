import ts from 'typescript';
import type { Source } from '../../../src/model/language.ts';

/** An import as another parser's tree shows it. `shadowed` says that a function around it has its own `require`. */
export interface Found {
  readonly form: 'declaration' | 'import()' | 'type' | 'require';
  readonly specifier: string;
  /** Offset behind the opening quote. */
  readonly start: number;
  readonly shadowed: boolean;
}

/**
 * Reads declarations, `import()`, type imports and plain `require` calls with literals by TypeScript's own tree, whose
 * code, tree walk and idea of scopes have nothing in common with ours.
 *
 * @returns undefined where TypeScript rejects the text in every dialect.
 */
export function readIndependently({ text, dialect }: Source): readonly Found[] | undefined {
  for (const kind of KINDS.get(dialect) ?? []) {
    const file = ts.createSourceFile('file', text, ts.ScriptTarget.Latest, true, kind);
    if (!('parseDiagnostics' in file) || !Array.isArray(file.parseDiagnostics))
      throw new Error('no diagnostics');
    if (file.parseDiagnostics.length === 0) return [...importsBelow(file)];
  }
  return undefined;
}

const { JS, JSX, TS, TSX } = ts.ScriptKind;
const KINDS = new Map<string, readonly ts.ScriptKind[]>([
  ...['js', 'mjs', 'cjs', 'jsx'].map((dialect) => [dialect, [JSX, JS]] as const),
  ...['ts', 'mts', 'cts'].map((dialect) => [dialect, [TS]] as const),
  ['tsx', [TSX]],
]);

function* importsBelow(root: ts.Node): Generator<Found> {
  const pending = [{ node: root, shadowed: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node } = next;
    const shadowed = next.shadowed || ownsRequire(node);
    const found = importAt(node);
    if (found !== undefined) yield { ...found, shadowed };
    ts.forEachChild(node, (child) => {
      pending.push({ node: child, shadowed });
    });
  }
}

function importAt(node: ts.Node): Omit<Found, 'shadowed'> | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return literal('declaration', node.moduleSpecifier);
  if (ts.isImportTypeNode(node))
    return literal('type', ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined);
  if (ts.isExternalModuleReference(node)) return literal('require', node.expression);
  if (!ts.isCallExpression(node)) return undefined;
  const { expression: callee, arguments: values } = node;
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return literal('import()', values[0]);
  return ts.isIdentifier(callee) && callee.text === 'require' ? literal('require', values[0]) : undefined;
}

function literal(form: Found['form'], node: ts.Node | undefined): Omit<Found, 'shadowed'> | undefined {
  return node !== undefined && ts.isStringLiteral(node)
    ? { form, specifier: node.text, start: node.getStart() + 1 }
    : undefined;
}

/** Does a function or a program, outside the functions within it, declare a name `require`? */
function ownsRequire(node: ts.Node): boolean {
  if (!ts.isFunctionLike(node) && !ts.isSourceFile(node)) return false;
  const pending: ts.Node[] = [];
  const look = (child: ts.Node) => {
    pending.push(child);
  };
  ts.forEachChild(node, look);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isNamedRequire(next)) return true;
    if (!ts.isFunctionLike(next)) ts.forEachChild(next, look);
  }
  return false;
}

function isNamedRequire(node: ts.Node): boolean {
  const isDeclaration =
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionDeclaration(node) ||
    (ts.isVariableDeclaration(node) &&
      (node.initializer !== undefined || !ts.isVariableStatement(node.parent.parent)));
  return (
    isDeclaration && node.name !== undefined && ts.isIdentifier(node.name) && node.name.text === 'require'
  );
}
