import { tomlSyntax } from '../../../documents/toml-edit.ts';
import { treeEditor } from '../../shared/tree-editor.ts';

/** Pipenv writes a package of which any version will do so (https://pipenv.pypa.io/en/latest/pipfile.html). */
export const editor = treeEditor({
  syntax: tomlSyntax,
  newLines: (_root, { package: { name } }) => [
    { path: ['packages'], entry: { kind: 'pair', key: name, value: '*' } },
  ],
});
