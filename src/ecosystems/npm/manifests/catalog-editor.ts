import { yamlSyntax } from '../../../documents/yaml-edit.ts';
import { treeEditor } from '../../shared/tree-editor.ts';

/** Edits the catalogs of pnpm and Yarn. A line of a catalog gives versions to those of other manifests, and declares nothing alone. */
export const editor = treeEditor({ syntax: yamlSyntax, newLines: () => [] });
