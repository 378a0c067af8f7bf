import type { Node } from 'web-tree-sitter';
import type { OwnNames } from '../../model/language.ts';
import { allowanceFor } from '../shared/steps.ts';
import { loadTreeSitter } from '../shared/tree-sitter.ts';
import { GRAMMAR } from './grammar.ts';

/** What may stand between a name and the `as` that gives it another one. */
const alias = /^(?:[ \t\f]|\\\r?\n)+as(?![\w.])/;

/**
 * `import a.b` binds `a`, and `import a.b as c` binds `c`
 * (https://docs.python.org/3/reference/simple_stmts.html#the-import-statement).
 */
export async function ownNames(): Promise<OwnNames> {
  const parser = await loadTreeSitter(GRAMMAR);
  return {
    boundName({ kind, names, specifier }, following) {
      const isStatement = kind === 'static' || kind === 'type';
      if (!isStatement || names.length > 0 || alias.test(following)) return null;
      return specifier.split('.')[0] ?? specifier;
    },
    isUsed: (text, name) =>
      parser.withTree(text, allowanceFor(text), (tree) => {
        const identifiers = tree?.rootNode.descendantsOfType('identifier') ?? [];
        return tree === null || identifiers.some((node) => isNamed(node, name) && isUse(node));
      }),
    renamed: (specifier, name) => `${specifier} as ${name}`,
  };
}

function isNamed(node: Node, name: string): boolean {
  return node.text.normalize('NFKC') === name;
}

/** A name in an import, behind a dot, or in front of an argument says nothing of the variable. */
function isUse(node: Node): boolean {
  const { parent } = node;
  if (parent === null || parent.type === 'dotted_name') return false;
  const field =
    parent.type === 'attribute' ? 'attribute' : parent.type === 'keyword_argument' ? 'name' : null;
  return field === null || parent.childForFieldName(field)?.id !== node.id;
}
