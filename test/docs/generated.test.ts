import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { declaredRows, declaredWords } from '../../scripts/docs/declared-words.ts';
import { filePattern, hookDefinitions } from '../../scripts/docs/file-pattern.ts';
import { generatedFiles } from '../../scripts/docs/index.ts';
import { editorsPage, rulesPage } from '../../scripts/docs/pages.ts';
import { configSchema, listSchema, reportSchema } from '../../scripts/docs/schemas.ts';
import { whitelistSchema, type WhitelistWords } from '../../scripts/docs/whitelist-schema.ts';
import { mayBeIncluded } from '../../src/declarations/read.ts';
import { projectRoot } from '../kit/scratch.ts';

const read = (file: string): string => readFileSync(path.join(projectRoot, file), 'utf8');
const looseJson = (text: string): object => v.parse(v.looseObject({}), JSON.parse(text));

const toyRules = [
  { id: 'denied-toy', fixed: true, severity: 'error', summary: 'a toy that somebody refused' },
  {
    id: 'new-toy',
    formerIds: ['first-toy', 'second-toy'],
    fixed: false,
    severity: 'warn',
    summary: 'a toy that nobody knows',
  },
];

const configWords = {
  rules: toyRules,
  ecosystems: [{ id: 'toys' }, { id: 'npm' }],
  levels: ['error', 'off'],
  trust: ['manifests', 'shop'],
  lookup: ['on', 'never'],
  assistants: ['ask', 'play'],
  policyFrom: ['dice'],
  requested: ['error', 'play'],
  commands: ['off', 'play'],
  ignorePaths: ['**/vendor/**'],
};

test.each(generatedFiles(read))('$path is what `npm run docs` writes', async (file) => {
  const filepath = path.join(projectRoot, file.path);
  const options = { ...(await prettier.resolveConfig(filepath)), filepath };
  const current = read(file.path);
  expect(await prettier.format(file.generate(current), options)).toBe(current);
});

describe('the schema of the config, with rules and ecosystems of a toy shop', () => {
  const isConfig = new Ajv({ strict: true, allowUnionTypes: true }).compile(
    looseJson(configSchema(read('schema/config.schema.json'), configWords)),
  );

  test.each([
    ['a rule', { rules: { 'new-toy': 'off' } }, true],
    ['a level of another tool', { rules: { 'new-toy': 'warn' } }, false],
    ['a rule that is none', { rules: { 'unclear-import': 'off' } }, false],
    ['a fixed rule as it is', { rules: { 'denied-toy': 'error' } }, true],
    ['a fixed rule, configured down', { rules: { 'denied-toy': 'off' } }, false],
    ['a former name', { rules: { 'first-toy': 'off' } }, true],
    ['a former name beside the new one', { rules: { 'first-toy': 'off', 'new-toy': 'off' } }, false],
    ['two former names', { rules: { 'first-toy': 'off', 'second-toy': 'off' } }, false],
    ['two rules', { rules: { 'denied-toy': 'error', 'new-toy': 'off' } }, true],
    ['the registry of an ecosystem', { registries: { toys: 'https://toys.example/simple' } }, true],
    ['its address with credentials', { registries: { toys: 'https://ada:secret@toys.example' } }, false],
    ['the registry of no ecosystem', { registries: { pypi: 'https://registry.example/simple' } }, false],
    ['a word of trust', { trust: 'shop' }, true],
    ['a word of trust from before', { trust: 'whitelist' }, false],
    ['a word of lookups', { lookup: 'never' }, true],
    ['a word of assistants', { assistants: 'play' }, true],
    ['a word of judges', { policyFrom: 'dice' }, true],
    ['a word of requests', { requested: 'play' }, true],
    ['a word of commands', { commands: 'play' }, true],
  ])('%s: %j is right: %s', (_, config, expected) => {
    expect(isConfig(config)).toBe(expected);
  });

  test('a former name says what the rule is called', () => {
    const text = configSchema(read('schema/config.schema.json'), configWords);
    expect(JSON.parse(text)).toMatchObject({
      properties: {
        rules: {
          properties: { 'first-toy': { deprecated: true, description: 'The former name of new-toy.' } },
        },
      },
    });
  });

  test('without former names there is nothing to say against two of them', () => {
    const rules = [{ id: 'new-toy', fixed: false }];
    const text = configSchema(read('schema/config.schema.json'), { ...configWords, rules });
    expect(JSON.parse(text)).not.toHaveProperty('properties.rules.not');
  });

  test('a schema without the place of a word is refused', () => {
    expect(() => configSchema('{ "properties": {} }', configWords)).toThrow('properties.trust');
  });
});

