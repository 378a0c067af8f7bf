/**
 * The repositories behind the commits that assistants co-wrote: what their manifests declare, as their HEAD shows
 * it, and where their own modules lie. `modules` leads from the first segments of a specifier to a folder.
 *
 * @typedef {object} Origin
 * @property {readonly string[]} [pypi]
 * @property {readonly string[]} [npm]
 * @property {Readonly<Record<string, string>>} [modules]
 * @property {string} [members] The scope whose packages lie in `packages/`, each under its name.
 * @property {(readonly [string, string])[]} [files] Manifests of workspaces, and config that maps specifiers.
 */

const paths = 'test/cli/__fixtures__/typescriptconfig/cli-config-with-path-and-extensions';

/** @type {Readonly<Record<string, Origin>>} */
export const origins = {
  'python-poetry/poetry': {
    pypi: ['poetry-core', 'virtualenv', 'pytest'],
    modules: { 'poetry.core': '', poetry: 'src/poetry', tests: 'tests' },
  },
  'netbox-community/netbox': {
    pypi: ['Django', 'djangorestframework', 'django-filter', 'strawberry-graphql-django', 'Jinja2'],
    modules: Object.fromEntries(
      ['circuits', 'core', 'dcim', 'extras', 'ipam', 'netbox', 'users', 'utilities'].map((name) => [
        name,
        `netbox/${name}`,
      ]),
    ),
  },
  'pypi/warehouse': {
    pypi: [
      ...['alembic', 'click', 'email-validator', 'freezegun', 'pretend', 'pyramid', 'pytest', 'SQLAlchemy'],
      ...['stripe', 'transaction', 'WebOb', 'WTForms'],
    ],
    npm: ['@hotwired/stimulus'],
    modules: { warehouse: 'warehouse', tests: 'tests' },
    files: [
      [
        'webpack.config.js',
        "module.exports = { resolve: { alias: { warehouse: path.resolve(__dirname, 'warehouse/static/js/warehouse') } } };\n",
      ],
      ['warehouse/static/js/warehouse/utils/proxy-protection.js', ''],
    ],
  },
  'hakancelikdev/unimport': { pypi: ['panel'], modules: { unimport: 'src/unimport', tests: 'tests' } },
  'adamtheturtle/pip-check-reqs': { pypi: ['pytest', 'pip'], modules: { pip_check_reqs: 'pip_check_reqs' } },
  'matte1782/phantom_guard': {
    pypi: [
      ...[
        'httpx',
        'hypothesis',
        'mcp',
        'platformdirs',
        'pydantic',
        'pytest',
        'PyYAML',
        'respx',
        'rich',
        'tomli',
      ],
      'typer',
    ],
    npm: [
      ...[
        '@actions/core',
        '@actions/github',
        '@actions/glob',
        '@jest/globals',
        '@types/vscode',
        'gsap',
        'jest',
      ],
      ...['vite', 'vitest'],
    ],
    modules: {
      phantom_guard_mcp: 'mcp/src/phantom_guard_mcp',
      phantom_guard: 'src/phantom_guard',
      phantom_pip: 'pip/src/phantom_pip',
    },
  },
  'vitest-dev/vitest': {
    npm: [
      ...[
        '@bcoe/v8-coverage',
        '@iconify/vue',
        '@playwright/test',
        '@sinonjs/fake-timers',
        '@testing-library/dom',
      ],
      ...['@vitejs/plugin-react', '@voidzero-dev/vitepress-theme', 'birpc', 'codemirror', 'cookie', 'ivya'],
      ...[
        'jest-image-snapshot',
        'loupe',
        'pathe',
        'rrweb-snapshot',
        'semver',
        'splitpanes',
        'temporal-polyfill',
      ],
      ...['tinyglobby', 'tinyrainbow', 'vite', 'vue'],
    ],
    files: [
      ['pnpm-workspace.yaml', 'packages:\n  - packages/*\n  - test/*\n  - test/e2e/deps/*\n'],
      member('packages/vitest', 'vitest'),
      ...[
        ...['browser', 'browser-playwright', 'browser-preview', 'browser-webdriverio', 'expect'],
        ...['pretty-format', 'runner', 'snapshot', 'ui', 'utils'],
      ].map((name) => member(`packages/${name}`, `@vitest/${name}`)),
      ...[
        '@test/test-dep-malformed-source-map',
        '@test/test-dep-url',
        'test-dep-simple',
        'test-dep-simple2',
      ].map((name) => member(`test/e2e/deps/${name.replace('@test/', '')}`, name)),
      member('test/e2e/deps/conditions-indirect', 'test-dep-conditions-indirect'),
      ...['e2e', 'cli'].map(testsOf),
      ['test/test-utils/index.ts', ''],
      [
        'packages/ui/vite.config.ts',
        "export default { resolve: { alias: { '~/': `${resolve(import.meta.dirname, 'client')}/` } } };\n",
      ],
    ],
    modules: { '~': 'packages/ui/client' },
  },
  'secretlint/secretlint': {
    npm: ['@textlint/regexp-string-matcher', 'globby', 'ignore', 'micromatch', 'picomatch', 'vitest'],
    files: [['pnpm-workspace.yaml', 'packages:\n  - packages/@secretlint/*\n']],
    members: '@secretlint/',
  },
  'AikidoSec/safe-chain': { npm: [] },
  'webpro-nl/knip': { npm: ['@pandacss/dev'] },
  'sverweij/dependency-cruiser': {
    npm: ['memoize'],
    files: [
      ['src/package.json', '{ "imports": { "#report/*": "./report/*" } }'],
      ['package.json', '{ "imports": { "#*": "./src/*" }, "dependencies": { "memoize": "*" } }'],
      [
        `${paths}/tsconfig.json`,
        '{ "compilerOptions": { "baseUrl": ".", "paths": { "shared/*": ["src/shared/*"] } } }',
      ],
      [`${paths}/src/shared/asneeze.ts`, ''],
    ],
  },
};

const themeAlias = 'an alias that a package brings along, which no file of the repository names';

/**
 * Why a specifier of a repository is flagged where that is no false alarm, or one that nobody can avoid.
 *
 * @type {Record<string, Record<string, string>>}
 */
export const reasons = {
  'adamtheturtle/pip-check-reqs': { the: 'text of a docstring, no import' },
  'vitest-dev/vitest': {
    '@vitejs/no-such-package': 'a test of what an absent package does',
    'fixtures/rollup-error/not-found-package.test.ts': 'text in a test, no import',
    'vite-plus/test': 'source text that a test and a comment quote',
    lib: 'source text that a test quotes',
    '@assets/vitest/animations/640_x_300_esm.riv': themeAlias,
    '@assets/vitest/animations/650_x_300_vite_powered.riv': themeAlias,
    '@components/oss/Footer.vue': themeAlias,
    '@components/oss/HeadingSection.vue': themeAlias,
    '@components/oss/Sponsors.vue': themeAlias,
    '@components/oss/TrustedBy.vue': themeAlias,
    '@components/shared/RiveAnimation.vue': themeAlias,
    '@components/shared/Spacer.vue': themeAlias,
  },
};

/**
 * @param {string} folder
 * @param {string} name
 * @returns {readonly [string, string]}
 */
function member(folder, name) {
  return [`${folder}/package.json`, JSON.stringify({ name })];
}

/**
 * @param {string} name
 * @returns {readonly [string, string]}
 */
function testsOf(name) {
  const imports = { '#test-utils': '../test-utils/index.ts' };
  return [`test/${name}/package.json`, JSON.stringify({ name: `@test/${name}`, imports })];
}
