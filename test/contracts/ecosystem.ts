import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parsePackage } from '../../src/app/package-arguments.ts';
import { asRecord } from '../../src/documents/values.ts';
import { ecosystems } from '../../src/ecosystems/index.ts';
import { languages } from '../../src/languages/index.ts';
import { lineAdded, readManifest } from '../../src/ecosystems/manifest-change.ts';
import type { Ecosystem } from '../../src/model/ecosystem.ts';
import type { ManifestFormat } from '../../src/model/manifest.ts';
import { purl } from '../../src/model/package.ts';
import { filesBelow, foldersIn, jsonAt, textOf } from './repository.ts';
import { repeated, unmet, type Requirement } from './requirement.ts';

const whitelistSchema = 'schema/approved-packages.schema.json';
const configSchema = 'schema/config.schema.json';

/** @returns What an ecosystem lacks, a sentence each, which says where to write it. */
export async function problemsOf(ecosystem: Ecosystem): Promise<readonly string[]> {
  return [
    ...unmet(identity(ecosystem)),
    ...absences(ecosystem),
    ...unmet(topPackages(ecosystem)),
    ...nameLaws(ecosystem),
    ...unmet(surroundings(ecosystem)),
    ...(await lockfileProblems(ecosystem)),
    ...(await routeProblems(ecosystem)),
    ...(await declarationProblems(ecosystem)),
  ];
}

/** The id is a package-URL type (https://github.com/package-url/purl-spec), the OSV name one without a release. */
function identity(ecosystem: Ecosystem): readonly Requirement[] {
  const { id, title, osvName, words } = ecosystem;
  const others = ecosystems.filter((other) => other.id !== id);
  return [
    [
      /^[a-z][a-z0-9.+-]*$/.test(id),
      `its id ${JSON.stringify(id)} is no purl type: lower case letters, digits, “.”, “+” and “-”`,
    ],
    [ecosystems.filter((other) => other.id === id).length < 2, 'another ecosystem has its id'],
    [
      title.trim() === title && title !== '',
      `it has no title: write what people call its registry into src/ecosystems/${id}/names.ts`,
    ],
    [!others.some((other) => other.title === title), 'another ecosystem has its title'],
    [
      /^\p{Ll}.*[^.]$/u.test(ecosystem.ownPackageAdvice({ name: 'x', folder: './x', isCommand: false })),
      `its ownPackageAdvice is no clause: see src/ecosystems/${id}/index.ts`,
    ],
    [
      words.kind !== '' && /^\p{Lu}.*[.?]$/u.test(words.form),
      `its words do not say what a name is, and how it is written: see src/ecosystems/${id}/names.ts`,
    ],
    [
      osvName === null || /^[A-Za-z][^:]*(?<!\s)$/.test(osvName),
      `its osvName ${JSON.stringify(osvName)} is no name of an ecosystem in OSV’s schema`,
    ],
    [
      osvName === null || !others.some((other) => other.osvName === osvName),
      'another ecosystem has its osvName',
    ],
  ];
}

/** What is null has its reason, and nothing else has one. */
function absences(ecosystem: Ecosystem): readonly string[] {
  const reasons = new Map<string, string>(Object.entries(ecosystem.without));
  const absent = Object.entries(ecosystem).flatMap(([part, value]) => (value === null ? [part] : []));
  const unexplained = absent.filter((part) => !/^\p{Lu}.*\.$/u.test(reasons.get(part) ?? ''));
  const needless = [...reasons.keys()].filter((part) => !absent.includes(part));
  return [
    ...unexplained.map((part) => `${part} is null: say why in one sentence in without.${part}`),
    ...needless.map((part) => `without.${part} is a reason for a part that is there: take it out`),
  ];
}

function topPackages(ecosystem: Ecosystem): readonly Requirement[] {
  const { id, topPackages: names } = ecosystem;
  const list = (wrong: readonly string[]) => wrong.map((name) => JSON.stringify(name)).join(', ');
  const invalid = names.filter((name) => !ecosystem.valid(name));
  const uncanonical = names.filter((name) => ecosystem.canonical(name) !== name);
  const twice = repeated(names);
  return [
    [names.length > 0, `it has no top packages: write src/ecosystems/${id}/well-known.json`],
    [invalid.length === 0, `no valid names among its top packages: ${list(invalid)}`],
    [uncanonical.length === 0, `not in canonical spelling among its top packages: ${list(uncanonical)}`],
    [isDeepStrictEqual(names, names.toSorted()), 'its top packages are not sorted'],
    [twice.length === 0, `twice among its top packages: ${list(twice)}`],
  ];
}

/** What holds of names, and what is said of one for which it does not. */
interface Law {
  readonly holds: (name: string) => boolean;
  readonly sentence: (name: string) => string;
}

