import { yamlSyntax } from '../../../documents/yaml-edit.ts';
import { treeEditor } from '../../shared/tree-editor.ts';

/** Requirements are items of one list. */
export const editor = treeEditor({
  syntax: yamlSyntax,
  newLines: (_root, { package: { name } }) => [
    { path: ['dependencies'], entry: { kind: 'item', value: name } },
  ],
});
