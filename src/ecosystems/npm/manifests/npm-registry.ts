import type { Span } from '../../../model/text.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { withoutCredentials } from '../../shared/source-location.ts';
import type { Node } from '../../../documents/document.ts';
import { textsAt } from '../../../documents/document.ts';

/** The public registry of npm, also by the name that Yarn has for it. */
const usual = /^https?:\/\/registry\.(?:npmjs|yarnpkg)\.(?:org|com)\/?$/i;

/** A registry that some settings name, for every package or those of one scope. */
interface Named {
  readonly url: string;
  readonly scope: string | undefined;
  readonly span: Span;
}

/** Adds a registry, unless it is the one where packages come from anyway. A scope is part of what is new. */
export function addRegistry(draft: ManifestBuilder, { url, scope, span }: Named): void {
  if (url.trim() === '' || usual.test(url.trim())) return;
  const address = withoutCredentials(url.trim());
  draft.registries.push({
    what: 'a registry',
    value: scope === undefined ? address : `${address} for ${scope}`,
    span,
  });
}

/**
 * Adds the registries in a node of some settings: a URL, or a table with one.
 *
 * @param key The table's key for the URL.
 */
export function addRegistryNode(
  draft: ManifestBuilder,
  node: Node,
  { key, scope }: { readonly key: string; readonly scope?: string },
): void {
  for (const { value, span } of node.kind === 'table' ? textsAt(node, key) : textsAt(node)) {
    addRegistry(draft, { url: value, scope, span });
  }
}
