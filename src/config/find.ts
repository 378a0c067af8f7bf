import type { Fault } from '../model/fault.ts';
import type { Files } from '../model/language.ts';
import type { DataFormat } from '../documents/data-file.ts';
import { pathLiteral, type RepositoryPath } from '../text/repository-path.ts';
import { SETTINGS_NAME } from '../model/tool.ts';

/**
 * A config in its file. `within` are the keys that lead to it: none where the file is the config.
 */
export interface ConfigSource {
  readonly file: RepositoryPath;
  readonly format: DataFormat;
  readonly within: readonly string[];
}

export type FoundConfig =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly source: ConfigSource; readonly text: string }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] };

/**
 * Every place where a config may stand: those where cosmiconfig looks by default
 * (https://github.com/cosmiconfig/cosmiconfig#searchplaces), less programs, and pyproject.toml. None of them is code, and no
 * other file is looked at.
 */
const places: readonly ConfigSource[] = [
  ...filesNamed(`.${SETTINGS_NAME}rc`),
  ...filesNamed(`.config/${SETTINGS_NAME}rc`),
  { file: pathLiteral('package.json'), format: 'json', within: [SETTINGS_NAME] },
  { file: pathLiteral('pyproject.toml'), format: 'toml', within: ['tool', SETTINGS_NAME] },
];

function filesNamed(name: string): readonly ConfigSource[] {
  return [
    { file: pathLiteral(name), format: 'yaml', within: [] },
    { file: pathLiteral(`${name}.json`), format: 'json', within: [] },
    { file: pathLiteral(`${name}.yaml`), format: 'yaml', within: [] },
    { file: pathLiteral(`${name}.yml`), format: 'yaml', within: [] },
  ];
}

/** Paths of all those places. */
export const configPlaces: readonly string[] = places.map(({ file }) => file);

/** @returns Whether a config is one part among others of the file with this path: a manifest changes for many reasons. */
export function isManifestPlace(path: string): boolean {
  return places.some(({ file, within }) => file === path && within.length > 0);
}

/**
 * Finds the config of a project. `package.json` and `pyproject.toml` are parsed only where their text
 * contains `check-imports`, so that a project without a config costs no parser.
 *
 * @returns The one place that holds a config; a fault that names them all where several do.
 */
export async function findConfig(files: Files): Promise<FoundConfig> {
  const existingFiles = await files.existing(places.map(({ file }) => file));
  const configs: { readonly source: ConfigSource; readonly text: string }[] = [];
  const faults: Fault[] = [];
  for (const source of places) {
    const text = existingFiles.has(source.file) ? await files.text(source.file) : undefined;
    if (text === undefined) {
      if (existingFiles.has(source.file) && source.within.length === 0) faults.push(unreadable(source.file));
      continue;
    }
    if (await mayHold(source, text)) configs.push({ source, text });
  }
  const [first, second] = configs;
  if (faults.length > 0) return { kind: 'faults', faults };
  if (first === undefined) return { kind: 'none' };
  if (second === undefined) return { kind: 'found', ...first };
  return { kind: 'faults', faults: [several(configs.map(({ source }) => source))] };
}

/**
 * The source of a config that the user names (`--config F`).
 *
 * @returns Its format after its name; YAML, of which JSON is a part, for any other name.
 */
export function namedSource(file: RepositoryPath): ConfigSource {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const place = places.find((candidate) => candidate.file === name);
  if (place !== undefined) return { ...place, file };
  const format = name.endsWith('.json') ? 'json' : name.endsWith('.toml') ? 'toml' : 'yaml';
  return { file, format, within: [] };
}

/** @returns Whether a file holds a config; true as well where only a parser's fault would tell. */
async function mayHold({ format, within }: ConfigSource, text: string): Promise<boolean> {
  if (within.length === 0) return true;
  if (!text.includes(SETTINGS_NAME)) return false;
  const { select } = await import('../documents/document.ts');
  const { readDataFile } = await import('../documents/data-file.ts');
  const { root, problems } = await readDataFile(format, text);
  if (problems.length > 0) return mentions(format, text);
  return select(root, ...within).length > 0;
}

/** In a file that can't be parsed: does it look as if it held a config? */
function mentions(format: DataFormat, text: string): boolean {
  return format === 'json'
    ? /"check-imports"\s*:\s*\{/.test(text)
    : /^[ \t]*\[+[ \t]*tool[ \t]*\.[ \t]*["']?check-imports/m.test(text);
}

function unreadable(file: string): Fault {
  const message = 'the config can’t be read';
  return { kind: 'config', file, line: null, column: null, message, next: 'Check that it is a text file.' };
}

function several(sources: readonly ConfigSource[]): Fault {
  const names = sources.map(({ file, within }) => [file, ...within].join(' → '));
  const message = `there are several configs: ${names.join(', ')}`;
  const next = 'Keep one of them.';
  return { kind: 'config', file: sources[0]?.file ?? null, line: null, column: null, message, next };
}
