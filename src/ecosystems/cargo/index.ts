import type { Ecosystem } from '../../model/ecosystem.ts';
import { lettersOf } from '../shared/name-texts.ts';
import { manifests } from './manifests/index.ts';
import { cargo as cargoNames } from './names.ts';
import topPackages from './well-known.json' with { type: 'json' };

/** Rust’s crates, as crates.io and the registries that speak like it serve them. */
export const cargo: Ecosystem = {
  ...cargoNames,
  isCoveredByDefault: false,
  osvName: 'crates.io',
  packagePart: (specifier) => /^[^:]*/.exec(specifier)?.[0] ?? specifier,
  isSpecifier: (text) => !/[/@#.\s]|(?<!:):(?!:)/.test(text),
  isUnmistakable: (name) => name.includes('::'),
  defaultSpecifier: (name) => name.replaceAll('-', '_'),
  importableModule: (text) => (cargoNames.grammar().module.test(text) ? text : undefined),
  lookalikeKey: (name) => lettersOf(name).replaceAll('1', 'l').replaceAll('0', 'o'),
  ownPackageAdvice: ({ folder, isCommand }) =>
    isCommand ? `name its folder: \`--path ${folder}\`` : `give its line the folder: \`path = "${folder}"\``,
  areNamesPaths: false,
  pluginPrefixes: ['cargo-'],
  topPackages,
  // Semantic versions are written in one way alone (https://semver.org).
  isSameVersion: () => Promise.resolve((left, right) => left === right),
  manifests,
  lockfiles: async () => (await import('./lockfiles/index.ts')).lockfiles,
  popular: null,
  modules: null,
  registryFiles: ['Cargo.toml', 'config.toml of Cargo'],
  registry: async () => (await import('./registry.ts')).cargoRegistry,
  installed: null,
  installCommands: {
    quick:
      /(?<![a-z])(?:cargo|rust-script)(?![a-z])|(?<![a-z])cross(?=\s[^;|&]{0,80}(?:install|add|--config)\W)|CARGO_REGISTR/i,
    examples: ['cargo add', 'cargo install'],
    variables: /^cargo_regist/i,
    reader: async () => (await import('./commands/index.ts')).installReader,
    programs: null,
  },
  installPermissions: null,
  declaringFiles: ['Cargo.toml'],
  without: {
    popular: 'No list of widely used crates is bundled.',
    modules: 'Programs name a crate as its manifest does, with “_” for “-”.',
    installed: 'Cargo keeps crates for all projects of a machine in one place.',
    installPermissions:
      'Cargo runs the build script of every crate, and no file of a project takes that away.',
  },
};
