import { parseSync } from 'oxc-parser';
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
 * Reads declarations, `import()`, type imports and plain `require` calls with literals by oxc-parser, whose
 * code, tree walk and idea of scopes have nothing in common with ours.
 *
 * @returns undefined where oxc-parser rejects the text in every dialect.
 */
export function readIndependently({ text, dialect }: Source): readonly Found[] | undefined {
  const names =
    dialect === 'js' ? ['file.jsx', 'file.js', 'file.ts'] : [`file.${dialect}`, `file.d.${dialect}`];
  for (const name of names) {
    for (const sourceType of ['unambiguous', 'module', 'script', 'commonjs'] as const) {
      const { program, errors } = parseSync(name, text, { sourceType });
      if (errors.length === 0) return [...importsBelow(program, false)];
    }
  }
  return undefined;
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

function* importsBelow(root: unknown, outside: boolean): Generator<Found> {
  const pending = [{ value: root, shadowed: outside }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value } = next;
    if (Array.isArray(value)) {
      for (const each of value) pending.push({ value: each, shadowed: next.shadowed });
    } else if (isNode(value)) {
      const shadowed = next.shadowed || (/Function|^Program$/.test(value.type) && ownsRequire(value));
      const found = importAt(value);
      if (found !== undefined) yield { ...found, shadowed };
      for (const child of Object.values(value)) pending.push({ value: child, shadowed });
    }
  }
}

function importAt(node: Node): Omit<Found, 'shadowed'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return literal('declaration', node['source']);
    case 'ImportExpression':
      return literal('import()', node['source']);
    case 'TSImportType':
      return literal('type', node['source']);
    case 'TSExternalModuleReference':
      return literal('require', node['expression']);
    case 'CallExpression': {
      const { callee, arguments: values } = node;
      const isRequire = isNode(callee) && callee.type === 'Identifier' && callee['name'] === 'require';
      return isRequire && Array.isArray(values) ? literal('require', values[0]) : undefined;
    }
    default:
      return undefined;
  }
}

function literal(form: Found['form'], node: unknown): Omit<Found, 'shadowed'> | undefined {
  if (!isNode(node) || node.type !== 'Literal') return undefined;
  const { value, start } = node;
  return typeof value === 'string' && typeof start === 'number'
    ? { form, specifier: value, start: start + 1 }
    : undefined;
}

/** Does a function, outside the functions within it, declare a name `require`? */
function ownsRequire(node: Node): boolean {
  const pending: unknown[] = [node['params'], node['body']];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (Array.isArray(value)) {
      for (const each of value) if (isNode(each)) pending.push(each);
    } else if (isNode(value)) {
      if (
        isNamedRequire(/^(?:VariableDeclarator|FunctionDeclaration)$/.test(value.type) ? value['id'] : value)
      ) {
        return true;
      }
      if (!value.type.includes('Function')) pending.push(...declarationsBelow(value));
    }
  }
  return false;
}

function isNamedRequire(node: unknown): boolean {
  return isNode(node) && node.type === 'Identifier' && node['name'] === 'require';
}

/** The parts of a node that may declare something: patterns and statements, no expressions. */
function declarationsBelow(node: Node): readonly unknown[] {
  const parts = [
    'body',
    'block',
    'consequent',
    'alternate',
    'handler',
    'finalizer',
    'cases',
    'declarations',
    'items',
  ];
  return parts.flatMap((part) => (node.type.endsWith('Expression') ? [] : (node[part] ?? [])));
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
