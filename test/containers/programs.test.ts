import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { astro } from '../../src/containers/astro.ts';
import { html } from '../../src/containers/html.ts';
import { mdx } from '../../src/containers/mdx.ts';
import { gjs, gts } from '../../src/containers/glimmer.ts';
import { svelte } from '../../src/containers/svelte.ts';
import { vue } from '../../src/containers/vue.ts';
import { javascript } from '../../src/languages/javascript/index.ts';
import type { SynchronousContainer } from '../../src/model/language.ts';
import { LineIndex } from '../../src/text/lines.ts';

const parser = await javascript.parser();

/**
 * What a file holds, one line for each segment (its dialect) and each import in it (its place in the file
 * and its specifier), and the reason why it can't be read.
 */
async function describeFile(
  container: SynchronousContainer,
  file: readonly string[],
): Promise<readonly string[]> {
  const text = file.join('\n');
  const lines = new LineIndex(text);
  const { segments, broken } = container.contents(text);
  const found: string[] = [];
  for (const segment of segments) {
    const offset = segment.at.kind === 'offset' ? segment.at.start : Number.NaN;
    const { imports } = await parser.parse(segment);
    found.push(segment.dialect);
    for (const { target, span } of imports) {
      const { line, column } = lines.locate(offset + span.start);
      found.push(`  ${line}:${column} ${target.kind === 'literal' ? target.specifier : target.kind}`);
    }
  }
  if (broken === null) return found;
  const { line, column } = lines.locate(broken.offset);
  return [...found, `broken at ${line}:${column}: ${broken.message}`];
}

describe('vue', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'both scripts, with their dialects',
      [
        '<template>',
        '  <p>{{ text }}</p>',
        '</template>',
        '<script lang="ts">',
        "import a from 'a';",
        '</script>',
        "<script setup lang='tsx' generic=\"T extends Record<string, 'x'>\">",
        "import b from 'b';",
        'await load();',
        '</script>',
      ],
      ['ts', '  5:16 a', 'tsx', '  8:16 b'],
    ],
    ['one line', ['<script>import a from "a"</script>'], ['js', '  1:24 a']],
    [
      'TypeScript that nothing announces',
      ['<script>', 'const a = <T,>(x: T) => require("a")', '</script>'],
      ['js', '  2:34 a'],
    ],
    [
      'only the top level',
      [
        '<!-- <script>import "a"</script> -->',
        '<template><template #x><script>import "b"</script></template><Demo code="</template>" />',
        '</template>',
        '<docs><script>import "c"</script></docs>',
        '<SCRIPT>import "d"</SCRIPT >',
      ],
      ['js', '  5:17 d'],
    ],
    [
      'templates of other languages, blocks without end',
      [
        '<br>',
        '<template lang="pug">',
        'template',
        '  p <template>',
        '</template>',
        '<script>import "a"</script>',
      ],
      ['js', '  6:17 a'],
    ],
    ['the attribute src', ['<script src="./a.js"></script>', '<script src="./b.ts" lang="ts" />'], []],
    ['other languages', ['<script lang="coffee">a = 1</script>'], []],
    [
      'types and unknown languages, of which the compiler takes no notice',
      [
        '<script type="application/json">import "a"</script>',
        '<script lang="mts">import "b"</script>',
        '<script lang=" ts ">import "c"</script>',
        '<script lang="of ours">import "d"</script>',
      ],
      ['js', '  1:41 a', 'mts', '  2:28 b', 'ts', '  3:29 c', 'js', '  4:32 d'],
    ],
    [
      'a script without end',
      ['<script>', "import 'a'"],
      ['js', '  2:9 a', 'broken at 1:9: the script has no end tag'],
    ],
    ['no script', ['<template></template>'], []],
    [
      'what the tokenizer skips up to the next angle bracket',
      [
        '</<!--<docs><script>',
        'import "a"',
        '</script>',
        '<!a <!--><?b <!--></p <!--><script setup>import "b"</script>',
      ],
      ['js', '  2:9 a', 'js', '  4:50 b'],
    ],
    [
      'comments that end otherwise than in a page',
      ['<!-- --!><docs> --><script>import "a"</script><!--></docs><script setup>import "b"</script>'],
      ['js', '  1:36 a', 'js', '  1:81 b'],
    ],
    [
      'a comment',
      ['<!-- --!> <script>import "a"</script> -->', '<![CDATA[ > <script>import "b"</script>]]>'],
      [],
    ],
    [
      'an end tag with a slash, which ends nothing',
      ['<script>', 'const a = 1 </script/>.b;', 'import "a";', '</script>'],
      ['js', '  3:9 a'],
    ],
  ])('%s', async (_, file, expected) => {
    expect(await describeFile(vue, file)).toEqual(expected);
  });
});

