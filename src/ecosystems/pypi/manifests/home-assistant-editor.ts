import { jsonSyntax } from '../../../documents/json-edit.ts';
import { treeEditor } from '../../shared/tree-editor.ts';

/** Home Assistant wants one version (https://developers.home-assistant.io/docs/creating_integration_manifest/#requirements). */
export const editor = treeEditor({
  syntax: jsonSyntax,
  newLines: (_root, { package: { name }, latest }) => [
    { path: ['requirements'], entry: latest === null ? null : { kind: 'item', value: `${name}==${latest}` } },
  ],
});