/** What has to hold of every name, or of every valid one. */
function nameLaws(ecosystem: Ecosystem): readonly string[] {
  const folder = `src/ecosystems/${ecosystem.id}`;
  const grammar = ecosystem.grammar();
  const canonical = (name: string) => ecosystem.canonical(name);
  // Programs may write another spelling than manifests, of which they have one alone.
  const imported = (name: string) => ecosystem.defaultSpecifier(name);
  const importedPackage = (name: string) => canonical(ecosystem.packagePart(imported(name)));
  const ifValid = (holds: (name: string) => boolean) => (name: string) =>
    !ecosystem.valid(name) || holds(name);
  const laws: readonly Law[] = [
    {
      holds: (name) => canonical(canonical(name)) === canonical(name),
      sentence: (name) => `canonical(canonical(${name})) is not canonical(${name}): see ${folder}/names.ts`,
    },
    {
      holds: (name) =>
        (grammar.name.test(name) && name.length <= grammar.longestName) === ecosystem.valid(name),
      sentence: (name) => `its grammar and valid(${name}) say different things: see ${folder}/names.ts`,
    },
    {
      holds: ifValid((name) => {
        const scope = ecosystem.scopeOf(name);
        return scope === null || grammar.scope?.test(scope) === true;
      }),
      sentence: (name) => `its grammar has no scope such as that of ${name}: see ${folder}/names.ts`,
    },
    {
      holds: (text) => grammar.module.test(text) === (ecosystem.importableModule(text) !== undefined),
      sentence: (text) => `its grammar and importableModule(${text}) say different things: see ${folder}`,
    },
    {
      holds: ifValid((name) => ecosystem.valid(canonical(name))),
      sentence: (name) => `${name} is valid, and its canonical spelling is not: see ${folder}/names.ts`,
    },
    {
      holds: ifValid((name) => imported(importedPackage(canonical(name))) === imported(canonical(name))),
      sentence: (name) => `packagePart(defaultSpecifier(${name})) is another package: see ${folder}/index.ts`,
    },
    {
      holds: ifValid((name) => ecosystem.isSpecifier(ecosystem.defaultSpecifier(canonical(name)))),
      sentence: (name) => `isSpecifier(defaultSpecifier(${name})) is false: see ${folder}/index.ts`,
    },
    {
      holds: (text) => !ecosystem.isUnmistakable(text) || ecosystem.isSpecifier(text),
      sentence: (text) => `isUnmistakable(${text}) is true, and isSpecifier is false: see ${folder}/index.ts`,
    },
    {
      holds: ifValid((name) => {
        const subject = { ecosystem: ecosystem.id, name: canonical(name) };
        return isDeepStrictEqual(parsePackage(purl(subject), []), subject);
      }),
      sentence: (name) =>
        `parsePackage of src/app/package-arguments.ts does not read the package URL of ${name}`,
    },
    {
      holds: () => {
        const { exampleScope } = grammar;
        if (exampleScope === null) return grammar.scope === null;
        return (
          ecosystem.valid(`${exampleScope}/x`) && ecosystem.scopeOf(`${exampleScope}/x`) === exampleScope
        );
      },
      sentence: () => `its exampleScope is no scope, or lacks: see ${folder}/names.ts`,
    },
  ];
  return laws.flatMap(({ holds, sentence }) => {
    const name = counterexample(ecosystem, holds);
    return name === undefined ? [] : [sentence(JSON.stringify(name))];
  });
}

/** @returns A name of which something does not hold, a top package if there is one. */
function counterexample(ecosystem: Ecosystem, holds: (name: string) => boolean): string | undefined {
  const property = fc.property(oddNames(ecosystem), holds);
  const examples = ecosystem.topPackages.map((name): [string] => [name]);
  return fc.check(property, { numRuns: examples.length + 500, examples }).counterexample?.[0];
}

/** Pieces that make a name unlike the usual ones: many of the names are invalid in one ecosystem or the other. */
const pieces = ['x', 'A', 'Zz', '0', '-', '_', '.', '--', '._-', '~', '/', '@', '+', '%', '*', ' ', 'é', 'İ'];

/** Names of top packages with pieces put in between, valid ones and others. */
export function oddNames({ topPackages: top }: Ecosystem): fc.Arbitrary<string> {
  const insertions = fc.array(fc.record({ at: fc.nat(24), piece: fc.constantFrom(...pieces) }), {
    maxLength: 4,
  });
  return fc.tuple(fc.constantFrom('a', ...top), insertions).map(([name, inserted]) =>
    inserted.reduce((text, { at, piece }) => {
      const offset = at % (text.length + 1);
      return text.slice(0, offset) + piece + text.slice(offset);
    }, name),
  );
}