describe('svelte', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'both scripts',
      [
        '<script context="module" lang="ts">',
        "  import type { A } from 'a';",
        '</script>',
        '<script module>import "b";</script>',
        '<script>',
        "  import B from './B.svelte';",
        '  $: doubled = count * 2;',
        '</script>',
        '<B on:click={() => import("c")} />',
      ],
      ['ts', '  2:27 a', 'js', '  4:24 b', 'js', '  6:18 ./B.svelte'],
    ],
    [
      'comments and styles',
      [
        '<!-- <script>import "a"</script> -->',
        '<style>/* <script> */</style>',
        '<script>import "b"</script>',
      ],
      ['js', '  3:17 b'],
    ],
    [
      'attributes with expressions',
      ['<script {...{ a: ">" }} lang=ts>import "a"</script>'],
      ['ts', '  1:41 a'],
    ],
    ['structured data', ['{@html `<script type="application/ld+json">${data}</script>`}'], []],
    [
      'types and languages, of which the compiler takes no notice',
      ['<script type="text/x" lang="mts">import "a"</script>', '<script lang="x">import "b"</script>'],
      ['mts', '  1:42 a', 'js', '  2:26 b'],
    ],
    [
      'markup in attributes and expressions',
      [
        '<p title="<!--" class={"{" + "<textarea>"}>{"<!--"} {`<style>`}</p>',
        '{@html `<script type="application/ld+json">${data}<\\/script>`}',
        '<p class={text.replace(/{/g, "<title>")}>it\'s</p>',
        '{#if a}<!-- <script>import "x"</script> -->{/if}',
        '<script>import "a"</script>',
      ],
      ['js', '  5:17 a'],
    ],
    [
      'elements that hold markup',
      ['<p><title>x</p><iframe><!-- <title> --><noscript>', '<script>', 'import "a";', '</script>'],
      ['js', '  3:9 a'],
    ],
    [
      'elements that hold text',
      ['<textarea><script>import "a"</script></textarea><style>/* <script>import "b"</script> */</style>'],
      [],
    ],
    [
      'end tags that end nothing',
      ['<script>', 'const a = 1 </script/>.b </SCRIPT>.c;', 'import "a";', '</script >'],
      ['js', '  3:9 a'],
    ],
    [
      'comments, which end as in no page',
      [
        '<!--> <script>import "a"</script> --><!-- --!> <script>import "b"</script> -->',
        '<script>import "c"</script>',
      ],
      ['js', '  2:17 c'],
    ],
  ])('%s', async (_, file, expected) => {
    expect(await describeFile(svelte, file)).toEqual(expected);
  });
});

describe('components of Ember', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'a template in a class',
      [
        "import Component from '@glimmer/component';",
        'export default class Tide extends Component {',
        '  height = 1;',
        '  <template>',
        "    {{#if @open}}It's <b>{{this.height}}</b>{{! import 'no' }}{{/if}}",
        '  </template>',
        '  async load() {',
        "    return import('chart');",
        '  }',
        '}',
        "import late from 'late';",
      ],
      ['ts', '  1:24 @glimmer/component', '  8:20 chart', '  11:19 late'],
    ],
    [
      'templates as values and as a statement',
      [
        "import { on } from '@ember/modifier';",
        'const Row: TOC<{ a: 1 }> = <template><td {{on "click" @go}}>`</td></template>;',
        'show(<template>{{yield}}</template>, 1);',
        "const load = () => import('a');",
        '<template><Row /></template>',
      ],
      ['ts', '  1:21 @ember/modifier', '  4:28 a'],
    ],
    [
      'start tags that are text',
      [
        'const a = "<template>"; // <template>',
        "import b from 'b';",
        'const c = `<template>${1}<template>`; const d = /"<template>/;',
        "import e from 'e';",
        'const f: Box<template> = get<template>(); /* <template> */',
        "import g from 'g'; // </template>",
      ],
      ['ts', '  2:16 b', '  4:16 e', '  6:16 g'],
    ],
    [
      'no semicolons',
      ["import a from 'a'", '', '<template>', '  To import your data', '</template>'],
      ['ts', '  1:16 a', 'ts'],
    ],
    [
      'code between what looks like tags',
      ["const a = 1 <template> import('hidden') </template>/", '1;'],
      ['ts', 'ts', '  1:32 hidden'],
    ],
    ['the first end tag', ["<template><template></template>import('shown')"], ['ts', '  1:40 shown']],
  ])('%s', async (_, file, expected) => {
    expect(await describeFile(gts, file)).toEqual(expected);
  });

  test('in JavaScript', async () => {
    expect(await describeFile(gjs, ["import a from 'a';", '<template>{{a}}</template>'])).toEqual([
      'js',
      '  1:16 a',
    ]);
  });
});

