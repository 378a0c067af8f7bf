import { parse } from 'smol-toml';
import { asList, asRecord, asText } from '../../documents/values.ts';
import { optionsOf, readConfigParser } from '../../documents/configparser.ts';
import type { Credential, ProxySettings, RegistrySource, Trust } from '../../model/registry.ts';
import type { SettingsText } from '../shared/registry-files.ts';
import { sourceOf } from '../shared/registry-source.ts';
import { pypi } from './names.ts';
import { pipOptionName } from './pip-options.ts';

/** What the settings of Python's package managers say about where distributions come from, and how they are fetched. */
export interface PythonSettings {
  /** Replaces PyPI. */
  readonly index: RegistrySource | null;
  /** Asked besides the index. */
  readonly extra: readonly RegistrySource[];
  /** Names, and indexes that they are bound to. */
  readonly bound: readonly (readonly [name: string, source: RegistrySource])[];
  /** Names that are bound to an index which another file has to describe, by the name of that. */
  readonly boundElsewhere: readonly (readonly [name: string, index: string])[];
  /** Indexes that are the only ones for some names, or none for some, by patterns. */
  readonly patterns: readonly IndexPatterns[];
  /** Indexes by their names. */
  readonly named: ReadonlyMap<string, RegistrySource>;
  /** The setting that lets nothing be sent; false where it lets, null where nothing is said. */
  readonly offline: string | false | null;
  readonly credentials: readonly Credential[];
  /** How indexes are reached; none where nothing is said. */
  readonly network: ProxySettings;
  /** The path of a file with certificates. */
  readonly authorityFile: string | null;
}

/** `*` stands for any text. */
export interface IndexPatterns {
  readonly source: RegistrySource;
  readonly only: readonly string[];
  readonly never: readonly string[];
}

/** PyPI itself, where a setting names it by its name alone. */
export const PYPI_BY_NAME = 'pypi:';

interface Draft {
  index: RegistrySource | null;
  offline: string | false | null;
  readonly extra: RegistrySource[];
  readonly bound: [string, RegistrySource][];
  readonly boundElsewhere: [string, string][];
  readonly patterns: IndexPatterns[];
  readonly named: Map<string, RegistrySource>;
  readonly credentials: Credential[];
  readonly from: string;
  network: ProxySettings;
  authorityFile: string | null;
  readonly add: (rawUrl: string) => RegistrySource;
}

/** Reads a `pip.conf` (https://pip.pypa.io/en/stable/topics/configuration/): `[global]` and `[install]`. */
export function readPipConf(file: SettingsText): PythonSettings {
  const draft = newDraft(file);
  const settings = readConfigParser(file.text);
  // pip reads those of a command last, wherever they stand.
  for (const option of ['global', 'install'].flatMap((section) => optionsOf(settings, section))) {
    const key = pipOptionName(option.key);
    const value = option.lines.map((line) => line.value).join('\n');
    if (key === 'index-url') draft.index = draft.add(value);
    if (key === 'extra-index-url') for (const word of words(value)) draft.extra.push(draft.add(word));
    if (key === 'no-index') draft.offline = switchOf(value, `no-index in ${file.from}`);
    if (key === 'proxy') draft.network = through(value);
    if (key === 'cert') draft.authorityFile = value;
  }
  return draft;
}

/** The tools whose variables say where distributions come from. */
export type VariableOwner = 'pip' | 'uv';

/** https://pip.pypa.io/en/stable/topics/configuration/, https://docs.astral.sh/uv/reference/environment/ */
const VARIABLES = {
  pip: { index: ['PIP_INDEX_URL'], extra: ['PIP_EXTRA_INDEX_URL'], offline: ['PIP_NO_INDEX'] },
  uv: {
    index: ['UV_INDEX_URL', 'UV_DEFAULT_INDEX'],
    extra: ['UV_EXTRA_INDEX_URL', 'UV_INDEX'],
    offline: ['UV_OFFLINE', 'UV_NO_INDEX'],
  },
} as const;

/** @returns What `PIP_…` and `UV_…` variables say. */
export function pythonEnvironment(
  environment: ReadonlyMap<string, string>,
  owners: readonly VariableOwner[] = ['pip', 'uv'],
): PythonSettings {
  const draft = newDraft({ trust: 'user', from: 'the environment' });
  const value = (name: string): string => environment.get(name)?.trim() ?? '';
  for (const { index, extra, offline } of owners.map((owner) => VARIABLES[owner])) {
    for (const text of index.map(value)) if (text !== '') draft.index = addNamed(draft, text);
    for (const word of extra.map(value).flatMap(words)) draft.extra.push(addNamed(draft, word));
    for (const name of offline) if (value(name) !== '') addSwitch(draft, switchOf(value(name), name));
  }
  if (owners.includes('pip')) addWays(draft, value);
  return draft;
}

/** How pip is told to reach indexes. */
function addWays(draft: Draft, value: (name: string) => string): void {
  const [proxy, authorityFile] = [value('PIP_PROXY'), value('PIP_CERT')];
  if (proxy !== '') draft.network = through(proxy);
  if (authorityFile !== '') draft.authorityFile = authorityFile;
}

