import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markdown, plainInstructions } from '../../src/containers/markdown.ts';
import { segmentsIn } from './segments.ts';

describe('a page', () => {
  test.each<readonly [title: string, file: readonly string[], segments: readonly string[]]>([
    [
      'a block of a shell',
      ['# A', '', '```bash', 'pip install a', 'npx b', '```'],
      ['sh: pip install a⟨⏎⟩npx b'],
    ],
    ['of no language', ['```', 'pip install a', '```'], ['sh: pip install a']],
    ['of PowerShell', ['~~~ powershell', 'pip install a', '~~~'], ['words: pip install a']],
    [
      'of another language, with a command alone on its line',
      [
        '```python',
        '# do',
        'pip install a',
        '!npx b',
        'import npx',
        'pip = install(a)',
        'os.run("npx c")',
        '```',
      ],
      ['words: pip install a⟨⏎⟩!npx b⟨⏎⟩import npx'],
    ],
    ['of sentences, and of data', ['```md', 'npm install it', '```', '```json', '{}', '```'], []],
    [
      'of a Dockerfile',
      ['- ```dockerfile', '  FROM a', '  RUN pip install b <c> \\', '    d', '  # RUN npx e', '  ```'],
      ['sh: pip install b      d'],
    ],
    [
      'of a workflow',
      ['```yaml', 'steps:', '  - run: |', '      npx a', '      npx <b>', '  - name: npx c', '```'],
      ['sh: npx a⟨⏎⟩npx '],
    ],
    [
      'of servers',
      [
        '```json',
        '{ "mcpServers": { "a": { "command": "npx", "args": ["-y", "b", "--key", "<c>"] } } }',
        '```',
        '```jsonc',
        '{ "d": "npx e" }',
        '```',
      ],
      ['exec: npx⟨ ⟩-y⟨ ⟩b⟨ ⟩--key⟨ ⟩'],
    ],
    [
      'of a shell, with and without prompts',
      ['```bash', 'pip install a', '$ npx b', '```'],
      ['sh: pip install a⟨⏎⟩npx b'],
    ],
    [
      'with prompts of users',
      ['```', 'me@host:~/a$ npx b', '[me@host ~]# npx c', 'a@b.example', 'PS C:\\> npx d', '```'],
      ['sh: npx b⟨⏎⟩npx c⟨⏎⟩npx d'],
    ],
    [
      'of no language, with what is said by the way',
      [
        '```',
        'Build (npm install without cache)',
        '/npm install(?! (-g|-D))/',
        '(cd a && npx b)',
        'npx c $(d)',
        '```',
      ],
      ['sh: Build ⟨⏎⟩/npm install⟨⏎⟩(cd a && npx b)⟨⏎⟩npx c $(d)'],
    ],
    ['of a shell, in parentheses', ['```sh', '(npx a)', '```'], ['sh: (npx a)']],
    ['by indentation', ['Run:', '', '    npx a', '', '\tnpx b', '', 'c'], ['sh:     npx a⟨⏎⟩\tnpx b']],
    [
      'by indentation, in a list',
      ['- a', '', '    npx b', '', '      npx c', '- d', '      npx e'],
      ['sh:       npx c'],
    ],
    [
      'with attributes',
      ['```{.sh title="a"}', 'npx a', '```', '```sh title=b', 'npx c', '````'],
      ['sh: npx a', 'sh: npx c'],
    ],
    [
      'what a terminal shows',
      ['```console', '$ pip install a \\', '    b', 'Collecting npx c', '(venv) $ npx d', '```'],
      ['sh: pip install a \\⟨⏎⟩    b⟨⏎⟩npx d'],
    ],
    [
      'in a list',
      ['1. Do:', '   ```sh', '   npx a', '   ```', '- ```sh', '  npx b', '  ```'],
      ['sh:    npx a', 'sh:   npx b'],
    ],
    ['in a quotation', ['> ```sh', '> npx a', '> ```', 'npx b'], ['sh: npx a']],
    ['a longer fence', ['````sh', 'npx a', '```', '````'], ['sh: npx a⟨⏎⟩```']],
    ['a block without an end', ['```sh', 'npx a'], ['sh: npx a']],
    [
      'in lines of prose',
      ['Run `pip install a`, then ``npx `b` `` or `c`; don’t `run` $ it'],
      ['words: pip install a⟨⏎⟩npx `b` '],
    ],
    ['in lines of prose with a prompt', ['- `$ npx a`', '- !`npx b`'], ['words: npx a⟨⏎⟩npx b']],
    ['prose', ['Run pip install a', '    pip install b', '', '   npx c', 'It costs 5` or 6 feet'], []],
    ['lines of Windows', ['```sh\r', 'npx a\r', '```\r', '`npx b`\r'], ['sh: npx a', 'words: npx b']],
    ['front matter', ['---', 'name: a', '---', '`npx b`'], ['words: npx b']],
  ])('%s', async (_, file, segments) => {
    expect(await segmentsIn(markdown, file.join('\n'))).toEqual(segments);
  });
});

