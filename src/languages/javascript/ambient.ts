/**
 * What shows that a host is present: one of these packages among the dependencies of a package.json above
 * the file, one of its `engines`, or one of these files in a folder above. `spelling` is for modules whose
 * names no npm package can bear: nothing else could provide them.
 */
export type HostEvidence =
  | { readonly kind: 'spelling' }
  | {
      readonly kind: 'project';
      readonly dependencies: readonly string[];
      readonly engines: readonly string[];
      readonly files: readonly string[];
    };

/** A program that provides modules to the code it runs or builds. `*` ends a pattern and stands for the rest. */
export interface AmbientHost {
  readonly host: string;
  readonly modules: readonly string[];
  readonly evidence: HostEvidence;
  /** Where the host documents its modules. */
  readonly source: string;
}

const spelling: HostEvidence = { kind: 'spelling' };

/**
 * Every host that is known. A name that an npm package could bear is ambient only where its host is in
 * evidence: elsewhere it is that package.
 */
export const ambientHosts: readonly AmbientHost[] = [
  { host: 'Bun', modules: ['bun:*'], evidence: spelling, source: 'https://bun.sh/docs/runtime/bun-apis' },
  {
    host: 'Bun',
    modules: ['bun'],
    evidence: project({
      dependencies: ['bun-types', '@types/bun'],
      files: ['bun.lock', 'bun.lockb', 'bunfig.toml'],
    }),
    source: 'https://bun.sh/docs/runtime/bun-apis',
  },
  {
    host: 'Cloudflare Workers',
    modules: ['cloudflare:*'],
    evidence: spelling,
    source: 'https://developers.cloudflare.com/workers/runtime-apis/',
  },
  {
    host: 'Cloudflare Workers',
    modules: ['__STATIC_CONTENT_MANIFEST'],
    evidence: project({ dependencies: ['wrangler', '@cloudflare/workers-types'] }),
    source: 'https://developers.cloudflare.com/workers/configuration/sites/',
  },
  {
    host: 'a Vite or Rollup plugin',
    modules: ['virtual:*'],
    evidence: spelling,
    source: 'https://vite.dev/guide/api-plugin#virtual-modules-convention',
  },
  {
    host: 'Astro',
    modules: ['astro:*'],
    evidence: spelling,
    source: 'https://docs.astro.build/en/reference/modules/astro-content/',
  },
  { host: 'Deno', modules: ['ext:*'], evidence: spelling, source: 'https://docs.deno.com/runtime/' },
  {
    host: 'Fastly Compute',
    modules: ['fastly:*'],
    evidence: spelling,
    source: 'https://js-compute-reference-docs.edgecompute.app/docs/',
  },
  {
    host: 'GNOME',
    modules: ['gi:*', 'resource:*'],
    evidence: spelling,
    source: 'https://gjs.guide/guides/gjs/intro.html',
  },
  {
    host: 'Firefox',
    modules: ['chrome:*', 'moz-src:*'],
    evidence: spelling,
    source: 'https://firefox-source-docs.mozilla.org/jsloader/index.html',
  },
  {
    host: 'Visual Studio Code',
    modules: ['vscode'],
    evidence: project({ dependencies: ['@types/vscode'], engines: ['vscode'] }),
    source: 'https://code.visualstudio.com/api/references/vscode-api',
  },
  {
    host: 'Atom',
    modules: ['atom'],
    evidence: project({ engines: ['atom', 'pulsar'] }),
    source: 'https://docs.pulsar-edit.dev/api/',
  },
  {
    host: 'k6',
    modules: ['k6', 'k6/*'],
    evidence: project({ dependencies: ['@types/k6'] }),
    source: 'https://grafana.com/docs/k6/latest/javascript-api/',
  },
  {
    host: 'Meteor',
    modules: ['meteor/*'],
    evidence: project({ files: ['.meteor/packages', '.meteor/release'] }),
    source: 'https://docs.meteor.com/packages/',
  },
  {
    host: 'SvelteKit',
    modules: ['$app/*', '$env/*', '$service-worker'],
    evidence: project({ dependencies: ['@sveltejs/kit'] }),
    source: 'https://svelte.dev/docs/kit/$app-environment',
  },
  {
    host: 'Nuxt',
    modules: ['#*'],
    evidence: project({
      dependencies: ['nuxt', 'nuxt-nightly', 'nuxt3', '@nuxt/kit'],
      files: ['nuxt.config.ts', 'nuxt.config.js', 'nuxt.config.mjs'],
    }),
    source: 'https://nuxt.com/docs/guide/concepts/auto-imports#explicit-imports',
  },
  {
    host: 'Nitro',
    modules: ['#imports', '#nitro*', '#internal/nitro*'],
    evidence: project({ dependencies: ['nitropack', 'nitro'] }),
    source: 'https://nitro.build/guide/utils',
  },
  {
    host: 'WXT',
    modules: ['#imports'],
    evidence: project({ dependencies: ['wxt'] }),
    source: 'https://wxt.dev/guide/essentials/config/auto-imports.html',
  },
  {
    host: 'Quasar',
    modules: ['#q-app', '#q-app/*'],
    evidence: project({ dependencies: ['@quasar/app-vite', '@quasar/app-webpack'] }),
    source: 'https://quasar.dev/quasar-cli-vite/boot-files',
  },
  {
    host: 'unplugin-icons',
    modules: ['~icons/*'],
    evidence: project({ dependencies: ['unplugin-icons'] }),
    source: 'https://github.com/unplugin/unplugin-icons',
  },
  {
    host: 'vite-plugin-pages',
    modules: ['~pages', '~react-pages', '~solid-pages'],
    evidence: project({ dependencies: ['vite-plugin-pages'] }),
    source: 'https://github.com/hannoeru/vite-plugin-pages',
  },
  {
    host: 'UnoCSS',
    modules: ['uno.css'],
    evidence: project({ dependencies: ['unocss', '@unocss/vite', '@unocss/astro', '@unocss/webpack'] }),
    source: 'https://unocss.dev/integrations/vite',
  },
  {
    host: 'react-native-dotenv',
    modules: ['@env'],
    evidence: project({ dependencies: ['react-native-dotenv'] }),
    source: 'https://github.com/goatandsheep/react-native-dotenv',
  },
  {
    host: 'Prisma',
    modules: ['.prisma/client', '.prisma/client/*'],
    evidence: project({ dependencies: ['@prisma/client', 'prisma'] }),
    source: 'https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/generating-prisma-client',
  },
  {
    host: 'Docusaurus',
    modules: [
      ...['@theme/*', '@theme-original/*', '@theme-init/*', '@generated/*'],
      ...['BrowserOnly', 'ComponentCreator', 'constants', 'ExecutionEnvironment', 'Head', 'Interpolate'].map(
        client,
      ),
      ...['isInternalUrl', 'Link', 'Noop', 'renderRoutes', 'router', 'Translate', 'useBaseUrl'].map(client),
      ...['useBrokenLinks', 'useDocusaurusContext', 'useGlobalData', 'useIsBrowser'].map(client),
      client('useRouteContext'),
    ],
    evidence: project({ dependencies: ['@docusaurus/core'] }),
    source: 'https://docusaurus.io/docs/docusaurus-core',
  },
  {
    host: 'Salesforce',
    modules: [
      ...['lightning/*', 'lwc', 'c/*'],
      ...['apex', 'apexContinuation', 'client', 'community', 'contentAssetUrl', 'customPermission'].map(
        platform,
      ),
      ...['i18n', 'label', 'messageChannel', 'resourceUrl', 'schema', 'user', 'userPermission'].map(platform),
    ],
    evidence: project({ files: ['sfdx-project.json'] }),
    source: 'https://developer.salesforce.com/docs/platform/lwc/guide/reference-salesforce-modules.html',
  },
];

/** Files that some host is known by, to be looked for together with all others. */
export const hostFiles: readonly string[] = ambientHosts.flatMap(({ evidence }) =>
  evidence.kind === 'project' ? evidence.files : [],
);

/** @returns Whether a specifier is what a pattern names, exactly or up to a trailing `*`. */
export function matchesPattern(pattern: string, specifier: string): boolean {
  return pattern.endsWith('*') ? specifier.startsWith(pattern.slice(0, -1)) : specifier === pattern;
}

function client(name: string): string {
  return `@docusaurus/${name}`;
}

function platform(name: string): string {
  return `@salesforce/${name}/*`;
}

function project(evidence: {
  dependencies?: readonly string[];
  engines?: readonly string[];
  files?: readonly string[];
}): HostEvidence {
  return { kind: 'project', dependencies: [], engines: [], files: [], ...evidence };
}
