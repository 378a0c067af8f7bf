import { bundlerFiles } from './bundler-files.ts';
import type { Mapping } from './bundler-settings.ts';
import type { Folders } from './folders.ts';
import type { MappingSource } from './lead.ts';
import { memo } from './memo.ts';
import type { Reader } from './reader.ts';

/**
 * Aliases of bundlers, test runners and compilers, as far as they are literal: the files' text is read
 * and never run. https://vite.dev/config/shared-options#resolve-alias,
 * https://webpack.js.org/configuration/resolve/,
 * https://jestjs.io/docs/configuration#modulenamemapper-objectstring-string--arraystring,
 * https://github.com/tleunen/babel-plugin-module-resolver, https://www.npmjs.com/package/module-alias
 */
export function bundlerSource(reader: Reader, folders: Folders): MappingSource {
  const mappings = memo(async (file): Promise<readonly Mapping[]> => {
    const { mappingsOf } = await import('./bundler-settings.ts');
    return mappingsOf(file, (await reader.text(file)) ?? '');
  });
  return async ({ file, specifier }) => {
    const manifests = await folders.packages(file);
    const all = await Promise.all([
      ...(await folders.above(file, bundlerFiles)).map(mappings),
      ...manifests.filter(({ hasAliases }) => hasAliases).map((manifest) => mappings(manifest.file)),
    ]);
    return all.flat().flatMap((mapping) => mapping(specifier) ?? []);
  };
}
