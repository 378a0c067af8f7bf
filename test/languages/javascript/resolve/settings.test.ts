import { describe, expect, test } from 'vitest';

import { filesOf, resolved, resolverOf, stepsOf } from './project.ts';

type Project = Readonly<Record<string, string>>;
type Row = readonly [what: string, files: Project, specifier: string, origin: string, from?: string];

const json = (value: unknown) => JSON.stringify(value);
const manifest = (scripts: Readonly<Record<string, string>> = {}, more: object = {}): Project => ({
  'package.json': json({ name: 'harbour', scripts, ...more }),
});
const aliasTo = (path: string) =>
  `const path = require('path');\nmodule.exports = { resolve: { alias: { '@deck': path.resolve(__dirname, '${path}') } } };\n`;
const ours = { 'src/deck/rope.ts': '' };
const own = 'local src/deck/rope.ts';

function check(rows: readonly Row[]) {
  const cases = rows.map(([what, files, specifier, origin, from = 'src/app/main.ts']) => ({
    what,
    files,
    specifier,
    origin,
    from,
  }));
  test.each(cases)('$what', async ({ files, specifier, origin, from }) => {
    const resolver = resolverOf(filesOf(new Map(Object.entries(files))));
    expect(await resolved(resolver, [from, specifier])).toBe(origin);
  });
}

describe('settings that a command names', () => {
  const named = (command: string, file: string, text: string): Project => ({
    ...manifest({ build: command }),
    ...ours,
    [file]: text,
  });
  check([
    [
      '--config',
      named('webpack --config build/prod.js', 'build/prod.js', aliasTo('../src/deck')),
      '@deck/rope',
      own,
    ],
    [
      '--config=',
      named('rspack build --config=tool/pack.cjs', 'tool/pack.cjs', aliasTo('../src/deck')),
      '@deck/rope',
      own,
    ],
    ['-c', named('vite build -c "lib.ts" --mode x', 'lib.ts', aliasTo('src/deck')), '@deck/rope', own],
    [
      'without ending',
      named('webpack --config ./build/prod', 'build/prod.js', aliasTo('../src/deck')),
      '@deck/rope',
      own,
    ],
    [
      'an option of another name',
      named('x --webpack-config a/b.js', 'a/b.js', aliasTo('../src/deck')),
      '@deck/rope',
      own,
    ],
    [
      'of Jest, as JSON, with a rootDir',
      named(
        'jest --config test/e2e.json',
        'test/e2e.json',
        json({ rootDir: '..', moduleNameMapper: { '^@deck/(.*)$': '<rootDir>/src/deck/$1' } }),
      ),
      '@deck/rope',
      own,
    ],
    [
      'a build script of esbuild',
      named(
        'node scripts/bundle.mjs',
        'scripts/bundle.mjs',
        "await build({ entryPoints: ['src/app/main.ts'], alias: { '@deck': './src/deck' } });\n",
      ),
      '@deck/rope',
      own,
    ],
    [
      'a Makefile',
      {
        ...manifest(),
        ...ours,
        Makefile: 'all:\n\t$(BIN)/webpack --config pack/all.js\n',
        'pack/all.js': aliasTo('../src/deck'),
      },
      '@deck/rope',
      own,
    ],
    [
      'tox',
      {
        ...manifest(),
        ...ours,
        'tox.ini': '[testenv]\ncommands = npx --no -- jest -c ci/unit.cjs\n',
        'ci/unit.cjs': aliasTo('../src/deck'),
      },
      '@deck/rope',
      own,
    ],
    [
      'a workflow',
      {
        ...manifest(),
        ...ours,
        '.github/workflows/ci.yml':
          'jobs:\n  a:\n    steps:\n      - run: npx --no -- vite build --config "ci/lib.mts"\n',
        'ci/lib.mts': aliasTo('../src/deck'),
      },
      '@deck/rope',
      own,
    ],
    [
      'a file that nothing names',
      { ...manifest(), ...ours, 'ci/unit.cjs': aliasTo('../src/deck') },
      '@deck/rope',
      'package @deck/rope',
    ],
    [
      'a command of another package',
      {
        ...manifest(),
        ...ours,
        'other/package.json': json({ scripts: { a: 'webpack --config ../ci/unit.cjs' } }),
        'ci/unit.cjs': aliasTo('../src/deck'),
      },
      '@deck/rope',
      'package @deck/rope',
    ],
    [
      'the configuration of another package',
      {
        ...manifest({ a: 'webpack --config other/unit.cjs' }),
        ...ours,
        'other/package.json': '{}',
        'other/unit.cjs': aliasTo('../src/deck'),
      },
      '@deck/rope',
      'package @deck/rope',
    ],
    [
      'an invented package beside its aliases',
      named('vite -c lib.ts', 'lib.ts', aliasTo('src/deck')),
      'harbour-ropes',
      'package harbour-ropes',
    ],
    [
      'an alias to a file that is not there',
      named('vite -c lib.ts', 'lib.ts', aliasTo('src/deck')),
      '@deck/anchor',
      'package @deck/anchor',
    ],
    [
      'an alias to an invented package',
      named(
        'vite -c lib.ts',
        'lib.ts',
        "export default { resolve: { alias: { react: 'harbour-react' } } };\n",
      ),
      'react',
      'package react + package harbour-react',
    ],
  ]);
});