/** uv writes `name=url` for an index with a name. */
function addNamed(draft: Draft, text: string): RegistrySource {
  const [, name, url = text] = /^([A-Za-z0-9_.-]+)=([a-z]+:\/\/.*)$/.exec(text) ?? [];
  const source = draft.add(url);
  if (name !== undefined) draft.named.set(name, source);
  return source;
}

/** The tools that have tables of their own in a pyproject.toml. */
export type TableOwner = 'uv' | 'poetry' | 'pdm' | 'rye';

const direct: ProxySettings = { proxy: null, httpsProxy: null, noProxy: null, authorities: [] };

/** pip's proxy serves every address, also where the variables name another one. */
function through(proxy: string): ProxySettings {
  return { ...direct, proxy, httpsProxy: proxy };
}

/**
 * Reads a `uv.toml`, or the `[tool.uv]`, `[tool.poetry]`, `[tool.pdm]` and `[tool.rye]` tables of a `pyproject.toml`.
 * A file that is no TOML says nothing: its own reader reports it.
 *
 * @param isProject The tables stand where a `pyproject.toml` has them, as in the metadata of a script.
 */
export function readIndexToml(
  file: SettingsText,
  owners: readonly TableOwner[] = ['uv', 'poetry', 'pdm', 'rye'],
  isProject = file.from.endsWith('pyproject.toml'),
): PythonSettings {
  const draft = newDraft(file);
  const document = parsed(file.text);
  const tool = asRecord(document.get('tool'));
  for (const owner of owners) {
    const table = isProject ? asRecord(tool.get(owner)) : owner === 'uv' ? document : new Map();
    READERS[owner](table, draft);
  }
  return draft;
}

const READERS: Readonly<Record<TableOwner, (table: ReadonlyMap<string, unknown>, draft: Draft) => void>> = {
  uv: readUv,
  poetry: readPoetry,
  pdm: readPdm,
  rye: readRye,
};

/** https://docs.astral.sh/uv/concepts/indexes/ */
function readUv(uv: ReadonlyMap<string, unknown>, draft: Draft): void {
  // `[tool.uv.pip]` holds for `uv pip` alone, and goes before (https://docs.astral.sh/uv/reference/settings/#pip).
  for (const table of [uv, asRecord(uv.get('pip'))]) {
    addIndex(draft, asText(table.get('index-url')), 'default');
    for (const url of asList(table.get('extra-index-url'))) addIndex(draft, asText(url), 'supplemental');
  }
  for (const index of asList(uv.get('index')).map(asRecord)) {
    const priority = index.get('default') === true ? 'default' : 'supplemental';
    const source = addIndex(
      draft,
      asText(index.get('url')),
      index.get('explicit') === true ? 'explicit' : priority,
    );
    nameIndex(draft, index, source);
  }
  for (const [name, choices] of asRecord(uv.get('sources'))) bindBy(draft, name, { choices, key: 'index' });
  for (const key of ['no-index', 'offline']) {
    const value = uv.get(key);
    if (typeof value === 'boolean') addSwitch(draft, value && unsent(`${key} in ${draft.from}`));
  }
}

/** https://python-poetry.org/docs/repositories/: with a primary source, PyPI is one only where it is named. */
function readPoetry(poetry: ReadonlyMap<string, unknown>, draft: Draft): void {
  const sources = asList(poetry.get('source')).map(asRecord);
  const isPypi = (source: ReadonlyMap<string, unknown>) =>
    source.get('url') === undefined && asText(source.get('name'))?.toLowerCase() === 'pypi';
  const isPypiFirst = sources.some((source) => isPypi(source) && poetryPriority(source) === 'primary');
  for (const table of sources.filter((source) => !isPypi(source))) {
    const priority = poetryPriority(table);
    const isOther = priority === 'primary' && (isPypiFirst || draft.index !== null);
    const source = addIndex(draft, asText(table.get('url')), isOther ? 'supplemental' : priority);
    nameIndex(draft, table, source);
  }
  const groups = [...asRecord(poetry.get('group')).values()].map(asRecord);
  const tables = [
    ...groups.map((group) => group.get('dependencies')),
    ...['dependencies', 'dev-dependencies', 'requires-plugins'].map((key) => poetry.get(key)),
  ];
  for (const [name, choices] of tables.flatMap((table) => [...asRecord(table)]))
    bindBy(draft, name, { choices, key: 'source' });
}

/** Poetry 1 wrote `default = true` and `secondary = true`. */
function poetryPriority(source: ReadonlyMap<string, unknown>): string {
  if (source.get('default') === true) return 'default';
  if (source.get('secondary') === true) return 'supplemental';
  return asText(source.get('priority'))?.toLowerCase() ?? 'primary';
}

