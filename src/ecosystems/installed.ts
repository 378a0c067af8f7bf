import nodePath from 'node:path';
import type { Installed } from '../analysis/explain.ts';
import { installedProviders, type Surroundings } from './pypi/installed.ts';
import { textOf } from './shared/installed-file.ts';

/** @returns The installed distributions that provide a module, read from their `dist-info`. */
export async function installedDistributions(
  module: string,
  surroundings: Surroundings,
): Promise<readonly Installed[]> {
  const providers = await installedProviders(module, surroundings);
  return providers.map(({ name, folder, provides }) => ({
    package: { ecosystem: 'pypi', name },
    text: `installed: ${name} provides ${provides}`,
    file: nodePath.relative(surroundings.root, folder),
  }));
}

/** @returns The package of exactly this name in the project's `node_modules`, with its version. */
export async function installedInNodeModules(
  name: string,
  { root }: Surroundings,
): Promise<readonly Installed[]> {
  const file = nodePath.posix.join('node_modules', name, 'package.json');
  const version = versionIn(await textOf(nodePath.join(root, file)));
  if (version === null) return [];
  return [{ package: { ecosystem: 'npm', name }, text: `installed: ${name} ${version}`, file }];
}

function versionIn(text: string): string | null {
  return /"version"\s*:\s*"([^"\\]{1,64})"/.exec(text)?.[1] ?? null;
}
