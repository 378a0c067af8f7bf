import { describe, expect, test } from 'vitest';
import { usesOf } from '../../src/analysis/uses.ts';
import { astro } from '../../src/containers/astro.ts';
import { dockerfile } from '../../src/containers/dockerfile.ts';
import { makefile } from '../../src/containers/makefile.ts';
import { markdown } from '../../src/containers/markdown.ts';
import { mdx } from '../../src/containers/mdx.ts';
import { gts } from '../../src/containers/glimmer.ts';
import { svelte } from '../../src/containers/svelte.ts';
import { javascript } from '../../src/languages/javascript/index.ts';
import { compilePattern, replaceByPattern } from '../../src/languages/javascript/resolve/pattern.ts';
import { tokensOf } from '../../src/languages/javascript/resolve/literals/tokens.ts';
import { workspaceMatcher } from '../../src/text/globs.ts';
import { candidatesOf } from '../../src/languages/python/candidates.ts';
import { loadInstalls, loadQuickInstalls, mayInstall } from '../../src/languages/shared/installs.ts';
import { mentionsShell, pythonOf } from '../../src/languages/python/ipython.ts';
import { possibleImports } from '../../src/languages/python/lenient.ts';
import { rootsIn } from '../../src/languages/python/resolve/path-edits.ts';
import { withoutPrompts } from '../../src/languages/python/prompts.ts';
import { scriptMetadata } from '../../src/languages/python/script-metadata.ts';
import { callsTool } from '../../src/hook-managers/script.ts';
import { read as readSetup } from '../../src/ecosystems/pypi/manifests/setup-py.ts';
import { interpolatedOptionsOf, readConfigParser } from '../../src/documents/configparser.ts';
import { readNpmIni } from '../../src/documents/npm-ini.ts';
import { readYaml } from '../../src/documents/yaml.ts';
import { packageOf } from '../../src/ecosystems/index.ts';
import { read as readNpmrc } from '../../src/ecosystems/npm/manifests/npmrc.ts';
import { iniFolders } from '../../src/languages/python/resolve/ini-folders.ts';
import { classicSettings } from '../../src/ecosystems/npm/classic-yarnrc.ts';
import { sourceOf } from '../../src/ecosystems/shared/registry-source.ts';
import { rounds } from '../kit/length.ts';
import { trimSuffix } from '../../src/text/ends.ts';

/*
 * Texts that made an expression of ours search the same part again and again. Each is so long that a reader whose time
 * grows with the square of the length does not come to an end within a test's time. A lint rule looks at each
 * expression (eslint-plugin-regexp); what it can't see, because several letters repeat, stands here.
 */
const fill = (piece: string, length = rounds(300_000, 1_000_000)) =>
  piece.repeat(Math.ceil(length / piece.length));
/** So long a text takes an expression that compares each part with each other hours. */
const ENDLESS = rounds(4_000_000, 20_000_000);

const scan = (text: string) => javascript.scan({ text, dialect: 'ts' });
/** One line of keywords above comments: behind each keyword stand all of them. */
const above = (keyword: string, below: string) => `${fill(keyword, 100_000)}\n${below}\n`;
const cellOf = (text: string) => pythonOf({ text, dialect: 'ipynb' });
const numbered = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('');
const references = () => {
  const origin = { kind: 'package', package: packageOf('pypi', 'a'), alternatives: [] } as const;
  const place = { line: 1, column: 1, endLine: 1, endColumn: 1, cell: null };
  const common = {
    kind: 'static',
    form: 'module',
    specifier: 'a',
    names: [],
    optional: false,
    approximate: false,
    excerpt: null,
  } as const;
  const judged = { package: origin.package, status: { kind: 'unapproved', requested: null } } as const;
  return Array.from({ length: rounds(60_000, 200_000) }, (_, at) => {
    const reference = { ...common, origin, place: { ...place, column: at + 1 } };
    return { file: 'a.py', language: 'python', reference, judged };
  });
};

const named = { trust: 'repository', from: '.npmrc' } as const;
const pattern = (source: string, specifier: string) => {
  const compiled = compilePattern(source);
  return compiled && replaceByPattern(compiled, specifier, { replacement: 'x', whole: true });
};

const installs = await loadInstalls();
const quickInstalls = await loadQuickInstalls();

/** Behind each opening piece nothing closes it. */
const openings = [
  'pip install "',
  "pip install '",
  'pip install $(',
  'npx `',
  'npm i ${',
  'uvx {{',
  'pip install a{',
  'sh -c "pip ',
];
const repeats = [
  'pip install a;',
  'npm i @s/',
  'uv run ',
  'pip install a @ ',
  'sudo ',
  'A=b pip ',
  'pip install -',
  '<<E pip\n',
  "''",
  '\\',
  '--with=',
];

