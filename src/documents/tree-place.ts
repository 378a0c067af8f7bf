import type { ListNode, Node, TableNode, TextNode } from './document.ts';

/** Where a name stands in a tree: it begins an item of a list, it is a key, or it is a part of another string. */
export type TreePlace =
  | { readonly kind: 'item'; readonly path: Path; readonly list: ListNode; readonly at: number }
  | { readonly kind: 'key'; readonly path: Path; readonly table: TableNode; readonly at: number }
  | { readonly kind: 'value'; readonly path: Path };

/** The keys and numbers that lead from the root to the list or table in which something stands. */
export type Path = readonly (string | number)[];

/**
 * @param offset Where the name begins.
 * @returns null where no string begins or goes on there; so it is where an alias shows the string in several places.
 */
export function placeIn(root: Node | undefined, offset: number): TreePlace | null {
  const places: TreePlace[] = [];
  const open: { readonly node: Node; readonly path: Path }[] =
    root === undefined ? [] : [{ node: root, path: [] }];
  // What is added to a list while it is walked is walked too.
  for (const { node, path } of open) {
    if (node.kind === 'list') {
      for (const [at, item] of node.items.entries()) {
        if (isAround(item, offset)) places.push({ kind: 'item', path, list: node, at });
        open.push({ node: item, path: [...path, at] });
      }
    } else if (node.kind === 'table') {
      for (const [at, { key, value }] of node.entries.entries()) {
        if (isAround(key, offset)) places.push({ kind: 'key', path, table: node, at });
        else if (isAround(value, offset)) places.push({ kind: 'value', path });
        open.push({ node: value, path: [...path, key.value] });
      }
    }
  }
  const [place, ...copies] = places;
  return place !== undefined && copies.length === 0 ? place : null;
}

function isAround(node: Node, offset: number): node is TextNode {
  return node.kind === 'text' && node.span.start <= offset && offset < node.span.end;
}