describe('the schema of the whitelist, with ecosystems and keys of a toy shop', () => {
  const grammar = {
    name: /^[a-z/]+$/,
    longestName: 6,
    scope: /^[a-z]+$/,
    exampleScope: 'a',
    module: /^[A-Z]+$/,
  };
  const words: WhitelistWords = {
    ecosystems: [
      { id: 'toys', title: 'Toys', grammar: () => grammar },
      { id: 'dolls', title: 'Dolls', grammar: () => ({ ...grammar, scope: null, exampleScope: null }) },
    ],
    kinds: ['approved', 'baseline'],
    keysOf: { approved: ['imports', 'source', 'use'], baseline: [], denied: [], requested: [] },
    longestReason: 5,
    coverableWords: ['play'],
  };
  const isWhitelist = new Ajv({ strict: true, allowUnionTypes: true, formats: { date: true } }).compile(
    looseJson(whitelistSchema(words)),
  );

  test.each([
    ['toys:car', { approved: 'why' }, true],
    ['toys:lorry/x', { approved: 'why' }, false],
    ['toys:a/b', { approved: 'why' }, true],
    ['toys:car/*', { approved: 'why' }, true],
    ['toys:lorry/*', { approved: 'why' }, false],
    ['dolls:car/*', { approved: 'why' }, false],
    ['dolls:car', { approved: 'why' }, true],
    ['npm:car', { approved: 'why' }, false],
    ['toys:car', { approved: 'whyso' }, true],
    ['toys:car', { approved: 'why so' }, false],
    ['toys:car', { baseline: '2026-11-23' }, true],
    ['toys:car', { denied: 'why' }, false],
    ['toys:car', { approved: 'why', imports: ['CAR'] }, true],
    ['toys:car', { approved: 'why', imports: ['car'] }, false],
    ['toys:car', { approved: 'why', source: './car' }, true],
    ['toys:car/*', { approved: 'why', source: './car' }, false],
    ['toys:car', { approved: 'why', use: 'dolls:car' }, true],
    ['toys:car', { approved: 'why', use: 'npm:car' }, false],
    ['toys:car', { approved: 'why', expires: '2026-11-23' }, false],
    ['toys:car', { baseline: '2026-11-23', source: './car' }, false],
  ])('%s: %j is right: %s', (key, entry, expected) => {
    expect(isWhitelist({ packages: { [key]: entry } })).toBe(expected);
  });

  test.each([[/^a$/i], [/a$/], [/^a/]])('the grammar %s is refused', (name) => {
    const ecosystems = [{ id: 'toys', title: 'Toys', grammar: () => ({ ...grammar, name }) }];
    expect(() => whitelistSchema({ ...words, ecosystems })).toThrow('a grammar meets a whole text');
  });
});

test('the schema of the report takes its words', () => {
  const text = reportSchema(read('schema/report.schema.json'), {
    scopes: ['shelf'],
    lookups: ['phoned'],
    statuses: ['wrapped'],
    severities: ['grave'],
    factStates: ['hidden'],
    faultKinds: ['torn'],
  });
  expect(JSON.parse(text)).toMatchObject({
    properties: {
      summary: { properties: { scope: { enum: ['shelf'] }, lookups: { enum: ['phoned'] } } },
    },
    $defs: {
      status: { enum: ['wrapped'] },
      finding: { properties: { severity: { enum: ['grave'] } } },
      evidence: { properties: { state: { enum: ['hidden'] } } },
      fault: { properties: { kind: { enum: ['torn'] } } },
    },
  });
});

