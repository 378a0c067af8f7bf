import { bundlerFiles } from './bundler-files.ts';
import type { Mapping } from './bundler-settings.ts';
import type { Folders } from './folders.ts';
import type { MappingSource } from './lead.ts';
import { memo } from './memo.ts';
import { configuredBy } from './named-files.ts';
import { inFolder, isWithin } from '../../../text/paths.ts';
import type { Reader } from './reader.ts';

/** @returns What a configuration file does to specifiers, by its path. Each file is read once. */
export type BundlerSettings = (file: string) => Promise<readonly Mapping[]>;

/** Reads configuration files of bundlers, test runners and compilers, each together with those that it imports. */
export function bundlerSettings(reader: Reader, folders: Folders): BundlerSettings {
  return memo(async (file) => {
    const { readMappings } = await import('./bundler-settings.ts');
    return readMappings(file, reader, folders);
  });
}

/**
 * Aliases of bundlers, test runners and compilers, as far as they are literal: the files' text is read
 * and never run. https://vite.dev/config/shared-options#resolve-alias,
 * https://webpack.js.org/configuration/resolve/,
 * https://jestjs.io/docs/configuration#modulenamemapper-objectstring-string--arraystring,
 * https://github.com/tleunen/babel-plugin-module-resolver, https://www.npmjs.com/package/module-alias
 */
export function bundlerSource(reader: Reader, folders: Folders, settings: BundlerSettings): MappingSource {
  const named = memo(async (folder) => {
    const manifest = await folders.package(inFolder(folder, 'package.json'));
    const files = await reader.having(
      (manifest?.scripts ?? []).flatMap((script) => configuredBy(script, folder)),
    );
    return Promise.all(
      files.map(async (file) => ({ file, owner: (await folders.packages(file))[0]?.folder })),
    );
  });
  return async ({ file, specifier }) => {
    const manifests = await folders.packages(file);
    const namedFiles = (await Promise.all(manifests.map(({ folder }) => named(folder)))).flat();
    const files = [
      ...(await folders.above(file, bundlerFiles)),
      // The configuration of another package that a command of this one names is for that package.
      ...namedFiles.flatMap((setting) => (isWithin(setting.owner ?? '', file) ? [setting.file] : [])),
      ...manifests.filter(({ hasAliases }) => hasAliases).map((manifest) => manifest.file),
    ];
    const all = await Promise.all([...new Set(files)].map(settings));
    return all.flat().flatMap((mapping) => mapping(specifier) ?? []);
  };
}
