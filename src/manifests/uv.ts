import type { ManifestContents } from '../model/manifest.ts';
import type { Draft } from './draft.ts';
import { emptyDraft, inOrder } from './draft.ts';
import { addIndexNode } from './python-dependencies.ts';
import { readToml } from './syntax/toml.ts';
import type { Node } from './syntax/tree.ts';
import { textsAt } from './syntax/tree.ts';

/** Reads uv.toml, which holds what may also stand in `tool.uv` of a pyproject.toml. */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readToml(text);
  const draft = emptyDraft(broken);
  addUvIndexes(draft, root);
  return inOrder(draft);
}

/** Where uv's settings name indexes (https://docs.astral.sh/uv/reference/settings/). */
const places: readonly { readonly path: readonly string[]; readonly what: string }[] = [
  { path: ['index', '[]', 'url'], what: 'an index' },
  { path: ['index-url'], what: 'an index' },
  { path: ['extra-index-url'], what: 'an extra index' },
  { path: ['find-links'], what: 'a place of archives' },
  { path: ['allow-insecure-host'], what: 'a trusted host' },
  { path: ['pip', 'index-url'], what: 'an index' },
  { path: ['pip', 'extra-index-url'], what: 'an extra index' },
  { path: ['pip', 'find-links'], what: 'a place of archives' },
  { path: ['pip', 'allow-insecure-host'], what: 'a trusted host' },
];

/** @param above The keys that lead to uv's settings. */
export function addUvIndexes(draft: Draft, root: Node | undefined, ...above: readonly string[]): void {
  for (const { path, what } of places) {
    for (const node of textsAt(root, ...above, ...path)) addIndexNode(draft, what, node);
  }
}
