import { tomlSyntax } from '../../../documents/toml-edit.ts';
import { treeEditor } from '../../shared/tree-editor.ts';
import { withCondaNames } from './conda-renaming.ts';

/** What is on PyPI may not be in a channel of conda, so only the table of PyPI's packages gets new lines. */
export const editor = withCondaNames(
  treeEditor({
    syntax: tomlSyntax,
    newLines: (_root, { package: { name } }) => [
      { path: ['pypi-dependencies'], entry: { kind: 'pair', key: name, value: '*' } },
    ],
  }),
);