describe('astro', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'frontmatter and scripts',
      [
        '---',
        "import type { A } from 'a';",
        'if (!x) return Astro.redirect("/");',
        '---',
        '<html><script>',
        "import 'b';",
        '</script><script is:inline define:vars={{ x: ">" }}>import("c")</script></html>',
      ],
      ['ts', '  2:25 a', 'ts', '  6:9 b', 'ts', '  7:61 c'],
    ],
    ['a comment before the frontmatter', ['<!-- note -->', '---', 'import "a"', '---'], ['ts', '  3:9 a']],
    [
      'fences in strings and comments',
      ['---', '// --- helpers ---', "const a = '---';", '/* --- */ const b = `---`;', "import 'a'", '---'],
      ['ts', '  5:9 a'],
    ],
    ['text before the frontmatter', ['a - b', '---', 'import "a"', '---'], ['ts', '  3:9 a']],
    [
      'a fence in a regular expression',
      ['---', 'const a = /---/, b = [/[/]---/];', 'import "a"', '---'],
      ['ts', '  3:9 a'],
    ],
    [
      'markup in attributes and expressions',
      [
        '<p title="<!--">{list.map(() => <p>it\'s {"<!--"}</p>)}</p><script>import "a"</script>',
        '{x && <p>it\'s {"<textarea>"}</p>}<script>import "b"</script>{/* \' */}',
      ],
      ['ts', '  1:75 a', 'ts', '  2:50 b'],
    ],
    ['no frontmatter', ['<p>--- import "a"</p>', '<script>import "b"</script>'], ['ts', '  2:17 b']],
    ['empty frontmatter', ['---', '---', '<p />'], []],
    [
      'frontmatter without end',
      ['---', 'import "a"'],
      ['ts', '  2:9 a', 'broken at 1:1: the code fence --- has no end'],
    ],
    [
      'a slash without a name, which is a comment by itself',
      ['</<script>', 'import "a"', '</script>', '</3 <script>import "b"</script>'],
      ['ts', '  2:9 a', 'ts', '  4:21 b'],
    ],
    [
      'elements that hold text',
      ['<iframe><!--</iframe><title><script></title><script>import "a"</script>'],
      ['ts', '  1:61 a'],
    ],
  ])('%s', async (_, file, expected) => {
    expect(await describeFile(astro, file)).toEqual(expected);
  });
});

