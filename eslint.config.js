import js from '@eslint/js';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

const machine = [
  {
    group: ['node:*', '!node:path', '!node:path/posix'],
    message: 'This folder is pure: files, processes, network and clock come in from the caller.',
  },
];
const outside = [
  '**/git/**',
  '**/snapshots/*',
  // Gives a snapshot's texts to whoever asks; the snapshot comes in.
  '!**/snapshots/files.ts',
  '**/lookups/**',
  '**/app/**',
  '**/cli/**',
  '**/lsp/**',
];

/** The folders whose modules are functions of values. See CONTRIBUTING.md. */
const pure = [
  'src/model',
  'src/text',
  'src/ecosystems',
  'src/containers',
  'src/languages',
  'src/documents',
  'src/declarations',
  'src/analysis',
  'src/whitelist',
  'src/policy',
  'src/tool-command',
  'src/starts',
  'src/similar-names',
  'src/config',
  'src/reporters',
  'rules',
];

const syntax = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
  { selector: 'ExportDefaultDeclaration > ClassDeclaration', message: 'Export by name.' },
  {
    selector: 'CatchClause[param=null]',
    message: 'An error that nobody looks at is a bug that nobody finds: use it.',
  },
];

export default tseslint.config(
  { ignores: ['dist/', '.fuzz/', 'fixtures/', 'node_modules/', 'coverage/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-syntax': ['error', ...syntax],
      'max-params': ['error', 3],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    // Whoever writes a repository's text chooses what our expressions meet: none may take more than linear time.
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    plugins: { regexp },
    rules: {
      'no-restricted-syntax': [
        'error',
        ...syntax,
        {
          selector:
            'CallExpression[callee.property.name=/^(?:push|unshift|splice|max|min|fromCharCode|fromCodePoint)$/] > SpreadElement',
          message: 'Arguments stand on the stack, which a long list overflows: add one after another.',
        },
      ],
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': 'error',
    },
  },
  {
    files: pure.map((folder) => `${folder}/**/*.ts`),
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...machine,
            { group: outside, message: 'A pure folder does not import one that does I/O.' },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        ...['process', 'fetch', 'Date', 'performance', 'setTimeout'].map((name) => ({
          name,
          message: 'Comes in from the caller in a pure folder.',
        })),
      ],
    },
  },
  {
    // What parses lies in packages and in WebAssembly, and some of it needs a stack of its own: these find it, load it and
    // give it that. They see nothing of a repository.
    files: [
      'src/languages/python/grammar.ts',
      'src/languages/javascript/parsers/{binding,webassembly}.ts',
      'src/languages/shared/parse-thread.ts',
    ],
    rules: { 'no-restricted-imports': 'off', 'no-restricted-globals': 'off' },
  },
  {
    files: ['src/model/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['**/../*', 'node:*'], message: 'The model imports nothing but the model.' }] },
      ],
    },
  },
  {
    files: ['rules/*/rule.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!\\.\\./\\.\\./src/model/|\\.\\./grades\\.ts|\\.\\./words\\.ts)',
              message: 'A rule knows the model and nothing else: facts in, finding out.',
            },
          ],
        },
      ],
    },
  },
  // A table's row has as many columns as it needs.
  { files: ['test/**/*.ts'], rules: { 'max-params': 'off' } },
  {
    files: ['bin/*.js'],
    languageOptions: { sourceType: 'commonjs', globals: { require: 'readonly' } },
  },
  {
    files: ['**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        performance: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
);