describe('settings of a family', () => {
  const names = [
    'webpack.prod.js',
    'webpack.config.dev.ts',
    'build/webpack.base.conf.js',
    'config/webpack/common.config.js',
    '.desk/webpack.renderer.config.js',
    'vite.lib.config.ts',
    'lib.vite.config.mts',
    'vitest.workspace.ts',
    'vitest.unit.mjs',
    'jest.integration.js',
    'tools/rollup.all.js',
    'rolldown.conf.ts',
    'esbuild.js',
    'babel.web.js',
    'gatsby-node.js',
    'config-overrides.js',
    '.babelrc.cjs',
    '.fatherrc.ts',
  ];
  check([
    ...names.map((name): Row => {
      const up = '../'.repeat(name.split('/').length - 1);
      return [name, { ...manifest(), ...ours, [name]: aliasTo(`${up}src/deck`) }, '@deck/rope', own];
    }),
    [
      '.swcrc',
      {
        ...manifest(),
        ...ours,
        '.swcrc': json({ jsc: { baseUrl: './src', paths: { '@deck/*': ['deck/*'] } } }),
      },
      '@deck/rope',
      own,
    ],
    [
      'roots of Babel',
      {
        ...manifest(),
        ...ours,
        '.babelrc.js': "module.exports = { plugins: [['module-resolver', { root: ['./src'] }]] };",
      },
      'deck/rope',
      own,
    ],
    [
      'of several, each what it says',
      {
        ...manifest(),
        ...ours,
        'webpack.a.js': "module.exports = { resolve: { alias: { '@deck': '/x' } } };",
        'webpack.b.js': aliasTo('src/deck'),
      },
      '@deck/rope',
      own,
    ],
    [
      'for tests that lie beside the sources',
      { ...manifest(), ...ours, '.desk/webpack.config.js': aliasTo('../src/deck') },
      '@deck/rope',
      own,
      'test/a.spec.js',
    ],
    [
      'of another package',
      { ...manifest(), ...ours, 'x/package.json': '{}', 'x/webpack.prod.js': aliasTo('../src/deck') },
      '@deck/rope',
      'package @deck/rope',
    ],
    [
      'deep below',
      { ...manifest(), ...ours, 'test/a/b/webpack.prod.js': aliasTo('../../../src/deck') },
      '@deck/rope',
      'package @deck/rope',
    ],
    [
      'a declaration file',
      { ...manifest(), ...ours, 'webpack.d.ts': aliasTo('src/deck') },
      '@deck/rope',
      'package @deck/rope',
    ],
    [
      'in node_modules',
      { ...manifest(), ...ours, 'node_modules/webpack.prod.js': aliasTo('../src/deck') },
      '@deck/rope',
      'package @deck/rope',
    ],
  ]);
});

