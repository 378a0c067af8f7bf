import type * as Yaml from 'yaml';
import type { Document } from 'yaml';
import type { Problem } from './problems.ts';

/**
 * What plain data does not need: anchors, aliases, which can grow without bounds, tags, and keys that are no scalars.
 *
 * @returns A problem for each of them, in the order of the text.
 */
export function refusalsIn(document: Document, yaml: typeof Yaml): readonly Problem[] {
  const { isAlias, isCollection, isMap, isNode, isScalar, isSeq } = yaml;
  const refusals: Problem[] = [];
  const refuse = (node: unknown, message: string, next: string) => {
    refusals.push({ at: (isNode(node) ? node.range?.[0] : undefined) ?? 0, message, next });
  };
  const refuseProperties = (node: unknown) => {
    if (!isCollection(node) && !isScalar(node)) return;
    const { anchor, tag } = node;
    if (anchor !== undefined) refuse(node, `the anchor &${anchor} is not allowed here`, 'Delete it.');
    if (tag === undefined) return;
    const next = 'Delete it, and write text between quotation marks.';
    refuse(node, `the tag ${tag} is not allowed here`, next);
  };
  const walk = (node: unknown) => {
    if (isAlias(node)) refuse(node, `the alias *${node.source} is not allowed here`, 'Write the value out.');
    refuseProperties(node);
    if (isSeq(node)) node.items.forEach(walk);
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      refuseProperties(key);
      if (isScalar(key)) walk(value);
      else refuse(key, 'a key must be a plain name', 'Write a name, a colon, and the value.');
    }
  };
  walk(document.contents);
  return refusals;
}
