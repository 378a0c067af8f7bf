import type { Node } from 'web-tree-sitter';
import type { ImportedName, ParsedImport } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import type { Part } from './blocks.ts';

/**
 * Reads an `import` or `from … import` statement: one import for each module, `*` among the names for a
 * wildcard. Names compare after NFKC (PEP 3131), spans cover what is written.
 */
export function importsOf({ node: statement, context }: Part): readonly ParsedImport[] {
  const { optional } = context;
  const kind = context.typing ? 'type' : 'static';
  const names = statement
    .childrenForFieldName('name')
    .filter((child) => !child.isMissing && child.text !== '');
  if (statement.type === 'import_statement') {
    return names.map(nameOf).map((module) => {
      const specifier = dotted(module);
      return { kind, target: { kind: 'literal', specifier, names: [] }, span: spanOf(module), optional };
    });
  }
  const module = moduleOf(statement);
  if (module === undefined) return [];
  const imported = statement.namedChildren.some((child) => child.type === 'wildcard_import')
    ? statement.namedChildren.filter((child) => child.type === 'wildcard_import')
    : names.map(nameOf);
  const target = { kind: 'literal' as const, specifier: module.specifier, names: imported.map(importedName) };
  return [{ kind, target, span: module.span, optional }];
}

/** What a `from` import takes its names from; dots of a relative import stay in front. */
function moduleOf(statement: Node): { specifier: string; span: Span } | undefined {
  if (statement.type === 'future_import_statement') {
    const module = statement.children.find((child) => child.type === '__future__');
    return module === undefined ? undefined : { specifier: '__future__', span: spanOf(module) };
  }
  const module = statement.childForFieldName('module_name');
  if (module === null) return undefined;
  if (module.type !== 'relative_import') return { specifier: dotted(module), span: spanOf(module) };
  const [prefix, path] = module.namedChildren.filter((child) => child.type !== 'comment');
  const dots = (prefix?.text ?? '').replace(/[^.]/g, '');
  return { specifier: dots + (path === undefined ? '' : dotted(path)), span: spanOf(module) };
}

/** @returns The name itself of `name as alias`. */
function nameOf(name: Node): Node {
  return name.type === 'aliased_import' ? (name.childForFieldName('name') ?? name) : name;
}

function importedName(name: Node): ImportedName {
  return { name: name.type === 'wildcard_import' ? '*' : dotted(name), span: spanOf(name) };
}

function dotted(name: Node): string {
  return name.namedChildren
    .filter((child) => child.type === 'identifier')
    .map((child) => child.text.normalize('NFKC'))
    .join('.');
}

function spanOf({ startIndex, endIndex }: Node): Span {
  return { start: startIndex, end: endIndex };
}