describe('settings that another file holds', () => {
  const config = (text: string, more: Project): Project => ({
    ...manifest(),
    ...ours,
    'vite.config.ts': text,
    ...more,
  });
  const value = "{ '@deck': path.resolve(__dirname, '../src/deck') }";
  check([
    [
      'a named import',
      config("import { map } from './build/map'; export default { resolve: { alias: map } };", {
        'build/map.ts': `export const map = ${value};`,
      }),
      '@deck/rope',
      own,
    ],
    [
      'under another name',
      config("import { map as all, other } from './build/map'; export default { resolve: { alias: all } };", {
        'build/map.ts': `export const map: Record<string, string> = ${value};`,
      }),
      '@deck/rope',
      own,
    ],
    [
      'a default import',
      config("import map from './build/map.js'; export default { resolve: { alias: map } };", {
        'build/map.js': `export default ${value};`,
      }),
      '@deck/rope',
      own,
    ],
    [
      'a spread',
      config("import map from './build/map.js'; export default { resolve: { alias: { x: 'y', ...map } } };", {
        'build/map.js': `const a = ${value}; export default a;`,
      }),
      '@deck/rope',
      own,
    ],
    [
      'a member of a namespace',
      config("import * as all from './build'; export default { resolve: { alias: all.map } };", {
        'build/index.ts': `export const map = ${value};`,
      }),
      '@deck/rope',
      own,
    ],
    [
      'require',
      config("const map = require('./build/map'); module.exports = { resolve: { alias: map } };", {
        'build/map.js': `module.exports = ${value};`,
      }),
      '@deck/rope',
      own,
    ],
    [
      'a member of require',
      config("module.exports = { resolve: { alias: require('./build/map').aliases } };", {
        'build/map.js': `exports.aliases = ${value};`,
      }),
      '@deck/rope',
      own,
    ],
    [
      'parts of require',
      config(
        "const { aliases: map } = require('./build/map'); module.exports = { resolve: { alias: map } };",
        { 'build/map.js': `module.exports = { aliases: ${value} };` },
      ),
      '@deck/rope',
      own,
    ],
    [
      'JSON',
      config("import map from './map.json'; export default { resolve: { alias: map } };", {
        'map.json': json({ '@deck': './src/deck' }),
      }),
      '@deck/rope',
      own,
    ],
    [
      'a configuration that is merged',
      config("import base from './pack/base'; export default mergeConfig(base, { mode: 'x' });", {
        'pack/base.ts': aliasTo('../src/deck'),
      }),
      '@deck/rope',
      own,
    ],
    [
      'a configuration that is spread',
      config("const base = require('./pack/base.js'); module.exports = { ...base };", {
        'pack/base.js': aliasTo('../src/deck'),
      }),
      '@deck/rope',
      own,
    ],
    [
      'extends',
      {
        ...manifest(),
        ...ours,
        'babel.config.json': json({ extends: './pack/babel.json' }),
        'pack/babel.json': json({ plugins: [['module-resolver', { alias: { '@deck': './src/deck' } }]] }),
      },
      '@deck/rope',
      own,
    ],
    [
      'a preset',
      {
        ...manifest(),
        ...ours,
        'jest.config.js': "module.exports = { preset: './pack/jest.js' };",
        'pack/jest.js': "module.exports = { moduleNameMapper: { '^@deck/(.*)$': '<rootDir>/src/deck/$1' } };",
      },
      '@deck/rope',
      own,
    ],
    [
      'files that import each other',
      config("import { a } from './a'; export default { resolve: { alias: a } };", {
        'a.ts': "import { b } from './b'; export const a = b;",
        'b.ts': "import { a } from './a'; export const b = a;",
      }),
      '@deck/rope',
      'package @deck/rope',
    ],
    [
      'a file that is no setting',
      config("import x from './src/x'; export default {};", { 'src/x.ts': '' }),
      '@deck/rope',
      'package @deck/rope',
    ],
    [
      'members of a constant',
      config(
        "const at = { deck: resolve(__dirname, 'src/deck') }; export default { resolve: { alias: { '@deck': at.deck } } };",
        {},
      ),
      '@deck/rope',
      own,
    ],
  ]);
});

