/**
 * The walls between the folders of `src`, as rules of ESLint: each says what a folder may not import or name, and why.
 * docs/architecture.md has the map; test/walls.test.ts shows that each of them bites.
 */

/** The folders of `src` from the lowest floor to the highest: a folder imports what stands before it. */
export const floors = [
  'model',
  'text',
  'shell',
  'documents',
  'git',
  'ecosystems',
  'languages',
  'containers',
  'snapshots',
  'whitelist',
  'config',
  'starts',
  'declarations',
  'policy',
  'analysis',
  'similar-names',
  'lookups',
  'reporters',
  'tool-command',
  'hook-managers',
  'agents',
  'app',
  'lsp',
  'mcp',
  'cli',
];

/** What starts git, reads files, sends, or is where callers come in. */
const touchTheMachine = ['git', 'snapshots', 'lookups', 'hook-managers', 'app', 'lsp', 'mcp', 'cli'];

/** All others are functions of values: what a machine has comes in from the caller. */
const isPure = (folder) => !touchTheMachine.includes(folder);

/** What parses lies in packages and in WebAssembly, and needs a stack of its own: these find it, load it and give it that. */
const loadParsers = [
  'src/languages/shared/tree-sitter-files.ts',
  'src/languages/javascript/parsers/{binding,webassembly}.ts',
  'src/languages/shared/parse-thread.ts',
];

const machine = [
  {
    group: ['node:*', '!node:path', '!node:path/posix', '!node:zlib'],
    message: 'This folder is pure: files, processes, network and clock come in from the caller.',
  },
  {
    group: ['**/git/**', '**/snapshots/*', '!**/snapshots/files.ts'],
    message:
      'A pure folder does not import one that does I/O; snapshots/files.ts gives texts of a snapshot that comes in.',
  },
];

const machineGlobals = ['process', 'fetch', 'Date', 'performance', 'setTimeout'].map((name) => ({
  name,
  message: 'Comes in from the caller in a pure folder.',
}));

const terminal = [
  {
    group: ['node:stream', 'node:readline', 'node:readline/*', 'node:tty', 'commander', '@clack/*'],
    message:
      'A use case knows no stream, no argument parser and no prompt: the editor and the library call it too.',
  },
];

/** Every ecosystem and language that there is. */
export const ecosystemIds = ['npm', 'pypi', 'golang', 'cargo'];
export const languageIds = ['javascript', 'python', 'go', 'rust', 'shell'];

/** These are also words of many programs and settings. */
const ambiguousIds = ['go', 'rust', 'shell'];
const unmistakableIds = languageIds.filter((id) => !ambiguousIds.includes(id));

/** What holds in every source. */
export const syntax = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
  { selector: 'ExportDefaultDeclaration > ClassDeclaration', message: 'Export by name.' },
  {
    selector: 'ExportNamedDeclaration > VariableDeclaration[kind!="const"]',
    message: 'Export a constant: the build hands on what an export is when its file is loaded.',
  },
  {
    selector: 'CatchClause[param=null]',
    message: 'An error that nobody looks at is a bug that nobody finds: use it.',
  },
];

const sourceSyntax = [
  ...syntax,
  {
    selector:
      'CallExpression[callee.property.name=/^(?:push|unshift|splice|max|min|fromCharCode|fromCodePoint)$/] > SpreadElement',
    message: 'Arguments stand on the stack, which a long list overflows: add one after another.',
  },
];

const streams = {
  selector: 'Identifier[name=/^(?:stdin|stdout|stderr)$/]',
  message: 'A use case knows no stream: what it says comes back, and the caller prints it.',
};

/** @returns The rule that refuses to name one of these ids. */
function noNames(ids) {
  return {
    selector: `Literal[value=/^(?:${ids.join('|')})$/]`,
    message:
      'No ecosystem and no language is named outside of its own folder: ask the contract (src/model/ecosystem.ts, language.ts).',
  };
}

