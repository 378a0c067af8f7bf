import { textsAt, type Node, type TextNode } from '../../../documents/document.ts';
import { placeIn } from '../../../documents/tree-place.ts';
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
 * Edits the tables of Cargo.toml. Where a line gives its package another name in programs, another package takes that name
 * over; what a feature names stands twice, and people change both.
 */
export const editor: ManifestEditor = {
  ...trees,
  async rename(text, line, name) {
    const { root } = await tomlSyntax.read(text);
    if (line.name === line.specifier)
      return isInFeature(root, line) ? byHand(IN_FEATURE) : trees.rename(text, line, name);
    const packageText = packageOf(root, line);
    if (packageText === undefined) return byHand(ELSEWHERE);
    if (packageText.raw !== packageText.value) return byHand(NOT_PLAIN);
    return { kind: 'edits', edits: [{ ...packageText.span, text: name }] };
  },
  async remove(text, line) {
    const { root } = await tomlSyntax.read(text);
    return isInFeature(root, line) ? byHand(IN_FEATURE) : trees.remove(text, line);
  },
};

const IN_FEATURE = 'a feature in [features] names the crate: change both';
const ELSEWHERE = 'the workspace says which crate it is: change its line in [workspace.dependencies]';
const NOT_PLAIN = 'the name is not written there letter by letter: write the other one in its place';

function packageOf(root: Node | undefined, line: Dependency): TextNode | undefined {
  const place = placeIn(root, line.span.start);
  const entry = place?.kind === 'key' ? place.table.entries[place.at] : undefined;
  return textsAt(entry?.value, 'package')[0];
}

/** https://doc.rust-lang.org/cargo/reference/features.html: `dep:foo`, `foo/std`, `foo?/std`, and `foo` where it is optional. */
function isInFeature(root: Node | undefined, { specifier }: Dependency): boolean {
  return textsAt(root, 'features', '*').some(
    ({ value }) => /^(?:dep:)?([^/?]+)/.exec(value)?.[1] === specifier,
  );
}