describe('settings that are assigned member by member', () => {
  const next = (line: string): Project => ({
    ...manifest(),
    ...ours,
    'next.config.js': `module.exports = { webpack(config) { ${line}; return config; } };`,
  });
  check([
    [
      'by a text',
      next("config.resolve.alias['@deck'] = path.join(__dirname, 'src/deck')"),
      '@deck/rope',
      own,
    ],
    ['by a name', next("config.resolve.alias.deck = path.join(__dirname, 'src/deck')"), 'deck/rope', own],
    [
      'Object.assign',
      next("Object.assign(config.resolve.alias, { deck: path.join(__dirname, 'src/deck') })"),
      'deck/rope',
      own,
    ],
    [
      'Object.assign to a new object',
      next(
        "config.resolve.alias = Object.assign({}, config.resolve.alias, { deck: path.join(__dirname, 'src/deck') })",
      ),
      'deck/rope',
      own,
    ],
    [
      'a spread',
      next("config.resolve.alias = { ...config.resolve.alias, deck: path.join(__dirname, 'src/deck') }"),
      'deck/rope',
      own,
    ],
    ['a folder that is added', next("config.resolve.modules.push(path.resolve('./src'))"), 'deck/rope', own],
    [
      'a list that is added to',
      next("config.resolve.alias.push({ find: 'deck', replacement: path.join(__dirname, 'src/deck') })"),
      'deck/rope',
      own,
    ],
    [
      'a computed name',
      next("config.resolve.alias[deck] = path.join(__dirname, 'src/deck')"),
      'deck/rope',
      'package deck',
    ],
    [
      'a comparison',
      next("if (config.resolve.alias.deck == path.join(__dirname, 'src/deck')) x()"),
      'deck/rope',
      'package deck',
    ],
  ]);
});

describe('settings of further kinds', () => {
  check([
    [
      'a regular expression of Vite',
      {
        ...manifest(),
        ...ours,
        'vite.config.ts':
          "export default { resolve: { alias: [{ find: /^@\\//, replacement: `${path.resolve(__dirname, 'src')}/` }] } };",
      },
      '@/deck/rope',
      own,
    ],
    [
      'a regular expression without a slash',
      {
        ...manifest(),
        ...ours,
        'vite.config.ts':
          "export default { resolve: { alias: [{ find: /^~(?=x)/, replacement: 'a' }, { find: /^@/, replacement: fileURLToPath(new URL('./src', import.meta.url)) }] } };",
      },
      '@/deck/rope',
      own,
    ],
    [
      'extraNodeModules of Metro',
      {
        ...manifest(),
        ...ours,
        'metro.config.js':
          "module.exports = { resolver: { extraNodeModules: { deck: path.resolve(__dirname, 'src/deck') } } };",
      },
      'deck/rope',
      own,
    ],
    [
      'a file for browsers',
      { ...manifest({}, { browser: { 'deck-rope': './src/deck/rope.ts', gone: false } }), ...ours },
      'deck-rope',
      own,
    ],
    [
      'nothing for browsers',
      { ...manifest({}, { browser: { 'deck-rope': './src/deck/rope.ts', gone: false } }), ...ours },
      'gone',
      'package gone',
    ],
    [
      'a package for browsers',
      { ...manifest({}, { browser: { 'deck-rope': 'harbour-ropes' } }), ...ours },
      'deck-rope',
      'package deck-rope + package harbour-ropes',
    ],
    [
      'a package for React Native',
      { ...manifest({}, { 'react-native': { 'deck-rope': 'harbour-ropes' } }), ...ours },
      'deck-rope',
      'package deck-rope + package harbour-ropes',
    ],
    [
      'a version of React Native',
      {
        ...manifest({}, { overrides: { 'react-native': { 'deck-rope': 'harbour-ropes' } }, jest: {} }),
        ...ours,
      },
      'deck-rope',
      'package deck-rope',
    ],
    [
      'a file for React Native',
      { ...manifest({}, { 'react-native': 'src/harbour-ropes.ts' }), ...ours },
      'deck-rope',
      'package deck-rope',
    ],
    ['NODE_PATH', { ...manifest(), ...ours, '.env': 'PORT=1\nNODE_PATH=src/\n' }, 'deck/rope', own],
    [
      'NODE_PATH of several folders',
      { ...manifest(), ...ours, '.env.development': 'NODE_PATH="./lib:./src"\n' },
      'deck/rope',
      own,
    ],
    [
      'NODE_PATH of a script',
      { ...manifest({ start: 'cross-env NODE_PATH=./src react-scripts start' }), ...ours },
      'deck/rope',
      own,
    ],
    [
      'NODE_PATH and an invented package',
      { ...manifest(), ...ours, '.env': 'NODE_PATH=src/\n' },
      'harbour-ropes',
      'package harbour-ropes',
    ],
    [
      'NODE_PATH of the installed',
      { ...manifest(), ...ours, '.env': 'NODE_PATH=node_modules\n', 'node_modules/deck/rope.js': '' },
      'deck/rope',
      'package deck',
    ],
    [
      'another variable',
      { ...manifest(), ...ours, '.env': 'MY_NODE_PATH=src/\n' },
      'deck/rope',
      'package deck',
    ],
  ]);
});

