import { jsonSyntax } from '../../../documents/json-edit.ts';
import { placeIn } from '../../../documents/tree-place.ts';
import type { Dependency } from '../../../model/manifest.ts';
import { byHand, type ManifestEditor } from '../../../model/manifest-editor.ts';
import type { TextEdit } from '../../../model/text.ts';
import { treeEditor } from '../../shared/tree-editor.ts';

/** A name that programs import is mapped to a package with its version (https://docs.deno.com/runtime/packages/). */
const mappings = treeEditor({
  syntax: jsonSyntax,
  newLines: (_root, { package: { name }, latest }) => [
    {
      path: ['imports'],
      entry: latest === null ? null : { kind: 'pair', key: name, value: `npm:${name}@^${latest}` },
    },
  ],
});

/** Edits import maps, in which a package stands twice: under the name that programs import, and as what it stands for. */
export const editor: ManifestEditor = {
  ...mappings,
  async rename(text, line, name) {
    const plan = await mappings.rename(text, line, name);
    if (plan.kind === 'byHand') return plan;
    const target = await targetEdits(text, line, name);
    if (target === null)
      return byHand(`the address there does not begin with npm:${line.specifier}: write both anew`);
    return { kind: 'edits', edits: [...plan.edits, ...target] };
  },
};

/** None where the name stands in an address alone. */
async function targetEdits(
  text: string,
  { span, specifier }: Dependency,
  name: string,
): Promise<readonly TextEdit[] | null> {
  const { root } = await jsonSyntax.read(text);
  const place = placeIn(root, span.start);
  if (place?.kind !== 'key') return [];
  const value = place.table.entries[place.at]?.value;
  const prefix = `npm:${specifier}`;
  if (value?.kind !== 'text' || !/^(?:@|\/|$)/.test(value.raw.slice(prefix.length))) return null;
  if (!value.raw.startsWith(prefix)) return null;
  const start = value.span.start + 'npm:'.length;
  return [{ start, end: start + specifier.length, text: name }];
}
