import { posix } from 'node:path';
import type { RegistryLine } from '../../model/manifest.ts';
import type { NamePlaces, RegistrySource, RepositoryFile, Trust } from '../../model/registry.ts';
import type { NameSettings } from '../shared/routes.ts';
import { folderOf, isBelow } from '../shared/settings-reach.ts';
import { includeFormat } from './manifests/index.ts';
import { settingsOfList, type PythonSettings } from './registry-settings.ts';

/** A file of requirements, and what its own lines say of indexes. */
interface RequirementsFile {
  readonly path: string;
  readonly includes: readonly string[];
  readonly settings: PythonSettings;
}

/** What pip is given at once: a file of requirements with all that it includes and is constrained by. */
interface Run {
  readonly folder: string;
  readonly files: ReadonlySet<string>;
  readonly index: RegistrySource | null;
  readonly extra: readonly RegistrySource[];
  readonly offline: string | false | null;
}

/**
 * The index options of files of requirements hold for one run of pip: for what the file and those that it includes
 * declare, and `--index-url` takes the place of every other setting
 * (https://pip.pypa.io/en/stable/reference/requirements-file-format/#global-options). What no manifest declares is asked
 * for where the files in its folder say, as far as they agree.
 */
export async function requirementRuns(
  candidates: readonly RepositoryFile[],
  trust: Trust,
  placesOf: (name: string) => NamePlaces,
): Promise<readonly NameSettings[]> {
  const files = new Map<string, RequirementsFile>();
  for (const file of candidates) files.set(file.path, await readFile(file, trust));
  const included = new Set([...files.values()].flatMap(({ includes }) => includes));
  const runs = [...files.values()].map((file) => runOf(file, files));
  const whole = runs.filter((_, at) => !included.has([...files.keys()][at] ?? ''));
  return runs
    .filter(({ index, extra, offline }) => index !== null || extra.length > 0 || offline !== null)
    .map((run) => {
      const isAgreed = whole.every(({ folder, index }) => folder !== run.folder || index !== null);
      return settingsOfRun(run, { isAgreed, isList: (path) => files.has(path), placesOf, trust });
    });
}

/** Files without options and inclusions say nothing. */
async function readFile({ path, text }: RepositoryFile, trust: Trust): Promise<RequirementsFile> {
  const file = { text, trust, from: path };
  if (!text.split(/[\r\n]/).some((line) => /^\s*-/.test(line))) {
    const settings = settingsOfList(file, { index: null, extra: [], bound: [], noIndex: false });
    return { path, includes: [], settings };
  }
  const { registries, includes, constraints } = await includeFormat.read(path, text);
  const settings = settingsOfList(file, {
    index: urlsFor('all', registries).at(-1) ?? null,
    extra: urlsFor('more', registries),
    bound: [],
    noIndex: text.split(/[\r\n]/).some((line) => isOption(line, '--no-index')),
  });
  const lists = [...includes, ...constraints].map((list) => posix.join(posix.dirname(path), list.path));
  return { path, settings, includes: lists };
}

/** @returns The indexes of lines that take the place of the usual one, or that are asked besides. */
export function urlsFor(kind: 'all' | 'more', registries: readonly RegistryLine[]): readonly string[] {
  return registries.filter(({ registry }) => registry?.use.kind === kind).map(({ value }) => value);
}

/** An option may stand after others on its line, and not within a requirement's. */
function isOption(line: string, option: string): boolean {
  const words = line.trim().split(/\s+/);
  const comment = words.findIndex((word) => word.startsWith('#'));
  return (
    words[0]?.startsWith('-') === true && words.slice(0, comment < 0 ? undefined : comment).includes(option)
  );
}

function runOf(start: RequirementsFile, files: ReadonlyMap<string, RequirementsFile>): Run {
  const all = new Set([start]);
  for (const { includes } of all) {
    for (const include of includes) {
      const file = files.get(include);
      if (file !== undefined) all.add(file);
    }
  }
  const settings = [...all].map((file) => file.settings);
  return {
    folder: folderOf(start.path),
    files: new Set([...all].map(({ path }) => path)),
    index: settings.map(({ index }) => index).findLast((index) => index !== null) ?? null,
    extra: settings.flatMap(({ extra }) => extra),
    offline: settings.map(({ offline }) => offline).find((offline) => offline !== null) ?? null,
  };
}

interface RunContext {
  /** Every run of the folder has an index of its own. */
  readonly isAgreed: boolean;
  readonly isList: (path: string) => boolean;
  readonly placesOf: (name: string) => NamePlaces;
  readonly trust: Trust;
}

function settingsOfRun(run: Run, { isAgreed, isList, placesOf, trust }: RunContext): NameSettings {
  const { folder, files, index, extra, offline } = run;
  const isDeclaredHere = (name: string) => placesOf(name).declared.some((place) => files.has(place));
  const indexes = [...(index === null ? [] : [index]), ...extra];
  const isWhole = (name: string) => index !== null && (isAgreed || isDeclaredHere(name));
  return {
    trust,
    concerns: (name) => {
      const { declared, used } = placesOf(name);
      if (declared.length === 0) return folder === '' || used.some((place) => isBelow(place, folder));
      return declared.some((place) => files.has(place) || (!isList(place) && isBelow(place, folder)));
    },
    main: null,
    extra: (name) => (isWhole(name) ? [] : indexes),
    boundTo: (name) => (isWhole(name) ? indexes : []),
    sources: indexes,
    offline,
  };
}
