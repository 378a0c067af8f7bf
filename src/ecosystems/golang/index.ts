import type { Ecosystem } from '../../model/ecosystem.ts';
import { lettersOf } from '../shared/name-texts.ts';
import { forges } from './forges.ts';
import { manifests } from './manifests/index.ts';
import { golang as golangNames } from './names.ts';
import topPackages from './well-known.json' with { type: 'json' };

/** Most paths begin with one, and who imitates a module may take another. */
const FORGE = new RegExp(`^(?:${forges.join('|').replaceAll('.', '\\.')})/`, 'gm');

/** Go modules, as module proxies serve them. */
export const golang: Ecosystem = {
  ...golangNames,
  remedyWithoutPackage: {
    correction:
      'Correct the path: the standard library has no such package, and go.mod names no such module.',
    exception: 'What the build makes can be named in `localModules` of the config.',
  },
  isCoveredByDefault: false,
  osvName: 'Go',
  packagePart: (specifier) => specifier,
  isSpecifier: (text) => !/^@|[#:\s]/.test(text),
  isUnmistakable: (name) => /^[^/@#:\s][^./@#:\s]*\.[^/#:\s]+\/[^#:\s]*$/.test(name),
  // A folder of a module is imported, and installed, by a path that begins with the module’s own.
  holdersOf: (name) => {
    const parts = name.split('/');
    return parts.slice(2).map((_, at) => parts.slice(0, parts.length - at - 1).join('/'));
  },
  defaultSpecifier: (name) => name,
  importableModule: (text) => (golangNames.valid(text) ? text : undefined),
  lookalikeKey: (name) => lettersOf(name.replace(FORGE, '')),
  isSameOwner,
  ownPackageAdvice: ({ name, folder, isCommand }) =>
    isCommand
      ? `name its folder, without a version: \`${folder}\``
      : `write \`replace ${name} => ${folder}\` into this go.mod, or name both folders by \`use\` in a go.work`,
  areNamesPaths: true,
  pluginPrefixes: [],
  topPackages,
  // A version is a tag, which is written in one way alone (https://go.dev/ref/mod#versions).
  isSameVersion: () => Promise.resolve((left, right) => left === right),
  manifests,
  lockfiles: async () => (await import('./lockfiles/index.ts')).lockfiles,
  popular: null,
  modules: null,
  registryFiles: [],
  registry: async () => (await import('./registry.ts')).goRegistry,
  installed: null,
  installCommands: {
    quick:
      /(?<![a-z])go(?:\d[\w.]{0,12}|tip)?(?:\.exe)?\W{1,60}(?:args\W{1,60}|c\W{1,3}[\w./-]{1,60}\W{1,9})?(?:get|install|run|mod|work|env)(?![a-z])|(?<![a-z])gobin(?![a-z])|goproxy/i,
    examples: ['go get', 'go install'],
    variables: /^goproxy$/i,
    reader: async () => (await import('./commands/index.ts')).installReader,
    programs: null,
  },
  installPermissions: null,
  declaringFiles: ['go.mod'],
  without: {
    popular: 'Nobody publishes how often modules are used.',
    modules: 'Programs import packages by paths that begin with the module’s own.',
    installed: 'Go keeps modules for all projects of a machine in one place.',
    installPermissions: 'Go runs nothing of a module while it is fetched.',
  },
};

/** A path below another one lies in the same repository, and so do major versions: `/v2`, `.v3` at gopkg.in. */
function isSameOwner(name: string, otherName: string): boolean {
  const [left, right] = [name, otherName].map((path) => `${path.replace(/[./]v\d+$/, '')}/`);
  return left !== undefined && right !== undefined && (left.startsWith(right) || right.startsWith(left));
}
