import { tomlSyntax } from '../../../documents/toml-edit.ts';
import { treeEditor } from '../../shared/tree-editor.ts';

/** Edits the environments of hatch.toml; what the project itself needs stands in pyproject.toml. */
export const editor = treeEditor({
  syntax: tomlSyntax,
  newLines: (_root, { package: { name } }) => [
    { path: ['envs', 'default', 'dependencies'], entry: { kind: 'item', value: name } },
  ],
});
