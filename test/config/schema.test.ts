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
import { longestReason } from '../../src/whitelist/entry.ts';
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

describe('lines of a whitelist: schema and reader agree about each', () => {
  const long = 'x'.repeat(longestReason);
  const wide = '🦊'.repeat(longestReason);
  const longName = 'x'.repeat(214);
  const days = 'expires: 2028-02-29, date: 2026-11-23, created: 2018-07-11';
  const right = [
    'npm:zod: { approved: schemas }',
    `npm:zod: { approved: ${long} }`,
    `npm:zod: { approved: ${wide} }`,
    'npm:zod: { approved: 2020 }',
    `npm:zod: { approved: a, imports: [zod, "@zod/x"], source: ./zod, despite: young, unverified: true, ${days}, by: 1, repository: x, asked: Grace }`,
    'npm:zod: { approved: a, imports: [], source: ~, unverified: null, expires: ~, by: ~ }',
    'npm:zod: { denied: a, use: npm:undici, imports: [zod], by: Ada, date: 2026-11-23 }',
    'npm:zod: { denied: a, use: pypi:Flask }',
    'npm:zod: { denied: a, use: npm:@acme/* }',
    'npm:zod: { requested: a, imports: [zod], by: Ada, date: 2026-11-23 }',
    'npm:zod: { baseline: 2026-11-23, imports: [zod], by: Ada }',
    'npm:@acme/*: { approved: ours, imports: ~, source: ~ }',
    'npm:@acme/ui: { approved: ours, source: ./ui }',
    `npm:${longName}: { approved: a }`,
    'pypi:Foo.Bar_baz: { approved: a, imports: [foo.bar, größe] }',
  ];
  /** The first fault of each. What a schema can't see is how something is written. */
  const wrong: [line: string, message: string, isSeen?: boolean][] = [
    ['npm:zod: {}', 'the entry holds no decision'],
    ['npm:zod:', 'the entry holds no decision'],
    ['npm:zod: yes', 'expected a map, found a text'],
    ['npm:zod: { by: Ada }', 'the entry holds no decision'],
    ['npm:zod: { approved: a, denied: b }', 'an entry has both “denied” and “approved”'],
    ['npm:zod: { approved: a, baseline: 2026-11-23 }', 'an entry has both “approved” and “baseline”'],
    ['npm:zod: { baseline: 2026-11-23, requested: a }', 'an entry has both “baseline” and “requested”'],
    ['npm:zod: { approved: "" }', '“approved” has no reason'],
    ['npm:zod: { denied: " " }', '“denied” has no reason'],
    ['npm:zod: { requested: }', '“requested” has no reason'],
    ['npm:zod: { approved: [a] }', '“approved” is a text'],
    ['npm:zod: { approved: { why: a } }', '“approved” is a text'],
    ['npm:zod: { baseline: }', '“baseline” has no day'],
    ['npm:zod: { baseline: "" }', '“baseline” has no day'],
    ['npm:zod: { baseline: true }', '“baseline” is a calendar day'],
    ['npm:zod: { baseline: 2026-02-29 }', '“baseline” is a calendar day'],
    [`npm:zod: { approved: ${long}x }`, 'the reason has more than 120 characters'],
    [`npm:zod: { denied: ${wide}x }`, 'the reason has more than 120 characters'],
    ['npm:zod: { approved: a, resaon: b }', 'unknown key “resaon”'],
    ['npm:zod: { approved: a, reason: b }', 'unknown key “reason”'],
    ['npm:zod: { approved: a, use: npm:b }', '“use” is not allowed with “approved”'],
    ['npm:zod: { denied: a, expires: 2026-11-23 }', '“expires” is not allowed with “denied”'],
    ['npm:zod: { requested: a, source: ./b }', '“source” is not allowed with “requested”'],
    ['npm:zod: { baseline: 2026-11-23, date: 2026-11-23 }', '“date” is not allowed with “baseline”'],
    ['npm:zod: { approved: a, by: Ada, by: Ada }', 'duplicate key “by” in this entry'],
    ['npm:zod: { approved: a, by: [Ada] }', '“by” is a text'],
    ['npm:zod: { approved: a, by: "" }', '“by” is empty'],
    ['npm:zod: { approved: a, by: { name: Ada } }', '“by” is a text'],
    ['npm:zod: { denied: a, use: undici }', '“use” is not a package'],
    ['npm:zod: { denied: a, use: "npm:undici@6" }', '“use” is not a package'],
    ['npm:zod: { denied: a, use: true }', '“use” is not a package'],
    ['npm:zod: { approved: a, date: 2026 }', '“date” is a calendar day'],
    ['npm:zod: { approved: a, created: [2026-11-23] }', '“created” is a calendar day'],
    ['npm:zod: { approved: a, expires: 23.11.2026 }', '“expires” is a calendar day'],
    ['npm:zod: { approved: a, unverified: "true" }', '“unverified” is true or false'],
    ['npm:zod: { approved: a, unverified: 1 }', '“unverified” is true or false'],
    ['npm:@acme/*: { approved: a, source: ./b }', '“source” is not allowed for a whole scope'],
    ['npm:@acme/*: { approved: a, imports: [b] }', '“imports” is not allowed for a whole scope'],
    ['npm:@acme/*: { denied: a, imports: [] }', '“imports” is not allowed for a whole scope'],
    ['npm:zod: { approved: a, imports: zod }', '“imports” is a list of modules'],
    ['npm:zod: { approved: a, imports: [~] }', 'expected a name, found nothing'],
    ['npm:zod: { approved: a, imports: [zod/v4] }', '“zod/v4” can’t be imported from a package on npm'],
    ['pypi:zod: { approved: a, imports: [z-od] }', '“z-od” can’t be imported from a package on PyPI'],
    ['npm:acme-*: { approved: a }', '“acme-*” is not a supported pattern'],
    ['npm:@acme/x*: { approved: a }', '“@acme/x*” is not a supported pattern'],
    ['npm:*: { approved: a }', '“*” is not a supported pattern'],
    ['npm:@*/*: { approved: a }', '“@*/*” is not a supported pattern'],
    ['pypi:@acme/*: { approved: a }', '“@acme/*” is not a supported pattern'],
    ['npm:zod@4.1.0: { approved: a }', '“npm:zod@4.1.0” is not only a package name'],
    ['npm:@acme/ui@2: { approved: a }', '“npm:@acme/ui@2” is not only a package name'],
    ['pypi:requests[socks]: { approved: a }', '“pypi:requests[socks]” is not only a package name'],
    ['pypi:flask==3.0: { approved: a }', '“pypi:flask==3.0” is not only a package name'],
    ['npm:zod/v4: { approved: a }', '“zod/v4” can’t be the name of a package on npm'],
    ['npm:.zod: { approved: a }', '“.zod” can’t be the name of a package on npm'],
    ['pypi:-zod: { approved: a }', '“-zod” can’t be the name of a package on PyPI'],
    [`npm:${longName}x: { approved: a }`, 'can’t be the name of a package on npm'],
    ['"npm:": { approved: a }', '“npm” is an ecosystem, not a package'],
    ['pkg:npm/zod: { approved: a }', '“pkg:npm/zod” is not a valid package key'],
    ['NPM:zod: { approved: a }', '“NPM:zod” is not a valid package key'],
    ['PyPI:zod: { approved: a }', '“PyPI:zod” is not a valid package key'],
    ['zod: { approved: a }', '“zod” has no ecosystem'],
    ['"@acme/ui": { approved: a }', '“@acme/ui” has no ecosystem'],
    ['pypy:zod: { approved: a }', 'there is no ecosystem “pypy”'],
    ['cobol:zod: { approved: a }', 'there is no ecosystem “cobol”'],
    ['"npm:zod": { approved: a }', 'a key must not be in quotation marks', false],
    ["'npm:zod': { approved: a }", 'a key must not be in quotation marks', false],
    ['npm:zod: { approved: a\u202eb }', 'the invisible character U+202E is not allowed', false],
    ['npm:zod: { approved: &why a }', 'the anchor &why is not allowed here', false],
    ['npm:zod: { approved: !!str a }', 'the tag tag:yaml.org,2002:str is not allowed here', false],
  ];

  const linesOf = (line: string) => `packages:\n  ${line}\n`;
  const isValid = (text: string) => {
    const read = valueOf('yaml', text);
    return 'value' in read && isWhitelist(read.value);
  };

  test.each(right)('right: %s', async (line) => {
    const { faults, entries } = await readWhitelist('w.yaml', linesOf(line));
    expect([faults, entries.length, isValid(linesOf(line))]).toEqual([[], 1, true]);
  });

  test.each(wrong)('wrong: %s: %s', async (line, message, isSeen = true) => {
    const { faults } = await readWhitelist('w.yaml', linesOf(line));
    expect(faults[0]?.message).toContain(message);
    expect(isValid(linesOf(line))).toBe(!isSeen);
  });
});

describe('parts of a whitelist: schema and reader agree about each', () => {
  test.each([
    ['', true],
    ['{}', true],
    ['packages:', true],
    ['packages: {}', true],
    ['packages: []', false],
    ['packages: [npm:zod]', false],
    ['packages: npm:zod', false],
    ['covers: []', true],
    ['covers: [npm]', true],
    ['covers: npm', true],
    ['covers: [golang, commands]', true],
    ['covers:', false],
    ['covers: { npm: true }', false],
    ['covers: [~]', false],
    ['covers: [[npm]]', false],
    ['extends: []', true],
    ['extends: team/more.yml', true],
    ['extends:', false],
    ['extends: [more.json]', false],
    ['extends: [../more.yaml]', false],
    ['npm:zod: { approved: a }', false],
    ['package: {}', false],
    ['denied: {}', false],
  ])('%s', async (text, expected) => {
    const { faults } = await readWhitelist('w.yaml', text);
    const read = valueOf('yaml', text);
    expect([faults.length === 0, 'value' in read && isWhitelist(read.value)]).toEqual([expected, expected]);
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
      '!**/vendor/**',
      '!**/vendor/*',
      '!**/*xmin.js',
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
