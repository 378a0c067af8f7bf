import type { Folders } from './folders.ts';
import type { SpecifierMapping, MappingSource } from './lead.ts';
import { folderOf, joinPath } from '../../../text/paths.ts';

/** Aliases that a framework brings along. Its own tsconfig.json is generated and seldom in git. */
interface Convention {
  readonly framework: string;
  readonly dependencies: readonly string[];
  /** Names of the framework's configuration file, which stands in the project's folder as well. */
  readonly files: readonly string[];
  /** Aliases, with the folders that they may mean, relative to the project's. */
  readonly aliases: readonly (readonly [string, readonly string[]])[];
  /** The aliases are scopes that a package could bear, and that mean none in a project of the framework. */
  readonly isReserved?: true;
  readonly source: string;
}

const endings = ['ts', 'js', 'mts', 'mjs'];

const conventions: readonly Convention[] = [
  {
    framework: 'Nuxt',
    dependencies: ['nuxt', 'nuxt-nightly', 'nuxt3'],
    files: endings.map((ending) => `nuxt.config.${ending}`),
    aliases: [
      ['~~', ['.']],
      ['@@', ['.']],
      ['#shared', ['shared']],
      ['#server', ['server']],
      ['~', ['app', '.', 'src']],
      ['@', ['app', '.', 'src']],
      ['assets', ['app/assets', 'assets', 'src/assets']],
      ['public', ['public']],
    ],
    source: 'https://nuxt.com/docs/api/nuxt-config#alias',
  },
  {
    framework: 'SvelteKit',
    dependencies: ['@sveltejs/kit'],
    files: ['svelte.config.js', 'svelte.config.ts', 'svelte.config.mjs'],
    aliases: [['$lib', ['src/lib']]],
    source: 'https://svelte.dev/docs/kit/$lib',
  },
  {
    framework: 'Docusaurus',
    dependencies: ['@docusaurus/core'],
    files: [],
    aliases: [['@site', ['.']]],
    isReserved: true,
    source: 'https://docusaurus.io/docs/docusaurus-core',
  },
  {
    framework: 'Vue CLI',
    dependencies: ['@vue/cli-service'],
    files: ['vue.config.js', 'vue.config.ts'],
    aliases: [['@', ['src']]],
    source: 'https://cli.vuejs.org/guide/html-and-static-assets.html#url-transform-rules',
  },
];

/** Aliases that hold by convention in the projects of a framework, where nothing literal says so. */
export function conventionSource(folders: Folders): MappingSource {
  return async ({ file, specifier }) => {
    const applicable = conventions.flatMap((convention) => {
      const match = restBehind(convention, specifier);
      return match === undefined ? [] : [{ ...match, convention }];
    });
    if (applicable.length === 0) return [];
    const manifests = await folders.packages(file);
    const leads = await Promise.all(
      applicable.map(async ({ convention, alias, paths }): Promise<readonly SpecifierMapping[]> => {
        const declaring = manifests.filter(({ dependencies }) =>
          convention.dependencies.some((name) => dependencies.has(name)),
        );
        const evidence = [
          ...declaring.map((manifest) => manifest.file),
          ...(await folders.above(file, convention.files)),
        ];
        return evidence.map((proof) => ({
          file: proof,
          key: `${alias} of ${convention.framework}`,
          line: () => null,
          targets: paths.map((path) => ({ kind: 'path', path: joinPath(folderOf(proof), path) })),
          weight: convention.isReserved ? 'reserved' : 'alias',
        }));
      }),
    );
    return leads.flat();
  };
}

function restBehind(
  { aliases }: Convention,
  specifier: string,
): { readonly alias: string; readonly paths: readonly string[] } | undefined {
  for (const [alias, folders] of aliases) {
    if (specifier !== alias && !specifier.startsWith(`${alias}/`)) continue;
    return { alias, paths: folders.map((folder) => `${folder}/${specifier.slice(alias.length)}`) };
  }
  return undefined;
}