test('the schema of the inventory takes its words', () => {
  const text = listSchema(read('schema/list.schema.json'), { origins: ['attic'], referenceKinds: ['loan'] });
  expect(JSON.parse(text)).toMatchObject({
    $defs: {
      origin: { enum: ['attic'] },
      reference: { properties: { kind: { enum: ['loan'] } } },
    },
  });
});

describe('the pattern of the hooks, with files of a toy shop', () => {
  const pattern = filePattern({
    extensions: ['toy', 'c++'],
    names: ['toys.lego', '.toysrc', '.toysrc.yml'],
    dotNames: ['shelf/[^/]+'],
    paths: ['Toyfile.*', '.toys/**/*.md'],
  });
  /** Python writes its flags where JavaScript takes them apart. */
  const expression = new RegExp(pattern.replace(/^\(\?i\)/, ''), 'i');

  test.each([
    ['src/car.toy', true],
    ['src/CAR.TOY', true],
    ['src/car.c++', true],
    ['src/car.ccc', false],
    ['a/toys.lego', true],
    ['.toysrc', true],
    ['a/.toysrc', true],
    ['a/.toysrc.yml', true],
    ['a/x.toysrc', false],
    ['.shelf/bear.png', true],
    ['.shelf/deep/bear.png', false],
    ['bin/script', true],
    ['.gitignore', false],
    ['src/car.toys', false],
    ['src/app.py', false],
    ['a/toyfile.wood', true],
    ['Toyfiles.wood', false],
    ['.toys/a.md', true],
    ['b/.toys/c/d/a.md', true],
    ['toys/a.md', false],
  ])('%s: %s', (file, expected) => {
    expect(expression.test(file)).toBe(expected);
  });

  test('stands in the first hook, for all of them', () => {
    const text = hookDefinitions(read('mirrors/pre-commit/.pre-commit-hooks.yaml'), pattern);
    expect(text).toContain(`files: &files >-\n    ${pattern}\n`);
    expect(text.split(pattern)).toHaveLength(2);
    expect(text).toContain('files: *files');
  });

  test('a file without its place is refused', () => {
    expect(() => hookDefinitions('- id: check-imports\n', pattern)).toThrow('files: &files');
  });
});

test('every list that a requirements file may include meets the pattern of the hooks', () => {
  const [, pattern = ''] =
    /^ *files: &files >-\n *\(\?i\)(.*)$/m.exec(read('mirrors/pre-commit/.pre-commit-hooks.yaml')) ?? [];
  for (const name of ['deps.list', 'deps.lst', 'x.req', 'x.reqs', 'x.requirements', 'common-deps']) {
    expect(mayBeIncluded(name)).toBe(true);
    expect(name).toMatch(new RegExp(pattern, 'i'));
  }
});

test('the table of rules has a row for each', () => {
  const page = rulesPage('# Toys\n\n<!-- rules: generated -->\nold\n<!-- /rules -->\n\nEnd\n', toyRules);
  expect(page).toBe(
    [
      '# Toys\n\n<!-- rules: generated -->\n\n## Rules\n',
      '| rule | default | refuses |',
      '|---|---|---|',
      '| [denied-toy](rules/denied-toy/README.md) | error | a toy that somebody refused |',
      '| [new-toy](rules/new-toy/README.md) | warn | a toy that nobody knows |',
      '\n<!-- /rules -->\n\nEnd\n',
    ].join('\n'),
  );
});