describe('configurations of TypeScript', () => {
  const paths = (target: string, more: object = {}) =>
    json({ compilerOptions: { paths: { '@deck/*': [target] } }, ...more });
  check([
    [
      'one that a command names',
      {
        ...manifest({ a: 'tsc -p tsconfig.web.json' }),
        ...ours,
        'tsconfig.json': '{}',
        'tsconfig.web.json': paths('./src/deck/*'),
      },
      '@deck/rope',
      own,
    ],
    [
      'in another folder',
      {
        ...manifest({ a: 'tsc --project conf/web.json' }),
        ...ours,
        'tsconfig.json': '{}',
        'conf/web.json': paths('../src/deck/*'),
      },
      '@deck/rope',
      own,
    ],
    [
      'one beside',
      { ...manifest(), ...ours, 'tsconfig.json': '{}', 'tsconfig.web.json': paths('./src/deck/*') },
      '@deck/rope',
      own,
    ],
    [
      'a base alone',
      { ...manifest(), ...ours, 'tsconfig.base.json': paths('./src/deck/*') },
      '@deck/rope',
      own,
    ],
    [
      'the nearest base',
      { ...ours, 'src/tsconfig.lib.json': paths('./deck/*'), 'tsconfig.base.json': '{' },
      '@deck/rope',
      own,
    ],
    [
      'a base that the nearest does not extend',
      { ...ours, 'src/tsconfig.json': '{}', 'tsconfig.base.json': paths('./src/deck/*') },
      '@deck/rope',
      'package @deck/rope',
    ],
    [
      'a base that the nearest extends',
      {
        ...ours,
        'src/tsconfig.json': json({ extends: '../tsconfig.base' }),
        'tsconfig.base.json': paths('./src/deck/*'),
      },
      '@deck/rope',
      own,
    ],
    [
      'an upper one that the nearest does not extend',
      {
        ...ours,
        'src/tsconfig.json': '{ "compilerOptions": { "module": "esnext" } }',
        'tsconfig.json': paths('./src/deck/*'),
      },
      '@deck/rope',
      'package @deck/rope',
    ],
    [
      'an upper base for modules',
      { ...ours, 'src/tsconfig.json': '{}', 'tsconfig.json': '{ "compilerOptions": { "baseUrl": "." } }' },
      'src/deck/rope',
      'package src',
    ],
    [
      'a nearest one beside a jsconfig.json',
      { ...ours, 'src/tsconfig.json': '{}', 'src/jsconfig.json': paths('./deck/*') },
      '@deck/rope',
      own,
    ],
    [
      'one of another package',
      { ...manifest(), ...ours, 'other/tsconfig.base.json': paths('../src/deck/*') },
      '@deck/rope',
      'package @deck/rope',
    ],
  ]);

  const workspace = {
    'package.json': json({ workspaces: ['packages/*', 'apps/*'] }),
    'apps/web/src/deck/rope.ts': '',
    'apps/web/package.json': json({ devDependencies: { '@quay/tsconfig': 'workspace:*' } }),
  };
  const inApp = ['@deck/rope', 'local apps/web/src/deck/rope.ts', 'apps/web/src/main.ts'] as const;
  const shared = { ...workspace, 'apps/web/tsconfig.json': json({ extends: '@quay/tsconfig/base.json' }) };
  const name = { 'packages/conf/package.json': json({ name: '@quay/tsconfig' }) };
  const base = paths('${configDir}/src/deck/*');
  check([
    ['a file of a package', { ...shared, ...name, 'packages/conf/base.json': base }, ...inApp],
    [
      'without ending',
      {
        ...shared,
        ...name,
        'apps/web/tsconfig.json': json({ extends: ['@quay/tsconfig/base'] }),
        'packages/conf/base.json': base,
      },
      ...inApp,
    ],
    [
      'a package',
      {
        ...shared,
        ...name,
        'apps/web/tsconfig.json': json({ extends: '@quay/tsconfig' }),
        'packages/conf/tsconfig.json': base,
      },
      ...inApp,
    ],
    [
      'exports of a package',
      {
        ...shared,
        'apps/web/tsconfig.json': json({ extends: '@quay/tsconfig/web' }),
        'packages/conf/package.json': json({
          name: '@quay/tsconfig',
          exports: { './web': './all/web.json' },
        }),
        'packages/conf/all/web.json': base,
      },
      ...inApp,
    ],
    [
      'a folder',
      {
        ...shared,
        'apps/web/package.json': json({ devDependencies: { conf: 'link:../../conf' } }),
        'apps/web/tsconfig.json': json({ extends: 'conf/base.json' }),
        'conf/base.json': base,
      },
      ...inApp,
    ],
    [
      'a package that is installed',
      { ...shared, 'node_modules/@quay/tsconfig/base.json': base },
      '@deck/rope',
      'package @deck/rope',
      'apps/web/src/main.ts',
    ],
  ]);
});

