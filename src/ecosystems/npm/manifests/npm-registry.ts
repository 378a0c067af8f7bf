import type { RegistryUse } from '../../../model/manifest.ts';
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

/** Adds a registry; the one where packages come from anyway is no line to be looked at. A scope is part of what is new. */
export function addRegistry(draft: ManifestBuilder, { url, scope, span }: Named): void {
  if (url.trim() === '') return;
  const use: RegistryUse = scope === undefined ? { kind: 'all' } : { kind: 'scope', scope };
  if (usual.test(url.trim())) {
    draft.usualRegistries.push(use);
    return;
  }
  const address = withoutCredentials(url.trim());
  const value = scope === undefined ? address : `${address} for ${scope}`;
  draft.registries.push({ what: 'a registry', value, span, registry: { address, use } });
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

/** Adds a line that names a further file of settings: every package may come from elsewhere with it. */
export function addFurtherSettings(
  draft: ManifestBuilder,
  { path, span }: { readonly path: string; readonly span: Span },
): void {
  draft.registries.push({ what: 'what a file of settings says', value: path, span });
}