describe('commands come to an end on', () => {
  test.each(openings.map((opening) => [opening]))('%s without an end', (opening) => {
    const text = fill(opening, rounds(100_000, 1_000_000));
    for (const dialect of ['sh', 'exec', 'words', 'ipython'] as const) installs(text, dialect);
    quickInstalls(text, 'sh');
    expect(mayInstall(text)).toBe(true);
  });

  test.each(repeats.map((piece) => [piece]))('%s in a row', (piece) => {
    const text = `pip ${fill(piece, rounds(100_000, 1_000_000))}`;
    for (const dialect of ['sh', 'exec', 'words', 'ipython'] as const) installs(text, dialect);
    quickInstalls(text, 'sh');
    expect(mayInstall(text)).toBe(true);
  });
});

describe('a reader comes to an end on', () => {
  test.each<[string, () => unknown]>([
    ['keywords above long comments', () => scan(above('}from//', fill(`//${'a'.repeat(50_000)}\n`)))],
    ['keywords above a long row of comments', () => scan(above('require//', fill('/**/\n')))],
    ['keywords above blanks', () => scan(above('require//', `(${fill(' ')}`))],
    ['keywords above a long literal', () => scan(above('}from//', `"${fill('a')}"`))],
    ['keywords above a long name', () => scan(above('require//', fill('a')))],
    ['names that begin with a keyword', () => scan(fill('require\u00e9'))],
    ['names with an escape', () => scan(`\\u0061${fill('a', ENDLESS)}`)],
    ['directives on one line', () => scan(fill('/// <reference types="a" '))],
    ['lines of a docstring that no line end of Python ends', () => [...candidatesOf(fill('import a\u2028'))]],
    ['names with millions of parts', () => [...candidatesOf(`import ${fill('a.', ENDLESS)}`)]],
    ['millions of dots', () => [...candidatesOf(`from ${fill('.', ENDLESS)}`)]],
    ['an open bracket of millions of letters', () => possibleImports(`from a import (${fill('a', ENDLESS)}`)],
    ['a command that installs 200,000 packages', () => installs(`pip install ${fill('a ', 400_000)}`, 'sh')],
    ['references to one package', () => usesOf(references())],
    ['comments without an end, in a component', () => astro.contents(`---\n${fill('/*')}\n---\n`)],
    ['expressions without an end, in a component', () => astro.contents(`---\n${fill('=/[')}\n---\n`)],
    [
      'a template of millions of letters, in a component',
      () => astro.contents(`---\n\`${fill('a', ENDLESS)}`),
    ],
    ['a template of millions of letters, in markup', () => svelte.contents(`{\`${fill('a', ENDLESS)}`)],
    ['templates without an end', () => gts.contents(fill(';<template>'))],
    ['templates', () => gts.contents(fill(';<template></template>'))],
    ['strings with an end tag, in markup', () => svelte.contents(`{${fill('"</script>"')}`)],
    ['words of a list in a Dockerfile', () => dockerfile.contents(`RUN [${fill('"\\\\a", \\\n')}""]`)],
    ['texts without an end in a Dockerfile', () => dockerfile.contents(fill('RUN <<EOF\n'))],
    ['expansions without an end in a Makefile', () => makefile.contents(fill('$(shell '))],
    ['placeholders without an end', () => markdown.contents(`\`\`\`\n${fill('<a {b YOUR')}`)],
    ['slashes in a page', () => mdx.contents(`<p>${fill('//')}`)],
    ['lines of frontmatter', () => mdx.contents(`---\n${fill('a\n', ENDLESS)}`)],
    ['keys of a map', () => readYaml(numbered(rounds(30_000, 100_000), (at) => `a${at}: 1\n`))],
    ...['@', '"\\', "'", 'http:', 'a ', 'a,', ': '].map((part): [string, () => unknown] => [
      `${part} in .yarnrc`,
      () => classicSettings(fill(part)),
    ]),
    ...['[', '[]', '=', '"', '\\', ' ', ' \n', 'a', 'a\n', '${', '[a]\n'].flatMap(
      (part): [string, () => unknown][] => [
        [`${JSON.stringify(part)} in .npmrc`, () => readNpmIni(fill(part))],
        [`${JSON.stringify(part)} in setup.cfg`, () => readConfigParser(fill(part))],
        [`${JSON.stringify(part)} in settings of tools`, () => iniFolders(fill(part))],
        [`${JSON.stringify(part)} in a key of .npmrc`, () => readNpmrc(`${fill(part)}registry=a`)],
      ],
    ),
    [
      'options that stand for one another',
      () => interpolatedOptionsOf(readConfigParser(`[a]\nb = x\n${fill('c = %(b)s\n')}`), 'a'),
    ],
    ['values in a row, in setup.py', () => readSetup(fill(':a="b"'))],
    ['blocks of script metadata', () => scriptMetadata(fill('# /// script\n# a = 1\n# ///\n'))],
    [
      'escapes in script metadata',
      () => scriptMetadata(`# /// script\n# dependencies = [${fill('"\\u0061",')}]\n# ///\n`),
    ],
    ['folders of a workspace', () => numbered(10_000, (at) => String(workspaceMatcher([`a${at}/*`])('b')))],
    ['blanks behind “from”', () => [...candidatesOf(`from${fill('\t')}\n`)]],
    ['blanks behind the dots of a relative import', () => [...candidatesOf(`from .${fill('\t')}\n`)]],
    ['dots of a relative import', () => [...candidatesOf(`from ${fill('. ')}\n`)]],
    ['parts of a module’s name', () => [...candidatesOf(`from ${fill('a . ')}\n`)]],
    ['comments in an open bracket', () => possibleImports(`from a import (${fill('#b')}\n${fill('#\n')}`)],
    ['script metadata that nothing closes', () => scriptMetadata(fill('# /// script\n'))],
    ['prompts', () => withoutPrompts({ text: fill('>>> x = 1\n... y\n'), dialect: 'ipynb' })],
    ['blanks before a prompt', () => withoutPrompts({ text: `>>> x\n${fill(' ')}\n`, dialect: 'ipynb' })],
    ['options of a magic', () => cellOf(`%run${fill(' -D "-D"')}`)],
    ['options of a magic that runs Python', () => cellOf(`%prun${fill(' -D "-D"')}`)],
    ['modules that a magic profiles', () => cellOf(`%lprun${fill(' -m a')}`)],
    ['quotes among the options of a magic', () => cellOf(`%prun${fill(' -D "')}`)],
    ['options of a magic of another name', () => cellOf(`%t${fill(' -a "-b"')}`)],
    ['magics of another name', () => cellOf(fill('%t import a\n'))],
    ...['!a', 'a?', 'ls a', 'x = !a', '%time a'].map((line): [string, () => unknown] => [
      `separators behind ${line}`,
      () => cellOf(fill(`${line}\u2028`)),
    ]),
    ['magics before a magic', () => cellOf(fill('%time '))],
    ['names of IPython’s shell', () => mentionsShell(fill('get_ipython . '))],
    ['edits of the path', () => rootsIn('a.py', fill('sys.path.append("a")\n'))],
    ['edits of the path in comments', () => rootsIn('a.py', fill('# sys.path.append("a")\n'))],
    ['quotes that nothing closes, in a page', () => mdx.contents(`export ${fill('"\\')}`)],
    ['a line separator in a page', () => mdx.contents(fill(`${'x'.repeat(99_999)}\u2028`))],
    ['classes of an expression that nothing closes', () => tokensOf(`x = /${fill('[')}`)],
    [
      'classes of an expression that nothing closes, before a backslash',
      () => tokensOf(`${fill('./a["b"')}\\`),
    ],
    ['classes of an expression that close again', () => tokensOf(`x = /${fill('][')}`)],
    ['optional letters of an alias', () => pattern(fill('a?', 80) + fill('a', 40), fill('a', 40))],
    ['alternatives of an alias', () => pattern(fill('(a|a)', 200), `${fill('a', 40)}b`)],
    ['names of the tool in a hook', () => callsTool(fill('check-imports '), 'pre-commit')],
    ['carriage returns in a hook', () => callsTool(fill('\r'), 'pre-commit')],
    ['slashes of a registry', () => sourceOf(`https://registry.example${fill('/')}x`, named)],
    ['slashes', () => trimSuffix(`${fill('/')}x`, '/')],
  ])('%s', async (_, read) => {
    await expect(Promise.resolve().then(read)).resolves.not.toBeNull();
  });
});

test.each([
  ['a', '/', 'a'],
  ['a//', '/', 'a'],
  ['/a/', '/', '/a'],
  ['//', '/', ''],
  ['', '/', ''],
])('%j without %j at its end is %j', (text, character, expected) => {
  expect(trimSuffix(text, character)).toBe(expected);
});