describe('an alias to what git does not hold', () => {
  const to = (key: string, target: string, more: Project = {}): Project => ({
    ...manifest(),
    'tsconfig.json': json({ compilerOptions: { paths: { [key]: [target] } } }),
    '.gitignore': '# out\n/dist\ngen/\n!gen/kept\n',
    ...more,
  });
  check([
    ['a build folder', to('deck-kit', './dist/deck-kit'), 'deck-kit', 'unknown'],
    ['a folder of that name anywhere', to('@deck/*', './src/gen/*'), '@deck/api', 'unknown'],
    [
      'a .gitignore of the folder',
      to('deck-kit', './web/out/kit', { 'web/.gitignore': 'out' }),
      'deck-kit',
      'unknown',
    ],
    [
      'of a package of the repository',
      to('deck-kit', './dist/deck-kit', { 'projects/kit/package.json': json({ name: 'deck-kit' }) }),
      'deck-kit',
      'local projects/kit/package.json',
    ],
    [
      'a scope of a package of the repository',
      to('@deck/kit/*', './dist/kit/*', { 'projects/kit/package.json': json({ name: '@deck/kit' }) }),
      '@deck/kit/rope',
      'local projects/kit/package.json',
    ],
    ['a folder that is not ignored', to('deck-kit', './out/deck-kit'), 'deck-kit', 'package deck-kit'],
    ['a folder of a similar name', to('deck-kit', './distant/deck-kit'), 'deck-kit', 'package deck-kit'],
    ['everything', to('*', './dist/*'), 'deck-kit', 'package deck-kit'],
    [
      'a declared package',
      { ...to('deck-kit', './dist/deck-kit'), ...manifest({}, { dependencies: { 'deck-kit': '1' } }) },
      'deck-kit',
      'package deck-kit',
    ],
    [
      'an alias of a bundler',
      { ...manifest(), '.gitignore': 'vendor/\n', 'vite.config.js': aliasTo('vendor/deck/dist') },
      '@deck/rope.esm',
      'unknown',
    ],
    [
      'a file that is ignored by its ending',
      { ...manifest(), '.gitignore': '/src/deck/rope.ts\n', 'vite.config.js': aliasTo('src/deck') },
      '@deck/rope',
      'unknown',
    ],
    [
      'a file beside one that is ignored',
      { ...manifest(), '.gitignore': '/src/deck/ropes.ts\n', 'vite.config.js': aliasTo('src/deck') },
      '@deck/rope',
      'package @deck/rope',
    ],
    [
      'a file of Docusaurus that is not there',
      manifest({}, { dependencies: { '@docusaurus/core': '3' } }),
      '@site/static/map.svg',
      'missing static/map.svg',
    ],
    ['its scope elsewhere', manifest(), '@site/static/map.svg', 'package @site/static'],
  ]);
});