describe('the page about editors, with languages of a toy shop', () => {
  const toyLanguages = {
    languageIds: [
      { id: 'toyscript', extension: 'toy' },
      { id: 'toybox', extension: 'box' },
    ],
    languages: [{ extensions: ['toy', 'mtoy'] }],
    containers: [{ extensions: ['box'] }, { extensions: ['cells'] }],
    manifestTypes: ['lego'],
  };
  const page = editorsPage(read('docs/editors.md'), toyLanguages);

  test.each([
    ['Neovim', "  pattern = {\n    'toyscript', 'toybox', 'lego',\n  },\n"],
    ['Neovim 0.11', "  filetypes = {\n    'toyscript', 'toybox', 'lego',\n  },\n"],
    ['VS Code', '"glspc.server.languageId": ["toyscript", "toybox"]'],
    ['Emacs', '(lsp-activate-on\n     "toyscript" "toybox")\n'],
    ['JetBrains, without a format that has no id', '\n`*.toy;*.mtoy;*.box`\n'],
  ])('%s', (_, text) => {
    expect(page).toContain(text);
  });

  test('nothing else changes', () => {
    const outside = (text: string) =>
      text.replaceAll(/<!-- languages: .*?<!-- \/languages -->/gs, '').split('\n');
    expect(outside(page)).toEqual(outside(read('docs/editors.md')));
  });

  test.each([
    ['an id of no format', { ...toyLanguages, containers: [] }, 'nothing reads .box, the ending of toybox'],
    ['a language without an id', { ...toyLanguages, languageIds: [] }, 'no editor has an id for .toy, .mtoy'],
  ])('%s is refused', (_, languages, message) => {
    expect(() => editorsPage(read('docs/editors.md'), languages)).toThrow(message);
  });

  test.each([
    ['no section', '# Editors\n', 'no section'],
    ['a section without a list', '<!-- languages: x -->\n<!-- /languages -->\n', 'pattern = '],
  ])('a page with %s is refused', (_, text, message) => {
    expect(() => editorsPage(text, toyLanguages)).toThrow(message);
  });
});

describe('words that a module declares', () => {
  const source = {
    path: 'src/toys.ts',
    text: `
type Size = 'small' | ('large' | 'huge') | null;
export type Toy =
  | { readonly kind: 'car'; readonly wheels: 'four' }
  | { readonly kind: 'bear' | Size }
  | Box;
interface Box { readonly kind: 'box'; readonly count: number }
const endings = new Set(['toy', 'lego']);
const names = new Map([['toyscript', 'toy'], ['toybox', 'box']]);
const amounts = new Set([1]);
const shelf = ['toy'];
`,
  };

  test.each([
    [['Size'], ['small', 'large', 'huge']],
    [
      ['Toy', 'kind'],
      ['car', 'bear', 'small', 'large', 'huge', 'box'],
    ],
    [['Box', 'kind'], ['box']],
  ])('%j', ([name = '', ...members], expected) => {
    expect(declaredWords(source, name, ...members)).toEqual(expected);
  });

  test.each([
    [['Toy'], 'Toy is no union of words'],
    [['Box', 'count'], 'Box.count is no union of words'],
    [['Box', 'colour'], 'Box.colour is no union of words'],
    [['Size', 'kind'], 'Size.kind is no union of words'],
    [['Doll'], 'src/toys.ts declares no type Doll'],
  ])('%j is refused', ([name = '', ...members], message) => {
    expect(() => declaredWords(source, name, ...members)).toThrow(message);
  });

  test.each([
    ['endings', [['toy'], ['lego']]],
    [
      'names',
      [
        ['toyscript', 'toy'],
        ['toybox', 'box'],
      ],
    ],
  ])('%s', (name, expected) => {
    expect(declaredRows(source, name)).toEqual(expected);
  });

  test.each(['amounts', 'shelf', 'Size', 'absent'])('%s is refused', (name) => {
    expect(() => declaredRows(source, name)).toThrow(name);
  });
});
