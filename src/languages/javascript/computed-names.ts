import type { TSESTree } from '@typescript-eslint/types';
import type { ImportedName, ImportTarget } from '../../model/reference.ts';
import { literalText, textWithin } from './literal-parts.ts';
import { OwnPaths } from './own-paths.ts';
import type { Bindings } from './scopes.ts';

/** Reads names of modules that are put together when the program runs, as far as the program tells. */
export class ComputedNames {
  readonly #bindings: Bindings;
  readonly #paths: OwnPaths;

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
    this.#paths = new OwnPaths(bindings);
  }

  /**
   * @param source The expression, whose text is `expression`.
   * @param names What the import takes out of the module.
   * @returns Where the name begins as a path or as data, so that it can be no package, a literal as far as it is
   *   known: `./locale/`. Else what nobody can tell, with the part of it that may tell a package.
   */
  targetOf(
    source: TSESTree.Node,
    { expression, names }: { readonly expression: string; readonly names: readonly ImportedName[] },
  ): ImportTarget {
    const texts = textWithin(source, this.#bindings);
    const isOpen = texts === undefined || /node_modules/i.test(`${expression}\n${texts.join('')}`);
    if (isOpen) return { kind: 'unclear', expression };
    const start = literalText(source) ?? '';
    const path = start.startsWith('data:') ? start : this.#paths.pathOf(source);
    if (path !== undefined) return { kind: 'literal', specifier: path, names, isOpen: true };
    const head = headOf(start);
    if (head === undefined || texts.some((text) => leavesFolder(text)))
      return { kind: 'unclear', expression };
    return { kind: 'unclear', expression, head };
  }
}

/** @returns The part of a name's beginning that can only be a package or a folder: all up to its last slash. */
function headOf(start: string): string | undefined {
  const head = start.slice(0, start.lastIndexOf('/') + 1);
  return /^[@~#$\w][\w.~$-]*\/(?:[\w.@$-]+\/)*$/.test(head) ? head : undefined;
}

/** `lodash/../evil` is another package. */
function leavesFolder(text: string): boolean {
  return /\.\.|%|\\/.test(text);
}