/** @returns What a folder may not import, because it stands above it. */
function floorsAbove(folder) {
  const above = floors.slice(floors.indexOf(folder) + 1);
  if (above.length === 0) return [];
  return [
    {
      group: [
        ...above.map((name) => `**/${name}/**`),
        '**/src/index.ts',
        ...(above.includes('app') ? ['**/pipeline.ts'] : []),
      ],
      message: `src/${folder} stands below it (walls.js): hand in what it needs, or move what both need down.`,
    },
  ];
}

function wall(files, { imports, globals = [], names = [] }) {
  return {
    files,
    rules: {
      'no-restricted-imports': imports.length > 0 ? ['error', { patterns: imports }] : 'off',
      'no-restricted-globals': globals.length > 0 ? ['error', ...globals] : 'off',
      'no-restricted-syntax': ['error', ...sourceSyntax, ...names],
    },
  };
}

/** The rules for one folder of `src`. */
function wallOf(folder) {
  const namesIds = folder === 'ecosystems' || folder === 'languages';
  return wall([`src/${folder}/**/*.ts`], {
    imports: [
      ...(isPure(folder) ? machine : []),
      ...(folder === 'app' ? terminal : []),
      ...floorsAbove(folder),
    ],
    globals: isPure(folder) ? machineGlobals : [],
    names: [
      ...(namesIds ? [] : [noNames([...ecosystemIds, ...unmistakableIds])]),
      ...(folder === 'app' ? [streams] : []),
    ],
  });
}

/** @returns The rules for the folder of one ecosystem: it knows the model, documents, text, and what ecosystems share. */
function wallOfEcosystem(id) {
  return wall([`src/ecosystems/${id}/**/*.ts`], {
    imports: [
      ...machine,
      {
        regex: `^(?:\\.\\./)+(?!(?:model|documents|text|shell|shared|manifests|module-map|${id})/)[a-z-]+/`,
        message:
          'An ecosystem imports the model, documents, text, shell and what ecosystems share: the rest comes in.',
      },
    ],
    globals: machineGlobals,
    names: [noNames(ecosystemIds.filter((other) => other !== id))],
  });
}

function wallOfLanguage(id) {
  return wall([`src/languages/${id}/**/*.ts`], {
    imports: [
      ...machine,
      ...floorsAbove('languages'),
      {
        group: languageIds.filter((other) => other !== id).map((other) => `**/${other}/**`),
        message: 'A language knows no other one.',
      },
    ],
    globals: machineGlobals,
    names: [noNames(unmistakableIds.filter((other) => other !== id))],
  });
}

export const walls = [
  ...floors.map(wallOf),
  ...ecosystemIds.map(wallOfEcosystem),
  ...languageIds.map(wallOfLanguage),
  wall(['src/index.ts'], {
    imports: [
      {
        group: ['**/cli/**', '**/lsp/**', '**/mcp/**'],
        message: 'The library is app/ and types: it prints nothing and parses no arguments.',
      },
    ],
    names: [noNames([...ecosystemIds, ...unmistakableIds])],
  }),
  wall(['src/pipeline.ts'], {
    imports: [
      ...machine,
      {
        group: ['**/app/**', '**/lsp/**', '**/mcp/**', '**/cli/**'],
        message: 'The pipeline is called by use cases and calls none.',
      },
    ],
    globals: machineGlobals,
    names: [noNames([...ecosystemIds, ...unmistakableIds])],
  }),
  wall(['rules/**/*.ts'], {
    imports: [
      ...machine,
      {
        group: ['**/lookups/**', '**/app/**', '**/lsp/**', '**/mcp/**', '**/cli/**'],
        message: 'Rules are functions of facts: what looks them up, and who asks, stands above.',
      },
    ],
    globals: machineGlobals,
  }),
  {
    // They see nothing of a repository.
    files: loadParsers,
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
              regex:
                '^(?!\\.\\./\\.\\./src/model/|\\.\\./(?:grades|impossible-name|provided-elsewhere)\\.ts)',
              message: 'A rule knows the model and nothing else: facts in, finding out.',
            },
          ],
        },
      ],
    },
  },
];
