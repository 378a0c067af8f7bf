import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';
import * as v from 'valibot';
import { readNpmIni } from '../../src/documents/npm-ini.ts';
import { readYaml } from '../../src/documents/yaml.ts';
import { classicRegistryOf, classicSettings } from '../../src/ecosystems/npm/classic-yarnrc.ts';
import { read as readNpmrc } from '../../src/ecosystems/npm/manifests/npmrc.ts';
import { withoutCredentials } from '../../src/ecosystems/shared/source-location.ts';
import { compareTree } from './compare-trees.ts';
import { promise, textsBelow, type Reader } from './reader.ts';

type Parse = (text: string) => unknown;

const npmrcPieces =
  '"\\u0072egistry" = \'"https://a.example"\' ; c\n[s] \nregistry[]=https://b.example\n[t]\n@a:registry=\u00a0c\\;d\\\\;\n';
const yarnrcPieces =
  '# c\nregistry "https://a.example"\n"@a:registry", b: true\n--install.registry c\nd 1\ne:\n  f "g\\u0041"\n';

/** Of texts for Yarn's reader, in UTF-16 code units. */
const LONGEST = 10_000;

/** Readers of npm, pnpm and Yarn, as far as this machine has them: beside the tool, in npm, or on NODE_PATH. */
export function realNpmReaders(root: string): readonly Reader[] {
  const manifests = path.join(root, 'fixtures/manifests');
  const seedsOf = (format: string) =>
    textsBelow(path.join(manifests, format), (name) => !/^(?:expected|claims)\.txt$/.test(name));
  const folders = [
    path.join(root, 'node_modules'),
    ...(process.env['NODE_PATH'] ?? '').split(path.delimiter),
  ];
  const placesOf = (file: string) => folders.map((folder) => path.join(folder, file));
  const ofNpm = path.join(process.execPath, '../../lib/node_modules/npm/node_modules/ini/lib/ini.js');
  const jsYaml = placesOf('js-yaml/index.js');
  const schema = exportOf(jsYaml, 'FAILSAFE_SCHEMA');
  const yarn = parseOf(placesOf('@yarnpkg/lockfile/index.js'), 'parse');
  const npmrc = [...seedsOf('.npmrc'), npmrcPieces];
  const yaml = [...seedsOf('pnpm-workspace.yaml'), ...seedsOf('.yarnrc.yml')];
  const comparisons: readonly [
    string,
    readonly string[],
    Parse | null,
    (text: string, value: unknown) => unknown,
  ][] = [
    ['ini of npm', npmrc, parseOf([ofNpm], 'parse'), compareNpmrc],
    ['ini beside the tool', npmrc, parseOf(placesOf('ini/ini.js'), 'parse'), compareRegistries],
    ['js-yaml', yaml, parseOf(jsYaml, 'load', { schema }), compareYaml],
    ['lockfile of Yarn', [...seedsOf('.yarnrc'), yarnrcPieces], yarn && parseByYarn(yarn), compareYarnrc],
  ];
  return comparisons.flatMap(([name, seeds, parse, compare]): Reader[] => {
    if (parse === null) console.log(`${name} is not here: left out`);
    if (parse === null) return [];
    const read = async (text: string): Promise<void> => {
      const value = answerOf(parse, text);
      if (value !== undefined) await compare(text, value);
    };
    return [{ id: `real ${name}`, seeds, read, measured: null }];
  });
}

/** @returns What it reads; undefined where it refuses the text. */
function answerOf(parse: Parse, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/**
 * @param paths Where the module may lie. It is evaluated as Node does it: an import would name packages that need not be
 *   here.
 * @returns What it exports under a name; null where it is nowhere.
 */
function exportOf(paths: readonly string[], name: string): unknown {
  const file = paths.find((place) => existsSync(place));
  if (file === undefined) return null;
  const module = { exports: {} };
  const text = `(function (module, exports, require) {${readFileSync(file, 'utf8')}\n})`;
  const evaluate = v.parse(v.function(), new Script(text, { filename: file }).runInThisContext());
  evaluate(module, module.exports, createRequire(file));
  return v.parse(v.looseObject({}), module.exports)[name];
}

function parseOf(paths: readonly string[], name: string, ...options: readonly unknown[]): Parse | null {
  const parse = exportOf(paths, name);
  return v.is(v.function(), parse) ? (text) => parse(text, ...options) : null;
}

/** What stands before the first section, by its keys. */
function settingsIn(value: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(value ?? {}).filter(([, inner]) => typeof inner !== 'object' || Array.isArray(inner));
}

function compareNpmrc(text: string, value: unknown): Promise<void> {
  const ours = readNpmIni(text).filter(({ section }) => section === null);
  for (const [key, inner] of settingsIn(value)) {
    const found = ours.filter((setting) => setting.key.value === key);
    const texts = found.map((setting) => setting.value?.value ?? 'true');
    const last: unknown = Array.isArray(inner) ? inner.at(-1) : inner;
    promise(texts.includes(String(last)), `${key} = ${JSON.stringify([texts, last])}`);
  }
  return compareRegistries(text, value);
}

/** What npm asks, the manifest names. */
async function compareRegistries(text: string, value: unknown): Promise<void> {
  const { registries, usualRegistries } = await readNpmrc(text);
  for (const [key, inner] of settingsIn(value)) {
    if (!/^(?:@[^:]+:)?registry$/.test(key) || typeof inner !== 'string' || inner.trim() === '') continue;
    const scope = /^(@[^:]+):/.exec(key)?.[1];
    const address = withoutCredentials(inner.trim());
    const label = scope === undefined ? address : `${address} for ${scope}`;
    const isSeen = registries.some((line) => line.value === label) || usualRegistries.length > 0;
    promise(isSeen, `${key} = ${JSON.stringify(inner)} is seen`);
  }
}

async function compareYaml(text: string, value: unknown): Promise<void> {
  // A byte-order mark further down is a letter to js-yaml and nothing to ours.
  if (!/<<|(?!^)\uFEFF/.test(text)) compareTree(await readYaml(text), value);
}

/** Yarn's reader takes time with the square of the length, and never ends where a quote or the last comment is open. */
function parseByYarn(parse: Parse): Parse {
  const isOpen = (line: string) => line.replace(/(?<=^|[ :,])"(?:[^"\\]|\\.)*"/g, '').includes('"');
  return (text) => (text.length > LONGEST || text.split('\n').some(isOpen) ? undefined : parse(`${text}\n`));
}

async function compareYarnrc(text: string, value: unknown): Promise<void> {
  const settings = await classicSettings(text);
  const { object } = v.parse(v.object({ object: v.record(v.string(), v.unknown()) }), value);
  for (const [key, inner] of Object.entries(object)) {
    if (typeof inner !== 'string' || classicRegistryOf(key) === null) continue;
    promise(
      settings.some((setting) => setting.key === key && setting.value === inner),
      `${key} = ${JSON.stringify(inner)} is seen`,
    );
  }
}
