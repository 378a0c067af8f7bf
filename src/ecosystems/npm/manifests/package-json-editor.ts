import { jsonSyntax } from '../../../documents/json-edit.ts';
import { treeEditor } from '../../shared/tree-editor.ts';

/** npm wants a version, so that nothing is added before a registry has told one. */
export const editor = treeEditor({
  syntax: jsonSyntax,
  newLines: (_root, { package: { name }, latest }) => [
    {
      path: ['dependencies'],
      entry: latest === null ? null : { kind: 'pair', key: name, value: `^${latest}` },
    },
  ],
});