describe('html', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'modules and classic scripts',
      [
        '<script type="module">import a from "https://esm.sh/a";</script>',
        "<script type='text/javascript'>import('b')</script>",
        '<script type="importmap">{ "imports": {} }</script>',
        '<script type="text/x-template"><script>import "c"</script>',
        '<script src="d.js">import "d"</script>',
        '<script type="text/babel">import e from "e"; <p /></script>',
      ],
      ['js', '  1:38 https://esm.sh/a', 'js', '  2:40 b', 'js', '  6:42 e'],
    ],
    [
      'comments, text and old habits',
      [
        '<!--[if IE]><script>import("a")</script><![endif]-->',
        '<textarea><script>import("b")</script></textarea>',
        '<script><!--',
        'import("c");',
        '//--></script>',
      ],
      ['js', '  4:9 c'],
    ],
    [
      'the content of noscript, with scripting and without',
      [
        '<noscript><!-- </noscript><script>import("a")</script>',
        '<noscript><iframe></noscript><script type=module>import "b"</script>',
        '<noscript><p><script type="module">import "c"</script><!-- <script>import("x")</script> --></noscript>',
      ],
      ['js', '  1:43 a', 'js', '  2:58 b', 'js', '  3:44 c'],
    ],
    [
      'types with characters that are written by number or name',
      [
        '<script type="&#109;odule">import "a"</script>',
        '<script type="m&#x6F;dule">import "b"</script>',
        '<script type="text&sol;javascript">import("c")</script>',
        '<script type="text/x-&#116;emplate">import "d"</script>',
      ],
      ['js', '  1:36 a', 'js', '  2:36 b', 'js', '  3:44 c'],
    ],
    [
      'templates are read approximately',
      ['<script>', 'var user = {{ user|json }};', '{% if x %}', 'import("a");', '<% end %>', '</script>'],
      ['js', '  4:9 a'],
    ],
    ['a script without end', ['<script>import("a")'], ['js', '  1:17 a']],
    [
      'comments that end early',
      [
        '<!--><script>import("a")</script>',
        '<!---><script>import("b")</script>',
        '<!-- --!><script>import("c")</script>',
      ],
      ['js', '  1:22 a', 'js', '  2:23 b', 'js', '  3:26 c'],
    ],
    [
      'tags that a slash closes nowhere but in drawings',
      [
        '<svg><style /><title /><script href="a" /></svg>',
        '<textarea /></textarea><script type=module />import "b"</script>',
      ],
      ['js', '  2:54 b'],
    ],
    [
      'markup in attributes, in end tags, in declarations, in elements that hold text',
      [
        '<!doctype "<!--"><? <!-- ></p <!-- ></ <!-- ><p title="<!--" class=\'<textarea>\' id={ {{ a }}>',
        '<iframe><!--</iframe><xmp><script></xmp><title><!-- </title>',
        '<script { type="module" nonce="{{ "a" }}">import "b"</script>',
        '<script {% if a > b %} type="text/template">import "c"</script>',
      ],
      ['js', '  3:51 b'],
    ],
    [
      'a script that goes on behind an end tag',
      [
        '<script>/* <!-- <script> </script> */ import("a")</script>',
        '<script>"<!--"; import("b")</script><script>/* <!-- <script> </script> */ import("c")',
        '</script><script>import("d")</script>',
      ],
      ['js', '  1:47 a', 'js', '  2:25 b', 'js', '  2:83 c', 'js', '  3:26 d'],
    ],
    [
      'old types of JavaScript',
      [
        '<script type="text/livescript">import("a")</script><script type="text/jscript">import("b")</script>',
        '<script type="text/javascript1.5">import("c")</script>',
      ],
      ['js', '  1:40 a', 'js', '  1:88 b', 'js', '  2:43 c'],
    ],
    [
      'attributes that stand twice, and the language of people',
      ['<script lang="en" type="module" type="text/plain">import "a"</script>'],
      ['js', '  1:59 a'],
    ],
  ])('%s', async (_, file, expected) => {
    expect(await describeFile(html, file)).toEqual(expected);
  });

  test('says that its scripts may be made by a template engine', () => {
    const { segments } = html.contents('<script>var user = {{ user }};</script>');
    expect(segments.map(({ template }) => template)).toEqual([true]);
  });
});

