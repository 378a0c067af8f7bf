import { readJson, readStrictJson } from '../../../documents/jsonc.ts';
import { asText, member, members, textsOf } from '../../../documents/values.ts';
import { withoutTagsInJson } from '../../../text/template-tags.ts';

/** What resolution needs of one package.json. Paths are relative to the repository's root. */
export interface PackageJson {
  readonly file: string;
  readonly folder: string;
  readonly source: string;
  readonly name: string | undefined;
  /** Only a package with `exports` can import itself by its name. */
  readonly hasExports: boolean;
  /** The `imports` field, as JSON. */
  readonly imports: unknown;
  /** Dependencies of all kinds by name, with the range or source as written. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly engines: ReadonlySet<string>;
  /** `packageManager`: https://nodejs.org/api/packages.html#packagemanager */
  readonly packageManager: string | undefined;
  /** Patterns of npm, Yarn and Bun workspaces: https://docs.npmjs.com/cli/configuring-npm/package-json#workspaces */
  readonly workspaces: readonly string[];
  /** It is no JSON, nor what a template engine makes JSON of, and so says nothing. */
  readonly isBroken: boolean;
  /** It holds settings of Jest, Babel, Parcel, module-alias, Metro or for browsers, which may map specifiers. */
  readonly hasAliases: boolean;
  /** It brings a command along, or its name is that of a package which makes projects or parts of them. */
  readonly isGenerator: boolean;
  /** The commands of `scripts`. */
  readonly scripts: readonly string[];
}

const dependencyKinds = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
const aliasSections = ['jest', 'babel', 'alias', '_moduleAliases', 'browser', 'react-native'];

/** What npm and scaffolding tools run by a name of this form: https://docs.npmjs.com/cli/commands/npm-init */
const GENERATOR = /(?:^|[/-])(?:create|generator|schematics|blueprint)(?:-|$)/;

/** @returns What a package.json says; a file that is no JSON object says nothing. */
export function readPackageJson(folder: string, file: string, source: string): PackageJson {
  const read = readStrictJson(source);
  const withoutTags = read.kind === 'value' ? source : withoutTagsInJson(source);
  const json = read.kind === 'value' ? read.value : readTemplate(withoutTags, source);
  const workspaces = member(json, 'workspaces');
  return {
    file,
    folder,
    source,
    name: asText(member(json, 'name')) ?? undefined,
    hasExports: member(json, 'exports') !== undefined,
    imports: member(json, 'imports'),
    dependencies: dependenciesOf(json),
    engines: new Set(members(member(json, 'engines')).map(([name]) => name)),
    packageManager: asText(member(json, 'packageManager')) ?? undefined,
    workspaces: [...textsOf(workspaces), ...textsOf(member(workspaces, 'packages'))],
    isBroken: read.kind === 'broken' && withoutTags === source,
    hasAliases: aliasSections.some((section) => holdsSettings(member(json, section))),
    isGenerator: member(json, 'bin') !== undefined || GENERATOR.test(asText(member(json, 'name')) ?? ''),
    scripts: members(member(json, 'scripts')).flatMap(([, command]) => asText(command) ?? []),
  };
}

/** @returns What a template says without its tags, as far as that is JSON; undefined for what is no template. */
function readTemplate(withoutTags: string, source: string): unknown {
  return withoutTags === source ? undefined : readJson(withoutTags);
}

/** `"browser": "main.js"` names a file, and `"jest": "config/jest.json"` too. */
function holdsSettings(section: unknown): boolean {
  return section !== undefined && typeof section !== 'string';
}

function dependenciesOf(json: unknown): ReadonlyMap<string, string> {
  const dependencies = new Map<string, string>();
  for (const kind of dependencyKinds) {
    for (const [name, range] of members(member(json, kind))) {
      if (typeof range === 'string' && !dependencies.has(name)) dependencies.set(name, range);
    }
  }
  return dependencies;
}