test.each<readonly [title: string, file: readonly string[], segments: readonly string[]]>([
  ['a command', ['Always do what follows:', 'pip install a', '- npx b'], ['words: pip install a']],
  ['a sentence', ['npm install is slow.', 'pip install a if the build fails', 'npx runs: a'], []],
  ['code of pages', ['`npx a`', '```', 'npx b', '```'], ['sh: npx b', 'words: npx a']],
])('a plain text has %s', async (_, file, segments) => {
  expect(await segmentsIn(plainInstructions, file.join('\n'))).toEqual(segments);
});

/** Names by which a page means some other name, and words that look like some. */
test.each<readonly [command: string, shown: string]>([
  ['pip install <package>', 'pip install '],
  ['pip install <package name> && npx b', 'pip install  && npx b'],
  ['pip install <package> <b> c', 'pip install   c'],
  ['npm exec <tool> add d', 'npm exec '],
  ['pip install your-package', 'pip install '],
  ['npm install my_app@1.2.3 example-package b', 'npm install   b'],
  ['npx package-name init', 'npx '],
  ['pip install "my-cool-library>=1" PACKAGE lib new-relic-server', 'pip install    new-relic-server'],
  [
    'pip install zod-package-tools mypackage library-card',
    'pip install zod-package-tools mypackage library-card',
  ],
  ['npx -y <name>@latest init', 'npx -y '],
  ['npx {name} init | npx b', 'npx | npx b'],
  ['npx @a/b@<version> new <name> && c', 'npx @a/b new && c'],
  ['pip install a==<version> b', 'pip install a b'],
  ['npm install YOUR_PACKAGE', 'npm install '],
  ['npm install @YOUR-SCOPE/a', 'npm install '],
  ['npm install [options here] a', 'npm install  a'],
  ['npm install a ...', 'npm install a '],
  ['pip install --index-url <url> a', 'pip install --index-url '],
  ['pip install --index-url=<url> a', 'pip install  a'],
  ['pip install a[b] ${c} $d {{ e }} ${{ f }}', 'pip install a[b] ${c} $d {{ e }} ${{ f }}'],
  ['pip install "a<2" b>1', 'pip install "a<2" b>1'],
  ['pip install yourself', 'pip install yourself'],
])('%s', async (command, shown) => {
  const [segment = ''] = await segmentsIn(markdown, `\`\`\`sh\n${command}\n\`\`\`\n`);
  expect(segment).toBe(`sh: ${shown}`);
});

test('whatever the page is, what a segment takes from it stands there', async () => {
  const word = fc.constantFrom(
    '```',
    '~~~~',
    '`',
    '``',
    '\n',
    '\r\n',
    '> ',
    '- ',
    'sh',
    'npx',
    'a',
    '$ ',
    '<b>',
    '--c',
    '&&',
    '\\',
    '{d}',
    ' ',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 40 }), async (words) => {
      await segmentsIn(markdown, words.join(''));
    }),
  );
});
