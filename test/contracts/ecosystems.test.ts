import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ecosystems } from '../../src/ecosystems/index.ts';
import { npm } from '../../src/ecosystems/npm/index.ts';
import { pypi } from '../../src/ecosystems/pypi/index.ts';
import type { Ecosystem } from '../../src/model/ecosystem.ts';
import type { LockfileFormat } from '../../src/model/lockfile.ts';
import type { EcosystemRegistry } from '../../src/model/registry.ts';
import { oddNames, problemsOf } from './ecosystem.ts';

describe.each(ecosystems)('$id', (ecosystem) => {
  test('has everything that an ecosystem has to have', async () => {
    expect(await problemsOf(ecosystem)).toEqual([]);
  });

  test('is asked about odd names that are valid, and about invalid ones', () => {
    const odd = fc
      .sample(oddNames(ecosystem), 500)
      .filter((name) => !ecosystem.topPackages.includes(name) && name !== 'a');
    expect(odd.filter((name) => ecosystem.valid(name)).length).toBeGreaterThan(50);
    expect(odd.filter((name) => !ecosystem.valid(name)).length).toBeGreaterThan(50);
  });
});

/** An ecosystem of which nothing but its name is written. */
const toy: Ecosystem = {
  id: 'Toy',
  title: '',
  words: { kind: '', form: '' },
  canonical: (name) => name,
  grammar: () => ({
    name: /^[^]*$/,
    longestName: Infinity,
    scope: null,
    exampleScope: null,
    module: /^[^]*$/,
  }),
  valid: () => true,
  aliases: false,
  scopeOf: () => null,
  isCoveredByDefault: false,
  osvName: null,
  packagePart: (specifier) => specifier,
  isSpecifier: () => false,
  isUnmistakable: () => false,
  defaultSpecifier: (name) => name,
  importableModule: (text) => text,
  lookalikeKey: (name) => name,
  ownPackageAdvice: () => '',
  areNamesPaths: false,
  pluginPrefixes: [],
  topPackages: [],
  isSameVersion: () => Promise.resolve((left, right) => left === right),
  manifests: [],
  lockfiles: null,
  popular: null,
  modules: null,
  registryFiles: [],
  registry: null,
  installed: null,
  installCommands: null,
  installPermissions: null,
  declaringFiles: null,
  without: {},
};

test('an ecosystem of which nothing is written hears what to write, and where', async () => {
  expect(await problemsOf(toy)).toEqual([
    'its id "Toy" is no purl type: lower case letters, digits, “.”, “+” and “-”',
    'it has no title: write what people call its registry into src/ecosystems/Toy/names.ts',
    'its ownPackageAdvice is no clause: see src/ecosystems/Toy/index.ts',
    'its words do not say what a name is, and how it is written: see src/ecosystems/Toy/names.ts',
    'osvName is null: say why in one sentence in without.osvName',
    'lockfiles is null: say why in one sentence in without.lockfiles',
    'popular is null: say why in one sentence in without.popular',
    'modules is null: say why in one sentence in without.modules',
    'registry is null: say why in one sentence in without.registry',
    'installed is null: say why in one sentence in without.installed',
    'installCommands is null: say why in one sentence in without.installCommands',
    'installPermissions is null: say why in one sentence in without.installPermissions',
    'declaringFiles is null: say why in one sentence in without.declaringFiles',
    'it has no top packages: write src/ecosystems/Toy/well-known.json',
    'isSpecifier(defaultSpecifier("a")) is false: see src/ecosystems/Toy/index.ts',
    'parsePackage of src/app/package-arguments.ts does not read the package URL of "a"',
    'no language of src/languages/index.ts imports from it',
    'it has no manifest format: write one into src/ecosystems/Toy/manifests',
    'schema/approved-packages.schema.json has no pattern for its keys: run `npm run docs`',
  ]);
});

/** A registry that sends every name somewhere else than to its public address. */
const misrouted = async (): Promise<EcosystemRegistry> => ({
  ...(await registryOf(pypi)),
  publicUrl: () => Promise.resolve('http://packages.example.org/'),
  routes: () =>
    Promise.resolve({
      route: () => ({ kind: 'notAsked', reason: 'nobody is' }),
      boundNames: new Set(),
      credentials: [],
      userSources: [],
      network: [],
    }),
});

