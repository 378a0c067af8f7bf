import { textsAt } from '../../../documents/document.ts';
import { tomlSyntax } from '../../../documents/toml-edit.ts';
import type { Dependency } from '../../../model/manifest.ts';
import { byHand, type ManifestEditor } from '../../../model/manifest-editor.ts';
import { treeEditor } from '../../shared/tree-editor.ts';

/** A new line takes any version where no registry told one. What a workspace has for its members declares nothing by itself. */
const trees = treeEditor({
  syntax: tomlSyntax,
  newLines: (root, { package: { name }, latest }) => {
    if (textsAt(root, 'package', 'name').length === 0) return [];
    return [{ path: ['dependencies'], entry: { kind: 'pair', key: name, value: latest ?? '*' } }];
  },
});

/**
 * Edits the tables of Cargo.toml. What a line calls its crate is for programs, and what a feature names stands twice: people
 * change these.
 */
export const editor: ManifestEditor = {
  ...trees,
  async rename(text, line, name) {
    if (line.name !== line.specifier) return byHand(RENAMED);
    return (await isInFeature(text, line)) ? byHand(IN_FEATURE) : trees.rename(text, line, name);
  },
  remove: async (text, line) =>
    (await isInFeature(text, line)) ? byHand(IN_FEATURE) : trees.remove(text, line),
};

const IN_FEATURE = 'a feature in [features] names the crate: change both';
const RENAMED =
  'the line gives its crate another name: change `package` there, or in the line of [workspace.dependencies]';

/** https://doc.rust-lang.org/cargo/reference/features.html: `dep:foo`, `foo/std`, `foo?/std`, and `foo` where it is optional. */
async function isInFeature(text: string, { specifier }: Dependency): Promise<boolean> {
  const { root } = await tomlSyntax.read(text);
  return textsAt(root, 'features', '*').some(
    ({ value }) => /^(?:dep:)?([^/?]+)/.exec(value)?.[1] === specifier,
  );
}