describe('an alias into what is installed', () => {
  const to = (key: string, target: string, dependencies: readonly string[]): Project => ({
    ...manifest({}, { dependencies: Object.fromEntries(dependencies.map((name) => [name, '1'])) }),
    'tsconfig.json': json({ compilerOptions: { paths: { [key]: [target] } } }),
  });
  check([
    [
      'of a declared package',
      to('deck-kit', './node_modules/@deck/kit/esm/index.js', ['@deck/kit']),
      'deck-kit',
      'package @deck/kit',
    ],
    [
      'of one that nobody declares',
      to('deck-kit', './node_modules/@deck/kit/esm/index.js', []),
      'deck-kit',
      'package deck-kit + package @deck/kit',
    ],
    [
      'where both are declared',
      to('deck-kit', './node_modules/@deck/kit', ['@deck/kit', 'deck-kit']),
      'deck-kit',
      'package deck-kit + package @deck/kit',
    ],
  ]);
});

test('the steps name the settings that settle', async () => {
  const files = {
    ...manifest({ build: 'webpack --config build/prod.js' }),
    ...ours,
    'build/webpack.dev.js': aliasTo('../src/deck'),
  };
  const steps = await stepsOf(
    resolverOf(filesOf(new Map(Object.entries(files)))),
    'src/main.ts',
    '@deck/rope',
  );
  expect(steps.at(-1)).toEqual({
    text: 'settings under other names: @deck leads to src/deck/rope.ts',
    file: 'build/webpack.dev.js',
    line: 2,
  });
});

test('many settings are read once, and no more than a project has', async () => {
  const names = Array.from({ length: 500 }, (_, index) => `a/webpack.${String(index)}.js`);
  const files = filesOf(new Map(names.map((name) => [name, aliasTo('../gone')])));
  const resolver = resolverOf(files);
  for (const specifier of ['one', 'two', '@deck/rope']) await resolved(resolver, ['src/main.ts', specifier]);
  const texts = files.calls.filter((call) => call.startsWith('text a/webpack'));
  expect(texts.length).toBeLessThan(100);
  expect(new Set(texts).size).toBe(texts.length);
  expect(files.calls.filter((call) => call === 'list')).toHaveLength(1);
});

describe('packages that git tracks in node_modules', () => {
  const copy: Project = {
    'e2e/node_modules/deck-kit/index.js': '',
    'e2e/node_modules/@deck/kit/package.json': '{}',
  };
  const base: Project = { ...manifest(), ...copy };
  test.each<
    readonly [what: string, files: Project, trusted: Project, specifier: string, file: string, origin: string]
  >([
    ['by its name', base, base, 'deck-kit', 'e2e/src/a.js', 'local e2e/node_modules/deck-kit/index.js'],
    [
      'with a scope',
      base,
      base,
      '@deck/kit/rope',
      'e2e/a.js',
      'local e2e/node_modules/@deck/kit/package.json',
    ],
    [
      'in the root, where they are installed',
      { ...base, 'node_modules/rope/index.js': '' },
      { ...base, 'node_modules/rope/index.js': '' },
      'rope',
      'e2e/a.js',
      'package rope',
    ],
    ['from a folder beside', base, base, 'deck-kit', 'src/a.js', 'package deck-kit'],
    ['another one', base, base, 'deck-kits', 'e2e/a.js', 'package deck-kits'],
    ['a path, whose spelling tells', base, base, './node_modules/deck-kit', 'e2e/a.js', 'package deck-kit'],
    ['one that the change adds', base, manifest(), 'deck-kit', 'e2e/a.js', 'package deck-kit'],
    ['one that the change takes away', manifest(), base, 'deck-kit', 'e2e/a.js', 'package deck-kit'],
  ])('%s', async (_, files, trusted, specifier, file, origin) => {
    const [own, other] = [files, trusted].map((state) => filesOf(new Map(Object.entries(state))));
    const states = { trusted: [files === trusted ? own : other].filter((state) => state !== undefined) };
    if (own === undefined) throw new Error('there are no files');
    expect(await resolved(resolverOf(own, states), [file, specifier])).toBe(origin);
  });
});
