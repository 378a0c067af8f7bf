import { yamlSyntax } from '../../../documents/yaml-edit.ts';
import { treeEditor } from '../../shared/tree-editor.ts';

/** Requirements are items of one list; where a file holds them, that file is edited. */
export const editor = treeEditor({
  syntax: yamlSyntax,
  newLines: (_root, { package: { name } }) => [
    { path: ['dependencies', 'python'], entry: { kind: 'item', value: name } },
  ],
});
