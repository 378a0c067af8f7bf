import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { interpolatedOptionsOf, optionsOf, readConfigParser } from '../../src/documents/configparser.ts';
import { readJson } from '../../src/documents/json.ts';
import { readToml } from '../../src/documents/toml.ts';
import { readYaml } from '../../src/documents/yaml.ts';
import { pypi } from '../../src/ecosystems/pypi/names.ts';
import { read as readSetupCfg } from '../../src/ecosystems/pypi/manifests/setup-cfg.ts';
import { compareTree } from './compare-trees.ts';
import { PythonProcess, type Answer } from './python-process.ts';
import { promise, textsBelow, type Reader } from './reader.ts';

const iniPieces =
  '[DEFAULT]\nb = %(a)s %%\n[options]\ninstall_requires: x\n  y;z # c\n ; c\n\n\ta==1\n[c]\na=\u00a0\n\u001c\u0085d\n';

interface Comparison {
  readonly formats: readonly string[];
  readonly pieces?: string;
  readonly compare: (text: string, answer: Answer) => Promise<void> | void;
}

/** By the names that they have in real-readers.py. */
const comparisons: Readonly<Record<string, Comparison>> = {
  ini: { formats: ['setup.cfg', 'pip.conf'], pieces: iniPieces, compare: compareIni },
  setuptools: { formats: ['setup.cfg'], pieces: iniPieces, compare: compareSetuptools },
  json: {
    formats: ['package.json', 'deno.json'],
    compare: async (text, { value }) => {
      if (value !== undefined) compareTree(await readJson(text), value);
    },
  },
  toml: {
    formats: ['pyproject.toml', 'uv.toml', 'Pipfile'],
    compare: async (text, { value }) => {
      if (value !== undefined) compareTree(await readToml(text), value, 'joined');
    },
  },
  pyyaml: { formats: ['environment.yml', 'pnpm-workspace.yaml'], compare: compareYaml },
};

/** Readers of Python and its packages, as far as the `python3` of this machine has them. */
export async function realPythonReaders(root: string): Promise<readonly Reader[]> {
  const process = await PythonProcess.start(path.join(root, 'test/fuzz/real-readers.py'));
  if (process === null) console.log('There is no python3: its readers are left out');
  if (process === null) return [];
  const folder = path.join(root, 'fixtures/manifests');
  return Object.entries(comparisons).flatMap(([name, { formats, pieces, compare }]): Reader[] => {
    if (!process.readers.has(name)) console.log(`python3 has no ${name}: left out`);
    if (!process.readers.has(name)) return [];
    const seeds = formats.flatMap((format) =>
      textsBelow(path.join(folder, format), (file) => !/^(?:expected|claims)\.txt$/.test(file)),
    );
    const read = async (raw: string): Promise<void> => {
      // Ours leave a byte-order mark out; most of theirs refuse it.
      const text = raw.replace(/^\uFEFF+/, '');
      await compare(text, await process.read(name, text));
    };
    const allSeeds = pieces === undefined ? seeds : [...seeds, pieces];
    return [{ id: `real ${name} of Python`, seeds: allSeeds, read, measured: null }];
  });
}

/** @returns What a value says, line by line, without what Python calls white space around it. */
function linesOf(value: unknown): readonly string[] {
  // eslint-disable-next-line no-control-regex -- they are white space to Python
  const blanks = /^[\s\x1c-\x1f\x85]+|[\s\x1c-\x1f\x85]+$/g;
  const lines = String(value).split('\n');
  return lines.map((line) => line.replace(blanks, '')).filter((line) => line !== '');
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function compareIni(text: string, { value, error }: Answer): void {
  const file = readConfigParser(text);
  promise(
    (error === undefined) === (file.broken.length === 0),
    `both refuse the text or none: ${error ?? JSON.stringify(file.broken)}`,
  );
  for (const [section, options] of entriesOf(value)) {
    const written = optionsOf(file, section);
    // setuptools, which interpolates, tells names apart that differ in capitals, and the reader beside ours does not.
    const isCommon =
      new Set(written.map(({ name }) => name)).size === new Set(written.map(({ key }) => key)).size;
    const interpolated = isCommon ? interpolatedOptionsOf(file, section) : null;
    for (const [key, values] of entriesOf(options)) {
      const [raw, meaning] = v.parse(v.tuple([v.string(), v.nullable(v.string())]), values);
      for (const [ours, theirs] of [
        [written, raw],
        [interpolated, meaning ?? undefined],
      ] as const) {
        if (ours === null || theirs === undefined) continue;
        const option = ours.findLast((candidate) => candidate.key === key);
        const lines = option?.lines.flatMap((line) => linesOf(line.value)) ?? null;
        promise(
          isDeepStrictEqual(lines, linesOf(theirs)),
          `[${section}] ${key}: ${JSON.stringify({ ours: lines, theirs })}`,
        );
      }
    }
  }
}

async function compareSetuptools(text: string, { value }: Answer): Promise<void> {
  const { dependencies, broken, defines } = await readSetupCfg(text);
  // A name that ends as an archive does is a path to us, which is told too.
  const words = dependencies.map(({ name, specifier }) => name ?? pypi.canonical(specifier));
  const names = new Set([...words, defines]);
  // So is `name===a/b`, of which the version may be anything.
  const isSeen = (name: string) => names.has(name) || words.some((word) => word.startsWith(`${name}===`));
  for (const name of Array.isArray(value) ? value.map(String) : [])
    promise(broken.length > 0 || isSeen(pypi.canonical(name)), `${name} is seen`);
}

async function compareYaml(text: string, { value }: Answer): Promise<void> {
  // What YAML 1.1 reads otherwise names nothing or is told: a byte-order mark further down, which is a letter to PyYAML, and
  // commas, colons and question marks at the end of tags and anchors or before a word in brackets.
  const isOther = /<<|\uFEFF|[[{,]\s*\?|![^\s]*,|&\S*[:?]/.test(text);
  if (value !== undefined && !isOther) compareTree(await readYaml(text, { version: '1.1' }), value);
}
