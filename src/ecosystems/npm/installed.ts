import nodePath from 'node:path';
import type { InstalledPackages } from '../../model/installed.ts';
import { npm } from './names.ts';

/** The package of exactly the expected name in the project's `node_modules`, with its version. */
export const installedPackages: InstalledPackages = {
  async providers(_specifier, name, { root, files }) {
    const file = nodePath.posix.join('node_modules', name, 'package.json');
    const version = versionIn(await files.text(nodePath.join(root, file)));
    if (version === null) return [];
    return [{ package: { ecosystem: npm.id, name }, text: `installed: ${name} ${version}`, file }];
  },
};

function versionIn(text: string): string | null {
  return /"version"\s*:\s*"([^"\\]{1,64})"/.exec(text)?.[1] ?? null;
}
