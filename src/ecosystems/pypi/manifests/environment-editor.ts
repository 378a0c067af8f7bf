import { yamlSyntax } from '../../../documents/yaml-edit.ts';
import { treeEditor } from '../../shared/tree-editor.ts';
import { withCondaNames } from './conda-renaming.ts';

/** What is on PyPI may not be in a channel of conda, so only the list of pip gets new lines. */
export const editor = withCondaNames(
  treeEditor({
    syntax: yamlSyntax,
    newLines: (_root, { package: { name } }) => [
      { path: ['dependencies', '[]', 'pip'], entry: { kind: 'item', value: name } },
    ],
  }),
);