/** What other files have to say about it. */
function surroundings({ id, registry, manifests, installCommands }: Ecosystem): readonly Requirement[] {
  const keyPatterns = asRecord(jsonAt(whitelistSchema, ['properties', 'packages', 'patternProperties']));
  const unread = (installCommands?.examples ?? []).filter((each) => !installCommands?.quick.test(each));
  const strangers = manifests.filter(({ ecosystem }) => ecosystem !== id);
  return [
    [
      languages.some(({ ecosystem }) => ecosystem === id),
      'no language of src/languages/index.ts imports from it',
    ],
    [
      unread.length === 0,
      `the pattern quick of its installCommands does not meet its examples: ${unread.join(', ')}`,
    ],
    [manifests.length > 0, `it has no manifest format: write one into src/ecosystems/${id}/manifests`],
    ...strangers.map((format): Requirement => [
      false,
      `its manifest format ${format.id} is one of ${format.ecosystem}`,
    ]),
    [
      [...keyPatterns.keys()].some((pattern) => pattern.startsWith(`^${id}:`)),
      `${whitelistSchema} has no pattern for its keys: run \`npm run docs\``,
    ],
    [
      registry === null || asRecord(jsonAt(configSchema, ['properties', 'registries', 'properties'])).has(id),
      `${configSchema} does not name it in registries`,
    ],
  ];
}

/** Every format is one of its own, is known by its file name, and has a fixture which shows what it holds. */
async function lockfileProblems({ id, lockfiles }: Ecosystem): Promise<readonly string[]> {
  if (lockfiles === null) return [];
  const formats = await lockfiles();
  const [ids, folder] = [formats.map((format) => format.id), 'fixtures/lockfiles'];
  const sentences = formats.flatMap((format) =>
    unmet([
      [format.ecosystem === id, `its lockfile format ${format.id} is one of ${format.ecosystem}`],
      [format.matches(format.id), `its lockfile format ${format.id} does not match a file of that name`],
      [
        foldersIn(`${folder}/${format.id}`).length > 0,
        `no fixture shows what ${format.id} holds: write ${folder}/${format.id}/<case>`,
      ],
    ]),
  );
  return [
    ...unmet([
      [formats.length > 0, 'its lockfiles are none: write null, and the reason in without.lockfiles'],
      [repeated(ids).length === 0, `twice among its lockfile formats: ${repeated(ids).join(', ')}`],
    ]),
    ...sentences,
  ];
}

/** Without settings, its own registry is asked for every name. */
async function routeProblems({ id, registry, topPackages: names }: Ecosystem): Promise<readonly string[]> {
  if (registry === null) return [];
  const client = await registry();
  const publicUrl = await client.publicUrl();
  const routes = await client.routes({
    machine: { environment: new Map(), home: '/home', platform: 'linux' },
    read: () => Promise.resolve(null),
    installation: null,
    repository: [],
    proposed: [],
    placesOf: () => ({ declared: [], used: [] }),
    configured: undefined,
    configuredNow: undefined,
    commandSources: [],
    publicUrl,
    obstacle: () => null,
    isWellKnown: () => false,
  });
  const expected = {
    kind: 'ask',
    endpoints: [{ url: publicUrl, isPublic: true, servesSomeNames: false }],
  };
  const elsewhere = names.filter((name) => !isDeepStrictEqual(routes.route(name), expected));
  return unmet([
    [
      /^https:\/\/[^/].*[^/]$/.test(publicUrl),
      `its publicUrl is no https address without a slash at its end: see src/ecosystems/${id}/registry.ts`,
    ],
    [
      elsewhere.length === 0,
      `without settings, these are not asked for at its publicUrl alone (src/ecosystems/${id}/routes.ts): ${elsewhere.join(', ')}`,
    ],
  ]);
}

/** Every file that a quick fix is announced for can be edited, and then declares the package. */
async function declarationProblems(ecosystem: Ecosystem): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const fileName of ecosystem.declaringFiles ?? []) {
    const format = ecosystem.manifests.find(
      ({ fileNames, paths }) =>
        fileNames.includes(fileName) || paths.some((path) => path.endsWith(`/${fileName}`)),
    );
    if (format === undefined)
      problems.push(`its declaringFiles name ${fileName}, which none of its manifest formats matches`);
    else if (!(await canDeclare(ecosystem, format)))
      problems.push(
        `the editor of ${format.id} never declares a package: write it into src/ecosystems/${ecosystem.id}/manifests, or a manifest that it can edit into fixtures/manifests/${format.id}`,
      );
  }
  return problems;
}

/** @returns Whether one of the fixtures, after its edit, declares a package that it did not declare before. */
async function canDeclare(
  { id, topPackages: [first = ''] }: Ecosystem,
  format: ManifestFormat,
): Promise<boolean> {
  const unusualName = `${first}-padder`;
  const dependency = { package: { ecosystem: id, name: unusualName }, latest: '1.2.3' };
  for (const [path, text] of fixturesOf(format)) {
    const manifest = await readManifest(path, text, format);
    const added = await lineAdded(manifest, dependency);
    if (added.kind === 'edits') return true;
  }
  return false;
}

function fixturesOf({ id }: ManifestFormat): readonly (readonly [path: string, text: string])[] {
  const folder = `fixtures/manifests/${id}`;
  return foldersIn(folder).flatMap((name) =>
    filesBelow(`${folder}/${name}`)
      .filter((file) => file !== 'expected.txt')
      .map((file) => [file, textOf(`${folder}/${name}/${file}`) ?? ''] as const),
  );
}
