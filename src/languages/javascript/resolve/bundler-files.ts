const endings = ['ts', 'js', 'mts', 'mjs', 'cjs'];

/** Tools whose configuration is a program that may map specifiers, by the name of its file without ending. */
const programs = [
  ...['vite.config', 'vitest.config', 'electron.vite.config', 'vue.config', 'nuxt.config', 'svelte.config'],
  ...['astro.config', 'webpack.config', 'webpack.common', 'webpack.base', 'rspack.config', 'rsbuild.config'],
  ...['rollup.config', 'rolldown.config', 'next.config', 'craco.config', 'quasar.config', 'jest.config'],
  ...[
    'babel.config',
    'metro.config',
    'tsdown.config',
    'wxt.config',
    'nitro.config',
    'webpack.mix',
    'config/webpack.config',
    '.storybook/main',
  ],
];

/** Configuration files of bundlers, test runners and compilers, relative to the folder that they are for. */
export const bundlerFiles: readonly string[] = [
  ...programs.flatMap((name) => endings.map((ending) => `${name}.${ending}`)),
  ...['.babelrc', '.babelrc.json', 'babel.config.json', 'jest.config.json'],
];
