import { expect, test } from 'vitest';
import type { SettingsState } from '../../src/analysis/mapping-questions.ts';
import { releasedNames } from '../../src/analysis/released-names.ts';
import { languages } from '../../src/languages/index.ts';
import { filesOf, resolverOf } from '../languages/javascript/resolve/project.ts';

/** A file of settings before and after an edit, and the names that lead to packages of their own from then on. */
test.each<readonly [title: string, before: string, now: string, names: readonly string[]]>([
  ['an alias that goes', "export default { alias: { deck: './src/deck' } };", 'export default {};', ['deck']],
  [
    'an alias of a scope',
    "export default { alias: { '@deck/kit': './src/deck' } };",
    'export default {};',
    ['@deck/kit'],
  ],
  [
    'an alias that leads elsewhere',
    "export default { alias: { deck: './src/deck' } };",
    "export default { alias: { deck: './src/gone' } };",
    ['deck'],
  ],
  [
    'words of a program',
    "const output = await build('right-pad'); export default { output };",
    'export default {};',
    [],
  ],
  [
    'a line that is moved',
    "export default {\nalias: { deck: './src/deck' },\n};",
    "export default {\nx,\nalias: { deck: './src/deck' },\n};",
    [],
  ],
])('%s', async (_, before, now, names) => {
  const [language] = languages.filter(({ id }) => id === 'javascript');
  if (language === undefined) throw new Error('there is no JavaScript');
  const stateOf = (settings: string): SettingsState => {
    const files = filesOf(
      new Map([
        ['package.json', '{}'],
        ['vite.config.js', settings],
        ['src/deck/rope.ts', ''],
        ['src/deck/index.ts', ''],
      ]),
    );
    const resolver = resolverOf(files);
    return { files, read: new Set(), resolver: () => resolver };
  };
  const released = await releasedNames(
    { files: new Set(['vite.config.js']), now: [now], before: [before] },
    ['.'],
    {
      language,
      edited: ['vite.config.js'],
      head: stateOf(now),
      bases: [stateOf(before)],
      knownNames: [],
      isWellKnown: () => Promise.resolve(false),
    },
  );
  expect(released.map(({ specifier }) => specifier)).toEqual(names);
});
