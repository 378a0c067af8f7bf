import type { Ecosystem } from '../../model/ecosystem.ts';
import { lettersOf } from '../shared/name-texts.ts';
import { manifests } from './manifests/index.ts';
import { npm as npmNames } from './names.ts';
import { TOOL } from '../../model/tool.ts';
import topPackages from './well-known.json' with { type: 'json' };

/** npm's packages, as the public registry and those that speak like it serve them. */
export const npm: Ecosystem = {
  ...npmNames,
  isCoveredByDefault: true,
  osvName: 'npm',
  packagePart: (specifier) => /^(?:@[^/]*\/)?[^/]*/.exec(specifier)?.[0] ?? specifier,
  isSpecifier: (text) => !text.includes('::'),
  isUnmistakable: (name) => /[@#]|^(?:[^/.]+|\.{1,2})\//.test(name),
  defaultSpecifier: (name) => name,
  importableModule: (text) => (npmNames.valid(text) ? text : undefined),
  lookalikeKey: lettersOf,
  ownPackageAdvice: () => 'name its folder (a path, or “workspace:”), or make both members of one workspace',
  areNamesPaths: false,
  pluginPrefixes: [
    'babel-plugin-',
    'eslint-config-',
    'eslint-plugin-',
    'gatsby-plugin-',
    'postcss-plugin-',
    'rollup-plugin-',
    'vite-plugin-',
    'webpack-plugin-',
    'grunt-',
    'gulp-',
  ],
  admits: async () => (await import('./ranges.ts')).admits,
  topPackages,
  // Semantic versions are written in one way alone (https://semver.org).
  isSameVersion: () => Promise.resolve((left, right) => left === right),
  manifests,
  lockfiles: async () => (await import('./lockfiles/index.ts')).lockfiles,
  popular: async () => ({ names: (await import('./popular.ts')).npmPopular, modules: new Map() }),
  modules: null,
  registryFiles: ['.npmrc', '.yarnrc', '.yarnrc.yml', 'bunfig.toml', 'pnpm-workspace.yaml'],
  registry: async () => (await import('./registry.ts')).npmRegistry,
  installed: async () => (await import('./installed.ts')).installedPackages,
  installCommands: {
    quick:
      /(?<![a-z])(?:npm|npx|pnpm|pnpx|pnx|yarn|yarnpkg|bun|bunx|deno|corepack)(?:\.\w+)?(?![a-z])|(?:npm_config|yarn|bun_config|corepack_npm)_[\w@:.-]*registry/i,
    examples: ['npm install', 'npx'],
    variables: /registry/i,
    reader: async () => (await import('./commands/index.ts')).installReader,
    programs: async () => (await import('./commands/programs.ts')).programPackages,
  },
  installPermissions: {
    files: /(?:^|\/)(?:package\.json|pnpm-workspace\.yaml|\.yarnrc\.yml|\.npmrc)$/,
    quick:
      /allowScripts|(?:only|never)BuiltDependencies|AllowAllBuilds|allowBuilds|trustedDependencies|dependenciesMeta|(?:enable|ignore)Scripts|ignore-scripts|allow-(?:git|remote|file|directory|all-)|\\u00/,
    reader: async () => (await import('./install-permissions.ts')).readInstallPermissions,
  },
  declaringFiles: ['package.json', 'deno.json', 'deno.jsonc'],
  without: { modules: 'Programs import npm packages by their own names.' },
};

/** The package of this tool itself, of this ecosystem. */
export const ownPackage = { ecosystem: npmNames.id, name: TOOL } as const;
