import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import configSchema from '../../schema/config.schema.json' with { type: 'json' };
import whitelistSchema from '../../schema/approved-packages.schema.json' with { type: 'json' };
import { defaults } from '../../src/config/config.ts';
import { findConfig } from '../../src/config/find.ts';
import { loadConfig } from '../../src/config/load.ts';
import { readWhitelist } from '../../src/whitelist/read.ts';
import { wrongWithPath } from '../../src/whitelist/file.ts';
import { filesFrom, filesOf, fixtures } from './folder.ts';
import { rules } from './rules.ts';

const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
formats.default(ajv);
const [isConfig, isWhitelist] = [ajv.compile(configSchema), ajv.compile(whitelistSchema)];

/** @returns The value of a data file, or the error of its parser. */
function valueOf(format: 'json' | 'yaml' | 'toml', text: string): { value: unknown } | { error: unknown } {
  try {
    const value: unknown =
      format === 'json' ? JSON.parse(text) : format === 'toml' ? parseToml(text) : parseYaml(text);
    return { value };
  } catch (error) {
    return { error };
  }
}

const folder = join(fixtures, 'whitelist');
describe('whitelists: schema, reader and file name agree', () => {
  test.each(readdirSync(folder))('%s', async (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const { faults } = await readWhitelist(name, text);
    const read = valueOf('yaml', text);
    const valid = 'value' in read && isWhitelist(read.value);
    expect([valid, faults.length === 0]).toEqual(name.startsWith('ok-') ? [true, true] : [false, false]);
    const expected = text.split('\n').flatMap((line) => /^# expect (.*)/.exec(line)?.[1] ?? []);
    const told = faults.map(({ line, column, message }) => `${line ?? 0}:${column ?? 0} ${message}`);
    expect(told).toHaveLength(expected.length);
    for (const [index, one] of expected.entries()) expect(told[index]).toContain(one);
  });
});

describe('configs: schema, reader and folder name agree', () => {
  test.each(readdirSync(join(fixtures, 'config')).filter((name) => !/-(?:two|none)$/.test(name)))(
    '%s',
    async (name) => {
      const files = filesOf(join(fixtures, 'config', name));
      const found = await findConfig(files);
      if (found.kind !== 'found') throw new Error(`no config in ${name}`);
      const parsed = valueOf(found.source.format, found.text);
      const inner = 'value' in parsed ? inside(parsed.value, found.source.within) : undefined;
      const valid = 'value' in parsed && isConfig(inner);
      const read = await loadConfig(files, rules);
      expect([valid, read.kind]).toEqual(name.startsWith('ok-') ? [true, 'config'] : [false, 'faults']);
    },
  );

  test('the schema knows the keys of the config, and the rules their levels', () => {
    const { source, ...keys } = defaults;
    expect(source).toBeNull();
    expect(Object.keys(configSchema.properties)).toEqual(['$schema', ...Object.keys(keys)]);
    expect(rules.filter(({ fixed }) => fixed).map(({ id }) => id)).toEqual(['denied-package']);
  });
});

describe('settings: schema and reader agree about each', () => {
  const paths = [
    'w.yaml',
    './team//w.yml',
    'team/w.yaml/.',
    'team/./w.yaml//',
    '.config/w.yaml',
    '..a/w.yaml',
    'a..b/c...yaml',
    '.gitx/w.yaml',
    'café/w.yaml',
    '',
    '.',
    './',
    'w.yaml.bak',
    'w.yaml/x',
    '/w.yaml',
    '//w.yaml',
    'C:/w.yaml',
    './C:/w.yaml',
    '././/c:w.yaml',
    '../w.yaml',
    'a/../w.yaml',
    'w.yaml/..',
    'a\\w.yaml',
    'a\0w.yaml',
    'a\nw.yaml',
    'a\n/../w.yaml',
    'a\u202ew.yaml',
    '.git/w.yaml',
    'a/.GIT/w.yaml',
  ];
  test.each(paths)('the whitelist %j', (path) => {
    const isRight = wrongWithPath(path) === undefined;
    expect([isConfig({ whitelist: path }), isConfig({ extends: [path] })]).toEqual([isRight, isRight]);
    expect([isWhitelist({ extends: path }), isWhitelist({ extends: [path] })]).toEqual([isRight, isRight]);
  });

  const lists = {
    ignorePaths: [
      'gen/**',
      './gen//**',
      '.a',
      '**',
      './',
      './/',
      './!x',
      '!x',
      './C:/x',
      '/x',
      'a/../b',
      'a\\b',
      'a..b',
    ],
    ambient: ['*', '**', '*a', 'zone:*', '@/*', ' '],
    localModules: ['*', '**', '*a', '@/*', '~', './x'],
    privateNames: ['*', '**', '@*', '@*/*', '-*', '@a/*', '*-x', '*1*'],
  };
  const rows = Object.entries(lists).flatMap(([key, texts]) => texts.map((text) => [key, text] as const));
  test.each(rows)('%s: %j', async (key, text) => {
    const config = { [key]: [text] };
    const read = await loadConfig(filesFrom({ '.check-importsrc.json': JSON.stringify(config) }), rules);
    expect(isConfig(config)).toBe(read.kind === 'config');
  });
});

function inside(value: unknown, within: readonly string[]): unknown {
  return within.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? new Map(Object.entries(at)).get(key) : undefined),
    value,
  );
}
