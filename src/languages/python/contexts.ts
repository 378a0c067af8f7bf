import type { Node } from 'web-tree-sitter';
import { versionTest } from './version-tests.ts';

/** What the blocks around a statement say about its imports. */
export interface Context {
  /** Only a type checker runs it: the body of `if TYPE_CHECKING`. */
  readonly typing: boolean;
  /** The program goes on where the module is absent: a `try` with `except ImportError`, a branch for Python 2. */
  readonly optional: boolean;
  /** No Python that programs are checked for gets there: the body of `if PY2`. */
  readonly obsolete: boolean;
}

export const topLevel: Context = { typing: false, optional: false, obsolete: false };

/**
 * Context managers that are given what may be raised in their block: `contextlib.suppress`, and tests that expect it
 * (https://docs.pytest.org/en/stable/how-to/assert.html#assertions-about-expected-exceptions,
 * https://docs.python.org/3/library/unittest.html#unittest.TestCase.assertRaises, 2026-11-30).
 */
const catching = new Set(['suppress', 'raises', 'assertRaises', 'assertRaisesRegex']);

/** What a handler must catch so that an absent module does no harm. */
const absence = /^(?:ImportError|ModuleNotFoundError|Exception|BaseException)$/;

/** @returns How a compound statement changes the context for each of its children. */
export function contextWithin(parent: Node, context: Context): (child: Node) => Context {
  switch (parent.type) {
    case 'if_statement':
      return ifBranches(parent, context);
    case 'elif_clause': {
      const condition = parent.childForFieldName('condition');
      const typing = context.typing || isTypeChecking(condition);
      const within = versionTest(condition) === false ? obsoleteWithin(context) : context;
      return (child) => (child.type === 'block' ? { ...within, typing } : context);
    }
    case 'try_statement': {
      const handled = parent.namedChildren.some(
        (clause) => clause.type === 'except_clause' && handlesAbsence(clause),
      );
      return (child) => (child.type === 'block' && handled ? { ...context, optional: true } : context);
    }
    case 'except_clause':
      return handlesAbsence(parent) ? () => ({ ...context, optional: true }) : () => context;
    case 'with_statement': {
      const handled = suppressesAbsence(parent);
      return (child) => (child.type === 'block' && handled ? { ...context, optional: true } : context);
    }
    case 'function_definition':
    case 'lambda':
      return () => ({ ...context, optional: context.obsolete });
    default:
      return () => context;
  }
}

function obsoleteWithin(context: Context): Context {
  return { ...context, optional: true, obsolete: true };
}

/** The branches behind `if not TYPE_CHECKING` are what the type checker reads, those behind `if PY3` what no Python does. */
function ifBranches(statement: Node, context: Context): (child: Node) => Context {
  const condition = statement.childForFieldName('condition');
  const typing = context.typing || isTypeChecking(condition);
  const clauses = [statement, ...statement.namedChildren.filter((child) => child.type === 'elif_clause')];
  const clauseWith = (holds: (test: Node | null) => boolean) =>
    clauses.find((clause) => holds(clause.childForFieldName('condition')));
  const negated = clauseWith(isNotTypeChecking);
  const certain = clauseWith((test) => versionTest(test) === true);
  const within = versionTest(condition) === false ? obsoleteWithin(context) : context;
  return (child) => {
    if (child.type === 'block') return { ...within, typing };
    const isBehind = (clause: Node | undefined) =>
      clause !== undefined && child.startIndex > clause.startIndex && child.type.startsWith('el');
    const branch = isBehind(certain) ? obsoleteWithin(context) : context;
    return isBehind(negated) ? { ...branch, typing: true } : branch;
  };
}

function isTypeChecking(condition: Node | null): boolean {
  const open = [condition];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next?.type === 'parenthesized_expression') open.push(next.namedChild(0));
    else if (next?.type === 'boolean_operator' && next.childForFieldName('operator')?.type === 'and')
      open.push(next.childForFieldName('left'), next.childForFieldName('right'));
    else if (lastName(next) === 'TYPE_CHECKING') return true;
  }
  return false;
}

function isNotTypeChecking(condition: Node | null): boolean {
  let inner = condition;
  while (inner?.type === 'parenthesized_expression') inner = inner.namedChild(0);
  return inner?.type === 'not_operator' && isTypeChecking(inner.childForFieldName('argument'));
}

/** A bare `except:` handles everything. */
function handlesAbsence(clause: Node): boolean {
  const caught = clause.namedChildren.filter((child) => child.type !== 'block' && child.type !== 'comment');
  return caught.length === 0 || caught.some(namesAbsence);
}

/** `contextlib.suppress(ImportError)`, `pytest.raises(ImportError)`. */
function suppressesAbsence(statement: Node): boolean {
  const clause = statement.namedChildren.find((child) => child.type === 'with_clause');
  return (clause?.namedChildren ?? []).some((item) => {
    const value = item.childForFieldName('value');
    const call = value?.type === 'as_pattern' ? value.namedChild(0) : value;
    if (call?.type !== 'call' || !catching.has(lastName(call.childForFieldName('function')) ?? ''))
      return false;
    return (call.childForFieldName('arguments')?.namedChildren ?? []).some(namesAbsence);
  });
}

function namesAbsence(types: Node): boolean {
  const open: (Node | null)[] = [types];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === null) continue;
    if (next.type === 'as_pattern') open.push(next.namedChild(0));
    else if (next.type === 'tuple' || next.type === 'parenthesized_expression')
      for (const child of next.namedChildren) open.push(child);
    else if (absence.test(lastName(next) ?? '')) return true;
  }
  return false;
}

/** @returns `c` of `a.b.c`. */
function lastName(expression: Node | null): string | undefined {
  if (expression?.type === 'identifier') return expression.text.normalize('NFKC');
  if (expression?.type !== 'attribute') return undefined;
  return expression.childForFieldName('attribute')?.text.normalize('NFKC');
}
