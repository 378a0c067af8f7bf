import { rules } from '../../rules/index.ts';
import { configPlaces } from '../../src/config/find.ts';
import { defaults } from '../../src/config/config.ts';
import { commandFiles, containers } from '../../src/containers/index.ts';
import { mayBeIncluded } from '../../src/declarations/read.ts';
import { ecosystems } from '../../src/ecosystems/index.ts';
import { manifestFormats } from '../../src/ecosystems/manifest-formats.ts';
import { languages } from '../../src/languages/index.ts';
import { severityNames } from '../../src/lsp/settings.ts';
import { watchers } from '../../src/lsp/watch.ts';
import { placeOf } from '../../src/starts/places.ts';
import { coverableWords } from '../../src/whitelist/coverable-words.ts';
import { entryKinds as kinds, keysOf, longestReason } from '../../src/whitelist/entry.ts';
import { editorDocuments, extensionManifest } from './extension.ts';
import { declaredRows, declaredWords } from './declared-words.ts';
import { filePattern, hookDefinitions, type RelevantFiles } from './file-pattern.ts';
import { editorsPage, rulesPage, supportedFilesPage } from './pages.ts';
import { supportedFiles } from './supported-files.ts';
import { configSchema, listSchema, reportSchema } from './schemas.ts';
import { whitelistSchema } from './whitelist-schema.ts';

/** A file that follows from the code, wholly or in parts. */
export interface GeneratedFile {
  readonly path: string;
  /** @returns The text that the code asks for; what is written by hand is taken from the current one. */
  generate(current: string): string;
}

/**
 * @param read Gives the text of a file, by its path from the root.
 * @returns Every file of which a part is generated.
 */
export function generatedFiles(read: (path: string) => string): readonly GeneratedFile[] {
  const words = (path: string, name: string, ...members: readonly string[]) =>
    declaredWords({ path, text: read(path) }, name, ...members);
  const rows = (path: string, name: string) => declaredRows({ path, text: read(path) }, name);
  return [
    { path: 'README.md', generate: (page) => rulesPage(page, rules) },
    {
      path: 'schema/config.schema.json',
      generate: (text) =>
        configSchema(text, {
          rules,
          ecosystems,
          levels: words('src/config/config.ts', 'RuleLevel'),
          trust: words('src/model/status.ts', 'TrustedRecords'),
          lookup: words('src/config/config.ts', 'Config', 'lookup'),
          assistants: words('src/config/config.ts', 'Config', 'assistants'),
          policyFrom: words('src/config/config.ts', 'Config', 'policyFrom'),
          requested: words('src/config/config.ts', 'Config', 'requested'),
          commands: words('src/model/commands-setting.ts', 'CommandsSetting'),
          ignorePaths: defaults.ignorePaths,
        }),
    },
    {
      path: 'schema/approved-packages.schema.json',
      generate: () => whitelistSchema({ ecosystems, kinds, keysOf, longestReason, coverableWords }),
    },
    {
      path: 'schema/report.schema.json',
      generate: (text) =>
        reportSchema(text, {
          scopes: words('src/model/finding.ts', 'ScopeName'),
          lookups: words('src/model/report.ts', 'Report', 'lookups'),
          statuses: words('src/model/status.ts', 'ApprovalStatus', 'kind'),
          severities: words('src/model/finding.ts', 'Severity'),
          factStates: words('src/model/evidence.ts', 'Fact', 'state'),
          faultKinds: words('src/model/fault.ts', 'Fault', 'kind'),
        }),
    },
    {
      path: 'schema/list.schema.json',
      generate: (text) =>
        listSchema(text, {
          origins: words('src/model/reference.ts', 'Origin', 'kind'),
          referenceKinds: words('src/model/reference.ts', 'Reference', 'kind'),
        }),
    },
    {
      path: 'mirrors/pre-commit/.pre-commit-hooks.yaml',
      generate: (text) =>
        hookDefinitions(text, filePattern(relevantFiles(rows('src/starts/places.ts', 'endings').flat()))),
    },
    {
      path: 'docs/supported-files.md',
      generate: (page) => supportedFilesPage(page, supportedFiles()),
    },
    {
      path: 'docs/editors.md',
      generate: (page) =>
        editorsPage(page, {
          languageIds,
          languages,
          containers,
          manifestTypes: ['json', 'toml', 'requirements'],
        }),
    },
    {
      path: 'editors/vscode/package.json',
      generate: (text) =>
        extensionManifest(text, {
          ruleIds: rules.map(({ id }) => id),
          severities: Object.keys(severityNames),
        }),
    },
    {
      path: 'editors/vscode/src/documents.json',
      generate: () =>
        editorDocuments({
          languages: languageIds.map(({ id }) => id),
          files: [
            ...new Set([
              ...watchers.map(({ globPattern }) => globPattern),
              ...commandPaths.map((path) => `**/${path.replace(/^\//, '')}`),
            ]),
          ],
        }),
    },
  ];
}

/** What editors call the languages, each with the ending of a file in it. */
const languageIds = [
  ...languages.flatMap(({ editorIds }) => [...editorIds].map(([id, extension]) => ({ id, extension }))),
  ...containers.flatMap(({ editorId: id, extensions: [extension = ''] }) =>
    id === null ? [] : [{ id, extension }],
  ),
];

/** How the paths of files end whose commands somebody runs without having read them. */
const commandPaths = commandFiles
  .filter(({ commands }) => commands.runBy !== 'reader')
  .flatMap(({ commands }) => [...commands.fileNames, ...commands.paths]);

/** Endings of the lists that a requirements file may include, which have no usual names. */
const includedExtensions = ['txt', 'in', 'pip', 'list', 'lst', 'req', 'reqs', 'requirements'];

/** Names that only `src/starts/places.ts` knows, each with a path that has it. */
const startNames = [
  { expression: 'lintstagedrc', path: '.lintstagedrc' },
  { expression: 'husky/[^/]+', path: '.husky/common.bash' },
  { expression: 'justfile', path: '.justfile' },
];

function relevantFiles(startExtensions: readonly string[]): RelevantFiles {
  const unread = [
    ...includedExtensions.filter((extension) => !mayBeIncluded(`list.${extension}`)),
    ...startNames.filter(({ path }) => placeOf(path) === undefined).map(({ path }) => path),
  ];
  if (unread.length > 0) throw new Error(`nothing reads ${unread.join(', ')} any more`);
  return {
    extensions: [
      ...[...languages, ...containers].flatMap(({ extensions }) => extensions),
      ...startExtensions,
      ...includedExtensions,
    ],
    names: [...manifestFormats.flatMap(({ fileNames }) => fileNames), ...configPlaces, defaults.whitelist],
    dotNames: startNames.map(({ expression }) => expression),
    paths: commandPaths,
  };
}