/** https://pdm-project.org/en/latest/usage/config/#configure-the-package-indexes */
function readPdm(pdm: ReadonlyMap<string, unknown>, draft: Draft): void {
  for (const table of asList(pdm.get('source')).map(asRecord)) {
    if (table.get('type') === 'find_links') continue;
    const replaces = asText(table.get('name')) === 'pypi';
    const only = patternsIn(table.get('include_packages'));
    const never = patternsIn(table.get('exclude_packages'));
    const hasPatterns = only.length + never.length > 0;
    const priority = replaces ? 'default' : hasPatterns ? 'explicit' : 'supplemental';
    const source = addIndex(draft, asText(table.get('url')), priority);
    if (source !== null && hasPatterns) draft.patterns.push({ source, only, never });
  }
}

function patternsIn(value: unknown): readonly string[] {
  return asList(value).flatMap((item) => (typeof item === 'string' ? [item] : []));
}

/** https://rye.astral.sh/guide/sources/ */
function readRye(rye: ReadonlyMap<string, unknown>, draft: Draft): void {
  for (const table of asList(rye.get('sources')).map(asRecord)) {
    const isDefault = asText(table.get('name')) === 'default';
    addIndex(draft, asText(table.get('url')), isDefault ? 'default' : 'supplemental');
  }
}

/** Reads a `Pipfile`: its first source serves what is bound to no other (https://pipenv.pypa.io/en/latest/indexes.html). */
export function readPipfile(file: SettingsText): PythonSettings {
  const draft = newDraft(file);
  const document = parsed(file.text);
  for (const [at, table] of asList(document.get('source')).map(asRecord).entries()) {
    nameIndex(draft, table, addIndex(draft, asText(table.get('url')), at === 0 ? 'default' : 'explicit'));
  }
  for (const [key, packages] of document) {
    if (key === 'source') continue;
    for (const [name, choices] of asRecord(packages)) bindBy(draft, name, { choices, key: 'index' });
  }
  return draft;
}

/** What a file says in the words of its manifest format: URLs, without a name for any. */
export interface ListedIndexes {
  readonly index: string | null;
  readonly extra: readonly string[];
  readonly bound: readonly (readonly [name: string, url: string])[];
  readonly noIndex: boolean;
}

/** @returns The settings that a manifest of requirements holds. */
export function settingsOfList(
  file: SettingsText,
  { index, extra, bound, noIndex }: ListedIndexes,
): PythonSettings {
  const draft = newDraft(file);
  if (index !== null) draft.index = draft.add(index);
  for (const url of extra) draft.extra.push(draft.add(url));
  for (const [name, url] of bound) draft.bound.push([name, draft.add(url)]);
  if (noIndex) draft.offline = unsent(`--no-index in ${file.from}`);
  return draft;
}

/** A dependency names its index in a table, or in several for different environments. */
function bindBy(draft: Draft, name: string, { choices, key }: { choices: unknown; key: string }): void {
  for (const choice of Array.isArray(choices) ? choices : [choices]) {
    const index = asText(asRecord(choice).get(key));
    if (index === null) continue;
    const source = URL.canParse(index) ? draft.add(index) : draft.named.get(index);
    if (source !== undefined) draft.bound.push([pypi.canonical(name), source]);
    else if (index.toLowerCase() === 'pypi')
      draft.bound.push([pypi.canonical(name), draft.add(PYPI_BY_NAME)]);
    else draft.boundElsewhere.push([pypi.canonical(name), index]);
  }
}

function nameIndex(draft: Draft, table: ReadonlyMap<string, unknown>, source: RegistrySource | null): void {
  const name = asText(table.get('name'));
  if (name !== null && source !== null) draft.named.set(name, source);
}

function addIndex(draft: Draft, url: string | null, priority: string): RegistrySource | null {
  if (url === null) return null;
  const source = draft.add(url);
  if (priority === 'default' || priority === 'primary') draft.index = source;
  else if (priority !== 'explicit') draft.extra.push(source);
  return source;
}

function newDraft(named: { readonly trust: Trust; readonly from: string }): Draft {
  const { trust, from } = named;
  const credentials: Credential[] = [];
  const add = (rawUrl: string): RegistrySource => {
    const { source, credentials: urlCredentials } = sourceOf(rawUrl, { trust, from });
    for (const credential of urlCredentials) credentials.push(credential);
    return source;
  };
  const lists = { extra: [], bound: [], boundElsewhere: [], patterns: [] };
  const ways = { network: direct, authorityFile: null };
  return { index: null, offline: null, ...lists, named: new Map(), credentials, ...ways, from, add };
}

/** Of several switches one that lets nothing be sent is enough. */
function addSwitch(draft: Draft, offline: string | false): void {
  if (typeof draft.offline !== 'string') draft.offline = offline;
}

/** pip and uv take several words for yes and no. */
function switchOf(value: string, setting: string): string | false {
  return /^(?:0|no|n|false|f|off)$/i.test(value.trim()) ? false : unsent(setting);
}

function unsent(setting: string): string {
  return `${setting} lets no index be asked`;
}

function parsed(text: string): ReadonlyMap<string, unknown> {
  try {
    return asRecord(parse(text));
  } catch (error) {
    if (error instanceof Error) return new Map();
    throw error;
  }
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
