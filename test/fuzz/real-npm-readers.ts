import { createRequire } from 'node:module';
import path from 'node:path';
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
  const npm = path.join(process.execPath, '../../lib/node_modules/npm/node_modules/');
  const npmrc = [...seedsOf('.npmrc'), npmrcPieces];
  const yarn = parseOf(root, '@yarnpkg/lockfile', 'parse');
  const comparisons: readonly [
    string,
    readonly string[],
    Parse | null,
    (text: string, value: unknown) => unknown,
  ][] = [
    ['ini of npm', npmrc, parseOf(npm, 'ini', 'parse'), compareNpmrc],
    ['ini beside the tool', npmrc, parseOf(root, 'ini', 'parse'), compareRegistries],
    [
      'js-yaml',
      [...seedsOf('pnpm-workspace.yaml'), ...seedsOf('.yarnrc.yml')],
      parseOf(root, 'js-yaml', 'load', { schema: exportOf(root, 'js-yaml', 'FAILSAFE_SCHEMA') }),
      compareYaml,
    ],
    ['@yarnpkg/lockfile', [...seedsOf('.yarnrc'), yarnrcPieces], yarn && parseByYarn(yarn), compareYarnrc],
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

/** @returns What a package exports under a name; null where it is not there. */
function exportOf(folder: string, packageName: string, name: string): unknown {
  try {
    const loaded: unknown = createRequire(path.join(folder, 'x.js'))(packageName);
    return v.parse(v.looseObject({}), loaded)[name];
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

function parseOf(
  folder: string,
  packageName: string,
  name: string,
  ...options: readonly unknown[]
): Parse | null {
  const parse = exportOf(folder, packageName, name);
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
  if (!text.includes('<<')) compareTree(await readYaml(text), value);
}

/** Yarn's reader takes time with the square of the length, and never ends where a quote or the last comment is open. */
function parseByYarn(parse: Parse): Parse {
  return (text) => {
    const isOpen = text.replace(/"(?:[^"\\]|\\.)*"/g, '').includes('"');
    return isOpen || text.length > LONGEST ? undefined : parse(`${text}\n`);
  };
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
