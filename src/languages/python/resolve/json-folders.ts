import { readJson } from '../../../documents/jsonc.ts';
import { foldersIn, type Setting } from './folder-forms.ts';
import type { DeclaredFolder } from './roots.ts';

/** https://microsoft.github.io/pyright/#/configuration */
const PYRIGHT: readonly Setting[] = [
  ['extraPaths', 'roots', 'checker'],
  ['executionEnvironments', 'environments', 'checker'],
];

/** https://pyre-check.org/docs/configuration/ */
const PYRE: readonly Setting[] = [
  ['source_directories', 'roots', 'checker'],
  ['search_path', 'roots', 'checker'],
];

/** @returns The folders that a .pyre_configuration declares. */
export function pyreFolders(text: string): readonly DeclaredFolder[] {
  return foldersIn(readJson(text), PYRE);
}

/** @returns The folders that a pyrightconfig.json declares, in which comments may stand. */
export function pyrightFolders(text: string): readonly DeclaredFolder[] {
  return foldersIn(readJson(text), PYRIGHT);
}