describe('mdx', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'blocks of imports and exports',
      [
        '---',
        'import: no',
        '---',
        "import { A } from 'a'",
        "import B from 'b'",
        '',
        '# Title',
        "export { c } from 'c'",
        '',
        'Text',
        "import { D } from 'd'",
        '',
        "  import { E } from 'e'",
        '',
        "import { F } from 'f'",
      ],
      ['jsx', '  4:20 a', '  5:16 b', 'jsx', '  8:20 c', 'jsx', '  15:20 f'],
    ],
    [
      'below a rule, a title, an opened frontmatter',
      ['---', 'a: 1', '', "import 'a'", '', '***', "import 'b'", '', 'Title', '===', "import 'c'"],
      ['jsx', '  4:9 a', 'jsx', '  7:9 b', 'jsx', '  11:9 c'],
    ],
    [
      'below a heading that ends a paragraph, also in quotations and lists',
      [
        'Text',
        '# Title',
        "import 'a'",
        '',
        '> quote',
        '## Title',
        "import 'b'",
        '',
        '> # Title',
        "import 'c'",
      ],
      ['jsx', '  3:9 a', 'jsx', '  7:9 b', 'jsx', '  10:9 c'],
    ],
    [
      'below an element that ends a paragraph, and an empty line of a quotation',
      [
        'Text',
        '<Tip />',
        "import 'a'",
        '',
        '> quote',
        '>',
        "import 'b'",
        '',
        'Text',
        '{/* note */}',
        "import 'c'",
      ],
      ['jsx', '  3:9 a', 'jsx', '  7:9 b', 'jsx', '  11:9 c'],
    ],
    [
      'prose that goes on',
      [
        'Text',
        "import 'a'",
        '',
        '#Title',
        "import 'b'",
        '',
        '> quote',
        "import 'c'",
        '',
        '- item',
        "import 'd'",
      ],
      [],
    ],
    [
      'a fence right below an element',
      ['<Tabs>', '<Tab label=">">', '```js', "import 'a'", '```', '</Tab>', '</Tabs>', "import 'b'"],
      ['jsx', '  8:9 b'],
    ],
    [
      'what looks like a fence within an element',
      [
        '<Tab label="',
        '```',
        '" code={"}>"} title=\'',
        '```',
        "' />",
        "import 'a'",
        '',
        '<Tab code={`',
        '````',
        '`} />',
        "import 'b'",
      ],
      ['jsx', '  6:9 a', 'jsx', '  11:9 b'],
    ],
    [
      'behind markup and quotes that leave something open',
      ['<p>a ( b [ c ` d /* e</p>', "import 'a'", '', '> ```', "import 'b'"],
      ['jsx', '  2:9 a', 'jsx', '  5:9 b'],
    ],
    [
      'a block with blank lines',
      [
        'export const load = () => {',
        '',
        "  const text = `it's // {`",
        '',
        "  return import('a')",
        '}',
        '',
        'import the rest',
        '',
      ],
      ['jsx', '  5:18 a', 'jsx'],
    ],
    [
      'code fences',
      [
        '```js',
        "import 'a'",
        '',
        "import 'b'",
        '```',
        '',
        '- ````js',
        "  import 'c'",
        '  ```',
        '',
        "  import 'd'",
        '  ````',
        '',
        '~~~',
        '',
        "import 'e'",
        '~~~',
        "import 'f'",
      ],
      ['jsx', '  18:9 f'],
    ],
    [
      'fences that end with their list, and others that are none',
      [
        '- a',
        '',
        '  ```js',
        "  import 'x'",
        '',
        "import 'a'",
        '',
        '- ```js',
        "import 'b'",
        '',
        'Text',
        '  ```js',
        "import 'y'",
        '  ```',
        '```in a line```',
        '',
        '``` a`b',
        '',
        "import 'c'",
        '',
        '~~~ a`b',
        "import 'z'",
      ],
      ['jsx', '  6:9 a', 'jsx', '  9:9 b', 'jsx', '  19:9 c'],
    ],
    [
      'a fence and a comment in the frontmatter',
      ['---', 'a: |', '  ```', '  <!--', '---', "import 'a'"],
      ['jsx', '  6:9 a'],
    ],
    [
      'a line separator at the end',
      ["import 'a'\u2028", '', "import 'b'"],
      ['jsx', '  1:9 a', 'jsx', '  3:9 b'],
    ],
    [
      'quotes and escapes',
      ['export const a = /\\"/', '', "import 'b'", '', "export const c = '\\'('", '', "import 'd'"],
      ['jsx', 'jsx', '  3:9 b', 'jsx', 'jsx', '  7:9 d'],
    ],
    [
      'comments and markup',
      [
        '{/*',
        '',
        "import 'a'",
        '',
        '*/}',
        '<!--',
        '',
        "import 'b'",
        '',
        '-->',
        '',
        '<Code>{`',
        '',
        "import 'c'",
        '',
        '`}</Code>',
        '',
        "import 'd'",
      ],
      ['jsx', '  18:9 d'],
    ],
  ])('%s', async (_, file, expected) => {
    expect(await describeFile(mdx, file)).toEqual(expected);
  });
});

describe.each([vue, svelte, astro, html, mdx])('$id', (container) => {
  const pieces = fc.constantFrom(
    ...[
      '<script>',
      '</script>',
      '<script lang="ts">',
      '<script',
      '>',
      '/>',
      '<!--',
      '-->',
      '<template>',
      '</template>',
    ],
    ...[
      '---',
      '\n',
      '\r\n',
      '\n\n',
      '```',
      'import "a"',
      'export {',
      '}',
      '{',
      '`',
      '"',
      "'",
      '<style>',
      '<a b={',
      '/*',
    ],
  );

  test('holds segments that stand verbatim in the file, in order', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        let end = 0;
        for (const segment of container.contents(text).segments) {
          const start = segment.at.kind === 'offset' ? segment.at.start : -1;
          expect(start).toBeGreaterThanOrEqual(end);
          end = start + segment.text.length;
          expect(text.slice(start, end)).toBe(segment.text);
        }
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test.each([
    '<script>',
    '<template>',
    '<a',
    '<a b="',
    '<a b={>',
    '<!--',
    '{',
    '{\\`',
    '<br>',
    'export {\n\n',
    '`\n\n',
    '```\n',
  ])('reads half a megabyte of %j in one pass', (piece) => {
    const text = piece.repeat(500_000 / piece.length);
    expect(container.contents(text).segments.length).toBeLessThanOrEqual(1);
    expect(container.contents(`---\n${text}`).segments.length).toBeLessThanOrEqual(2);
  });
});
