import picomatch from 'picomatch';
import { expect, test } from 'vitest';
import { defaults } from '../../src/config/config.ts';
import { ignoring } from '../../src/policy/ignores.ts';

const paths = [
  ...['a.js', 'a.min.js', 'web/a.min.js', 'vendor/a.js', 'web/vendor/a.js', 'vendors/a.js', 'web/vendor.js'],
  ...['.yarn/releases/yarn-4.9.0.cjs', '.yarn/releases/helper.cjs', 'web/.yarn/releases/yarn-4.9.0.cjs'],
  ...['.yarn/releases/yarn-4/a.cjs', '.yarn/releases/yarn-1.22.js', '.yarn/plugins/@yarnpkg/plugin-a.cjs'],
  ...[
    '.yarn/plugins/plugin-a.cjs',
    '.yarn/sdks/a.cjs',
    '.yarn/sdks/a/b.js',
    '.pnp.cjs',
    'web/.pnp.cjs',
    '.pnp.loader.mjs',
  ],
  ...['gen/a.ts', 'gen/b/a.ts', 'gen/.ts', 'genx', 'src/gen-a.ts'],
];

test.each<readonly [readonly string[]]>([
  [defaults.ignorePaths],
  [['gen/**']],
  [['gen/*.ts']],
  [['gen/*', 'web/a.min.js']],
  [['gen**']],
  [['**/*.{ts,js}']],
])('%s leaves out what a glob library would', async (globs) => {
  const ignores = await ignoring(globs);
  const matches = picomatch([...globs], { dot: true });
  expect(paths.filter(ignores)).toEqual(paths.filter((path) => matches(path)));
});
