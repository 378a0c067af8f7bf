import { parse } from 'smol-toml';
import { asList, asRecord, asText } from '../../documents/values.ts';
import { readSettings } from '../../documents/settings.ts';
import type { Credential, ProxySettings, RegistrySource, Trust } from '../../model/registry.ts';
import type { SettingsText } from '../shared/registry-files.ts';
import { sourceOf } from '../shared/registry-source.ts';

/** What pip's and uv's settings say about where distributions come from, and how they are fetched. */
export interface PythonSettings {
  /** Replaces PyPI. */
  readonly index: RegistrySource | null;
  /** Asked besides the index. */
  readonly extra: readonly RegistrySource[];
  /** Indexes that only serve the packages that are bound to them. */
  readonly bound: ReadonlyMap<string, RegistrySource>;
  readonly credentials: readonly Credential[];
  /** How indexes are reached; none where nothing is said. */
  readonly network: ProxySettings;
  /** The path of a file with certificates. */
  readonly authorityFile: string | null;
}

interface Draft {
  index: RegistrySource | null;
  readonly extra: RegistrySource[];
  readonly bound: Map<string, RegistrySource>;
  readonly credentials: Credential[];
  network: ProxySettings;
  authorityFile: string | null;
  readonly add: (rawUrl: string) => RegistrySource;
}

/** Reads a `pip.conf` (https://pip.pypa.io/en/stable/topics/configuration/): `[global]` and `[install]`. */
export function readPipConf(file: SettingsText): PythonSettings {
  const draft = newDraft(file);
  for (const { section, key, value } of readSettings(file.text)) {
    if (section !== 'global' && section !== 'install') continue;
    if (key === 'index-url' || key === 'index_url') draft.index = draft.add(value);
    if (key === 'proxy') draft.network = through(value);
    if (key === 'cert') draft.authorityFile = value;
    if (key === 'extra-index-url' || key === 'extra_index_url')
      for (const word of words(value)) draft.extra.push(draft.add(word));
  }
  return draft;
}

/** What `PIP_…` and `UV_…` variables say (https://docs.astral.sh/uv/reference/environment/). */
export function pythonEnvironment(environment: ReadonlyMap<string, string>): PythonSettings {
  const draft = newDraft({ trust: 'user', from: 'the environment' });
  const variable = (name: string): string => environment.get(name)?.trim() ?? '';
  for (const name of ['PIP_INDEX_URL', 'UV_INDEX_URL', 'UV_DEFAULT_INDEX']) {
    const url = withoutName(variable(name));
    if (url !== '') draft.index = draft.add(url);
  }
  for (const name of ['PIP_EXTRA_INDEX_URL', 'UV_EXTRA_INDEX_URL', 'UV_INDEX']) {
    for (const word of words(variable(name))) draft.extra.push(draft.add(withoutName(word)));
  }
  const proxy = variable('PIP_PROXY');
  if (proxy !== '') draft.network = through(proxy);
  draft.authorityFile = variable('PIP_CERT') === '' ? null : variable('PIP_CERT');
  return draft;
}

const direct: ProxySettings = { proxy: null, httpsProxy: null, noProxy: null, authorities: [] };

/** pip's proxy serves every address, also where the variables name another one. */
function through(proxy: string): ProxySettings {
  return { ...direct, proxy, httpsProxy: proxy };
}

/**
 * Reads a `uv.toml`, or the `[tool.uv]`, `[tool.poetry]` and `[tool.pdm]` tables of a `pyproject.toml`.
 * A file that is no TOML says nothing: its own reader reports it.
 */
export function readIndexToml(file: SettingsText): PythonSettings {
  const draft = newDraft(file);
  const document = parsed(file.text);
  const tool = asRecord(document.get('tool'));
  const uv = file.from.endsWith('pyproject.toml') ? asRecord(tool.get('uv')) : document;
  readUv(uv, draft);
  for (const source of asList(asRecord(tool.get('poetry')).get('source')).map(asRecord)) {
    addIndex(draft, asText(source.get('url')), asText(source.get('priority')) ?? 'primary');
  }
  for (const source of asList(asRecord(tool.get('pdm')).get('source')).map(asRecord)) {
    const replaces = asText(source.get('name')) === 'pypi';
    addIndex(draft, asText(source.get('url')), replaces ? 'default' : 'supplemental');
  }
  return draft;
}

function readUv(uv: ReadonlyMap<string, unknown>, draft: Draft): void {
  addIndex(draft, asText(uv.get('index-url')), 'default');
  for (const url of asList(uv.get('extra-index-url'))) addIndex(draft, asText(url), 'supplemental');
  const named = new Map<string, RegistrySource>();
  for (const index of asList(uv.get('index')).map(asRecord)) {
    const url = asText(index.get('url'));
    if (url === null) continue;
    const priority = index.get('default') === true ? 'default' : 'supplemental';
    const source = addIndex(draft, url, index.get('explicit') === true ? 'explicit' : priority);
    const name = asText(index.get('name'));
    if (name !== null && source !== null) named.set(name, source);
  }
  for (const [name, choices] of asRecord(uv.get('sources'))) {
    for (const choice of Array.isArray(choices) ? choices : [choices]) {
      const source = named.get(asText(asRecord(choice).get('index')) ?? '');
      if (source !== undefined) draft.bound.set(name.replace(/[-_.]+/g, '-').toLowerCase(), source);
    }
  }
}

function addIndex(draft: Draft, url: string | null, priority: string): RegistrySource | null {
  if (url === null) return null;
  const source = draft.add(url);
  if (priority === 'default' || priority === 'primary') draft.index = source;
  else if (priority !== 'explicit') draft.extra.push(source);
  return source;
}

function newDraft(named: { readonly trust: Trust; readonly from: string }): Draft {
  const credentials: Credential[] = [];
  const add = (rawUrl: string): RegistrySource => {
    const { source, credentials: urlCredentials } = sourceOf(rawUrl, {
      trust: named.trust,
      from: named.from,
    });
    for (const credential of urlCredentials) credentials.push(credential);
    return source;
  };
  return { index: null, extra: [], bound: new Map(), credentials, network: direct, authorityFile: null, add };
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

/** uv writes `name=url` for an index with a name. */
function withoutName(text: string): string {
  return text.replace(/^[A-Za-z0-9_.-]+=(?=[a-z]+:\/\/)/, '');
}
