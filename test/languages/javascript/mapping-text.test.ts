import { expect, test } from 'vitest';
import { mappingText } from '../../../src/languages/javascript/mapping-text.ts';

/*
 * An edit of settings that leaves this part as it was changes where no specifier leads: nothing is resolved for its sake. Each
 * row is a configuration before and after an edit.
 */

const settings = `export default { resolve: { alias: { '@': './src' } }, build: { target: 'es2022' } };\n`;

type Row = readonly [title: string, path: string, before: string, after: string];

test.each<Row>([
  ['a comment at the end', 'vite.config.ts', settings, `${settings}// The alias stays.\n`],
  [
    'a comment in between',
    'vite.config.ts',
    settings,
    settings.replace('alias', '/* for the editor */ alias'),
  ],
  ['other blanks', 'vite.config.ts', settings, settings.replaceAll(' ', '\n  ')],
  ['other quotes', 'vite.config.ts', settings, settings.replaceAll("'", '"')],
  [
    'a setting that maps nothing, where only a comment names one that does',
    'babel.config.js',
    "// LICENSE in the root directory\nmodule.exports = { presets: ['a'] };\n",
    "// LICENSE in the root directory\nmodule.exports = { presets: ['b'] };\n",
  ],
])('is the same after %s', (_title, path, before, after) => {
  expect(mappingText(path, after)).toBe(mappingText(path, before));
});

test.each<Row>([
  ['an alias moves', 'vite.config.ts', settings, settings.replace('./src', './web')],
  [
    'an alias becomes a comment',
    'vite.config.ts',
    settings,
    settings.replace("'@': './src'", "/* '@': './src' */"),
  ],
  ['a comment becomes an alias', 'vite.config.ts', '// { alias: 1 }\n', 'export default { alias: 1 }\n'],
  ['a text becomes an expression', 'vite.config.ts', settings, settings.replace("'@'", '/@/')],
  ['a name becomes a text', 'vite.config.ts', settings.replace("'@'", 'at'), settings.replace("'@'", "'at'")],
  ['two texts become one', 'vite.config.ts', "alias = ['a', 'b']\n", `alias = ['a", "b']\n`],
  ['a key is written with an escape', 'vite.config.ts', '({ a: 1 })\n', String.raw`({ "\u0061lias": 1 })`],
  [
    'comments make it too long to be read',
    'vite.config.ts',
    settings,
    `${settings}//${'-'.repeat(500_000)}\n`,
  ],
])('is another one where %s', (_title, path, before, after) => {
  expect(mappingText(path, after)).not.toBe(mappingText(path, before));
});