const faults: readonly (readonly [string, Ecosystem, readonly string[]])[] = [
  ['the title of another one', { ...npm, title: 'PyPI' }, ['another ecosystem has its title']],
  ['the OSV name of another one', { ...npm, osvName: 'PyPI' }, ['another ecosystem has its osvName']],
  [
    'an OSV name with a release',
    { ...npm, osvName: 'Debian:12' },
    ['its osvName "Debian:12" is no name of an ecosystem in OSV’s schema'],
  ],
  [
    'a part that is null without its reason',
    { ...pypi, popular: null },
    ['popular is null: say why in one sentence in without.popular'],
  ],
  [
    'a reason that is no sentence',
    { ...pypi, popular: null, without: { ...pypi.without, popular: 'todo' } },
    ['popular is null: say why in one sentence in without.popular'],
  ],
  [
    'a reason for a part that is there',
    { ...pypi, without: { ...pypi.without, modules: 'Programs import packages by their own names.' } },
    ['without.modules is a reason for a part that is there: take it out'],
  ],
  [
    'top packages in disorder',
    { ...pypi, topPackages: ['numpy', 'Flask', 'numpy', '-'] },
    [
      'no valid names among its top packages: "-"',
      'not in canonical spelling among its top packages: "Flask"',
      'its top packages are not sorted',
      'twice among its top packages: "numpy"',
    ],
  ],
  [
    'an example of a command that is not read',
    npm.installCommands === null
      ? npm
      : { ...npm, installCommands: { ...npm.installCommands, examples: ['npm install', 'apt install'] } },
    ['the pattern quick of its installCommands does not meet its examples: apt install'],
  ],
  [
    'no manifest format',
    { ...npm, manifests: [] },
    [
      'it has no manifest format: write one into src/ecosystems/npm/manifests',
      'its declaringFiles name package.json, which none of its manifest formats matches',
      'its declaringFiles name deno.json, which none of its manifest formats matches',
      'its declaringFiles name deno.jsonc, which none of its manifest formats matches',
    ],
  ],
  [
    'manifest formats of another one',
    {
      ...npm,
      declaringFiles: null,
      without: { ...npm.without, declaringFiles: 'None is written.' },
      manifests: pypi.manifests.slice(0, 1),
    },
    [`its manifest format ${pypi.manifests[0]?.id ?? ''} is one of pypi`],
  ],
  [
    'no lockfile formats, which is no null',
    { ...npm, lockfiles: () => Promise.resolve([]) },
    ['its lockfiles are none: write null, and the reason in without.lockfiles'],
  ],
  [
    'lockfile formats of another one, and the same twice',
    { ...npm, lockfiles: async () => (await lockfilesOf(pypi)).slice(0, 1).flatMap((one) => [one, one]) },
    [
      'twice among its lockfile formats: uv.lock',
      'its lockfile format uv.lock is one of pypi',
      'its lockfile format uv.lock is one of pypi',
    ],
  ],
  [
    'a lockfile format that nothing shows, and that knows no file',
    {
      ...npm,
      lockfiles: async () => (await lockfilesOf(npm)).slice(0, 1).map((one) => ({ ...one, id: 'toy.lock' })),
    },
    [
      'its lockfile format toy.lock does not match a file of that name',
      'no fixture shows what toy.lock holds: write fixtures/lockfiles/toy.lock/<case>',
    ],
  ],
  [
    'an editor that declares nothing',
    { ...npm, declaringFiles: ['pnpm-workspace.yaml'] },
    [
      'the editor of pnpm-workspace.yaml never declares a package: write it into src/ecosystems/npm/manifests, or a manifest that it can edit into fixtures/manifests/pnpm-workspace.yaml',
    ],
  ],
  [
    'a registry that is not asked',
    { ...pypi, topPackages: ['flask', 'numpy'], registry: misrouted },
    [
      'its publicUrl is no https address without a slash at its end: see src/ecosystems/pypi/registry.ts',
      'without settings, these are not asked for at its publicUrl alone (src/ecosystems/pypi/routes.ts): flask, numpy',
    ],
  ],
];

test.each(faults)('%s', async (_, ecosystem, sentences) => {
  expect(await problemsOf(ecosystem)).toEqual(sentences);
});

/** The name by which it is shown that a rule of names is broken may be any. */
const lawless: readonly (readonly [string, Ecosystem, RegExp])[] = [
  [
    'a spelling that never ends',
    { ...pypi, canonical: (name) => pypi.canonical(name).replace(/(?<=-)(?=.)/, 'x') },
    /^canonical\(canonical\("(.+)"\)\) is not canonical\("\1"\): see src\/ecosystems\/pypi\/names\.ts$/,
  ],
  [
    'a spelling that is not valid',
    { ...pypi, canonical: (name) => name.toLowerCase().replaceAll('.', '%') },
    /^".+" is valid, and its canonical spelling is not: see src\/ecosystems\/pypi\/names\.ts$/,
  ],
  [
    'a grammar that is stricter than its function',
    { ...npm, grammar: () => ({ ...npm.grammar(), name: /^[a-z0-9-]*$/ }) },
    /^its grammar and valid\(".+"\) say different things: see src\/ecosystems\/npm\/names\.ts$/,
  ],
  [
    'names that are longer than its function takes',
    { ...pypi, valid: (name) => name.length < 12 && pypi.valid(name) },
    /^its grammar and valid\(".+"\) say different things: see src\/ecosystems\/pypi\/names\.ts$/,
  ],
  [
    'a grammar without its scopes',
    { ...npm, grammar: () => ({ ...npm.grammar(), scope: null }) },
    /^its grammar has no scope such as that of "@.+": see src\/ecosystems\/npm\/names\.ts$/,
  ],
  [
    'modules of another grammar',
    { ...pypi, grammar: () => ({ ...pypi.grammar(), module: /^\w+$/ }) },
    /^its grammar and importableModule\(".+"\) say different things: see src\/ecosystems\/pypi$/,
  ],
  [
    'specifiers of another package',
    { ...npm, packagePart: (specifier) => specifier.split('/')[0] ?? '' },
    /^packagePart\(defaultSpecifier\("@.+"\)\) is another package: see src\/ecosystems\/npm\/index\.ts$/,
  ],
  [
    'package URLs that are read as another package',
    { ...pypi, canonical: (name) => pypi.canonical(name).toUpperCase() },
    /^parsePackage of src\/app\/package-arguments\.ts does not read the package URL of ".+"$/,
  ],
];

test.each(lawless)('%s', async (_, ecosystem, sentence) => {
  expect(await problemsOf(ecosystem)).toContainEqual(expect.stringMatching(sentence));
});

async function lockfilesOf({ lockfiles }: Ecosystem): Promise<readonly LockfileFormat[]> {
  if (lockfiles === null) throw new Error('it has no lockfiles');
  return lockfiles();
}

async function registryOf({ registry }: Ecosystem): Promise<EcosystemRegistry> {
  if (registry === null) throw new Error('it has no registry');
  return registry();
}
